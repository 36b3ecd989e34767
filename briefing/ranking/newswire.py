"""Position times centrality."""

from __future__ import annotations

import numpy as np

from briefing.model import ScorePart
from briefing.ranking.lexrank import cosines
from briefing.ranking.material import Material, Ranking


def newswire(material: Material) -> Ranking:
    """Return the scores of sentences by how early they stand and how much of the rest they share."""
    if not len(material):
        return Ranking(())
    centrality = cosines(material.content()).mean(axis=1)
    centrality /= max(centrality.max(), 1e-9)
    position = np.array([1.0 / (1 + s.position) for s in material.sentences])
    scores = position * (0.5 + 0.5 * centrality)
    parts = tuple(
        (ScorePart("position", float(p)), ScorePart("centrality", float(c)))
        for p, c in zip(position, centrality, strict=True)
    )
    return Ranking(tuple(float(s) for s in scores), parts)
