"""The pairs of a run's articles with all factors: similarity, distance in time, crowded surroundings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from briefing.stages.stories.agreement import Agreement
from briefing.stages.stories.candidates import Postings
from briefing.stages.stories.conflicts import Conflicts
from briefing.stages.stories.days import EVENT_DAY, Days
from briefing.stages.stories.event_keys import EventKeys
from briefing.stages.stories.grouping import agglomerate
from briefing.stages.stories.leaders import SURE, led, representatives
from briefing.stages.stories.likeness import Vectors
from briefing.stages.stories.ragged import Floats, Indices, Singles

#: First articles, second articles, and how alike they are.
Pairs = tuple[Indices, Indices, Floats]


@dataclass(frozen=True, slots=True)
class Level:
    """What makes one group of articles: one event."""

    cut: float  # least similarity of two groups that are merged
    crowd: float  # the most that is taken off a similarity when the articles are alike to any of the run
    average: float  # how much the average pair of two groups counts; the rest is their worst pair


@dataclass
class Closeness:
    """The pairs of a run's articles, by place; distant ones are computed lazily."""

    vectors: Vectors
    days: Days
    first: Indices  # of the pairs that are alike at all: first < second, and their similarity
    second: Indices
    alike: Floats
    crowded: Floats
    keys: EventKeys
    conflicts: Conflicts
    agreement: Agreement
    _scratch: Singles = field(init=False)

    def __post_init__(self) -> None:
        self._scratch = np.zeros((self.vectors.width, 4), np.float32)

    @classmethod
    def of(
        cls,
        rows: Vectors,
        days: Days,
        keys: EventKeys,
        conflicts: Conflicts,
        agreement: Agreement,
        *,
        least: float,
        reach: float,
    ) -> Closeness:
        """Return the pairs at least ``least`` alike and published at most ``reach`` days apart."""
        postings = Postings(rows)
        found = [
            (np.full(len(near), i), near, values)
            for i, near, values in postings.similar_pairs(least, days.published, reach)
        ]
        empty = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        first, second, alike = (np.concatenate(part) for part in zip(empty, *found, strict=True))
        return cls(rows, days, first, second, alike, postings.crowdedness(), keys, conflicts, agreement)

    def grouped(
        self, groups: Sequence[Sequence[int]], level: Level, apart: Mapping[int, frozenset[str]] | None = None
    ) -> list[list[int]]:
        """Return the groups merged as far as the level allows; ``apart`` as for `agglomerate`."""
        named = apart or {}
        compared = [representatives(group) for group in groups]
        whole = {items[0]: group for items, group in zip(compared, groups, strict=True)}
        among = np.zeros(len(self.vectors), bool)
        among[[n for items in compared for n in items]] = True
        asked = np.flatnonzero(among[self.first] & among[self.second])
        first, second = self.first[asked], self.second[asked]
        values = self._judged(first, second, self.alike[asked], level)
        # Pairs far below the cut are many and seldom asked for.
        kept = values >= level.cut / 2
        places = zip(first[kept].tolist(), second[kept].tolist(), strict=True)
        known = dict(zip(places, values[kept].tolist(), strict=True))
        between = partial(self._judge, level)
        names = (
            {n: frozenset().union(*(named.get(m, ()) for m in group)) for n, group in whole.items()} if named else {}
        )
        merged = agglomerate(compared, known, between, cut=level.cut, average=level.average, apart=names)
        return sorted(sorted(m for n in items if n in whole for m in whole[n]) for items in merged)

    def reports(self, level: Level, apart: Mapping[int, frozenset[str]]) -> list[list[int]]:
        """Return the articles in groups of nearly one text, where `grouped` begins; ``apart`` as for `agglomerate`."""
        likely = np.flatnonzero(self.alike >= SURE / EVENT_DAY[0])
        first, second = self.first[likely], self.second[likely]
        values = self._one_event(first, second, self.alike[likely], level)
        sure = values >= SURE
        pairs = first[sure], second[sure], values[sure]
        return led(len(self.vectors), pairs, self.conflicts.between, apart)

    def joined(
        self, ones: Mapping[str, Sequence[int]], others: Mapping[str, Sequence[int]], least: float
    ) -> list[tuple[str, str]]:
        """Return the groups of two sets, by their keys, of which two articles are at least so alike, days aside."""
        left, right = ({place: key for key, places in groups.items() for place in places} for groups in (ones, others))
        worth = self.alike >= least
        pairs = zip(self.first[worth].tolist(), self.second[worth].tolist(), strict=True)
        return sorted(
            {(left[a], right[b]) for pair in pairs for a, b in (pair, pair[::-1]) if a in left and b in right}
        )

    def inside(self, groups: Sequence[Sequence[int]]) -> list[Pairs]:
        """Return for each group the pairs of its articles with any similarity, and how similar they are."""
        home = np.full(len(self.vectors), -1)
        for number, group in enumerate(groups):
            home[list(group)] = number
        within = np.flatnonzero((home[self.first] == home[self.second]) & (home[self.first] >= 0))
        within = within[np.argsort(home[self.first[within]], kind="stable")]
        ends = np.searchsorted(home[self.first[within]], np.arange(1, len(groups)))
        parts = (np.split(row[within], ends) for row in (self.first, self.second, self.alike))
        return list(zip(*parts, strict=True))

    def similarities(self, ones: Sequence[int], others: Sequence[int]) -> Floats:
        """Return how alike some articles (rows) are to others (columns), whatever their dates, 0.0 to 1.0."""
        if len(ones) > len(others):
            return self.similarities(others, ones).T
        columns = np.array(others)
        return np.stack([self.vectors.similarities(one, columns, self._scratch) for one in ones])

    def _judge(self, level: Level, ones: Sequence[int], others: Sequence[int]) -> Floats:
        alike = self.similarities(ones, others)
        rows, columns = np.repeat(ones, len(others)), np.tile(others, len(ones))
        return self._judged(rows, columns, alike.ravel(), level).reshape(alike.shape)

    def _judged(self, first: Indices, second: Indices, alike: Floats, level: Level) -> Floats:
        values = self._one_event(first, second, alike, level)
        values = self.agreement.weighed(first, second, values, level.cut)
        values = self.keys.raised(first, second, values, level.cut)
        return self.conflicts.lowered(first, second, values, level.cut)

    def _one_event(self, first: Indices, second: Indices, alike: Floats, level: Level) -> Floats:
        above = self._above(first, second, alike, level)
        return np.where(above > 0, above * self.days.one_event(first, second), above)

    def _above(self, first: Indices, second: Indices, alike: Floats, level: Level) -> Floats:
        crowded = np.minimum(self.crowded, level.crowd)
        return np.asarray(alike - (crowded[first] + crowded[second]) / 2)


def spanning(first: int, pairs: Pairs) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs that hold a group together, from ``first`` on: each joins the article that is most like any
    of those joined before.

    A maximum spanning tree by Prim's algorithm; ties go to the articles that stand first.
    """
    members, places = np.unique(np.concatenate((pairs[0], pairs[1])), return_inverse=True)
    if first not in members:
        return
    a, b = np.split(places, 2)
    order = np.argsort(np.concatenate((a, b)), kind="stable")
    beside, alike = np.concatenate((b, a))[order], np.concatenate((pairs[2], pairs[2]))[order]
    starts = np.searchsorted(np.concatenate((a, b))[order], np.arange(len(members) + 1))
    best, nearest, joined = (np.full(len(members), value) for value in (-1.0, -1, False))
    new = int(np.searchsorted(members, first))
    while True:
        joined[new], best[new] = True, -1.0
        near, values = beside[starts[new] : starts[new + 1]], alike[starts[new] : starts[new + 1]]
        better = (values > best[near]) & ~joined[near]
        best[near[better]], nearest[near[better]] = values[better], new
        new = int(best.argmax())
        if best[new] < 0:
            return
        yield int(members[nearest[new]]), int(members[new]), float(best[new])
