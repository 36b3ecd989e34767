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
# 'Road closed: The road from Skarn to Marrow …': a heading run into its paragraph, where an article has several.
_SEVERAL = 3


def trimmed(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return an article's sentences, trimmed: each is still one span of the source."""
    whole = tuple(_without_debris(_without_credit(s)) for s in without_datelines(sentences))
    opens = [not n or whole[n - 1].paragraph != s.paragraph for n, s in enumerate(whole)]
    found = [layout().run_in_heading.match(s.text) if first else None for s, first in zip(whole, opens, strict=True)]
    if sum(map(bool, found)) < _SEVERAL:
        return whole
    return tuple(s.without_opening(m.end()) if m else s for s, m in zip(whole, found, strict=True))


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
