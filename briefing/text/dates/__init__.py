"""Dates as texts write them: parsed strictly, resolved only against a known day."""

from briefing.text.dates.english import resolve
from briefing.text.dates.lines import DateLine, date_line, looks_like_a_date, states_a_change, without_lead
from briefing.text.dates.moments import LONGEST_CLUE, Moment, on_day, parse_moment
from briefing.text.dates.relative import dates_in
from briefing.text.dates.tense import speaks_of_future

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
    "speaks_of_future",
    "states_a_change",
    "without_lead",
]
