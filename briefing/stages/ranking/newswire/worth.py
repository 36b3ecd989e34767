"""The expected score of a set of sentences as a summary, against one that a human writes.

Expected ROUGE (Lin, ROUGE: A Package for Automatic Evaluation of Summaries, 2004): of the words and word pairs of a
set, those a human summary is expected to share, over the length of both. Choosing the best set by it needs no
separate rule against repetition: a word counts a second time only as far as humans write it twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from briefing.stages.ranking.material import Material
from briefing.stages.ranking.newswire.counts import Bools, Floats, Ints, MaterialCounts, Small
from briefing.stages.ranking.newswire.model import Judgement, Model, judge, models


@dataclass(frozen=True, slots=True)
class Worth:
    """What sets of some sentences are worth."""

    places: Ints  # the sentences sets are made of, by place in the material
    words: Small  # occurrences, shape (places, words)
    chances: tuple[tuple[int, Ints, Floats], ...]
    pairs: Small  # shape (places, pairs)
    pair_chances: Floats
    tokens: Floats  # per place
    bonus: Floats  # per place: points for what the caller wants beside the news, such as a theme
    reference_tokens: float
    pair_share: float
    together: tuple[tuple[int, int, float], ...] = ()  # columns of two places: points for holding both

    def of(self, sets: Bools) -> Floats:
        """Return the points expected of sets, given as rows of flags over ``places``; about 0 to 100."""
        words, pairs = self.parts(sets)
        shared = (1.0 - self.pair_share) * words + self.pair_share * pairs
        points: Floats = 200.0 * shared / (sets @ self.tokens + self.reference_tokens) + sets @ self.bonus
        for one, other, more in self.together:
            points += more * (sets[:, one] & sets[:, other])
        return points

    def parts(self, sets: Bools) -> tuple[Floats, Floats]:
        """Return how many words and how many pairs of each set a human summary is expected to share."""
        members = sets.astype(self.words.dtype)
        counts = members @ self.words
        words = np.zeros(len(sets))
        for times, at, chances in self.chances:
            held = counts >= times if times == 1 and len(at) == counts.shape[1] else counts[:, at] >= times
            words += held @ chances
        return words, (members @ self.pairs > 0) @ self.pair_chances


def worth(material: Material, places: Ints, counts: MaterialCounts | None = None, model: Model | None = None) -> Worth:
    """Return what sets of the sentences at those places are worth."""
    known = counts or MaterialCounts(material)
    chosen = model or models()["single" if known.articles <= 1 else "several"]
    return weigh(known, places, judge(known, places, chosen), chosen)


def weigh(counts: MaterialCounts, places: Ints, judged: Judgement, model: Model) -> Worth:
    """Return the worth that follows from a judgement."""
    return Worth(
        places=places,
        words=counts.words.of(judged.words).table(places, counts.n),
        chances=judged.chances,
        pairs=np.minimum(counts.pairs.of(judged.pairs).table(places, counts.n), 1.0),
        pair_chances=judged.pair_chances,
        tokens=counts.size[places].astype(float),
        bonus=np.zeros(len(places)),
        reference_tokens=model.reference_tokens,
        pair_share=model.pair_share,
    )
