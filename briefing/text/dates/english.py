"""Resolves English expressions for a day: "last week", "two days ago", weekdays with "this" and "past"."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from briefing.text.dates.moments import parse_moment
from briefing.text.dates.patterns import Patterns, patterns_of
from briefing.text.languages import language

_AGO = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


def day_of(published: date) -> date:
    """Return the day of a date or a datetime."""
    return published.date() if isinstance(published, datetime) else published


def resolve(expression: str, published: date, *, future: bool = False) -> date | None:
    """Return the day an English expression means in an article published on a day, or None.

    A weekday is the last one up to that day, or with ``future`` the first one from that day on. A week, month or
    year is given by its first day (weeks begin on Monday). A day without a year is the nearest one.

    Args:
        expression: Such as "Tuesday", "last week", "earlier this month", "December 18", "two days ago".
        published: The article's day; of a datetime, its own day.
        future: The sentence speaks of what is to come.
    """
    patterns, day = patterns_of(language("en")), day_of(published)
    text = " ".join(expression.lower().split()).removeprefix("on ").strip(" ,.")
    if found := patterns.full.fullmatch(text):
        return patterns.day_of(found, day)
    if text[:4].isdigit():
        moment = parse_moment(text, UTC)
        return moment.day if moment else None
    return _relative_day(text, day) or _weekday(text, day, future, patterns) or _span(text, day)


def _relative_day(text: str, day: date) -> date | None:
    if text in ("today", "tonight", "this morning", "this afternoon", "this evening"):
        return day
    if text in ("yesterday", "tomorrow"):
        return day + timedelta(days=1 if text == "tomorrow" else -1)
    count, _, unit = text.removesuffix(" ago").partition(" ")
    number = _AGO.get(count) or (int(count) if count.isdecimal() else 0)
    if not text.endswith(" ago") or not number or not unit.startswith(("day", "week")):
        return None
    return day - timedelta(days=number * (7 if unit.startswith("week") else 1))


def _weekday(text: str, day: date, future: bool, patterns: Patterns) -> date | None:
    before, _, name = text.rpartition(" ")
    if name not in patterns.weekdays or before not in ("", "last", "past", "this", "next"):
        return None
    ahead = (patterns.weekdays[name] - day.weekday()) % 7
    if before == "next" or (before in ("", "this") and future):
        return day + timedelta(days=ahead or (7 if before == "next" else 0))
    back = (7 - ahead) % 7
    return day - timedelta(days=back or (7 if before in ("last", "past") else 0))


def _span(text: str, day: date) -> date | None:
    for word in ("earlier ", "later ", "late ", "early "):
        text = text.removeprefix(word)
    which, _, unit = text.partition(" ")
    if which not in ("last", "this", "next"):
        return None
    step = {"last": -1, "this": 0, "next": 1}[which]
    if unit == "week":
        return day - timedelta(days=day.weekday()) + timedelta(days=7 * step)
    if unit == "month":
        month = day.year * 12 + day.month - 1 + step
        return date(month // 12, month % 12 + 1, 1)
    return date(day.year + step, 1, 1) if unit == "year" else None
