"""Checks that a span of an article consists of whole sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.model import Sentence
from briefing.text.sentence_edges import trimmed

_OPENERS = {"”": "“„", "»": "«", '"': '"'}


#: A sentence whole and trimmed: its dateline is looked for twice, since a second one can stand behind the first.
Forms = tuple[Sentence, ...]


def forms_of(sentences: Sequence[Sentence]) -> tuple[Forms, ...]:
    """Return the forms each sentence of an article may be printed in."""
    once = trimmed(sentences)
    return tuple(zip(sentences, once, trimmed(once), strict=True))


def sentences_of_span(start: int, end: int, forms: Sequence[Forms], *, several: bool) -> range:
    """Return the positions of the sentences that a span holds from border to border; an empty range for any other span.

    Args:
        start: In the body, code points.
        end: The same, half-open.
        forms: Of the article's sentences, as `forms_of` gives them.
        several: Whether the span may hold several, as a quotation that runs on does.
    """
    first = next((n for n, own in enumerate(forms) if any(s.start == start for s in own)), None)
    last = next((n for n, own in enumerate(forms) if any(end in _ends(s) for s in own)), None)
    if first is None or last is None or last < first or (last > first and not several):
        return range(0)
    return range(first, last + 1)


def _ends(sentence: Sentence) -> Iterator[int]:
    """Yield the offsets at which a sentence may end in print: whole, without a stray closing mark, cut when endless."""
    yield sentence.end
    yield sentence.shortened().end
    if _closes_nothing(sentence.text):
        yield replace(sentence, end=sentence.end - 1, text=sentence.text[:-1]).shortened().end


def _closes_nothing(text: str) -> bool:
    """Return whether the last character is a closing mark without its opening one in the sentence."""
    before, mark = text[:-1], text[-1:]
    if mark == '"':
        return before.count(mark) % 2 == 0
    return mark in _OPENERS and sum(before.count(opener) for opener in _OPENERS[mark]) <= before.count(mark)
