"""Reads the labelled articles, and scores the default themes on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from briefing.model import Article
from briefing.stages.themes import DEFAULT_THEMES, match_themes
from briefing.text.sentences import split_sentences

FOLDER = Path(__file__).parent
LANGUAGES = ("de", "fr", "es", "uk", "ru")


class Labelled(NamedTuple):
    """An article and its main theme, "none" where it has none."""

    theme: str
    article: Article


class Score(NamedTuple):
    """Micro F1 of main themes, share of articles without a theme that got one, and what went wrong."""

    f1: float
    alarms: float
    wrong: tuple[str, ...]


def labelled(code: str) -> tuple[Labelled, ...]:
    """Return the labelled articles of a language, in order."""
    rows = [line.split("\t") for line in (FOLDER / f"{code}.tsv").read_text(encoding="utf-8").splitlines()]
    return tuple(Labelled(slug, Article.from_text(text, title=title, language=code)) for slug, title, text in rows)


def score(articles: Sequence[Labelled]) -> Score:
    """Return how well the default themes lead articles."""
    found = [_led(one.article) for one in articles]
    pairs = [(one.theme, led, one.article.title) for one, led in zip(articles, found, strict=True)]
    right = sum(theme == led != "none" for theme, led, _ in pairs)
    labels, leads = sum(theme != "none" for theme, _, _ in pairs), sum(led != "none" for _, led, _ in pairs)
    without = [led for theme, led, _ in pairs if theme == "none"]
    wrong = tuple(f"{theme}→{led}: {title}" for theme, led, title in pairs if theme != led)
    return Score(2 * right / (labels + leads), sum(led != "none" for led in without) / len(without), wrong)


def _led(article: Article) -> str:
    matches = match_themes(article, split_sentences(article), DEFAULT_THEMES)
    return next((match.theme.slug for match in matches if match.is_main), "none")
