"""The table of rankers: sentences in, scores out.

A ranker's module is imported when it is first called: numpy and sumy cost more than the start of the program may.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import MappingProxyType

from briefing.stages.ranking.material import Material, Ranking, gather

Ranker = Callable[[Material], Ranking]


def _later(module: str, function: str) -> Ranker:
    """Return the ranker ``function`` of ``module``, imported at its first call."""

    def rank(material: Material) -> Ranking:
        ranker: Ranker = getattr(import_module(f"briefing.stages.ranking.{module}"), function)
        return ranker(material)

    return rank


#: Every method of summarising by name; the first is the default.
RANKERS: dict[str, Ranker] = {
    "newswire": _later("newswire", "newswire"),
    "lexrank": _later("lexrank", "lexrank"),
    "textrank": _later("by_sumy", "textrank"),
    "lsa": _later("by_sumy", "lsa"),
    "luhn": _later("by_sumy", "luhn"),
    "edmundson": _later("by_sumy", "edmundson"),
    "kl": _later("by_sumy", "kl"),
    "sum-basic": _later("by_sumy", "sum_basic"),
    "reduction": _later("by_sumy", "reduction"),
    "lead": _later("baselines", "lead"),
    "random": _later("baselines", "random"),
}

#: Most sentences a method is given. sumy's methods are quadratic or worse: at 10,000 sentences all but one take
#: minutes, KL takes one at 500; LexRank's matrix of 1,000 sentences is 8 MB and its vectors ten times that.
LIMITS = MappingProxyType(
    {
        "lexrank": 1000,
        "textrank": 400,
        "lsa": 400,
        "luhn": 400,
        "edmundson": 400,
        "kl": 150,
        "sum-basic": 400,
        "reduction": 400,
    }
)
#: Of the sentences of an article too long for a method, the share taken from its start; the rest is an even sample.
FROM_THE_START = 0.75


def rank(material: Material, method: str) -> Ranking:
    """Return the ranking of all sentences; those a method's limit leaves out are ranked below all others."""
    places = ranked_places(material, method)
    if len(places) == len(material):
        return RANKERS[method](material)
    part = RANKERS[method](material.only(places))
    floor = min(part.scores, default=0.0) - 1.0
    scores = dict(zip(places, part.scores, strict=True))
    parts = dict(zip(places, part.parts, strict=True)) if part.parts else {}
    everywhere = range(len(material))
    return Ranking(
        tuple(scores.get(i, floor) for i in everywhere), tuple(parts.get(i, ()) for i in everywhere) if parts else ()
    )


def ranked_places(material: Material, method: str) -> tuple[int, ...]:
    """Return the places of the sentences a method looks at: all, or its limit shared out among the articles."""
    return shared_out(material, LIMITS.get(method, len(material)))


def shared_out(material: Material, limit: int) -> tuple[int, ...]:
    """Return the places of so many sentences, shared out among the articles; of all when they are no more."""
    if len(material) <= limit:
        return tuple(range(len(material)))
    by_article: dict[str, list[int]] = {}
    for i, sentence in enumerate(material.sentences):
        by_article.setdefault(sentence.article_id, []).append(i)
    share = max(4, limit // len(by_article))
    return tuple(i for places in by_article.values() for i in _thinned(places, share))


def _thinned(places: list[int], limit: int) -> list[int]:
    if len(places) <= limit:
        return places
    first = int(limit * FROM_THE_START)
    rest = places[first:]
    wanted = limit - first
    return places[:first] + [rest[i * len(rest) // wanted] for i in range(wanted)]


__all__ = ["LIMITS", "RANKERS", "Material", "Ranker", "Ranking", "gather", "rank", "ranked_places", "shared_out"]
