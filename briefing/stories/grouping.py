"""Groups of things that are alike: the best two are merged first, until no two are alike enough."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Pair = tuple[int, int]
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
    links: dict[int, dict[int, tuple[float, float]]] = field(init=False)  # group → group → (sum, least) of the pairs
    queue: list[tuple[float, int, int]] = field(init=False, default_factory=list)

    def run(self) -> list[list[int]]:
        self.members = {n: list(group) for n, group in enumerate(self.groups)}
        self.links = {n: {} for n in self.members}
        for a, b in self._joined():
            self._link(a, b, self._pairs(a, b))
        while self.queue:
            _, a, b = heapq.heappop(self.queue)
            if a in self.members and b in self.members:
                self._merge(a, b)
        return sorted(sorted(group) for group in self.members.values())

    def _joined(self) -> Iterable[Pair]:
        home = {item: n for n, group in self.members.items() for item in group}
        pairs = ((home[a], home[b]) for (a, b), value in self.known.items() if value >= self.cut)
        return sorted({(min(p), max(p)) for p in pairs if p[0] != p[1]})

    def _merge(self, a: int, b: int) -> None:
        new = len(self.links)
        sides = self.links[a], self.links[b]
        neighbours = sorted((sides[0].keys() | sides[1].keys()) & self.members.keys() - {a, b})
        # A group joined to neither side by a pair worth the cut cannot be joined to both together.
        values = {
            n: tuple(side.get(n) or self._pairs(old, n) for side, old in zip(sides, (a, b), strict=True))
            for n in neighbours
        }
        self.members[new] = self.members.pop(a) + self.members.pop(b)
        self.links[new] = {}
        for n, (left, right) in values.items():
            self._link(n, new, (left[0] + right[0], min(left[1], right[1])))
        self.links[a] = self.links[b] = {}

    def _link(self, a: int, b: int, pairs: tuple[float, float]) -> None:
        total, least = pairs
        size = len(self.members[a]) * len(self.members[b])
        value = self.average * total / size + (1 - self.average) * least
        if value >= self.cut:
            self.links[a][b] = self.links[b][a] = pairs
            heapq.heappush(self.queue, (-value, a, b))

    def _pairs(self, a: int, b: int) -> tuple[float, float]:
        ones, others = self.members[a], self.members[b]
        if len(ones) == len(others) == 1 and (value := self.known.get((min(*ones, *others), max(*ones, *others)))):
            return value, value
        values = self.between(ones, others)
        return float(values.sum()), float(values.min())
