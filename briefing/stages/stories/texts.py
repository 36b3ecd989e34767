"""The vocabulary of a run: words as numbers, read once and shared by all comparisons."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from briefing.model import Article
from briefing.stages.stories.ragged import Indices, Numbers, Ragged, spread
from briefing.text.aliases import Names, longest_variant
from briefing.text.terms import tokens

_BATCH = 100  # texts read at once: what is in hand then fits a processor's cache, which halves the time
_CHARACTERS = 2_000_000  # read at once: arrays of eight bytes a word are made of them, five at a time

# Stands for the end of a line among what stands between white space; Unicode promises it is no character.
_LINE_END = " \uffff "
_ENDING = re.compile(r"[.!?][\"”’')\]]*$|\uffff")


class Wordbook:
    """The vocabulary of a run, numbered in order of appearance, variants of a name as one.

    What stands between white space is taken apart once: news repeats it, so that looking it up is most of reading.
    """

    def __init__(self, names: Names) -> None:
        self._aliases = names.aliases
        self._longest = max((len(words) for rows in names.aliases.values() for words, _ in rows), default=1)
        self.words = [""]  # number n is words[n]; 0 is no word
        self._numbers = {"": 0}
        # By the number of a word as printed: what it is read as, and whether a variant of several words begins so.
        self._read_as = array("i", [0])
        self._opens = array("b", [0])
        self._runs = _Runs(self)

    def number(self, word: str) -> int:
        """Return the number of a word, new if it was not met before."""
        known = self._numbers.get(word)
        if known is None:
            known = self._numbers[word] = len(self.words)
            self.words.append(word)
            variants = self._aliases.get(word, ())
            self._opens.append(any(len(words) > 1 for words, _ in variants))
            self._read_as.append(known)
            single = next((key for words, key in variants if len(words) == 1), word)
            self._read_as[known] = self.number(single)
        return known

    def runs(self, text: str) -> Numbers:
        """Return the numbers of what stands between the white space of a text."""
        words = text.lower().split()
        return np.fromiter(map(self._runs.__getitem__, words), np.int32, len(words))

    def sentences(self, texts: Sequence[str]) -> tuple[Numbers, Indices, Indices]:
        """Return the words of texts, the sentence each word is in, counted through, and the text each sentence is of.

        A sentence ends with a line or with what stands before white space and ends in a full stop: near enough to
        compare, not to print.
        """
        rows = [self.runs(text.replace("\n", _LINE_END)) for text in texts]
        runs = np.concatenate(rows)
        ends = np.array(self._runs.ending)[runs] > 0
        lengths = np.array([len(row) for row in rows])
        ends[np.cumsum(lengths[lengths > 0]) - 1] = True
        owners = np.repeat(np.arange(len(rows)), lengths)
        words, sentences = self.read(runs, np.cumsum(ends) - ends)
        return words, sentences, owners[ends]

    def read(self, runs: Numbers, owners: Indices) -> tuple[Numbers, Indices]:
        """Return the words of runs, and whose each is; no name begins in one owner's and ends in another's."""
        held = self._runs.held()
        places, _ = spread(held.starts[runs], held.starts[runs + 1])
        return self._named(held.values[places], np.repeat(owners, held.lengths[runs]))

    def texts(self, texts: Sequence[str]) -> Ragged:
        """Return the words of texts, one row each."""
        parts = [self._some(batch) for batch in _batches(texts)]
        values = np.concatenate([np.zeros(0, np.int32), *(words for words, _ in parts)])
        lengths = np.concatenate([np.zeros(1, np.int64), *(counts for _, counts in parts)])
        return Ragged(values, np.cumsum(lengths))

    def _some(self, texts: Sequence[str]) -> tuple[Numbers, Indices]:
        rows = [self.runs(text) for text in texts]
        owners = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        words, owners = self.read(np.concatenate(rows), owners)
        return words, np.bincount(owners, minlength=len(rows))

    def _named(self, words: Numbers, owners: Indices) -> tuple[Numbers, Indices]:
        """Return words with every variant of a name read as one."""
        named = np.array(self._read_as)[words]
        keep = np.ones(len(words), bool)
        done = 0
        for at in np.flatnonzero(np.array(self._opens)[words]).tolist():
            reach = slice(at, at + self._longest)
            here = [self.words[n] for n in words[reach][owners[reach] == owners[at]].tolist()]
            match = longest_variant(self._aliases[here[0]], here, 0)
            if at >= done and match:
                done = at + len(match[0])
                named[at] = self.number(match[1])
                keep[at + 1 : done] = False
        return named[keep], owners[keep]


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield texts in lists of so many, or of so many characters, as are read at once."""
    batch: list[str] = []
    length = 0
    for text in texts:
        batch.append(text)
        length += len(text)
        if len(batch) == _BATCH or length >= _CHARACTERS:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


class _Runs(dict[str, int]):
    """Numbers of the runs between white space, and the words each holds."""

    def __init__(self, book: Wordbook) -> None:
        super().__init__()
        self._book = book
        self.ending = array("b")  # by number: whether a sentence may end with it
        self._words = array("i")
        self._starts = array("q", [0])

    def __missing__(self, run: str) -> int:
        number = self[run] = len(self)
        self._words.extend(map(self._book.number, tokens(run)))
        self._starts.append(len(self._words))
        self.ending.append(_ENDING.search(run) is not None)
        return number

    def held(self) -> Ragged:
        """Return the words of each run, one row each."""
        return Ragged(np.array(self._words, np.int32), np.array(self._starts, np.int64))


@dataclass(frozen=True, slots=True)
class Texts:
    """Titles and bodies as numbers of words."""

    words: Sequence[str]  # number n is words[n]; 0 is no word
    titles: Ragged
    bodies: Ragged

    @classmethod
    def of(cls, articles: Sequence[Article], book: Wordbook) -> Texts:
        """Return the texts of articles, in the same order."""
        titles, bodies = book.texts([a.title for a in articles]), book.texts([a.text for a in articles])
        return cls(tuple(book.words), titles, bodies)

    def only(self, places: Sequence[int]) -> Texts:
        """Return the texts of some of the articles."""
        return Texts(self.words, self.titles.only(places), self.bodies.only(places))

    def replaced(self, places: Sequence[int], articles: Sequence[Article], book: Wordbook) -> Texts:
        """Return the texts with those of other articles at some places; the book is the one they were read with."""
        other = Texts.of(articles, book)
        titles, bodies = self.titles.replaced(places, other.titles), self.bodies.replaced(places, other.bodies)
        return Texts(other.words, titles, bodies)
