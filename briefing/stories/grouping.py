"""Groups of things that are alike: the best two are merged first, until no two are alike enough."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

#: How much the average pair of two groups counts; the rest is the worst pair. Half and half keeps chains of
#: look-alikes apart without asking that every report share words with every other.
AVERAGE = 0.6

Pair = tuple[int, int]


def agglomerate(
    groups: Sequence[Sequence[int]], known: Mapping[Pair, float], between: Callable[[int, int], float], cut: float
) -> list[list[int]]:
    """Return the groups merged while two of them are at least ``cut`` alike.

    Two groups are as alike as `AVERAGE` of their average pair and the rest of their worst pair. Ties go to the
    groups that stand first.

    Args:
        groups: Where to start: disjoint lists of items, numbered from 0.
        known: Similarities of pairs (smaller item first); only groups joined by one of at least ``cut`` can merge.
        between: The similarity of any two items, asked when it is not known.
        cut: The least similarity of two groups that are merged.
    """
    return _Agglomeration(groups, known, between, cut).run()


@dataclass
class _Agglomeration:
    groups: Sequence[Sequence[int]]
    known: Mapping[Pair, float]
    between: Callable[[int, int], float]
    cut: float
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
        value = AVERAGE * total / (len(self.members[a]) * len(self.members[b])) + (1 - AVERAGE) * least
        if value >= self.cut:
            self.links[a][b] = self.links[b][a] = pairs
            heapq.heappush(self.queue, (-value, a, b))

    def _pairs(self, a: int, b: int) -> tuple[float, float]:
        values = [self._value(x, y) for x in self.members[a] for y in self.members[b]]
        return sum(values), min(values)

    def _value(self, x: int, y: int) -> float:
        value = self.known.get((min(x, y), max(x, y)))
        return self.between(x, y) if value is None else value
