"""The date patterns of a language, made of its month and weekday names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from briefing.text.languages import Language, language

_ISO = r"\d-\d"
_MEMORY = 100_000  # words remembered; a day of news has fewer


class _Hints(dict[str, bool]):
    """A cached test: may this run of characters belong to the name of a day; news repeats them."""

    def __init__(self, hint: re.Pattern[str]) -> None:
        super().__init__()
        self._hint = hint

    def __missing__(self, run: str) -> bool:
        if len(self) > _MEMORY:
            self.clear()
        hints = self[run] = self._hint.search(run.lower()) is not None
        return hints


class Patterns:
    """The date patterns of one language, made of its month and weekday names."""

    def __init__(self, words: Language) -> None:
        self.months = {form.rstrip("."): number for form, number in words.months.items()}
        # "sat", "sun" and "mar" are words of their own; a weekday must be written out.
        self.weekdays = {form: n for form, n in words.weekdays.items() if len(form) > 4 and form not in words.habitual}
        month, weekday = either_of(self.months), either_of(self.weekdays)
        number = rf"(?P<{{0}}>\d{{{{1,2}}}})(?:{'|'.join(sorted(words.ordinal_endings | {'º'}))}|\.)?"
        joint = rf"(?:(?:{'|'.join(sorted(words.date_joints)) or '(?!)'})\s)?"
        day_month = rf"{number.format('d1')}\s{joint}(?P<m1>{month})\.?(?:,?\s{joint}(?P<y1>\d{{4}}))?"
        month_day = rf"(?P<m2>{month})\.?\s{number.format('d2')}(?!\d)(?:,?\s(?P<y2>\d{{4}}))?"
        either = rf"\b(?:(?:{weekday}),?\s(?:the\s)?)?(?:{day_month}|{month_day})(?![\w%])"
        self.full = re.compile(either, re.I)
        self.weekday = re.compile(rf"(?:{weekday})\b,?\s*", re.I)
        self.day_words, self.which = (
            words.day_words,
            dict.fromkeys(words.this_words, 0)
            | dict.fromkeys(words.last_words, -1)
            | dict.fromkeys(words.next_words, 1),
        )
        if words.relative_days:
            which = either_of(self.which)
            relative = rf"(?:(?:{which})\s)?(?:{weekday})|{words.relative_days}"
            heads = dict.fromkeys(words.relative_hints, 0)
        else:
            which, heads = either_of(self.which), dict(words.day_words)
            either_way = rf"(?:{which})\s(?:{weekday})|(?:{weekday})\s(?:{which})(?!\w)"
            relative = rf"{either_way}|(?:{weekday})|{either_of(words.day_words)}"
        named = rf"|\b(?P<rel>{relative})(?!\w)" if heads or self.weekdays else ""
        self._hints = _Hints(re.compile(f"{either_of(self.months | self.weekdays | heads)}|{_ISO}"))
        # For texts in lower case: with case left aside it would take three times as long.
        self.any = re.compile(rf"{either}|\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?![\w-]){named}")

    def may_name_a_day(self, text: str) -> bool:
        """Return False only for a text that names no day: a fast look-up that spares nine sentences in ten."""
        return any(map(self._hints.__getitem__, text.split()))

    def day_of(self, found: re.Match[str], near: date | None = None) -> date | None:
        """Return the day a match names; one without a year is the nearest to ``near``, or None."""
        which = "1" if found["d1"] else "2"
        month, day = self.months[found["m" + which].lower()], int(found["d" + which])
        year = found["y" + which]
        if year:
            return day_or_none(int(year), month, day)
        return nearest(month, day, near) if near else None


@cache
def _patterns(code: str) -> Patterns:
    return Patterns(language(code))


def patterns_of(words: Language) -> Patterns:
    """Return the date patterns of a language."""
    return _patterns(words.code)


def either_of(names: Mapping[str, int]) -> str:
    """Return a pattern for any of some names, the longest first."""
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name))) or r"(?!)"


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return a date, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest(month: int, day: int, near: date) -> date | None:
    """Return the day of any year that is nearest to a day, the earlier of two as near."""
    candidates = [day_or_none(year, month, day) for year in (near.year - 1, near.year, near.year + 1)]
    return min((c for c in candidates if c), key=lambda c: (abs((c - near).days), c), default=None)
