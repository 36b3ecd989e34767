"""Articles and their sentences in, a summary out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from briefing.model import Article, ScorePart, Sentence, Summary
from briefing.ranking import Material, Ranking, gather, rank
from briefing.summaries.fitness import Fitness, SentenceKey, fitness
from briefing.summaries.order import oldest_first, reading_order
from briefing.summaries.selection import Budget, best_first, lengths, take
from briefing.summaries.support import supports
from briefing.terms import content_stems, jaccard

#: Jaccard of content stems from which a second sentence says too little that is new.
REDUNDANT = 0.4
#: How far a theme's relevance outweighs the ranker: a factor of 1 + this for a sentence wholly about the theme.
THEME_PULL = 4.0

__all__ = ["SentenceKey", "summarise"]


def summarise(
    articles: Sequence[Article],
    sentences: Mapping[str, Sequence[Sentence]],
    *,
    count: int | None = None,
    words: int | None = None,
    method: str = "newswire",
    relevance: Mapping[SentenceKey, float] | None = None,
    exclude: Collection[SentenceKey] = (),
) -> Summary:
    """Return the sentences that tell what one article, or several about one event, say.

    Args:
        articles: One article, or the articles of one story, in any order.
        sentences: Article id → its sentences, in order.
        count: At most so many sentences; 3 when neither budget is given.
        words: At most so many words, in whole sentences; one sentence alone may exceed it.
        method: A key of `ranking.RANKERS`.
        relevance: (article id, position) → how far a sentence speaks of a theme, 0.0 to 1.0: the summary is that
            theme's view, holds at least one such sentence, and is empty when there is none.
        exclude: (article id, position) of sentences that must not be chosen.
    """
    budget = Budget(3 if count is None and words is None else count, words)
    material = gather(oldest_first(articles), sentences)
    if not len(material):
        return Summary((), method=method)
    ranking = _biased(rank(material, method), material, relevance)
    chosen = _chosen(material, ranking, budget, method, relevance, frozenset(exclude))
    return _summary(material, ranking, chosen, method)


def _chosen(
    material: Material,
    ranking: Ranking,
    budget: Budget,
    method: str,
    relevance: Mapping[SentenceKey, float] | None,
    exclude: frozenset[SentenceKey],
) -> list[int]:
    sizes = lengths(material)
    if method == "newswire":
        return _coherent(material, ranking, budget, sizes, fitness(material, exclude))
    keys = [(s.article_id, s.position) for s in material.sentences]
    return take(best_first(ranking, [k not in exclude for k in keys]), budget, sizes)


def _coherent(material: Material, ranking: Ranking, budget: Budget, sizes: Sequence[int], fit: Fitness) -> list[int]:
    stems = [frozenset(content_stems(s.text, material.language)) for s in material.sentences]
    chosen: list[int] = []
    for place in best_first(ranking, fit.fit):
        if not fit.allows([*chosen, place]):
            continue
        if any(jaccard(stems[place], stems[i]) >= REDUNDANT for i in chosen):
            continue
        if budget.leaves_room(sizes, chosen, place):
            chosen.append(place)
    return chosen or take(best_first(ranking, fit.fit), Budget(1), sizes)


def _biased(ranking: Ranking, material: Material, relevance: Mapping[SentenceKey, float] | None) -> Ranking:
    if relevance is None:
        return ranking
    pull = [1.0 + THEME_PULL * relevance.get((s.article_id, s.position), 0.0) for s in material.sentences]
    low = min(ranking.scores)
    return Ranking(tuple((s - low) * p for s, p in zip(ranking.scores, pull, strict=True)), ranking.parts)


def _summary(material: Material, ranking: Ranking, chosen: Sequence[int], method: str) -> Summary:
    places = {(material.sentences[i].article_id, material.sentences[i].position): i for i in chosen}
    ordered = reading_order([material.sentences[i] for i in chosen], material.articles)
    at = [places[(s.article_id, s.position)] for s in ordered]
    own = [(ScorePart(method, ranking.scores[i]), *(ranking.parts[i] if ranking.parts else ())) for i in at]
    return Summary(
        sentences=ordered,
        scores=tuple(own),
        support=supports(ordered, material.sentences, material.language),
        method=method,
    )
