"""Determines when an article was published: from the most trusted clue that is a date, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from briefing.model import DATE_EVIDENCE, DateClue, Dated, Note, RawArticle
from briefing.text.datelines import dateline
from briefing.text.dates import Moment, date_line, parse_moment, without_lead
from briefing.text.languages import Language

#: Older dates are more often a clock that was never set than an article.
OLD = date(1990, 1, 1)

_IN_URL = re.compile(
    r"/(\d{4})/(\d{1,2}|[a-z]{3})/(\d{1,2})(?=[/?#_-]|$)|[/-](\d{4}-\d{2}-\d{2})(?=[/?#_.-]|$)|/(20\d{2}[01]\d[0-3]\d)(?=[/?#_.-]|$)"
)
_IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OF_TEXT = ("text", "dateline")


def dated(
    raw: RawArticle, head: Sequence[str], opening: str, *, today: date, zone: ZoneInfo, spoken: Language
) -> tuple[Dated | None, tuple[Note, ...]]:
    """Return when an article was published, and notes on inconsistent dates.

    Args:
        raw: Its clues; the address and the file name are clues too.
        head: Lines above the prose that may state a date.
        opening: The first paragraph, with its dateline.
        today: Only to tell dates that are still to come.
        zone: Of times without one.
        spoken: The language the lines are in.
    """
    notes: list[Note] = []
    for clue in sorted(_clues(raw, head, opening), key=lambda c: DATE_EVIDENCE.index(c.evidence)):
        moment = parse_moment(without_lead(clue.text)[0], zone)
        if moment is None and clue.evidence in _OF_TEXT and (line := date_line(clue.text, zone, spoken)):
            moment = line.moment
        if moment is None:
            if clue.evidence in DATE_EVIDENCE[:4]:
                notes.append(_invalid(raw, clue))
            continue
        found = Dated(moment.moment, moment.precision, clue.evidence, clue.text)
        odd = _odd(raw, moment, clue, today, zone)
        notes.extend(odd)
        if any(note.code == "W_DATE_OLD" for note in odd):
            continue
        return found, tuple(notes)
    return None, tuple(notes)


def _clues(raw: RawArticle, head: Sequence[str], opening: str) -> Iterable[DateClue]:
    yield from (clue for clue in raw.dates if clue.evidence in DATE_EVIDENCE)
    if found := _IN_URL.search(raw.url[:2000].lower()):
        yield DateClue(_url_day(found), "url")
    if found := _IN_NAME.search(raw.input.partition("#")[0].rsplit("/", 1)[-1]):
        yield DateClue("-".join(found.groups()), "file name")
    opened = dateline(opening)
    if opened and opened.day:
        yield DateClue(opened.day, "dateline")
    yield from (DateClue(line, "text") for line in head)


def _url_day(found: re.Match[str]) -> str:
    year, month, day, dashed, compact = found.groups()
    if dashed or compact:
        return dashed or f"{compact[:4]}-{compact[4:6]}-{compact[6:]}"
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isdecimal() else 0
    return f"{year}-{number:02}-{int(day):02}"


def _odd(raw: RawArticle, moment: Moment, clue: DateClue, today: date, zone: ZoneInfo) -> tuple[Note, ...]:
    day = moment.day if moment.precision == "day" else _local_day(moment, zone)
    if day.toordinal() > today.toordinal() + 1:  # today may be the last there is
        return (
            Note("W_DATE_FUTURE", f"{raw.input}: its date, {day.isoformat()}, is still to come ({clue.evidence})."),
        )
    if day < OLD:
        return (
            Note(
                "W_DATE_OLD", f"{raw.input}: its date, {day.isoformat()}, is too old to be believed ({clue.evidence})."
            ),
        )
    if moment.zone_assumed:
        return (
            Note("W_DATE_ASSUMED", f"{raw.input}: its time has no zone and is taken as {zone.key} ({clue.evidence})."),
        )
    return ()


def _local_day(moment: Moment, zone: ZoneInfo) -> date:
    try:
        return moment.moment.astimezone(zone).date()
    except OverflowError:  # the last day of year 9999
        return moment.day


def _invalid(raw: RawArticle, clue: DateClue) -> Note:
    shown = clue.text if len(clue.text) <= 40 else clue.text[:40] + "…"
    return Note("W_DATE_INVALID", f"{raw.input}: {shown!r} is not a date ({clue.evidence}).")
