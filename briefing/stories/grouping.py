"""Groups of things that are alike: the best two are merged first, until no two are alike enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt

Pair = tuple[int, int]
Sums = tuple[float, float]
Floats = npt.NDArray[np.float64]


def agglomerate(
    groups: Sequence[Sequence[int]],
    known: Mapping[Pair, float],
    between: Callable[[Sequence[int], Sequence[int]], Floats],
    *,
    cut: float,
    average: float = 1.0,
) -> list[list[int]]:
    """Return the groups merged while two of them are at least ``cut`` alike.

    Agglomerative clustering between average and complete linkage. Ties go to the groups that stand first.

    Args:
        groups: Where to start: disjoint lists of items, numbered from 0.
        known: Similarities of pairs (smaller item first); only groups joined by one of at least ``cut`` can merge.
        between: The similarities of some items (rows) to others (columns).
        cut: The least similarity of two groups that are merged.
        average: How much the average pair of two groups counts, 0.0 to 1.0; the rest is their worst pair.
    """
    return _Agglomeration(groups, known, between, cut, average).run()


@dataclass
class _Agglomeration:
    groups: Sequence[Sequence[int]]
    known: Mapping[Pair, float]
    between: Callable[[Sequence[int], Sequence[int]], Floats]
    cut: float
    average: float
    members: dict[int, list[int]] = field(init=False)
    # Group → group → sum and least of the similarities of their pairs; only of groups that can merge.
    links: dict[int, dict[int, Sums]] = field(init=False)
    queue: list[tuple[float, int, int]] = field(init=False)  # the best two first, then those that stand first

    def run(self) -> list[list[int]]:
        self.members = {n: list(group) for n, group in enumerate(self.groups)}
        self.links = {n: {} for n in self.members}
        self.queue = [*self._single(), *self._several()]
        heapify(self.queue)
        while self.queue:
            _, a, b = heappop(self.queue)
            if a in self.members and b in self.members:
                self._merge(a, b, len(self.groups) * 2 - len(self.members))
        return sorted(sorted(group) for group in self.members.values())

    def _single(self) -> Iterator[tuple[float, int, int]]:
        """Link the groups of one item each that are alike enough; these are most of all groups at the beginning."""
        home = {group[0]: n for n, group in self.members.items() if len(group) == 1}
        for (a, b), value in self.known.items():
            if value >= self.cut and a in home and b in home:
                one, other = home[a], home[b]
                self.links[one][other] = self.links[other][one] = value, value
                yield -value, min(one, other), max(one, other)

    def _several(self) -> Iterator[tuple[float, int, int]]:
        """Link the groups, of which one at least has several items, that are joined by two and alike enough."""
        home = {item: n for n, group in self.members.items() for item in group}
        joined = {
            (min(one, other), max(one, other))
            for (a, b), value in self.known.items()
            if value >= self.cut and (one := home[a]) != (other := home[b]) and other not in self.links[one]
        }
        return ((-value, a, b) for a, b in joined if (value := self._link(a, b, self._pairs(a, b))))

    def _merge(self, a: int, b: int, new: int) -> None:
        """Make one group of two; a group linked to neither cannot be alike to both together."""
        left, right = self.links.pop(a), self.links.pop(b)
        links = []
        for n in (left.keys() | right.keys()) - {a, b}:
            one, other = left.get(n) or self._pairs(a, n), right.get(n) or self._pairs(b, n)
            links.append((n, (one[0] + other[0], min(one[1], other[1]))))
            self.links[n].pop(a, None)
            self.links[n].pop(b, None)
        self.members[new] = self.members.pop(a) + self.members.pop(b)
        self.links[new] = {}
        for n, pairs in links:
            if value := self._link(n, new, pairs):
                heappush(self.queue, (-value, n, new))

    def _link(self, a: int, b: int, pairs: Sums) -> float:
        """Return how alike two groups are, and keep it where that is enough; else 0.0."""
        total, least = pairs
        size = len(self.members[a]) * len(self.members[b])
        value = self.average * total / size + (1 - self.average) * least
        if value < self.cut:
            return 0.0
        self.links[a][b] = self.links[b][a] = pairs
        return value

    def _pairs(self, a: int, b: int) -> Sums:
        ones, others = self.members[a], self.members[b]
        if len(ones) == len(others) == 1 and (value := self.known.get((min(*ones, *others), max(*ones, *others)))):
            return value, value
        values = self.between(ones, others)
        return float(values.sum()), float(values.min())
