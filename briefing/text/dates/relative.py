"""Resolves "last week", "December 18" and weekdays to a day, in an article of a known day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from briefing.text.dates.moments import is_within_calendar, parse_moment
from briefing.text.dates.patterns import Patterns, patterns_of
from briefing.text.dates.tense import speaks_of_future
from briefing.text.languages import Language, language

_AGO = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


def _day(published: date) -> date:
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
    patterns, day = patterns_of(language("en")), _day(published)
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


def dates_in(text: str, published: date | None, words: Language) -> tuple[tuple[int, int, date], ...]:
    """Return the dates a sentence names, as (start, end, day) in reading order; spans are code points of ``text``.

    Without ``published`` only dates with a year are found. "Yesterday", and weekdays with "last"
    or "next", are read where a language's data have them; bare weekdays and "last week" in English only, where the
    nearest verb before a weekday, else after it, decides between the last one and the next.
    """
    return tuple(_found_dates(text, published, words))


def _found_dates(text: str, published: date | None, words: Language) -> Iterator[tuple[int, int, date]]:
    patterns = patterns_of(words)
    if not patterns.may_name_a_day(text):
        return
    lowered = _lowered(text)
    near = _day(published) if published else None
    for found in patterns.any.finditer(lowered):
        groups = found.groupdict()
        day: date | None
        if groups["iso"]:
            moment = parse_moment(groups["iso"], UTC)
            day = moment.day if moment else None
        elif groups.get("rel"):
            day = _relative(groups["rel"], near, text, found.span(), patterns, words) if near else None
        else:
            day = patterns.day_of(found, near)
        if day and is_within_calendar(day):
            yield found.start(), found.end(), day


def _relative(
    expression: str, near: date, text: str, span: tuple[int, int], patterns: Patterns, words: Language
) -> date | None:
    """Return the day that 'yesterday' or 'last Tuesday' means in a text's language."""
    if words.code == "en":
        return resolve(expression, near, future=speaks_of_future(text, *span))
    if expression in patterns.day_words:
        return near + timedelta(days=patterns.day_words[expression])
    named = expression.split()
    weekday = next((patterns.weekdays[word] for word in named if word in patterns.weekdays), None)
    which = next((patterns.which[word] for word in named if word in patterns.which), 0)
    if weekday is None or not which:
        return None
    ahead = (weekday - near.weekday()) % 7
    return near + timedelta(days=ahead or 7) if which > 0 else near - timedelta(days=(7 - ahead) % 7 or 7)


def _lowered(text: str) -> str:
    """Return a text in lower case, each character in its place: a few of them would become two."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
