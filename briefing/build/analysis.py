"""The analysis of one article by itself: the part of the work that can run in parallel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from briefing.model import (
    DEFAULT_METHOD,
    Article,
    Judgement,
    Passage,
    Sentence,
    Statement,
    StatementKind,
    Story,
    Summary,
    Theme,
    ThemeMatch,
)
from briefing.stages.claims import Counted, count_figures, find_statements, kinds_of, speakers_of, voices_of
from briefing.stages.judgement import judge
from briefing.stages.stories import FactReader, Facts
from briefing.stages.summaries import Prepared, SentenceKey, summarise_prepared
from briefing.stages.themes import find_passages, match_story, match_themes, sentence_scores
from briefing.text.aliases import Names, default, with_aliases
from briefing.text.languages import Language, language_of
from briefing.text.sentence_edges import trimmed
from briefing.text.sentences import split_sentences

#: How much the theme that leads a story decides how it is told: in the edition, and in the theme's own digest.
MILDLY, WHOLLY = 0.3, 1.0


@dataclass(frozen=True, slots=True)
class Analyst:
    """The parameters of an analysis besides the article; part of its cache key."""

    themes: tuple[Theme, ...]
    method: str = DEFAULT_METHOD
    sentences: int = 2  # of an article condensed on its own
    story_sentences: int = 3  # of a story
    spellings: tuple[tuple[str, tuple[str, ...]], ...] = ()  # of names, the desk's own: key, others


@dataclass(frozen=True, slots=True)
class Alone:
    """What is printed of an article whose story has no other and was not printed before, its summary aside."""

    lead: str  # slug of the theme that leads it; empty when none does
    passages: tuple[Passage, ...]  # on other themes


@dataclass(frozen=True, slots=True)
class Analysis:
    """The result of every stage that needs one article only."""

    sentences: tuple[Sentence, ...]
    judged: tuple[Judgement, ...]  # of each of them, without the reasons
    matches: tuple[ThemeMatch, ...]  # best first
    relevance: Mapping[str, tuple[float, ...]]  # slug of each theme it speaks of → how far each sentence does
    alone: Alone
    statements: tuple[Statement, ...]
    figures: tuple[Counted, ...]
    kinds: Mapping[int, StatementKind]  # position of a sentence → kind of statement
    facts: Facts


def analyse(article: Article, analyst: Analyst) -> Analysis:
    """Return the analysis of one article."""
    sentences = tuple(trimmed(split_sentences(article)))
    # What is too long to be printed states nothing, and reading it for speakers would take longer than all else.
    stated = tuple(s for s in sentences if not s.is_endless)
    matches = tuple(match_themes(article, sentences, analyst.themes))
    relevance = dict(_relevance(article, sentences, analyst.themes))
    judged = judge(article, sentences, speakers_of(article, stated), heard=voices_of(article, stated))
    return Analysis(
        sentences=sentences,
        judged=tuple(replace(j, why=()) for j in judged),
        matches=matches,
        relevance=relevance,
        alone=_alone(article, sentences, judged, matches, analyst),
        statements=tuple(find_statements(article, stated)),
        figures=count_figures(article, stated),
        kinds={position: kind for (_, position), kind in kinds_of(article, stated).items()},
        facts=_fact_reader(language_of(article), analyst.spellings).read(article),
    )


def sentences_of(analyses: Mapping[str, Analysis]) -> dict[str, tuple[Sentence, ...]]:
    """Return the sentences of each article and part, by its key; of a round-up those of all its parts, by its id."""
    found = {key: analysis.sentences for key, analysis in analyses.items()}
    for key, analysis in analyses.items():
        whole = key.partition("@")[0]
        if whole != key:
            found[whole] = (*found.get(whole, ()), *analysis.sentences)
    return found


def by_place(judged: Iterable[Judgement]) -> dict[SentenceKey, Judgement]:
    """Return judgements by the place of their sentence."""
    return {(j.sentence.article_id, j.sentence.position): j for j in judged}


def names_of(spellings: tuple[tuple[str, tuple[str, ...]], ...]) -> Names:
    """Return the shipped alias table with a desk's own spellings."""
    return with_aliases(dict(spellings)) if spellings else default()


@lru_cache(maxsize=16)
def _fact_reader(language: Language, spellings: tuple[tuple[str, tuple[str, ...]], ...]) -> FactReader:
    return FactReader(language, names_of(spellings))


def _relevance(
    article: Article, sentences: Sequence[Sentence], themes: Sequence[Theme]
) -> Iterator[tuple[str, tuple[float, ...]]]:
    for theme in themes:
        scores = sentence_scores(article, sentences, theme, among=themes)
        if any(scores.values()):
            yield theme.slug, tuple(scores[s.article_id, s.position] for s in sentences)


def _alone(
    article: Article,
    sentences: Sequence[Sentence],
    judged: Sequence[Judgement],
    matches: Sequence[ThemeMatch],
    analyst: Analyst,
) -> Alone:
    story = Story(article.id, (article,), (), headline_article=article.id)
    lead = leading_theme(match_story(story, {article.key: matches}))
    return Alone(
        lead.slug if lead else "",
        find_passages(article, sentences, analyst.themes, judged, leading=(lead.slug,) if lead else ()),
    )


def leading_theme(matches: Sequence[ThemeMatch]) -> Theme | None:
    """Return the theme that leads a story, given its matches; None when it is mainly about none."""
    return next((match.theme for match in matches if match.is_main), None)


def scored(
    sentences: Sequence[Sentence], relevance: Mapping[str, Sequence[float]], lead: Theme | None
) -> dict[SentenceKey, float] | None:
    """Return each sentence's relevance to the theme that leads its story, 0.0 to 1.0; None without one."""
    if lead is None:
        return None
    values = relevance.get(lead.slug) or (0.0,) * len(sentences)
    return {(s.article_id, s.position): value for s, value in zip(sentences, values, strict=True)}


def page_and_digest(
    ready: Prepared, relevance: Mapping[SentenceKey, float] | None, analyst: Analyst, *, unfit: bool = True
) -> tuple[Summary, Summary | None]:
    """Return a story's summary for its section, and that for the digest of its leading theme; None without one.

    Args:
        ready: Its articles.
        relevance: How far each of their sentences speaks of that theme, 0.0 to 1.0; None when no theme leads it.
        analyst: The length.
        unfit: As for `summarise_prepared`.
    """
    count = analyst.story_sentences
    if relevance is None:
        return summarise_prepared(ready, count=count, unfit=unfit), None
    mildly, wholly = (
        summarise_prepared(ready, count=count, relevance=relevance, pull=p, unfit=unfit) for p in (MILDLY, WHOLLY)
    )
    return mildly, wholly
