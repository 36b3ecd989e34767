"""A pile of news articles in, a dated briefing out.

>>> import briefing
>>> from datetime import date
>>> edition = briefing.make_edition(["seeds"], day=date(2022, 2, 1))
>>> paths = briefing.render(edition, "out")

The names below are loaded when they are first used: `import briefing` itself costs next to nothing.
"""

from __future__ import annotations

from briefing import version

TYPE_CHECKING = False  # typing costs as much as an empty interpreter
if TYPE_CHECKING:
    from briefing.build import (
        DEFAULT_THEMES,
        count_words,
        follow_stories,
        group_stories,
        judge,
        learn_theme,
        load_edition,
        make_edition,
        match_themes,
        memory_of,
        rate_stories,
        read_articles,
        render,
        segments,
        split_sentences,
        summarise,
        verify,
    )
    from briefing.errors import BriefingError
    from briefing.model import (
        Article,
        Edition,
        ImportanceWeights,
        Judgement,
        Memory,
        Receipt,
        Segment,
        Sentence,
        Story,
        Summary,
        Theme,
        ThemeMatch,
    )
    from briefing.settings import Settings
    from briefing.stages.proof import Verification

__version__ = version.VERSION

_HOMES = {
    "BriefingError": "briefing.errors",
    **dict.fromkeys(
        (
            "Article",
            "Edition",
            "ImportanceWeights",
            "Judgement",
            "Memory",
            "Receipt",
            "Segment",
            "Sentence",
            "Story",
            "Summary",
            "Theme",
            "ThemeMatch",
        ),
        "briefing.model",
    ),
    **dict.fromkeys(
        (
            "DEFAULT_THEMES",
            "count_words",
            "follow_stories",
            "group_stories",
            "judge",
            "learn_theme",
            "load_edition",
            "make_edition",
            "match_themes",
            "memory_of",
            "rate_stories",
            "read_articles",
            "render",
            "segments",
            "split_sentences",
            "summarise",
            "verify",
        ),
        "briefing.build",
    ),
    "Settings": "briefing.settings",
    "Verification": "briefing.stages.proof",
}

__all__ = [
    "DEFAULT_THEMES",
    "Article",
    "BriefingError",
    "Edition",
    "ImportanceWeights",
    "Judgement",
    "Memory",
    "Receipt",
    "Segment",
    "Sentence",
    "Settings",
    "Story",
    "Summary",
    "Theme",
    "ThemeMatch",
    "Verification",
    "count_words",
    "follow_stories",
    "group_stories",
    "judge",
    "learn_theme",
    "load_edition",
    "make_edition",
    "match_themes",
    "memory_of",
    "rate_stories",
    "read_articles",
    "render",
    "segments",
    "split_sentences",
    "summarise",
    "verify",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'briefing' has no attribute {name!r}")

    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
