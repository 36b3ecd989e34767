"""Parses a text that is a date from its first character to its last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

from briefing.model import DatePrecision
from briefing.text.dates.patterns import patterns_of
from briefing.text.languages import Language, language

#: No clue longer than this is a date; keeps every pattern below cheap on hostile feeds.
LONGEST_CLUE = 100

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_RFC = re.compile(
    r"(?:[A-Z][a-z]{2},\s)?\d{1,2}\s[A-Z][a-z]{2,8}\s\d{4}\s\d{2}:\d{2}(?::\d{2})?(?:\s[+-]\d{4}|\s[A-Z]{1,4})?",
    re.ASCII,
)
_ZONES = frozenset(["UT", "UTC", "GMT", "Z", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"])
_SLASHED = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})[/._]?(\d{2})[/._]?(\d{2})", re.ASCII)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>UTC|GMT|Z)?\.?", re.I | re.ASCII
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of time or a day, read from a text."""

    moment: datetime  # aware, UTC; midnight UTC of the day when precision is "day"
    precision: DatePrecision
    zone_assumed: bool = False  # the text states a time without a zone

    @property
    def day(self) -> date:
        """Return the day in UTC."""
        return self.moment.date()


def parse_moment(text: str, zone: tzinfo, words: Language | None = None) -> Moment | None:
    """Return the date a text is, from its first character to its last, or None.

    Read are ISO 8601, RFC 822, "1 February 2022", "Feb. 1, 2022", each with a time or without, "2022/02/01",
    and "13/02/2022" where only one order is possible. A time without a zone is a time in ``zone``.
    """
    text = " ".join(text.split())
    if not text or len(text) > LONGEST_CLUE:
        return None
    try:
        return _iso(text, zone) or _rfc(text, zone) or _slashed(text) or _compact(text) or _worded(text, zone, words)
    except (ValueError, OverflowError):
        return None


def on_day(day: date) -> Moment:
    """Return a day as a moment of day precision."""
    return Moment(datetime(day.year, day.month, day.day, tzinfo=UTC), "day")


def _at(naive: datetime, zone: tzinfo | None, assumed: tzinfo) -> Moment:
    return Moment(naive.replace(tzinfo=zone or assumed).astimezone(UTC), "minute", zone is None)


def _iso(text: str, zone: tzinfo) -> Moment | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(g or 0) for g in found.groups()[:6])
    if found[4] is None:
        return on_day(date(year, month, day))
    return _at(datetime(year, month, day, hour, minute, second), _offset(found[7]), zone)  # noqa: DTZ001  zone follows


def _offset(name: str | None) -> tzinfo | None:
    if not name:
        return None
    if name in ("Z", "UTC", "GMT"):
        return UTC
    stated = datetime.strptime(name.replace(":", ""), "%z").tzinfo
    return stated if stated and abs(stated.utcoffset(None) or timedelta()) <= timedelta(hours=14) else _refuse(name)


def _refuse(text: str) -> tzinfo:
    raise ValueError(text)


def _rfc(text: str, zone: tzinfo) -> Moment | None:
    if not _RFC.fullmatch(text):
        return None
    last = text.rsplit(" ", 1)[1]
    if last.isalpha() and last not in _ZONES:
        return None
    parsed = parsedate_to_datetime(text)
    if parsed.tzinfo and abs(parsed.utcoffset() or timedelta()) > timedelta(hours=14):
        return None
    # "-0000" and a missing zone both come without one.
    return _at(parsed.replace(tzinfo=None), UTC if last == "-0000" else parsed.tzinfo, zone)


def _slashed(text: str) -> Moment | None:
    found = _SLASHED.fullmatch(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "." or first > 12 or first == second:
        return on_day(date(year, second, first))
    return on_day(date(year, first, second)) if second > 12 else None


def _compact(text: str) -> Moment | None:
    found = _COMPACT.fullmatch(text)
    return on_day(date(int(found[1]), int(found[2]), int(found[3]))) if found else None


def _worded(text: str, zone: tzinfo, words: Language | None) -> Moment | None:
    patterns = patterns_of(words or language("en"))
    text = patterns.weekday.sub("", text, count=1)
    found = patterns.full.match(text)
    if not found:
        return None
    day = patterns.day_of(found)
    rest = text[found.end() :].strip(" ,|·–—-").removeprefix("at ")
    if not rest or day is None:
        return on_day(day) if day else None
    clock = _CLOCK.fullmatch(rest)
    if not clock:
        return None
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    naive = datetime(day.year, day.month, day.day, hour, int(clock["minute"]))  # noqa: DTZ001  the zone follows
    return _at(naive, UTC if clock["zone"] else None, zone)
