"""The pairs of a run's articles with all factors: similarity, distance in time, crowded surroundings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from heapq import heapify, heappop, heappush

import numpy as np

from briefing.stages.stories.candidates import Postings
from briefing.stages.stories.conflicts import Conflicts
from briefing.stages.stories.days import Days
from briefing.stages.stories.event_keys import EventKeys
from briefing.stages.stories.grouping import agglomerate
from briefing.stages.stories.likeness import Vectors
from briefing.stages.stories.ragged import Floats, Indices, Singles


@dataclass(frozen=True, slots=True)
class Level:
    """What makes one group: of one event, or of one wider development."""

    cut: float  # least similarity of two groups that are merged
    days: float  # articles so far apart count .61 as alike, twice as far .14; 0.0 for one event, that has one day
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
    _scratch: Singles = field(init=False)

    def __post_init__(self) -> None:
        self._scratch = np.zeros((self.vectors.width, 4), np.float32)

    @classmethod
    def of(
        cls, rows: Vectors, days: Days, keys: EventKeys, conflicts: Conflicts, *, least: float, reach: float
    ) -> Closeness:
        """Return the pairs at least ``least`` alike and published at most ``reach`` days apart."""
        postings = Postings(rows)
        found = [
            (np.full(len(near), i), near, values)
            for i, near, values in postings.similar_pairs(least, days.published, reach)
        ]
        empty = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        first, second, alike = (np.concatenate(part) for part in zip(empty, *found, strict=True))
        return cls(rows, days, first, second, alike, postings.crowdedness(), keys, conflicts)

    def grouped(
        self, groups: Sequence[Sequence[int]], level: Level, apart: Mapping[int, frozenset[str]] | None = None
    ) -> list[list[int]]:
        """Return the groups merged as far as the level allows; ``apart`` as for `agglomerate`."""
        values = self._judged(self.first, self.second, self.alike, level)
        # Pairs far below the cut are many and seldom asked for.
        kept = values >= level.cut / 2
        places = zip(self.first[kept].tolist(), self.second[kept].tolist(), strict=True)
        known = dict(zip(places, values[kept].tolist(), strict=True))
        between = partial(self._judge, level)
        return agglomerate(groups, known, between, cut=level.cut, average=level.average, apart=apart)

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

    def inside(self, groups: Sequence[Sequence[int]]) -> list[list[tuple[int, int, float]]]:
        """Return for each group the pairs of its articles with any similarity, and how similar they are."""
        home = np.full(len(self.vectors), -1)
        for number, group in enumerate(groups):
            home[list(group)] = number
        within = np.flatnonzero((home[self.first] == home[self.second]) & (home[self.first] >= 0))
        pairs: list[list[tuple[int, int, float]]] = [[] for _ in groups]
        rows = (home[self.first], self.first, self.second, self.alike)
        for number, first, second, alike in zip(*(row[within].tolist() for row in rows), strict=True):
            pairs[number].append((first, second, alike))
        return pairs

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
        crowded = np.minimum(self.crowded, level.crowd)
        above = alike - (crowded[first] + crowded[second]) / 2
        if level.days:
            values = np.where(above > 0, above * self.days.nearness(first, second, level.days), above)
            return self.conflicts.unnamed(first, second, values, level.cut)
        values = np.where(above > 0, above * self.days.one_event(first, second), above)
        values = self.keys.raised(first, second, values, level.cut)
        return self.conflicts.lowered(first, second, values, level.cut)


def spanning(first: int, pairs: Iterable[tuple[int, int, float]]) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs that hold a group together, from ``first`` on: each joins the article that is most like any
    of those joined before.

    A maximum spanning tree by Prim's algorithm; ties go to the articles that stand first.
    """
    beside: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for a, b, alike in pairs:
        beside[a].append((b, alike))
        beside[b].append((a, alike))
    joined = {first: 0}
    queue = [(-alike, n, 0, first) for n, alike in beside[first]]
    heapify(queue)
    while queue:
        alike, new, _, old = heappop(queue)
        if new not in joined:
            joined[new] = len(joined)
            yield old, new, -alike
            for n, value in beside[new]:
                if n not in joined:
                    heappush(queue, (-value, n, joined[new], new))
