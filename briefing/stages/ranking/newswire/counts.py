"""The words and word pairs of material, counted once as arrays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from briefing.stages.ranking.material import Material
from briefing.text.terms import cased_runs, stems

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
#: MaterialCounts, which small floating-point numbers hold exactly and add up fastest.
Small = np.ndarray[Any, np.dtype[np.float32]]

#: Words no stop list has and no summary is judged by: what news sentences are held together with.
FILLERS = frozenset(("said", "says", "say", "also", "will", "one", "two", "just", "like", "mr", "mrs", "ms", "s", "t"))
_FIRST_OR_SECOND_PERSON = frozenset(("i", "we", "you", "my", "our", "your", "me", "us"))
_LOOKING_BACK = frozenset(("ago", "previously", "earlier", "since", "history", "former", "formerly", "had"))
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_YEAR_DIGITS = 4
_QUOTATION = re.compile(r"“[^”]*”?|\"[^\"]*\"?|‘[^’]*’(?!\w)")


@dataclass(frozen=True, slots=True)
class CountedWords:
    """Where units (words, or pairs of neighbouring words) stand: one row per unit and sentence that holds it.

    Rows are sorted by unit, then by sentence; ``starts`` are the first rows of units.
    """

    unit: Ints  # per row
    sentence: Ints  # per row: place in the material
    count: Ints  # per row: occurrences in that sentence
    starts: Ints  # per unit
    holders: Ints  # per unit: how many sentences hold it

    def __len__(self) -> int:
        return len(self.starts)

    def of(self, ids: Ints) -> CountedWords:
        """Return the rows of those units alone (ascending), renumbered from 0."""
        sizes = self.holders[ids]
        ends = np.cumsum(sizes)
        rows = np.repeat(self.starts[ids] - (ends - sizes), sizes) + np.arange(int(sizes.sum()))
        unit = np.repeat(np.arange(len(ids)), sizes)
        return CountedWords(unit, self.sentence[rows], self.count[rows], ends - sizes, sizes)

    def within(self, places: Ints, sentences: int) -> Ints:
        """Return the units that one of those sentences holds, ascending."""
        inside = np.zeros(sentences, dtype=bool)
        inside[places] = True
        held = np.zeros(len(self), dtype=bool)
        held[self.unit[inside[self.sentence]]] = True
        return np.flatnonzero(held)

    def table(self, places: Ints, sentences: int) -> Small:
        """Return how often each of those sentences holds each unit, shape (places, units)."""
        row_of = np.full(sentences, -1, dtype=np.int64)
        row_of[places] = np.arange(len(places))
        rows = row_of[self.sentence]
        at = np.flatnonzero(rows >= 0)
        found = np.zeros((len(places), len(self)), dtype=np.float32)
        found[rows[at], self.unit[at]] = self.count[at]
        return found


class MaterialCounts:
    """Words and pairs of sentences, with what spelling and place say of each."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.n = len(material)
        per_sentence = [cased_runs(s.text) for s in material.sentences]
        cased = [word for words in per_sentence for word in words]
        self.size = np.array([len(words) for words in per_sentence], dtype=np.int64)  # tokens per sentence
        self.sentence = np.repeat(np.arange(self.n), self.size)  # per token
        self.word = self._number(cased)  # per token
        self.words = units(self.word, self.sentence, len(self.stop), self.n)
        self.capitals = self._capitals(cased)  # per word
        self._place()

    def _number(self, cased: list[str]) -> Ints:
        """Number the stems of words in order of appearance, and set what depends on a word's first form."""
        spelled = dict.fromkeys(cased)
        lower = dict.fromkeys(w.lower() for w in spelled)
        forms = list(lower)
        self.index: dict[str, int] = {}
        of_form = {
            form: self.index.setdefault(stem, len(self.index))
            for form, stem in zip(forms, stems(forms, self.material.language), strict=True)
        }
        first: dict[int, str] = {}
        for form, number in of_form.items():
            first.setdefault(number, form)
        language = self.material.language
        stop = language.stop_words | FILLERS
        self.stop = np.array([w in stop for w in first.values()], dtype=float)
        self.digits = np.array([w.isdigit() for w in first.values()], dtype=float)
        self.letters = np.array([len(w) for w in first.values()], dtype=float)
        self.marks = np.zeros((len(first), 3))  # attribution, first or second person, looking back
        years = (form for form in forms if len(form) == _YEAR_DIGITS and _YEAR.match(form))
        marked = (language.attribution_verbs, _FIRST_OR_SECOND_PERSON, _LOOKING_BACK.union(years))
        for column, known in enumerate(marked):
            self.marks[[of_form[form] for form in known.intersection(forms)], column] = 1
        of_spelling = {w: of_form[w.lower()] for w in spelled}
        return np.array([of_spelling[w] for w in cased], dtype=np.int64)

    def _capitals(self, cased: list[str]) -> Floats:
        """Return how often each word has a capital where no sentence begins."""
        upper = np.array([w[0].isupper() for w in cased], dtype=bool)
        opens = np.ones(len(cased), dtype=bool)
        opens[1:] = self.sentence[1:] != self.sentence[:-1]
        return np.bincount(self.word[upper & ~opens], minlength=len(self.stop)).astype(float)

    def _place(self) -> None:
        """Set each sentence's article and its place in it, counted in sentences of the material."""
        numbers: dict[str, int] = {}
        found = [numbers.setdefault(s.article_id, len(numbers)) for s in self.material.sentences]
        self.article = np.array(found, dtype=np.int64)
        begins = np.searchsorted(self.article, np.arange(len(numbers)))
        self.position = np.arange(self.n) - begins[self.article] if self.n else np.zeros(0, dtype=np.int64)
        self.articles = len(numbers)

    @cached_property
    def frequency(self) -> Ints:
        """Return how often each word occurs."""
        return np.bincount(self.word, minlength=len(self.stop))

    @cached_property
    def pair_words(self) -> tuple[Ints, Ints]:
        """Return the first and the second word of each pair."""
        keys = self._pair_keys[0]
        return keys // len(self.stop), keys % len(self.stop)

    @cached_property
    def _pair_keys(self) -> tuple[Ints, Ints, Ints]:
        inside = self.sentence[1:] == self.sentence[:-1]
        joined = self.word[:-1][inside] * max(1, len(self.stop)) + self.word[1:][inside]
        keys, numbered = np.unique(joined, return_inverse=True)
        return keys, numbered, self.sentence[1:][inside]

    @cached_property
    def pairs(self) -> CountedWords:
        """Return where pairs of neighbouring words stand."""
        keys, numbered, where = self._pair_keys
        return units(numbered, where, len(keys), self.n)

    @cached_property
    def neighbours(self) -> Floats:
        """Return how many different words stand beside each word."""
        first, second = self.pair_words
        size = len(self.stop)
        return (np.bincount(first, minlength=size) + np.bincount(second, minlength=size)).astype(float)

    @cached_property
    def titled(self) -> tuple[Floats, frozenset[int]]:
        """Return which words stand in a headline, and the keys of the pairs that do."""
        words = np.zeros(len(self.stop))
        keys: set[int] = set()
        for title in self.material.titles:
            forms = [w.lower() for w in cased_runs(title)]
            found = [self.index.get(stem, -1) for stem in stems(forms, self.material.language)]
            words[[w for w in found if w >= 0]] = 1.0
            keys.update(a * len(self.stop) + b for a, b in pairwise(found) if min(a, b) >= 0)
        return words, frozenset(keys)

    def titled_pairs(self, ids: Ints) -> Floats:
        """Return which of those pairs stand in a headline."""
        keys = np.array(sorted(self.titled[1]), dtype=np.int64)
        return np.isin(self._pair_keys[0][ids], keys).astype(float)

    @cached_property
    def quoted_share(self) -> Floats:
        """Return the share of each sentence that stands in quotation marks, 0.0 to 1.0."""
        texts = [s.text for s in self.material.sentences]
        return np.array(
            [sum(map(len, _QUOTATION.findall(t))) / max(1, len(t)) if _has_marks(t) else 0.0 for t in texts]
        )


def _has_marks(text: str) -> bool:
    return "“" in text or '"' in text or "‘" in text


def units(unit: Ints, sentence: Ints, number: int, sentences: int) -> CountedWords:
    """Return where units stand, from a unit and a sentence per token."""
    keys, count = np.unique(unit * max(1, sentences) + sentence, return_counts=True)
    of, where = keys // max(1, sentences), keys % max(1, sentences)
    holders = np.bincount(of, minlength=number)
    return CountedWords(of, where, count, np.cumsum(holders) - holders, holders)
