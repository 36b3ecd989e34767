"""Formats dates and times in the zone of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefing.model import Source
from briefing.text.labels import Words


class Clock:
    """Formats the dates and times of an edition.

    Args:
        zone: Name of the desk's time zone; UTC stands in for one this machine does not know.
        words: The words it writes them in.
    """

    def __init__(self, zone: str, words: Words) -> None:
        self.zone = _zone(zone)
        self.words = words

    def when(self, moment: datetime | None, precision: str, style: str) -> str:
        """Return a moment in words; style "long" has the time where it is known, "short" the day alone."""
        if moment is None:
            return self.words.say("undated")
        local = self._local(moment, precision)
        if style == "long" and precision == "minute":
            return self.words.moment(local.date(), local.hour, local.minute)
        return self.words.day(local.date(), style)

    def iso(self, moment: datetime | None, precision: str) -> str:
        """Return a moment as ISO 8601, as precise as it is known; empty when it is not."""
        if moment is None:
            return ""
        local = self._local(moment, precision)
        return local.isoformat(timespec="minutes") if precision == "minute" else local.date().isoformat()

    def days(self, sources: Iterable[Source]) -> list[date]:
        """Return the days of the sources that are dated, in the sources' order."""
        return [self._local(s.published, s.precision).date() for s in sources if s.published]

    def _local(self, moment: datetime, precision: str) -> datetime:
        # A date without a time is the source's own day: moving it to another zone would change the date.
        return moment.astimezone(self.zone) if precision == "minute" else moment


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
