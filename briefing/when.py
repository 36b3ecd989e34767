"""Dates as texts write them: parsed strictly, resolved only against a known day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache

from briefing.languages import Language, language

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
    precision: str  # "day" or "minute"
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
    patterns = _patterns((words or language("en")).code)
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


# ---- expressions in sentences


class _Patterns:
    """The date patterns of one language, made of its month and weekday names."""

    def __init__(self, words: Language) -> None:
        self.months = {form.rstrip("."): number for form, number in words.months.items()}
        # "sat", "sun" and "mar" are words of their own; a weekday must be written out.
        self.weekdays = {form: number for form, number in words.weekdays.items() if len(form) > 4}
        month, weekday = _either(self.months), _either(self.weekdays)
        number = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th|\.|º|er)?"
        day_month = rf"{number.format('d1')}\s(?:de\s|of\s)?(?P<m1>{month})\.?(?:,?\s(?:de\s)?(?P<y1>\d{{4}}))?"
        month_day = rf"(?P<m2>{month})\.?\s{number.format('d2')}(?!\d)(?:,?\s(?P<y2>\d{{4}}))?"
        either = rf"\b(?:(?:{weekday}),?\s(?:the\s)?)?(?:{day_month}|{month_day})(?![\w%])"
        self.full = re.compile(either, re.I)
        self.weekday = re.compile(rf"(?:{weekday})\b,?\s*", re.I)
        relative = f"|{_RELATIVE}" if words.code == "en" else ""
        named = rf"|(?P<rel>(?:(?:last|next|this|past)\s)?(?:{weekday}){relative})(?!\w)" if words.code == "en" else ""
        self.any = re.compile(rf"{either}|\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?![\w-]){named}", re.I)

    def day_of(self, found: re.Match[str], near: date | None = None) -> date | None:
        """Return the day a match names; one without a year is the nearest to ``near``, or None."""
        which = "1" if found["d1"] else "2"
        month, day = self.months[found["m" + which].lower()], int(found["d" + which])
        year = found["y" + which]
        if year:
            return _date(int(year), month, day)
        return _nearest(month, day, near) if near else None


_RELATIVE = (
    r"\b(?:today|tonight|this\s(?:morning|afternoon|evening)|yesterday|tomorrow|(?:late|early|earlier|later)\s(?:last|this|next)\s"
    r"(?:week|month|year)|(?:last|this|next)\s(?:week|month|year)|(?:a|one|two|three|four|five|six|seven|\d{1,2})\s"
    r"(?:days?|weeks?)\sago)"
)
_AGO = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_FUTURE = frozenset(
    [
        "will",
        "would",
        "to",
        "plans",
        "plan",
        "planned",
        "expected",
        "due",
        "scheduled",
        "set",
        "upcoming",
        "next",
        "shall",
        "'ll’ll",
    ]
)
_PAST = frozenset(
    [
        "said",
        "told",
        "was",
        "were",
        "had",
        "came",
        "met",
        "held",
        "took",
        "made",
        "went",
        "spoke",
        "wrote",
        "put",
        "gave",
        "saw",
        "did",
        "sent",
        "fell",
        "rose",
        "hit",
        "killed",
        "has",
        "have",
        "been",
        "began",
        "left",
        "won",
        "lost",
        "struck",
        "met",
        "called",
    ]
)
_TO_PAST = frozenset(["according", "due", "back", "response", "reference", "up", "addition"])
_WORD = re.compile(r"[\w'’]+")


@cache
def _patterns(code: str) -> _Patterns:
    return _Patterns(language(code))


def _either(names: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name))) or r"(?!)"


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, near: date) -> date | None:
    candidates = [_date(year, month, day) for year in (near.year - 1, near.year, near.year + 1)]
    return min((c for c in candidates if c), key=lambda c: (abs((c - near).days), c), default=None)


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
    patterns, day = _patterns("en"), _day(published)
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


def _weekday(text: str, day: date, future: bool, patterns: _Patterns) -> date | None:
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

    Without ``published`` only dates with a year are found. Weekdays and "last week" are read in English only; the
    nearest verb before a weekday, else after it, decides between the last one and the next.
    """
    return tuple(_found_dates(text, published, words))


def _found_dates(text: str, published: date | None, words: Language) -> Iterator[tuple[int, int, date]]:
    patterns = _patterns(words.code)
    near = _day(published) if published else None
    for found in patterns.any.finditer(text):
        groups = found.groupdict()
        day: date | None
        if groups["iso"]:
            moment = parse_moment(groups["iso"], UTC)
            day = moment.day if moment else None
        elif groups.get("rel"):
            day = resolve(groups["rel"], near, future=_is_future(text, *found.span())) if near else None
        else:
            day = patterns.day_of(found, near)
        if day:
            yield found.start(), found.end(), day


def _is_future(text: str, start: int, end: int) -> bool:
    before = [w.lower() for w in _WORD.findall(text[max(0, start - 200) : start])]
    for at in range(len(before) - 1, -1, -1):
        if (tense := _tense(before, at)) is not None:
            return tense
    after = [w.lower() for w in _WORD.findall(text[end : end + 100])]
    return next((t for at in range(len(after)) if (t := _tense(after, at)) is not None), False)


def _tense(words: list[str], at: int) -> bool | None:
    """Return True for a word that speaks of the future, False for one of the past, None for any other."""
    word = words[at]
    if word == "to":
        # "to meet on Friday" is to come; "according to", "response to the" are not; "to Kyiv" says nothing.
        follows = words[at + 1] if at + 1 < len(words) else ""
        before = words[at - 1] if at else ""
        return True if before in ("expected", "due", "plans", "set", "scheduled", "planned") and follows else None
    if word in _FUTURE:
        return True
    return False if word in _PAST or (word.endswith("ed") and len(word) > 4) else None
