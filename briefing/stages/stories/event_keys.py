"""Finds pairs of articles that report one event in different words: day, place and act agree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from briefing.stages.stories.days import Days
from briefing.stages.stories.evidence import Evidence
from briefing.stages.stories.ragged import Floats, Indices

#: Articles whose keys agree are at least so many times as alike as the cut asks.
RAISED = 1.2


class EventKeys:
    """The day, places and acts of a run's articles.

    Args:
        evidence: Of each article.
        days: Theirs.
    """

    def __init__(self, evidence: Sequence[Evidence], days: Days) -> None:
        self._evidence = evidence
        self._day = np.where([bool(e.places and e.acts) for e in evidence], days.events, np.nan)

    def raised(self, first: Indices, second: Indices, values: Floats, cut: float) -> Floats:
        """Return how alike pairs are, those whose keys agree more than the cut; what excludes them is to follow."""
        found = values.copy()
        one_day = np.flatnonzero((self._day[first] == self._day[second]) & (first != second) & (values < RAISED * cut))
        pairs = zip(first[one_day].tolist(), second[one_day].tolist(), strict=True)
        agreeing = one_day[[self._agree(a, b) for a, b in pairs]] if len(one_day) else one_day
        found[agreeing] = RAISED * cut
        return found

    def _agree(self, a: int, b: int) -> bool:
        one, other = self._evidence[a], self._evidence[b]
        return not one.places.isdisjoint(other.places) and not one.acts.isdisjoint(other.acts)
