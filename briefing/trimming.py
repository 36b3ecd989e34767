"""What of a sentence is printed: not its dateline, and not the debris after its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.datelines import without_datelines
from briefing.model import Sentence

# Machine rewriting leaves stray stops behind a sentence's own: 'the department said. .'
_DEBRIS = re.compile(r"(?<=\S[.!?…”\"’'])(?:\s+[.,;])+$")


def trimmed(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return an article's sentences without datelines and stray stops: each is still one span of the source."""
    return tuple(_without_debris(s) for s in without_datelines(sentences))


def _without_debris(sentence: Sentence) -> Sentence:
    found = _DEBRIS.search(sentence.text)
    if not found or not found.start():
        return sentence
    text = sentence.text[: found.start()]
    return replace(sentence, end=sentence.start + len(text), text=text)
