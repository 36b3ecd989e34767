"""Trims sentences to what is printed: no dateline or credit before them, no debris after their end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.model import Sentence
from briefing.text.datelines import without_datelines
from briefing.text.layout import layout

# Machine rewriting leaves stray stops behind a sentence's own: 'the department said. .'
_STRAY = re.compile(r"(?<=\S[.!?…”\"’'»])(?:\s+[.,;])+$")


def trimmed(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return an article's sentences, trimmed: each is still one span of the source."""
    return tuple(_without_debris(_without_credit(s)) for s in without_datelines(sentences))


def _without_credit(sentence: Sentence) -> Sentence:
    found = layout().run_in_credit.match(sentence.text)
    if not found:
        return sentence
    return replace(sentence, start=sentence.start + found.end(), text=sentence.text[found.end() :])


def _without_debris(sentence: Sentence) -> Sentence:
    found = _STRAY.search(sentence.text) or layout().debris.search(sentence.text)
    if not found or not found.start():
        return sentence
    text = sentence.text[: found.start()]
    return replace(sentence, end=sentence.start + len(text), text=text)
