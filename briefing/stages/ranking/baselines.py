"""The two rankers every other is measured against."""

from __future__ import annotations

import hashlib

from briefing.model import Receipt
from briefing.stages.ranking.material import Material, Ranking


def lead(material: Material) -> Ranking:
    """Return the sentences in the order of their articles, one of each article in turn."""
    seen: dict[str, int] = {}
    scores = []
    for sentence in material.sentences:
        place = seen.get(sentence.article_id, 0)
        seen[sentence.article_id] = place + 1
        scores.append(-float(place))
    return Ranking(tuple(scores))


def random(material: Material) -> Ranking:
    """Return an order drawn from hashes of the sentences' receipts: arbitrary, and the same every time."""
    return Ranking(tuple(_draw(s.receipt) for s in material.sentences))


def _draw(receipt: Receipt) -> float:
    """Return a number from 0.0 to 1.0 that nothing about the text sorts."""
    key = f"{receipt.article_id}:{receipt.start}:{receipt.end}:{receipt.sha256}"
    return int(hashlib.sha256(key.encode()).hexdigest()[:12], 16) / 16**12
