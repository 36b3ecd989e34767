"""Reads a line that states when a text was published, in the words and the order of its language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache

from briefing.text.dates.moments import LONGEST_CLUE, Moment, parse_moment
from briefing.text.languages import LANGUAGES, Language, language
from briefing.text.letters import CAPITALS, SMALL

#: 'Halvern, den …', 'Von Ada Lind, …': up to four words with a capital before a comma; checked against the rest.
_NAMED = re.compile(rf"(?:[^\W\d_]{{2,4}} )?[{CAPITALS}][\w.’'-]*(?: [{CAPITALS}][\w.’'-]*){{0,3}} ?, ?")
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2}\.)(\d{2})(?![\d.:])")
_DAY_FIRST = re.compile(r"(?<![\d./-])(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?![\d/-])")
_JOINTS = " \t,;:|·•–—-"
_OPENING = 30  # code points of a line that say what its date is of


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date that a line states, and whether words of the line say that it is one."""

    moment: Moment
    stated: bool  # 'Veröffentlicht am', 'Stand:'


@dataclass(frozen=True, slots=True)
class _Patterns:
    stated: re.Pattern[str]
    clock: re.Pattern[str]
    dotted_clock: re.Pattern[str]


def date_line(text: str, zone: tzinfo, words: Language, *, named: bool = True) -> DateLine | None:
    """Return the date that a whole line states, or None for any other line.

    Args:
        text: The line.
        zone: Of times without one.
        words: The language, whose words for 'published', clocks and order of figures hold.
        named: Whether a place or an author may stand before the date.
    """
    text = " ".join(text.split())
    if not text or len(text) > LONGEST_CLUE or not any(map(str.isdecimal, text)):
        return None
    rest, stated = _without_stated(text, words)
    moment = parse_moment(_plain(rest, words), zone)
    if moment is None and named and (found := _NAMED.match(rest)):
        rest, again = _without_stated(rest[found.end() :], words)
        stated, moment = stated or again, parse_moment(_plain(rest, words), zone)
    return DateLine(moment, stated) if moment else None


def without_lead(text: str) -> tuple[str, bool]:
    """Return a line without the words before a date, 'Published on', in any language, and whether it had some."""
    found = _leads().match(text)
    return (text[found.end() :].lstrip(_JOINTS), True) if found else (text, False)


def states_a_change(text: str) -> bool:
    """Return whether a line that states a date says when the text was changed, in any language."""
    opening = text[:_OPENING].lower()
    return any(word in opening for code in LANGUAGES for word in language(code).changed_words)


def looks_like_a_date(text: str) -> bool:
    """Return whether a line is a date by its shape, in any language, whether or not it can be read: 03/04/2026."""
    return _shape().fullmatch(text) is not None


@cache
def _leads() -> re.Pattern[str]:
    leads = {lead for code in LANGUAGES for lead in language(code).date_leads}
    return re.compile(rf"(?:(?:{_any_of(frozenset(leads))})(?!\w)[\s:]*)+", re.IGNORECASE)


@cache
def _shape() -> re.Pattern[str]:
    leads = {lead for code in LANGUAGES for lead in language(code).date_leads}
    days = {day for code in LANGUAGES for day in language(code).weekdays}
    month = rf"[{SMALL}]{{3,9}}\.?"
    return re.compile(
        rf"(?:(?:{_any_of(frozenset(leads))})(?: (?:on|at))?:? ?)?(?:(?:{_any_of(frozenset(days))}),? )?"
        rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {month},? \d{{4}}|{month} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
        r"|\d{4}[-/.]\d{2}[-/.]\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4})"
        r"(?:[ ,|·at–-]+\d{1,2}[:.]\d{2}.{0,30})?",
        re.IGNORECASE,
    )


def _without_stated(text: str, words: Language) -> tuple[str, bool]:
    found = _patterns(words).stated.match(text) if words.date_leads else None
    return (text[found.end() :].lstrip(_JOINTS), True) if found else (text, False)


def _plain(text: str, words: Language) -> str:
    """Return a date with its clock as '15:40', days before months parted by full stops, years of four figures."""
    patterns = _patterns(words)
    text = patterns.dotted_clock.sub(r" \1:\2 ", text)
    text = patterns.clock.sub(lambda m: f" {m['hour']}:{m['minute'] or m['behind'] or '00'} ", text)
    text = _SHORT_YEAR.sub(r"\g<1>20\2", text)
    if words.day_first:
        text = _DAY_FIRST.sub(r"\1.\3.\4", text)
    return text.strip(_JOINTS)


@cache
def _patterns(words: Language) -> _Patterns:
    leads = "|".join(re.escape(lead).replace(r"\ ", r"\s") for lead in words.date_leads) or r"(?!)"
    before, after = _any_of(words.clock_leads), _any_of(words.clock_ends)
    return _Patterns(
        stated=re.compile(rf"(?:(?:{leads})(?!\w)[\s:]*)+", re.IGNORECASE),
        # 'um 15.40', '15.40 Uhr', '8 Uhr', '15 h 40'
        dotted_clock=re.compile(
            rf"(?:(?<!\w)(?:{before})\s)(\d{{1,2}})[.:](\d{{2}})(?!\d|\.\d)(?:\s?(?:{after})(?!\w))?", re.IGNORECASE
        ),
        clock=re.compile(
            rf"(?:(?<!\w)(?:{before})\s)?(?<![\d.:])(?P<hour>\d{{1,2}})"
            rf"(?:[.:](?P<minute>\d{{2}})\s?(?:{after})|\s?(?:{after})(?:\s?(?P<behind>\d{{2}}))?)(?!\w)",
            re.IGNORECASE,
        ),
    )


def _any_of(listed: frozenset[str]) -> str:
    parts = (re.escape(word.replace("_", " ")) for word in sorted(listed, key=lambda w: (-len(w), w)))
    return "|".join(parts) or r"(?!)"
