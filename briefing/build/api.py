"""The names that `briefing.build` gives to the public module and to the commands."""

from briefing.build.analysis import Analysis, Analyst
from briefing.build.building import Built, build_edition, keep_built
from briefing.build.configured import imprint_of, themes_of
from briefing.build.desk_store import clean_stored
from briefing.build.flow import edition_of, make_edition
from briefing.build.persistence import memory_of, remember
from briefing.build.proving import earlier_editions, prove_stored, verify, verify_files
from briefing.build.publishing import (
    edited,
    preview_draft,
    proved_draft,
    publish,
    remember_signed,
    write_draft,
)
from briefing.build.rereading import read_again
from briefing.build.single import (
    count_words,
    explain_article_themes,
    explain_cleaning,
    explain_importance,
    follow_stories,
    group_stories,
    judge,
    learn_theme,
    match_themes,
    rate_stories,
    read_articles,
    read_cleaned,
    segments,
    suggest_theme_terms,
    summarise,
    try_article_themes,
)
from briefing.build.taught import Taught, taught
from briefing.outputs import load_edition, render
from briefing.outputs.report import write_report
from briefing.stages.judgement import frames
from briefing.stages.proof import printed_sentences
from briefing.stages.themes import DEFAULT_THEMES, DEFAULT_THEMES_TEXT, shipped_texts, shipped_themes
from briefing.text.sentences import split_sentences

__all__ = [
    "DEFAULT_THEMES",
    "DEFAULT_THEMES_TEXT",
    "Analysis",
    "Analyst",
    "Built",
    "Taught",
    "build_edition",
    "clean_stored",
    "count_words",
    "earlier_editions",
    "edited",
    "edition_of",
    "explain_article_themes",
    "explain_cleaning",
    "explain_importance",
    "follow_stories",
    "frames",
    "group_stories",
    "imprint_of",
    "judge",
    "keep_built",
    "learn_theme",
    "load_edition",
    "make_edition",
    "match_themes",
    "memory_of",
    "preview_draft",
    "printed_sentences",
    "prove_stored",
    "proved_draft",
    "publish",
    "rate_stories",
    "read_again",
    "read_articles",
    "read_cleaned",
    "remember",
    "remember_signed",
    "render",
    "segments",
    "shipped_texts",
    "shipped_themes",
    "split_sentences",
    "suggest_theme_terms",
    "summarise",
    "taught",
    "themes_of",
    "try_article_themes",
    "verify",
    "verify_files",
    "write_draft",
    "write_report",
]
