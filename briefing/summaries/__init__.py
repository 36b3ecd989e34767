"""Articles and their sentences in, a summary out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from briefing.model import Article, ScorePart, Sentence, Summary
from briefing.ranking import Material, gather, rank, ranked_places
from briefing.summaries.fitness import Fitness, SentenceKey, fitness
from briefing.summaries.order import oldest_first, reading_order
from briefing.summaries.selection import Budget, Choice, lengths, take
from briefing.summaries.support import supports

__all__ = ["SentenceKey", "capped", "summarise"]


def summarise(
    articles: Sequence[Article],
    sentences: Mapping[str, Sequence[Sentence]],
    *,
    count: int | None = None,
    words: int | None = None,
    method: str = "newswire",
    relevance: Mapping[SentenceKey, float] | None = None,
    pull: float = 1.0,
    exclude: Collection[SentenceKey] = (),
    unfit: bool = True,
) -> Summary:
    """Return the sentences that tell what one article, or several about one event, say.

    Args:
        articles: One article, or the articles of one story, in any order.
        sentences: Article id → its sentences, in order, their datelines cut off.
        count: At most so many sentences; 3 when neither budget is given.
        words: At most so many words, in whole sentences; one sentence alone may exceed it.
        method: A key of `ranking.RANKERS`.
        relevance: (article id, position) → how far a sentence speaks of a theme, 0.0 to 1.0.
        pull: How much the theme counts, 0.0 to 1.0. At 1.0 the summary is the theme's view: it holds at least one
            sentence on the theme and is empty when there is none. Below, the theme only decides between sentences
            that tell the news about as well; methods other than ``newswire`` then take no notice of it.
        exclude: (article id, position) of sentences that must not be chosen.
        unfit: Whether the first sentence is taken when none is fit to stand alone; if not, the summary is then empty.
            Methods other than ``newswire`` call no sentence unfit.
    """
    budget = Budget(3 if count is None and words is None else count, words)
    material = gather(oldest_first(articles), sentences)
    if not len(material):
        return Summary((), method=method)
    if method == "newswire":
        fit = fitness(material, exclude)
        material = _without_strays(material, fit)
        choice = _coherent(material, fit, budget, relevance, pull, exclude if unfit else None)
    else:
        choice = _ranked(material, budget, method, relevance if pull >= 1.0 else None, exclude)
    return _summary(material, choice, method)


def capped(
    articles: Sequence[Article], sentences: Mapping[str, Sequence[Sentence]], method: str = "newswire"
) -> tuple[str, ...]:
    """Return the ids of the articles too long for a method, oldest first: it looks at a part of their sentences."""
    material = gather(oldest_first(articles), sentences)
    seen = Counter(material.sentences[i].article_id for i in ranked_places(material, method))
    every = Counter(s.article_id for s in material.sentences)
    return tuple(a.id for a in material.articles if seen[a.id] < every[a.id])


def _without_strays(material: Material, fit: Fitness) -> Material:
    """Return the material without closing marks that close nothing."""
    trimmed = tuple(
        replace(s, end=s.end - stray, text=s.text[: len(s.text) - stray]) if stray else s
        for s, stray in zip(material.sentences, fit.stray, strict=True)
    )
    return replace(material, sentences=trimmed)


def _coherent(
    material: Material,
    fit: Fitness,
    budget: Budget,
    relevance: Mapping[SentenceKey, float] | None,
    pull: float,
    exclude: Collection[SentenceKey] | None,
) -> Choice:
    """Return the best coherent set; when no sentence is fit to stand alone, the first not excluded, None for none."""
    from briefing.summaries.search import best_set  # numpy: paid for by the first summary, not by the program's start

    choice = best_set(material, fit, budget, lengths(material), relevance, pull)
    if choice.places or exclude is None or (relevance is not None and pull >= 1.0):
        return choice
    return _ranked(material, replace(budget, count=1), "lead", None, exclude)


def _ranked(
    material: Material,
    budget: Budget,
    method: str,
    relevance: Mapping[SentenceKey, float] | None,
    exclude: Collection[SentenceKey],
) -> Choice:
    """Return the best by a ranker's scores, as the method's authors would: nothing but excluded sentences is barred."""
    keys = [(s.article_id, s.position) for s in material.sentences]
    ranking = rank(material, method)
    about = relevance if relevance is not None else {}
    order = sorted(
        (i for i, key in enumerate(keys) if key not in exclude),
        key=lambda i: (-about.get(keys[i], 0.0), -ranking.scores[i], i),
    )
    if relevance is not None and not any(about.get(keys[i], 0.0) > 0 for i in order[:1]):
        return Choice((), ())
    places = tuple(take(order, budget, lengths(material)))
    own = [(ScorePart(method, ranking.scores[i]), *(ranking.parts[i] if ranking.parts else ())) for i in places]
    return Choice(places, tuple(own))


def _summary(material: Material, choice: Choice, method: str) -> Summary:
    parts = dict(zip(choice.places, choice.parts, strict=True))
    at = {(material.sentences[i].article_id, material.sentences[i].position): i for i in choice.places}
    ordered = reading_order([material.sentences[i].shortened() for i in choice.places], material.articles)
    return Summary(
        sentences=ordered,
        scores=tuple(parts[at[s.article_id, s.position]] for s in ordered),
        support=supports(ordered, material.sentences, material.language),
        method=method,
    )
