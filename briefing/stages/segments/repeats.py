"""Finds events that one article reports twice: in a list at its head or a summary, and at length further on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

#: Share of a part's rarity that a longer one must hold.
TOLD_AGAIN = 0.6
#: Parts that share so rare a word are compared: others cannot share enough.
_RARE = 2.5


def told_again(parts: Sequence[Mapping[str, float]]) -> frozenset[int]:
    """Return the places of the parts whose event another one tells at greater length, of equals all but the first.

    Args:
        parts: Of each, its content stems and how rare each is in news at large.
    """
    mass = [sum(part.values()) for part in parts]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for n, part in enumerate(parts):
        for stem, rare in part.items():
            if rare >= _RARE:
                holders[stem].append(n)
    found: set[int] = set()
    for n in sorted(range(len(parts)), key=lambda n: (mass[n], -n)):
        beside: defaultdict[int, float] = defaultdict(float)
        for stem, rare in parts[n].items():
            for other in holders.get(stem, ()):
                beside[other] += rare
        if any(both >= TOLD_AGAIN * mass[n] for other, both in beside.items() if other != n and other not in found):
            found.add(n)
    return frozenset(found)
