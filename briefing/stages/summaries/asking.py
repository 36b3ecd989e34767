"""Converts the judge's verdicts into points for the choice of a summary; a chosen sentence is worth about 12."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from briefing.model import Judgement
from briefing.stages.ranking.newswire import Worth
from briefing.stages.summaries.prepared import Prepared

# Tuned on the labelled sentences and, for what it costs in ROUGE, on every second article with a human summary; the
# figures are in docs/judgement.md.
#: Points of a sentence for each step of the news it is expected to bring, 0.0 to 3.0.
NEWS = 4.0
#: Points taken from a sentence by the chance that it hangs, and that it is somebody's words or the author's view.
HANGS, OTHERS = 6.0, 8.0
#: Of these, what is left where what it points at, or its speaker, is printed with it.
INTRODUCED, MARKED = 0.5, 0.4
#: Mean news of an article's best sentences from which it tells the kind of news that news was learned on, and wholly.
#: In other news hardly any sentence stands alone: what hangs least is not what tells most, so neither counts there.
DESK, DESK_WHOLLY = 0.9, 1.4
_BEST = 5  # sentences


def as_judged(measure: Worth, prepared: Prepared) -> Worth:
    """Return the worth of sets in which news counts more, and what hangs or is somebody else's less.

    A sentence that leans on the one before it loses less beside it.
    """
    found = [prepared.material.sentences[i] for i in measure.places.tolist()]
    asked = [prepared.judged.get((s.article_id, s.position)) for s in found]
    desk = _desk(prepared)
    hangs = HANGS * desk
    points = np.array([_points(j, NEWS * desk, hangs) if j is not None and j.full else 0.0 for j in asked])
    return replace(measure, bonus=measure.bonus + points, together=(*measure.together, *_together(asked, hangs)))


def _desk(prepared: Prepared) -> float:
    """Return how far the articles tell the kind of news that news was learned on, 0.0 to 1.0."""
    best = sorted((j.news for j in prepared.judged.values() if j.is_prose and j.full), reverse=True)[:_BEST]
    return min(1.0, max(0.0, (sum(best) / len(best) - DESK) / (DESK_WHOLLY - DESK))) if best else 0.0


def _points(judgement: Judgement, news: float, hangs: float) -> float:
    is_marked = judgement.speaker and judgement.voice == "unmarked"
    others = OTHERS * judgement.others * (MARKED if is_marked else 1.0)
    hanging = hangs * (1.0 - judgement.standing) * (INTRODUCED if judgement.referent else 1.0)
    return news * judgement.news - hanging - others


def _together(asked: Sequence[Judgement | None], hangs: float) -> list[tuple[int, int, float]]:
    """Return the columns of neighbours, and the points that the second does not lose beside the first."""
    at = {(j.sentence.article_id, j.sentence.position): n for n, j in enumerate(asked) if j is not None and j.full}
    pairs = []
    for (article, position), n in at.items():
        before, judgement = at.get((article, position - 1)), asked[n]
        if before is not None and judgement is not None:
            part = INTRODUCED if judgement.referent else 1.0
            pairs.append((before, n, part * hangs * (judgement.behind - judgement.standing)))
    return pairs
