"""Summarises articles: chooses a coherent set of their sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from briefing.model import DEFAULT_METHOD, Article, Judgement, ScorePart, Sentence, Summary
from briefing.stages.judgement.printing import PrintedIn, permit
from briefing.stages.ranking import gather, ranked_places
from briefing.stages.summaries.expired import Done, expired, headline_is_over
from briefing.stages.summaries.fitness import Fitness, SentenceKey
from briefing.stages.summaries.order import oldest_first, reading_order
from briefing.stages.summaries.prepared import Prepared, prepare
from briefing.stages.summaries.selection import Budget, Choice, take
from briefing.stages.summaries.set_apart import set_apart
from briefing.stages.summaries.support import supports

__all__ = [
    "Done",
    "Prepared",
    "SentenceKey",
    "capped",
    "expired",
    "headline_is_over",
    "prepare",
    "summarise",
    "summarise_prepared",
    "supporters",
]


def summarise(
    articles: Sequence[Article],
    sentences: Mapping[str, Sequence[Sentence]],
    *,
    count: int | None = None,
    words: int | None = None,
    method: str = DEFAULT_METHOD,
    relevance: Mapping[SentenceKey, float] | None = None,
    pull: float = 1.0,
    exclude: Collection[SentenceKey] = (),
    unfit: bool = True,
    judged: Mapping[SentenceKey, Judgement] | None = None,
    printed_in: PrintedIn = "excerpt",
) -> Summary:
    """Return the summary of one article, or of several about one event.

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
        unfit: Whether the first sentence of news prose is taken when none is fit; if not, the summary is then empty.
        judged: (article id, position) → what the judge says; without it, what a sentence opens with alone decides, and
            methods other than ``newswire`` call no sentence unfit.
        printed_in: In an edition what hangs is refused; in an excerpt, read with its article, it only counts less.
    """
    prepared = prepare(articles, sentences, method=method, exclude=exclude, judged=judged, printed_in=printed_in)
    return summarise_prepared(prepared, count=count, words=words, relevance=relevance, pull=pull, unfit=unfit)


def summarise_prepared(
    prepared: Prepared,
    *,
    count: int | None = None,
    words: int | None = None,
    relevance: Mapping[SentenceKey, float] | None = None,
    pull: float = 1.0,
    unfit: bool = True,
) -> Summary:
    """Return the summary of prepared material; the arguments are those of `summarise`."""
    budget = Budget(3 if count is None and words is None else count, words)
    if not len(prepared.material):
        return Summary((), method=prepared.method)
    if prepared.fit is not None:
        choice = _coherent(prepared, prepared.fit, budget, relevance, pull)
        if not choice.places and unfit and (relevance is None or pull < 1.0):
            prose = {key: j for key, j in prepared.judged.items() if not j.is_prose}
            choice = _ranked(replace(prepared, method="lead", judged=prose), replace(budget, count=1), None)
    else:
        choice = _ranked(prepared, budget, relevance if pull >= 1.0 else None)
    return _summary(prepared, choice)


def supporters(prepared: Prepared) -> tuple[tuple[Sentence, ...], ...]:
    """Return for each sentence of prepared material those of other articles that say the same."""
    material = prepared.material
    return supports(material.sentences, material.sentences, material.language)


def capped(
    articles: Sequence[Article], sentences: Mapping[str, Sequence[Sentence]], method: str = DEFAULT_METHOD
) -> tuple[str, ...]:
    """Return the ids of the articles too long for a method, oldest first: part of their sentences is ignored."""
    material = gather(oldest_first(articles), sentences)
    seen = Counter(material.sentences[i].article_id for i in ranked_places(material, method))
    every = Counter(s.article_id for s in material.sentences)
    return tuple(a.id for a in material.articles if seen[a.id] < every[a.id])


def _coherent(
    prepared: Prepared, fit: Fitness, budget: Budget, relevance: Mapping[SentenceKey, float] | None, pull: float
) -> Choice:
    """Return the best coherent set; an empty one when no sentence is fit to stand alone."""
    from briefing.stages.summaries.search import (
        best_set,  # numpy: paid for by the first summary, not by the program's start
    )

    return best_set(prepared, fit, budget, relevance, pull)


def _ranked(prepared: Prepared, budget: Budget, relevance: Mapping[SentenceKey, float] | None) -> Choice:
    """Return the best by a ranker's scores, as the method's authors would, of those that may be printed."""
    keys = [(s.article_id, s.position) for s in prepared.material.sentences]
    barred = {key for key in keys if permit(prepared.judged.get(key), prepared.printed_in).refused}
    ranking = prepared.ranking
    about = relevance if relevance is not None else {}
    order = sorted(
        (i for i, key in enumerate(keys) if key not in prepared.exclude and key not in barred),
        key=lambda i: (-about.get(keys[i], 0.0), -ranking.scores[i], i),
    )
    if relevance is not None and not any(about.get(keys[i], 0.0) > 0 for i in order[:1]):
        return Choice((), ())
    places = tuple(take(order, budget, prepared.sizes))
    parts = ranking.parts
    own = [(ScorePart(prepared.method, ranking.scores[i]), *(parts[i] if parts else ())) for i in places]
    return Choice(places, tuple(own))


def _summary(prepared: Prepared, choice: Choice) -> Summary:
    material = prepared.material
    parts = dict(zip(choice.places, choice.parts, strict=True))
    at = {(material.sentences[i].article_id, material.sentences[i].position): i for i in choice.places}
    ordered = reading_order([material.sentences[i].shortened() for i in choice.places], material.articles)
    return Summary(
        sentences=set_apart(ordered, prepared.judged, prepared.printed_in),
        scores=tuple(parts[at[s.article_id, s.position]] for s in ordered),
        support=supports(ordered, material.sentences, material.language),
        method=prepared.method,
    )
