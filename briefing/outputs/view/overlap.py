"""Finds the sentence of an article that overlaps least with what is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.model import CitedSentence

_SAID_ALREADY = 0.5  # share of the shorter sentence's longer words; a judgement
_NEXT = 4  # code points between two sentences of which one follows the other
_WORD = re.compile(r"\w+")


def least_repeated(summary: Sequence[CitedSentence], printed: Sequence[CitedSentence]) -> CitedSentence | None:
    """Return the sentence of a summary that overlaps least with those printed; None when all are covered.

    Shared is the part of the shorter sentence's words of more than three letters that the other has too; the
    earlier of two equals is taken. A sentence that stands right behind another of the summary in its article is left
    out: it may lean on the one before.
    """
    known = [_words_of(sentence.text) for sentence in printed]
    alone = [i for i in range(len(summary)) if not i or not _follows(summary[i - 1], summary[i])]
    rest = [(max((_shared(_words_of(summary[i].text), k) for k in known), default=0.0), i) for i in alone]
    overlap, index = min(rest, default=(1.0, 0))
    return summary[index] if overlap <= _SAID_ALREADY else None


def _follows(before: CitedSentence, sentence: CitedSentence) -> bool:
    return 0 <= sentence.receipt.start - before.receipt.end <= _NEXT


def _words_of(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if len(word) > 3)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
