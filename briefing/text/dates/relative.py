"""Finds the days that a sentence names, "yesterday" and weekdays too, in an article of a known day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, timedelta

from briefing.text.dates import english
from briefing.text.dates.moments import is_within_calendar, parse_moment
from briefing.text.dates.patterns import Patterns, patterns_of
from briefing.text.dates.tense import speaks_of_future
from briefing.text.languages import Language

_WORD_BEFORE = re.compile(r"([\w’']+)[ \xa0]$")


def dates_in(text: str, published: date | None, words: Language) -> tuple[tuple[int, int, date], ...]:
    """Return the dates a sentence names, as (start, end, day) in reading order; spans are code points of ``text``.

    Without ``published`` only dates with a year are found. "Yesterday" and weekdays are read where a language's data
    have them; of a bare weekday the nearest word that tells of past or future, before it, else after it, decides
    between the last one and the next. "Last week" and "two days ago" are read in English only.
    """
    return tuple(_found_dates(text, published, words))


def _found_dates(text: str, published: date | None, words: Language) -> Iterator[tuple[int, int, date]]:
    patterns = patterns_of(words)
    if not patterns.may_name_a_day(text):
        return
    lowered = _lowered(text)
    near = english.day_of(published) if published else None
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
        return english.resolve(expression, near, future=speaks_of_future(text, *span, words))
    if expression in patterns.day_words:
        return near + timedelta(days=patterns.day_words[expression])
    named = expression.split()
    weekday = next((patterns.weekdays[word] for word in named if word in patterns.weekdays), None)
    if weekday is None or _is_habitual(text, span[0], words):
        return None
    which = next((patterns.which[word] for word in named if word in patterns.which), 0)
    ahead, back = (weekday - near.weekday()) % 7, (near.weekday() - weekday) % 7
    if which:
        return near + timedelta(days=ahead or 7) if which > 0 else near - timedelta(days=back or 7)
    return near + timedelta(days=ahead) if speaks_of_future(text, *span, words) else near - timedelta(days=back)


def _is_habitual(text: str, start: int, words: Language) -> bool:
    before = _WORD_BEFORE.search(text[max(0, start - 30) : start])
    return before is not None and before[1].lower() in words.habitual


def _lowered(text: str) -> str:
    """Return a text in lower case, each character in its place: a few of them would become two."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
