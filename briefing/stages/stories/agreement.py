"""How far two articles agree as reports: what their ledes say, what they quote, and whether one of them explains."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from briefing.stages.stories.evidence import Evidence
from briefing.stages.stories.ragged import Floats, Indices
from briefing.stages.stories.texts import Texts

#: Words of a text that are its lede, and in which those of another's are looked for: a reporter puts the event there.
LEDE_WORDS, OPENING_WORDS = 40, 120
#: Weight a lede is thought to have beyond its words, by squared rarity: one shared word of three proves little.
UNSEEN = 40.0
#: Two reports of one event have in the median so much of each other's ledes; their likeness counts as it is.
USUAL = 0.35
#: Power of the ledes' agreement in the likeness, and what every two are given: other words for one thing share none.
POWER, GIVEN = 0.3, 0.1
#: Factor of two articles that quote the same words: they were at one speech, or read one statement.
QUOTED = 1.65
#: Factor of two articles of which one explains and the other reports.
EXPLAINED = 0.5
#: Factor of two articles of which one says what is to come and the other does not: what it announces is the next step.
ANNOUNCED = 0.5
#: The most that all these make of a likeness, rounded up.
MOST = 2.2


class Agreement:
    """Raises and lowers how alike a run's articles are by their ledes, quotations and kind.

    Args:
        texts: As they are compared.
        rarities: Of each word, by its number.
        evidence: Of each article.
    """

    def __init__(self, texts: Texts, rarities: Floats, evidence: Sequence[Evidence]) -> None:
        self._bodies = texts.bodies
        self._weights = rarities**2
        self._evidence = evidence
        self._known: dict[int, tuple[dict[int, float], float, frozenset[int]]] = {}

    def weighed(self, first: Indices, second: Indices, values: Floats, cut: float) -> Floats:
        """Return how alike pairs are with all that; arguments as `Conflicts.lowered`. Values far below the cut stay."""
        found = values.copy()
        worth = np.flatnonzero(values >= cut / (2 * MOST))
        pairs = zip(first[worth].tolist(), second[worth].tolist(), strict=True)
        found[worth] *= np.array([self.between(a, b) for a, b in pairs] if len(worth) else [], np.float64)
        return found

    def between(self, a: int, b: int) -> float:
        """Return the factor of two articles, by their places."""
        one, other = self._evidence[a], self._evidence[b]
        factor = math.pow((self._ledes(a, b) + GIVEN) / (USUAL + GIVEN), POWER)
        if not one.quoted.isdisjoint(other.quoted):
            factor *= QUOTED
        if one.announces != other.announces and not self.one_explains(a, b):
            factor *= ANNOUNCED
        return factor * EXPLAINED if self.one_explains(a, b) else factor

    def one_explains(self, a: int, b: int) -> bool:
        """Return whether one of two articles explains and the other reports, by their headlines."""
        return self._evidence[a].explains != self._evidence[b].explains

    def _ledes(self, a: int, b: int) -> float:
        """Return how much of each other's ledes two openings have, the less of both, 0.0 to below 1.0."""
        (ours, all_ours, opening), (theirs, all_theirs, other) = self._read(a), self._read(b)
        return min(
            sum(weight for word, weight in ours.items() if word in other) / (all_ours + UNSEEN),
            sum(weight for word, weight in theirs.items() if word in opening) / (all_theirs + UNSEEN),
        )

    def _read(self, place: int) -> tuple[dict[int, float], float, frozenset[int]]:
        known = self._known.get(place)
        if known is None:
            body = self._bodies[place]
            words = np.unique(body[:LEDE_WORDS])
            weights = self._weights[words].tolist()
            lede = {word: weight for word, weight in zip(words.tolist(), weights, strict=True) if weight}
            known = self._known[place] = lede, sum(lede.values()), frozenset(body[:OPENING_WORDS].tolist())
        return known
