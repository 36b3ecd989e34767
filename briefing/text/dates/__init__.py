"""Dates as texts write them: parsed strictly, resolved only against a known day."""

from briefing.text.dates.lines import DateLine, date_line, looks_like_a_date, states_a_change, without_lead
from briefing.text.dates.moments import LONGEST_CLUE, Moment, on_day, parse_moment
from briefing.text.dates.relative import dates_in, resolve

__all__ = [
    "LONGEST_CLUE",
    "DateLine",
    "Moment",
    "date_line",
    "dates_in",
    "looks_like_a_date",
    "on_day",
    "parse_moment",
    "resolve",
    "states_a_change",
    "without_lead",
]
