"""The values of the charts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from briefing.model import EditionStory, Section
from briefing.outputs.view.lists import Bar
from briefing.text.labels import Words

_DAYS = 14  # more columns than that cannot be told apart
_COMPARED = 2  # days with articles, fewer are no course of events


def theme_bar(section: Section, words: Words) -> Bar:
    """Return a theme's bar: articles of its stories, and further ones that touch on it in passages."""
    led = {key for story in section.stories for key in story.sources}
    touching = {p.article_id for p in section.passages} - led
    return Bar(section.name, len(led), len(touching), words.count("article", len(led | touching)))


def origins_bar(story: EditionStory, words: Words) -> Bar:
    """Return a story's bar: its number of independent reports."""
    n = len(story.origins)
    return Bar(words.say("item", number=story.number), n, text=words.count("origin_short", n))


def day_bars(days: Sequence[date], last: date, words: Words) -> tuple[Bar, ...]:
    """Return the articles of each of the fourteen days up to the edition's; none when fewer than two days have any."""
    span = [last - timedelta(days=n) for n in reversed(range(_DAYS))]
    if len({day for day in days if day in span}) < _COMPARED:
        return ()
    return tuple(Bar(words.day(d, "tiny"), days.count(d), text=words.count("article", days.count(d))) for d in span)


def outside(days: Sequence[date], last: date, undated: int, words: Words) -> str:
    """Return the articles that the columns leave out, in words: "9 older, 1 undated"; empty when none."""
    counted = {
        "older": sum(day <= last - timedelta(days=_DAYS) for day in days),
        "newer": sum(day > last for day in days),
        "undated": undated,
    }
    return ", ".join(words.count(name, n) for name, n in counted.items() if n)
