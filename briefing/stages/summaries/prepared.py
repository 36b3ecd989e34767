"""Material prepared once for several summaries: for the page, for a theme and in short."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from briefing.model import DEFAULT_METHOD, Article, Judgement, Sentence
from briefing.stages.judgement.printing import PrintedIn
from briefing.stages.ranking import Material, Ranking, gather, rank, shared_out
from briefing.stages.summaries.fitness import Fitness, SentenceKey, fitness
from briefing.stages.summaries.order import oldest_first
from briefing.stages.summaries.selection import lengths

if TYPE_CHECKING:  # numpy: paid for by the first summary, not by the program's start
    from briefing.stages.ranking.newswire import MaterialCounts
    from briefing.stages.summaries.search import Measured


#: Sentences that are weighed for one story: of longer articles their first, and a sample of the rest. Twenty-five
#: articles of the longest kind have as many. 80,000 took 530 MB, a sixth of it to look for who says the same.
MOST = 10_000


@dataclass(frozen=True)
class Prepared:
    """The sentences of one article, or of several about one event, and what is known of them; see `prepare`."""

    material: Material
    method: str
    exclude: Collection[SentenceKey]
    fit: Fitness | None  # for newswire alone: other methods choose by their scores
    judged: Mapping[SentenceKey, Judgement] = field(default_factory=dict)
    printed_in: PrintedIn = "summary"
    measured: dict[bytes, Measured] = field(default_factory=dict)  # candidates, as bytes → what sets of them are worth

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Return the words of every sentence."""
        return lengths(self.material)

    @cached_property
    def counts(self) -> MaterialCounts:
        """Return the words and pairs of the sentences, counted."""
        from briefing.stages.ranking.newswire import MaterialCounts

        return MaterialCounts(self.material)

    @cached_property
    def ranking(self) -> Ranking:
        """Return the method's scores."""
        return rank(self.material, self.method)


def prepare(
    articles: Sequence[Article],
    sentences: Mapping[str, Sequence[Sentence]],
    *,
    method: str = DEFAULT_METHOD,
    exclude: Collection[SentenceKey] = (),
    judged: Mapping[SentenceKey, Judgement] | None = None,
    printed_in: PrintedIn = "summary",
) -> Prepared:
    """Return articles prepared to be summarised, once or several times; the arguments are those of `summarise`."""
    every = gather(oldest_first(articles), sentences)
    material = every.only(shared_out(every, MOST)) if len(every) > MOST else every
    known = judged or {}
    if method != "newswire" or not len(material):
        return Prepared(material, method, exclude, None, known, printed_in)
    fit = fitness(material, exclude, known, printed_in)
    return Prepared(_without_strays(material, fit), method, exclude, fit, known, printed_in)


def _without_strays(material: Material, fit: Fitness) -> Material:
    """Return the material without closing marks that close nothing."""
    trimmed = tuple(
        replace(s, end=s.end - stray, text=s.text[: len(s.text) - stray]) if stray else s
        for s, stray in zip(material.sentences, fit.stray, strict=True)
    )
    return replace(material, sentences=trimmed)
