"""Finds articles that report two events however alike their words: the evidence of one excludes the other's."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from itertools import product

import numpy as np

from briefing.stages.stories.evidence import Evidence
from briefing.stages.stories.ragged import Floats, Indices
from briefing.stages.stories.texts import Texts
from briefing.text.aliases import Names

#: Articles whose evidence excludes each other keep this share of their likeness, and stay so much below the cut: by
#: themselves they are never merged, and in a large story one name that is spelt in two ways does not part the rest.
#: Best of four ways on the public clusters, docs/stories.md.
LEFT, BELOW = 0.5, 0.9
#: Names besides actors that two openings share from which a place or a subject that only one has parts them no more.
SHARED_NAMES = 2
#: Names an opening must have to tell that it shares none with another article.
NAMES = 2
#: Two measurements of one earthquake differ by so much, two figures of one sum by this factor.
MAGNITUDES_APART, SUMS_APART = 0.25, 1.2
#: Names that begin with so many equal letters can be spellings of one.
SPELT_ALIKE = 4

Kind = tuple[str, Callable[[Evidence, Evidence], bool]]


class Conflicts:
    """Tells whether two of a run's articles exclude each other; asked about each pair once.

    Args:
        evidence: Returns that of an article, by its place.
        texts: Of all articles.
        names: Actors.
    """

    def __init__(self, evidence: Callable[[int], Evidence], texts: Texts, names: Names) -> None:
        self._evidence, self._texts = evidence, texts
        self._actor_words = names.actor_words
        self._known: dict[tuple[int, int], bool] = {}
        self._words: dict[int, frozenset[int]] = {}  # place → numbers of its words

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {word: number for number, word in enumerate(self._texts.words)}

    def lowered(self, first: Indices, second: Indices, values: Floats, cut: float) -> Floats:
        """Return how alike pairs are, those that exclude each other less, and less than the cut.

        Args:
            first: Places of articles.
            second: The others', as many.
            values: How alike they are; of less than half the cut no more is asked.
            cut: From which articles are merged.
        """
        found = values.copy()
        worth = np.flatnonzero(values >= cut / 2)
        pairs = zip(first[worth].tolist(), second[worth].tolist(), strict=True)
        apart = worth[[self.between(a, b) for a, b in pairs]] if len(worth) else worth
        found[apart] = np.minimum(LEFT * found[apart], BELOW * cut)
        return found

    def between(self, a: int, b: int) -> bool:
        """Return whether two articles, by their places, exclude each other."""
        key = (a, b) if a < b else (b, a)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = any(True for _ in self.reasons(*key))
        return known

    def reasons(self, a: int, b: int) -> Iterator[str]:
        """Yield the kinds of evidence by which two articles exclude each other."""
        one, other = self._evidence(a), self._evidence(b)
        yield from (kind for kind, parts in _FIGURES if parts(one, other))
        if _apart(one.subjects, other.named, other.subjects, one.named):
            yield "subjects"
        if self._absent(one.headline, b) and self._absent(other.headline, a):
            yield "headlines"
        if self._absent(one.headline_places, b) and self._absent(other.headline_places, a):
            yield "headline places"
        if len((one.cast & other.cast) - self._actor_words) >= SHARED_NAMES:
            return
        if _apart(one.states, other.named, other.states, one.named):
            yield "states"
        if self._absent(one.places, b) and self._absent(other.places, a) and not _spelt_alike(one.places, other.places):
            yield "places"
        if self._absent(one.begins, b) and self._absent(other.begins, a):
            yield "names"
        if min(len(one.cast), len(other.cast)) >= NAMES and self._absent(one.cast, b) and self._absent(other.cast, a):
            yield "cast"

    def _absent(self, words: Collection[str], place: int) -> bool:
        """Return whether there are words and an article has none of them."""
        if not words:
            return False
        if place not in self._words:
            self._words[place] = frozenset((*self._texts.titles[place].tolist(), *self._texts.bodies[place].tolist()))
        return self._words[place].isdisjoint(self._numbers.get(word, -1) for word in words)


def _apart(ours: Collection[str], in_theirs: frozenset[str], theirs: Collection[str], in_ours: frozenset[str]) -> bool:
    """Return whether each of two articles has some keys, and neither names the other's."""
    return bool(ours) and bool(theirs) and in_theirs.isdisjoint(ours) and in_ours.isdisjoint(theirs)


def _disjoint(one: Mapping[str, frozenset[object]], other: Mapping[str, frozenset[object]]) -> bool:
    """Return whether two have different values under some key both have."""
    return any(one[key].isdisjoint(other[key]) for key in one.keys() & other.keys())


def _magnitudes(one: Evidence, other: Evidence) -> bool:
    pairs = [abs(a - b) for a, b in product(one.magnitudes, other.magnitudes)]
    return bool(pairs) and min(pairs) > MAGNITUDES_APART


def _sums(one: Evidence, other: Evidence) -> bool:
    return any(
        all(
            abs(math.log(max(a, 1.0) / max(b, 1.0))) > math.log(SUMS_APART)
            for a, b in product(one.sums[sign], other.sums[sign])
        )
        for sign in one.sums.keys() & other.sums.keys()
    )


_FIGURES: tuple[Kind, ...] = (
    ("ordinals", lambda one, other: _disjoint(one.ordinals, other.ordinals)),
    ("codes", lambda one, other: _disjoint(one.codes, other.codes)),
    ("magnitudes", _magnitudes),
    ("results", lambda one, other: bool(one.results) and bool(other.results) and one.results.isdisjoint(other.results)),
    ("sums", _sums),
)


def _spelt_alike(ones: Collection[str], others: Collection[str]) -> bool:
    """Return whether some word of each begins alike: one place under two spellings, Iguala and Iguela."""
    beginnings = {word[:SPELT_ALIKE] for word in ones if len(word) > SPELT_ALIKE}
    return not beginnings.isdisjoint(word[:SPELT_ALIKE] for word in others if len(word) > SPELT_ALIKE)
