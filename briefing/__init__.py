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

#: Where public names are defined: functions and constants in `build`, types in `model`, and these elsewhere.
_ELSEWHERE = {
    "BriefingError": "briefing.errors",
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
    if name not in __all__:
        raise AttributeError(f"module 'briefing' has no attribute {name!r}")

    from importlib import import_module

    is_type = name[0].isupper() and not name.isupper()
    home = _ELSEWHERE.get(name, "briefing.model" if is_type else "briefing.build")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
