"""The numbers of the charts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from briefing.model import EditionStory, Section
from briefing.outputs.view.types import Bar
from briefing.words import Words

_DAYS = 14  # at most; more columns than that cannot be told apart


def theme_bar(section: Section, words: Words) -> Bar:
    """Return how many articles a theme's stories have, and how many more touch on it in passages."""
    led = {n for story in section.stories for n in story.sources}
    touching = {p.source for p in section.passages} - led
    return Bar(section.name, len(led), len(touching), words.count("article", len(led | touching)))


def origins_bar(story: EditionStory, words: Words) -> Bar:
    """Return how many independent reports a story has."""
    n = len(story.origins)
    return Bar(words.say("item", number=story.number), n, text=words.count("origin_short", n))


def day_bars(days: Sequence[date], words: Words) -> tuple[Bar, ...]:
    """Return the articles of each day up to the last, days without any included, at most the last fourteen."""
    if not days:
        return ()
    first, last = max(min(days), max(days) - timedelta(days=_DAYS - 1)), max(days)
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return tuple(Bar(words.day(d, "tiny"), days.count(d), text=words.count("article", days.count(d))) for d in span)
