"""Our own ranker: estimates the words a human summary would keep, and prefers sentences that hold most of them."""

from __future__ import annotations

import numpy as np

from briefing.model import ScorePart
from briefing.stages.ranking.material import Material, Ranking
from briefing.stages.ranking.newswire.counts import Ints, MaterialCounts
from briefing.stages.ranking.newswire.worth import Worth, worth

#: Candidates: the first so many sentences that are fit (of several articles: one of each in turn), and so many more.
FIRST, MORE = 9, 5
FIRST_OF_SEVERAL, MORE_OF_SEVERAL = 60, 0
#: Sentences judged at once: keeps the tables of a long text small.
AT_A_TIME = 400

__all__ = ["MaterialCounts", "Worth", "candidates", "newswire", "worth"]


def newswire(material: Material) -> Ranking:
    """Return for every sentence the points expected of it alone."""
    if not len(material):
        return Ranking(())
    counts = MaterialCounts(material)
    if not len(counts.word):  # digits, pictures: nothing a summary could share
        return Ranking((0.0,) * len(material))
    points: list[float] = []
    parts: list[tuple[ScorePart, ...]] = []
    for start in range(0, counts.n, AT_A_TIME):
        measure = worth(material, np.arange(start, min(start + AT_A_TIME, counts.n)), counts)
        alone = np.eye(len(measure.places), dtype=bool)
        points += measure.of(alone).tolist()
        parts += [
            (
                ScorePart("words a summary would share", float(w)),
                ScorePart("word pairs a summary would share", float(p)),
                ScorePart("words", float(t)),
            )
            for w, p, t in zip(*measure.parts(alone), measure.tokens, strict=True)
        ]
    return Ranking(tuple(points), tuple(parts))


def candidates(counts: MaterialCounts, fit: Ints) -> Ints:
    """Return the places sets are made of, ascending: the earliest fit sentences and the most telling later ones."""
    several = counts.articles > 1
    first, more = (FIRST_OF_SEVERAL, MORE_OF_SEVERAL) if several else (FIRST, MORE)
    in_turn = fit[np.lexsort((fit, counts.position[fit]))]
    return np.sort(np.concatenate([in_turn[:first], _telling(counts, in_turn[first:])[:more]])).astype(np.int64)


def _telling(counts: MaterialCounts, places: Ints) -> Ints:
    """Return places by how many repeated and headline words they hold, most first."""
    if not len(places):
        return places
    content = 1.0 - counts.stop
    frequency = counts.frequency.astype(float)
    repeated = frequency * (frequency > 1) * content
    titled = counts.titled[0] * content
    words = counts.words
    score = np.bincount(words.sentence, repeated[words.unit], counts.n) / np.maximum(counts.size, 1) / 3.0
    score += np.bincount(words.sentence, titled[words.unit], counts.n) / max(1.0, float(titled.sum()))
    score += 1.0 / (1.0 + counts.position)
    return places[np.lexsort((places, -score[places]))]
