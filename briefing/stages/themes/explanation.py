"""Explains an article's themes sentence by sentence and term by term, as plain data to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.model import Article, Sentence, Theme
from briefing.stages.themes.aboutness import score_of, weighed
from briefing.stages.themes.reading import Text, lexicon_of, read_article
from briefing.stages.themes.sentence_match import SentenceMatch
from briefing.text.languages import Language, language_of


@dataclass(frozen=True, slots=True)
class ExplainedPart:
    """One part of the log odds that a text is mainly about a theme: value × weight."""

    name: str  # "title", "lead", "share", or "subjects", "lead", "evidence", "different"; then "base" and "learnt"
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    """A sentence that holds at least one term of the theme."""

    position: int  # in the article; -1 for the title
    text: str
    in_lead: bool
    reading: SentenceMatch  # value, hits, actors, factors


@dataclass(frozen=True, slots=True)
class ExplainedTheme:
    """How an article came to have a theme, or not to have it."""

    theme: Theme
    score: float  # 0.0 to 1.0
    verdict: str  # "main", "mention" or "none"
    parts: tuple[ExplainedPart, ...]  # of what decides whether it is main: their sum is the log odds
    sentences: tuple[ExplainedSentence, ...]  # in reading order, the title first
    subjects: tuple[str, ...] = ()  # that the theme stands for
    learnt: tuple[tuple[str, float], ...] = ()  # words of the text that were learnt and what each adds, strongest first


def explain_themes(
    article: Article, sentences: Sequence[Sentence], themes: Sequence[Theme], language: Language | None = None
) -> tuple[ExplainedTheme, ...]:
    """Return why an article has each theme or does not have it, in the order of the themes."""
    lexicon = lexicon_of(themes, language or language_of(article))
    text = read_article(article, sentences, lexicon)
    return tuple(_explained(text, n, theme) for n, theme in enumerate(lexicon.themes))


def _explained(text: Text, number: int, theme: Theme) -> ExplainedTheme:
    score = score_of(text, number)
    rows = [ExplainedSentence(-1, text.heading, True, text.title[number])] if text.title is not None else []  # noqa: FBT003
    rows += [
        ExplainedSentence(s.position, s.text, n < text.lead, match)
        for n, (s, match) in enumerate(zip(text.sentences, text.of(number), strict=True))
    ]
    topics = text.lexicon.topics
    return ExplainedTheme(
        theme=theme,
        score=score,
        verdict="main" if score >= theme.main else "mention" if score >= theme.mention else "none",
        parts=tuple(ExplainedPart(*part) for part in weighed(text, number)),
        sentences=tuple(row for row in rows if row.reading.hits or row.reading.excluded),
        subjects=topics.subject_names(number),
        learnt=topics.learnt_words(text.topics, number) if text.topics else (),
    )
