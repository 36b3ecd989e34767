"""Agglomerative clustering: the most similar two groups are merged first, until none are similar enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import NamedTuple

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
    apart: Mapping[int, frozenset[str]] | None = None,
) -> list[list[int]]:
    """Return the groups merged while two of them are at least ``cut`` alike.

    Agglomerative clustering between average and complete linkage. Ties go to the groups that stand first.

    Args:
        groups: Where to start: disjoint lists of items, numbered from 0.
        known: Similarities of pairs (smaller item first); only groups joined by one of at least ``cut`` can merge.
        between: The similarities of some items (rows) to others (columns).
        cut: The least similarity of two groups that are merged.
        average: How much the average pair of two groups counts, 0.0 to 1.0; the rest is their worst pair.
        apart: Of some items names; items of one name are never in one group.
    """
    return _Agglomeration(groups, known, between, cut, average, apart or {}).run()


class _Linked(NamedTuple):
    """The similarity of two groups."""

    value: float
    total: float  # sum of the similarities of their pairs
    least: float  # and the least of them


@dataclass
class _Agglomeration:
    """Müllner's generic algorithm: the queue holds, of each group, only the group it is most like."""

    groups: Sequence[Sequence[int]]
    known: Mapping[Pair, float]
    between: Callable[[Sequence[int], Sequence[int]], Floats]
    cut: float
    average: float
    apart: Mapping[int, frozenset[str]]
    members: dict[int, list[int]] = field(init=False)
    named: dict[int, frozenset[str]] = field(init=False)  # group → the names of its items, of those that have any
    links: dict[int, dict[int, _Linked]] = field(init=False)  # group → group; only of those that can merge
    queue: list[tuple[float, int, int, int]] = field(init=False)  # the best two first, then those that stand first

    def run(self) -> list[list[int]]:
        self.members = {n: list(group) for n, group in enumerate(self.groups)}
        self.links = {n: {} for n in self.members}
        self.named = {n: names for n, group in self.members.items() if (names := self._names_of(group))}
        self._link_items()
        self._link_groups()
        self.queue = [entry for n in self.members if (entry := self._best(n))]
        heapify(self.queue)
        while self.queue:
            _, a, b, owner = heappop(self.queue)
            if a in self.members and b in self.members:
                owner = self._merge(a, b)
            if entry := self._best(owner):
                heappush(self.queue, entry)
        return sorted(sorted(group) for group in self.members.values())

    def _link_items(self) -> None:
        """Link the groups of one item each that are alike enough; these are most of all groups at the beginning."""
        home = {group[0]: n for n, group in self.members.items() if len(group) == 1}
        for (a, b), value in self.known.items():
            if value >= self.cut and a in home and b in home and not self._are_apart(one := home[a], other := home[b]):
                self.links[one][other] = self.links[other][one] = _Linked(value, value, value)

    def _link_groups(self) -> None:
        """Link the groups, of which one at least has several items, that are joined by two and alike enough."""
        home = {item: n for n, group in self.members.items() for item in group}
        joined = {
            (min(one, other), max(one, other))
            for (a, b), value in self.known.items()
            if value >= self.cut and (one := home[a]) != (other := home[b]) and other not in self.links[one]
        }
        for a, b in joined:
            self._link(a, b, *self._pairs(a, b))

    def _best(self, group: int) -> tuple[float, int, int, int] | None:
        """Return the entry of the group that a group is most like."""
        links = self.links.get(group)
        if not links:
            return None
        best = max(link.value for link in links.values())
        # Of equals the pair that stands first: for a group before this one, that one; else the first behind.
        other = min(n for n, link in links.items() if link.value == best)
        return -best, min(group, other), max(group, other), group

    def _merge(self, a: int, b: int) -> int:
        """Return the new group of two; a group linked to neither cannot be alike to both together."""
        new = 2 * len(self.groups) - len(self.members)
        left, right = self.links.pop(a), self.links.pop(b)
        links = []
        for n in (left.keys() | right.keys()) - {a, b}:
            one, other = left.get(n) or self._pairs(a, n), right.get(n) or self._pairs(b, n)
            links.append((n, one[-2] + other[-2], min(one[-1], other[-1])))
            self.links[n].pop(a, None)
            self.links[n].pop(b, None)
        self.members[new] = self.members.pop(a) + self.members.pop(b)
        if names := self.named.pop(a, frozenset()) | self.named.pop(b, frozenset()):
            self.named[new] = names
        self.links[new] = {}
        for n, total, least in links:
            self._link(n, new, total, least)
        return new

    def _link(self, a: int, b: int, total: float, least: float) -> None:
        size = len(self.members[a]) * len(self.members[b])
        value = self.average * total / size + (1 - self.average) * least
        if value >= self.cut and not self._are_apart(a, b):
            self.links[a][b] = self.links[b][a] = _Linked(value, total, least)

    def _names_of(self, group: Sequence[int]) -> frozenset[str]:
        return frozenset(name for item in group for name in self.apart.get(item, ())) if self.apart else frozenset()

    def _are_apart(self, a: int, b: int) -> bool:
        return not self.named.get(a, frozenset()).isdisjoint(self.named.get(b, frozenset()))

    def _pairs(self, a: int, b: int) -> tuple[float, float]:
        """Return the sum and the least of the similarities between two groups."""
        ones, others = self.members[a], self.members[b]
        if len(ones) == len(others) == 1 and (value := self.known.get((min(*ones, *others), max(*ones, *others)))):
            return value, value
        values = self.between(ones, others)
        return float(values.sum()), float(values.min())
