"""Matches articles, stories and passages with themes."""

from briefing.stages.themes.defaults import DEFAULT_THEMES, DEFAULT_THEMES_TEXT, theme_of
from briefing.stages.themes.explanation import ExplainedPart, ExplainedSentence, ExplainedTheme, explain_themes
from briefing.stages.themes.learning import learn_theme
from briefing.stages.themes.matching import match_story, match_themes
from briefing.stages.themes.passages import find_passages, sentence_scores
from briefing.stages.themes.suggestion import language_spoken, suggest_terms

__all__ = [
    "DEFAULT_THEMES",
    "DEFAULT_THEMES_TEXT",
    "ExplainedPart",
    "ExplainedSentence",
    "ExplainedTheme",
    "explain_themes",
    "find_passages",
    "language_spoken",
    "learn_theme",
    "match_story",
    "match_themes",
    "sentence_scores",
    "suggest_terms",
    "theme_of",
]
