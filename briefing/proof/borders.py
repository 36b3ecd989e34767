"""A span of an article → whether it is whole sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.model import Sentence
from briefing.trimming import trimmed

_OPENERS = {"”": "“„", "»": "«", '"': '"'}


def sentences_of_span(start: int, end: int, sentences: Sequence[Sentence], *, several: bool) -> range:
    """Return the positions of the sentences that a span holds from border to border; an empty range for any other span.

    A border is that of a sentence as it is split, or where a dateline before it or debris behind it was trimmed.

    Args:
        start: In the body, code points.
        end: The same, half-open.
        sentences: Of the article, untrimmed.
        several: Whether the span may hold several, as a quotation that runs on does.
    """
    once = trimmed(sentences)
    variants = list(zip(sentences, once, trimmed(once), strict=True))
    first = next((n for n, forms in enumerate(variants) if any(s.start == start for s in forms)), None)
    last = next((n for n, forms in enumerate(variants) if any(end in _ends(s) for s in forms)), None)
    if first is None or last is None or last < first or (last > first and not several):
        return range(0)
    return range(first, last + 1)


def _ends(sentence: Sentence) -> Iterator[int]:
    yield sentence.end
    yield sentence.shortened().end
    if _closes_nothing(sentence.text):
        yield replace(sentence, end=sentence.end - 1, text=sentence.text[:-1]).shortened().end


def _closes_nothing(text: str) -> bool:
    """Return whether the last character is a closing mark without an opening one in the sentence."""
    before, mark = text[:-1], text[-1:]
    if mark == '"':
        return before.count(mark) % 2 == 0
    return mark in _OPENERS and sum(before.count(opener) for opener in _OPENERS[mark]) <= before.count(mark)
