"""Dates as texts write them: parsed strictly, resolved only against a known day."""

from briefing.when.expressions import dates_in, resolve
from briefing.when.moments import LONGEST_CLUE, Moment, on_day, parse_moment

__all__ = ["LONGEST_CLUE", "Moment", "dates_in", "on_day", "parse_moment", "resolve"]
