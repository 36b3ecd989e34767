"""Explains an article's themes sentence by sentence and term by term, as plain data to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.model import Article, Sentence, Theme
from briefing.stages.themes.matching import WEIGHTS, Text, lexicon_of, parts_of, read_article, score_of
from briefing.stages.themes.sentence_match import SentenceMatch
from briefing.text.languages import Language, language_of


@dataclass(frozen=True, slots=True)
class ExplainedPart:
    """One part of a score: value × weight, the weights given for a text with or without a title."""

    name: str  # "title", "first", "lead", "best", "share"
    value: float  # 0.0 to 1.0
    weight: float  # 0.0 to 1.0; those of one theme sum to 1.0


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
    score: float  # 0.0 to 1.0: the sum of the parts' value × weight
    verdict: str  # "main", "mention" or "none"
    parts: tuple[ExplainedPart, ...]
    sentences: tuple[ExplainedSentence, ...]  # in reading order, the title first


def explain_themes(
    article: Article, sentences: Sequence[Sentence], themes: Sequence[Theme], language: Language | None = None
) -> tuple[ExplainedTheme, ...]:
    """Return why an article has each theme or does not have it, in the order of the themes."""
    lexicon = lexicon_of(themes, language or language_of(article))
    text = read_article(article, sentences, lexicon)
    return tuple(_explained(article, text, n, theme) for n, theme in enumerate(lexicon.themes))


def _explained(article: Article, text: Text, number: int, theme: Theme) -> ExplainedTheme:
    parts = parts_of(text, number)
    score = score_of(text, number)
    verdict = "main" if score >= theme.main else "mention" if score >= theme.mention else "none"
    names = [name for name in parts._fields if text.title or name != "title"]
    total = sum(getattr(WEIGHTS, name) for name in names)
    rows = [ExplainedSentence(-1, article.title, True, text.title[number])] if text.title else []  # noqa: FBT003
    rows += [
        ExplainedSentence(s.position, s.text, n < text.lead, r[number])
        for n, (s, r) in enumerate(zip(text.sentences, text.readings, strict=True))
    ]
    return ExplainedTheme(
        theme=theme,
        score=score,
        verdict=verdict,
        parts=tuple(ExplainedPart(n, getattr(parts, n), getattr(WEIGHTS, n) / total) for n in names),
        sentences=tuple(row for row in rows if row.reading.hits or row.reading.excluded),
    )
