"""Leader clustering: what is nearly one text is grouped first, and a large group is compared by a few of its articles.

Grouping compares all pairs of two stories; where hundreds print one report in slightly other words that grows with the
square of a story, and no pair of them says more than a few do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from briefing.stages.stories.ragged import Floats, Indices

#: Articles so alike are reports of one event whatever else is in the run: four times the cut, days counted.
SURE = 0.5
#: Articles by which a larger group is compared with others.
REPRESENTATIVES = 8


def led(
    size: int,
    pairs: tuple[Indices, Indices, Floats],
    excluded: Callable[[int, int], bool],
    apart: Mapping[int, frozenset[str]],
) -> list[list[int]]:
    """Return groups of items, each with the leader it is most like, in order; a leader is like none before it.

    Args:
        size: How many items there are, numbered from 0.
        pairs: Those `SURE` enough, the first item before the second, and their similarities.
        excluded: Tells whether two items cannot be in one group.
        apart: Of some items names; items of one name are never in one group.
    """
    first, second, alike = pairs
    order = np.lexsort((first, -alike, second))
    before, ends = first[order], np.searchsorted(second[order], np.arange(size + 1))
    leader = np.arange(size)
    names = dict(apart)
    for n in np.unique(second).tolist():
        likely = before[ends[n] : ends[n + 1]]
        for one in likely[leader[likely] == likely].tolist():
            if names.get(one, frozenset()).isdisjoint(names.get(n, ())) and not excluded(one, n):
                leader[n] = one
                if n in names:
                    names[one] = names.get(one, frozenset()) | names[n]
                break
    groups: dict[int, list[int]] = {}
    for n, one in enumerate(leader.tolist()):
        groups.setdefault(one, []).append(n)
    return list(groups.values())


def representatives(group: Sequence[int]) -> list[int]:
    """Return the articles by which a group is compared: all of a small one, evenly spread ones of a larger."""
    if len(group) <= REPRESENTATIVES:
        return list(group)
    return [group[n * len(group) // REPRESENTATIVES] for n in range(REPRESENTATIVES)]
