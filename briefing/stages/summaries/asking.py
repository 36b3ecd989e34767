"""What the judge's verdicts are worth when a summary is chosen, in points; a chosen sentence is worth about 12."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from briefing.model import Judgement
from briefing.stages.ranking.newswire import Worth
from briefing.stages.summaries.prepared import Prepared

#: Points of a sentence for each step of the news it is expected to bring, 0.0 to 3.0.
NEWS = 3.0
#: Points taken from a sentence by the chance that it hangs, and that it is somebody's words or the author's view.
HANGS, OTHERS = 6.0, 6.0
#: Of the latter, what is left where its speaker is printed with it.
MARKED = 0.4


def as_judged(measure: Worth, prepared: Prepared) -> Worth:
    """Return the worth of sets in which news counts more, and what hangs or is somebody else's less.

    A sentence that leans on the one before it loses less beside it.
    """
    found = [prepared.material.sentences[i] for i in measure.places.tolist()]
    asked = [prepared.judged.get((s.article_id, s.position)) for s in found]
    points = np.array([_points(j) if j is not None and j.full else 0.0 for j in asked])
    return replace(measure, bonus=measure.bonus + points, together=(*measure.together, *_together(asked)))


def _points(judgement: Judgement) -> float:
    others = OTHERS * judgement.others * (MARKED if judgement.speaker and judgement.voice == "unmarked" else 1.0)
    return NEWS * judgement.news - HANGS * (1.0 - judgement.standing) - others


def _together(asked: Sequence[Judgement | None]) -> list[tuple[int, int, float]]:
    """Return the columns of neighbours, and the points that the second does not lose beside the first."""
    at = {(j.sentence.article_id, j.sentence.position): n for n, j in enumerate(asked) if j is not None and j.full}
    pairs = []
    for (article, position), n in at.items():
        before, judgement = at.get((article, position - 1)), asked[n]
        if before is not None and judgement is not None:
            pairs.append((before, n, HANGS * (judgement.behind - judgement.standing)))
    return pairs
