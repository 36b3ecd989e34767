"""Matches articles, stories and passages with themes."""

from briefing.stages.themes.defaults import DEFAULT_THEMES, DEFAULT_THEMES_TEXT, shipped_texts, shipped_themes, theme_of
from briefing.stages.themes.explanation import ExplainedPart, ExplainedSentence, ExplainedTheme, explain_themes
from briefing.stages.themes.learning import learn_theme
from briefing.stages.themes.matching import match_story, match_themes
from briefing.stages.themes.passages import find_passages, sentence_scores
from briefing.stages.themes.suggestion import language_spoken, suggest_terms
from briefing.stages.themes.trial import ThemeTrial, try_themes

__all__ = [
    "DEFAULT_THEMES",
    "DEFAULT_THEMES_TEXT",
    "ExplainedPart",
    "ExplainedSentence",
    "ExplainedTheme",
    "ThemeTrial",
    "explain_themes",
    "find_passages",
    "language_spoken",
    "learn_theme",
    "match_story",
    "match_themes",
    "sentence_scores",
    "shipped_texts",
    "shipped_themes",
    "suggest_terms",
    "theme_of",
    "try_themes",
]
