"""What is made of each article on its own: the part of the work that any core or machine can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.claims import find_statements, kinds_of
from briefing.model import Article, Sentence, Statement, Summary, Theme, ThemeMatch
from briefing.sentences import split_sentences
from briefing.summaries import summarise
from briefing.themes import match_themes
from briefing.trimming import trimmed


@dataclass(frozen=True, slots=True)
class Analyst:
    """What an analysis depends on besides the article."""

    themes: tuple[Theme, ...]
    method: str = "newswire"
    sentences: int = 2  # of the article condensed on its own


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything the stages say of one article without looking at another."""

    sentences: tuple[Sentence, ...]
    matches: tuple[ThemeMatch, ...]  # best first
    short: Summary  # the article condensed on its own
    statements: tuple[Statement, ...]
    kinds: Mapping[tuple[str, int], str]  # (article id, position) → kind of statement

    @property
    def stated(self) -> tuple[Sentence, ...]:
        """Return the sentences that can state something.

        What is too long to be printed states nothing, and reading it for speakers would take longer than all else.
        """
        return tuple(s for s in self.sentences if not s.is_endless)


def analyse(article: Article, analyst: Analyst) -> Analysis:
    """Return what is made of one article on its own."""
    sentences = tuple(trimmed(split_sentences(article)))
    stated = tuple(s for s in sentences if not s.is_endless)
    return Analysis(
        sentences=sentences,
        matches=tuple(match_themes(article, sentences, analyst.themes)),
        short=summarise([article], {article.id: sentences}, count=analyst.sentences, method=analyst.method),
        statements=tuple(find_statements(article, stated)),
        kinds=kinds_of(article, stated),
    )


def analyse_all(
    articles: Sequence[Article], analyst: Analyst, told: Callable[[int], None]
) -> Iterator[tuple[str, Analysis]]:
    """Yield (article id, analysis) in the order of the articles; ``told`` hears how many are done."""
    for number, article in enumerate(articles, 1):
        yield article.id, analyse(article, analyst)
        told(number)
