"""Parses a text that is a date from its first character to its last: one reader for feeds, mail, pages and files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from briefing.model import DatePrecision
from briefing.text.dates.names import date_names, unaccented

#: No clue longer than this is a date; keeps every pattern below cheap on hostile feeds.
LONGEST_CLUE = 100

_RFC = re.compile(
    r"(?:[A-Z][a-z]{2},\s)?\d{1,2}\s[A-Z][a-z]{2}\s\d{4}\s(?:[01]?\d|2[0-3]):\d{2}(?::\d{2})?\s"
    r"(?:[+-]\d{4}|GMT|UT)",
    re.ASCII,
)
#: Seconds or milliseconds since 1970 that name a day between 1989 and 2033.
_EPOCH = re.compile(r"(?:6[0-9]|[7-9][0-9]|1[0-9]{2})[0-9]{7}(?:[0-9]{3})?|1[0-9]{9}(?:[0-9]{3})?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z?))?", re.ASCII)
_REMARK = re.compile(r"\(([^()\d]{0,60})\)")
_CLOCK = re.compile(
    r"(?<![\d.:/-])(?P<hour>\d{1,2})(?:(?P<sign>[:.h時시])\s?(?P<minute>\d{2})(?!\d)"
    r"(?:[:.分]?(?P<second>(?<=:\d\d:)\d{2})(?!\d)(?:[.,]\d{1,9})?)?[分분]?)?\s?(?P<half>[ap]\.?\s?m\b\.?)?(?P<named>\s?(?:uhr|hrs|h)\b)?",
    re.ASCII | re.IGNORECASE,
)
_OFFSET = re.compile(
    r"\s?(?:gmt|utc|ut|z)?\s?(?P<sign>[+−-])(?P<hours>\d{2}|\d)(?::?(?P<minutes>\d{1,2}))?(?!\d)", re.ASCII
)
_ZONE = re.compile(r"\s?([a-z]{1,7})\b(?![+−-]\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})[日일.]?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4})", re.ASCII)
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[º]|[^\w\s]")
_ENDS = ",.|·–—-/;:@'’` "
_PUNCTUATION = frozenset(_ENDS)
MOST_HOURS = 14  # of an offset from UTC


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


def parse_moment(text: str, zone: tzinfo) -> Moment | None:
    """Return the date a text is, from its first character to its last, or None.

    RFC 5322 is read by the standard library; else a day in figures or words, in any language of ``data/dates.toml``,
    with a time and a zone or without. What could be two days ("01/02/2022") is none. A time without a zone is one in
    ``zone``; one in a zone whose name several share gives the day alone.
    """
    text = " ".join(text.split())
    if not text or len(text) > LONGEST_CLUE:
        return None
    try:
        found = _rfc(text) or _epoch(text) or _compact(text, zone) or _stated(text, zone)
    except (ValueError, OverflowError):
        return None
    return found if found and is_within_calendar(found.day) and is_within_calendar(found.moment) else None


def is_within_calendar(day: date) -> bool:
    """Return whether a day has neighbours in every time zone, and a week around it: the first and last years have not.

    An issue file with a day of these is refused.
    """
    return MINYEAR < day.year < MAXYEAR


def on_day(day: date) -> Moment:
    """Return a day as a moment of day precision."""
    return Moment(datetime(day.year, day.month, day.day, tzinfo=UTC), "day")


def _at(naive: datetime, zone: tzinfo | None, assumed: tzinfo) -> Moment:
    return Moment(naive.replace(tzinfo=zone or assumed).astimezone(UTC), "minute", zone is None)


def _rfc(text: str) -> Moment | None:
    if not _RFC.fullmatch(text):
        return None
    parsed = parsedate_to_datetime(text)
    offset = parsed.utcoffset() or timedelta()  # "-0000" comes without a zone and is UTC
    if abs(offset) > timedelta(hours=MOST_HOURS):
        return None
    return _at(parsed.replace(tzinfo=None), timezone(offset), UTC)


def _epoch(text: str) -> Moment | None:
    if not _EPOCH.fullmatch(text):
        return None
    seconds = int(text) / 1000 if len(text) > 11 else int(text)
    return Moment(datetime.fromtimestamp(seconds, UTC).replace(microsecond=0), "minute")


def _compact(text: str, zone: tzinfo) -> Moment | None:
    found = _COMPACT.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    if found[4] is None:
        return on_day(date(year, month, day))
    return _at(datetime(year, month, day, hour, minute, second), UTC if found[7] else None, zone)  # noqa: DTZ001


def _stated(text: str, zone: tzinfo) -> Moment | None:
    """Return a day with a time or without, in whatever order they stand."""
    text = text.lower()
    remark = " ".join(_REMARK.findall(text))
    text = _REMARK.sub(" ", text).strip()
    clock = next((found for found in _CLOCK.finditer(text) if _is_clock(found)), None)
    if not clock:
        day = _day(text)
        return on_day(day) if day else None
    after = text[clock.end() :]
    known, name, length = _zone_at(after)
    if not length:
        known, name, _ = _zone_at(remark)
    before = text[: clock.start()]
    if before.endswith("t") and before[-2:-1].isdecimal():  # "2022-02-01T09:30"
        before = before[:-1]
    day = _day(f"{before} {after[length:]}")
    if day is None:
        return None
    return on_day(day) if name in date_names().shared else _on_clock(day, clock, known, zone)


def _is_clock(found: re.Match[str]) -> bool:
    """Return whether figures are a time of day: they have its colon, or a word beside them says so."""
    return found["sign"] in (":", "h", "時", "시") or bool(found["half"] or found["named"])


def _zone_at(text: str) -> tuple[tzinfo | None, str, int]:
    """Return the zone at the beginning of a text, its name and its length there; a length of 0 for none."""
    names = date_names()
    if found := _OFFSET.match(text):
        offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        if offset > timedelta(hours=MOST_HOURS):
            raise ValueError(text)
        return timezone(offset if found["sign"] == "+" else -offset), "", found.end()
    found = _ZONE.match(text)
    if found and (found[1] in names.zones or found[1] in names.shared):
        return names.zones.get(found[1]), found[1], found.end()
    return None, "", 0


def _on_clock(day: date, clock: re.Match[str], known: tzinfo | None, assumed: tzinfo) -> Moment:
    hour, minute, second = (int(clock[part] or 0) for part in ("hour", "minute", "second"))
    if clock["half"] and hour <= 12:
        hour = hour % 12 + (12 if clock["half"][0] == "p" else 0)
    if hour == 24 and not minute and not second:
        day, hour = day + timedelta(days=1), 0
    return _at(datetime(day.year, day.month, day.day, hour, minute, second), known, assumed)  # noqa: DTZ001


def _day(text: str) -> date | None:
    """Return the day a text without a time is, in figures or in words."""
    names = date_names()
    words = [word for word in _TOKEN.findall(text) if word not in names.meaningless or word in names.months]
    figures = "".join(words).strip(_ENDS)
    if found := _YEAR_FIRST.fullmatch(figures):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(figures):
        return _year_last(int(found[1]), int(found[3]), int(found[4]), dotted=found[2] == ".")
    return _worded([word for word in words if word not in _PUNCTUATION and word not in names.ordinals])


def _year_last(first: int, second: int, year: int, *, dotted: bool) -> date | None:
    """Return a day in figures whose order is sure: dots part day from month, a thirteenth month there is none."""
    if dotted or first > 12 or first == second:
        return date(year, second, first)
    return date(year, first, second) if second > 12 else None


def _worded(words: list[str]) -> date | None:
    """Return the day of a month's name and two numbers."""
    names = date_names()
    if len(words) == 4 and words[0] in names.meaningless:  # "mar. 3 mars 2026"
        del words[0]
    months = [names.months.get(word) or names.months.get(unaccented(word)) for word in words]
    if len(words) != 3 or len(list(filter(None, months))) != 1:
        return None
    at = next(n for n, month in enumerate(months) if month)
    month = months[at] or 0
    first, last = (word for n, word in enumerate(words) if n != at)
    if not (first.isdecimal() and last.isdecimal()):
        return None
    if at == 1 and len(first) == 4:
        return date(int(first), month, int(last))
    if at < 2 and len(last) == 4:
        return date(int(last), month, int(first))
    if at == 1 and len(last) == 2:  # RFC 822
        return date(int(last) + (2000 if int(last) < 69 else 1900), month, int(first))
    return None
