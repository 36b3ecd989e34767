"""Detects rewrites: sentences of one text that reuse most words of another's, in any order."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import numpy.typing as npt

from briefing.stages.stories.ragged import Floats, Indices, Ragged
from briefing.stages.stories.texts import Wordbook
from briefing.text.languages import Language
from briefing.text.terms import stems

#: Share of their different content words that two sentences have in common when one is a rewrite of the other.
REWRITTEN = 0.5
#: Sentences of fewer content words are too easily alike.
LEAST_WORDS = 6
#: Rewritten sentences two articles must share to be one report, and their share of the shorter one's.
#: docs/stories.md says what they were measured on.
LEAST_SENTENCES = 3
LEAST_SHARE = 0.15
#: Sentences that are read of each article.
MOST_SENTENCES = 40

_AT_ONCE = 2_000_000  # pairs of sentences compared at once: bounds the memory

Signatures = npt.NDArray[np.uint64]
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2⁶⁴ divided by the golden ratio: Fibonacci hashing


class Stems:
    """The stems of a vocabulary's words, as numbers."""

    def __init__(self, language: Language, book: Wordbook) -> None:
        self.book = book
        self._language = language
        self._numbers: dict[str, int] = {}
        self._of = array("i")  # by the number of a word; -1 for a stop word

    def of(self, words: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """Return the numbers of the stems of words, -1 for stop words."""
        new = self.book.words[len(self._of) :]
        for word, stem in zip(new, stems(new, self._language), strict=True):
            stop = word in self._language.stop_words
            self._of.append(-1 if stop else self._numbers.setdefault(stem, len(self._numbers)))
        return np.array(self._of)[words]


@dataclass(frozen=True, slots=True)
class Sentences:
    """The content words of each sentence long enough to compare, in some texts."""

    words: Ragged  # one row per sentence: numbers of stems
    starts: Indices  # text n has sentences starts[n]:starts[n + 1]
    sizes: Indices  # sentences of each text
    signatures: Signatures  # per sentence, one bit of 64 for each of its words
    counts: Indices  # words of each sentence
    _sets: dict[int, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Sequence[str], stems: Stems) -> Sentences:
        """Return the sentences of texts, in the same order."""
        words, sentences, owners = stems.book.sentences(texts)
        read = stems.of(words)
        words, sentences = read[read >= 0], sentences[read >= 0]
        early = _early(np.bincount(sentences, minlength=len(owners)), owners)
        width = int(words.max(initial=0)) + 1
        sentences, words = np.divmod(np.unique((sentences * width + words)[early[sentences]]), width)
        lengths = np.bincount(sentences, minlength=len(owners))
        enough = lengths >= LEAST_WORDS
        rows = Ragged(words[enough[sentences]].astype(np.int32), np.cumsum([0, *lengths[enough]]))
        starts = np.searchsorted(owners[enough], np.arange(len(texts) + 1))
        return cls(rows, starts, np.diff(starts), _signatures(rows), rows.lengths)

    def likely(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of texts whose signatures do not rule out a rewrite, in order of the second."""
        texts = np.flatnonzero(self.sizes)
        begins = self.starts[texts]
        step = max(1, _AT_ONCE // max(1, len(self.words)))
        for few in np.split(texts, np.searchsorted(begins, np.arange(step, len(self.words), step))):
            if len(few):
                yield from self._likely(few, texts, begins)

    def _likely(self, few: Indices, texts: Indices, begins: Indices) -> Iterator[tuple[int, int]]:
        first, last = self.starts[few[0]], self.starts[few[-1] + 1]
        alike = self._may_be_alike(np.arange(first, last), np.arange(self.starts[few[-1] + 1]))
        before = texts[texts <= few[-1]]
        rows, columns = self.starts[few] - first, begins[: len(before)]
        # Of each text, the sentences that the other may have: a text counts those of the two that has fewer.
        ours = np.add.reduceat(np.logical_or.reduceat(alike, columns, axis=1), rows, axis=0, dtype=np.int64)
        theirs = np.add.reduceat(np.logical_or.reduceat(alike, rows, axis=0), columns, axis=1, dtype=np.int64)
        one, other = self.sizes[before], self.sizes[few][:, None]
        told_again = np.where(one <= other, theirs, ours)
        enough = (told_again >= _enough(np.minimum(one, other))) & (before < few[:, None])
        b, a = np.nonzero(enough)
        yield from zip(before[a].tolist(), few[b].tolist(), strict=True)

    def is_rewrite(self, one: int, other: int) -> bool:
        """Return whether two texts, of which the one stands first, share enough sentences."""
        short, long = sorted((one, other), key=lambda n: self.sizes[n])
        mine, theirs = (np.arange(self.starts[n], self.starts[n + 1]) for n in (short, long))
        likely = zip(mine.tolist(), self._may_be_alike(mine, theirs), strict=True)
        told_again = (any(self._are_alike(m, t) for t in theirs[row].tolist()) for m, row in likely)
        enough = math.ceil(_enough(len(mine)))
        return sum(islice(filter(None, told_again), enough)) == enough

    def _may_be_alike(self, ones: Indices, others: Indices) -> npt.NDArray[np.bool_]:
        """Return False for pairs of sentences that are not alike, and for few others.

        A bit that only one signature has is a word that only one sentence has. Of n words in both sentences together,
        counted twice where both have them, at most n (1 - r) / (1 + r) may be in one only when a share r is common.
        """
        apart = np.bitwise_count(self.signatures[ones][:, None] ^ self.signatures[others])
        together = self.counts[ones][:, None] + self.counts[others]
        return np.asarray(apart * (1 + REWRITTEN) <= together * (1 - REWRITTEN))

    def _are_alike(self, one: int, other: int) -> bool:
        a, b = self._set(one), self._set(other)
        both = len(a & b)
        return both >= REWRITTEN * (len(a) + len(b) - both)

    def _set(self, sentence: int) -> frozenset[int]:
        if sentence not in self._sets:
            self._sets[sentence] = frozenset(self.words[sentence].tolist())
        return self._sets[sentence]


def _early(words: Indices, owners: Indices) -> npt.NDArray[np.bool_]:
    """Return which sentences are the first `MOST_SENTENCES` of their text that have enough words."""
    long = words >= LEAST_WORDS
    before: Indices = np.cumsum(long) - long
    return np.asarray(long & (before - before[np.searchsorted(owners, owners)] < MOST_SENTENCES))


def _signatures(sentences: Ragged) -> Signatures:
    bits = np.uint64(1) << (sentences.values.astype(np.uint64) * _MIX >> np.uint64(58))
    return np.bitwise_or.reduceat(bits, sentences.starts[:-1]) if len(sentences) else bits


def _enough(sentences: npt.ArrayLike) -> Floats:
    """Return how many sentences a text of so many must share with a longer one."""
    return np.maximum(LEAST_SENTENCES, LEAST_SHARE * np.asarray(sentences))
