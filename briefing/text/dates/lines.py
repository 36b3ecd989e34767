"""Reads a line that states when a text was published, in the words and the order of its language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache

from briefing.text.dates.moments import LONGEST_CLUE, Moment, parse_moment
from briefing.text.languages import Language

#: 'Halvern, den …', 'Von Ada Lind, …': up to four words with a capital before a comma; checked against the rest.
_NAMED = re.compile(r"(?:[^\W\d_]{2,4} )?[^\W\d_a-zß-ÿа-яёіїєґ][\w.’'-]*(?: [^\W\d_a-zß-ÿа-яёіїєґ][\w.’'-]*){0,3} ?, ?")
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2}\.)(\d{2})(?![\d.:])")
_DAY_FIRST = re.compile(r"(?<![\d./-])(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?![\d/-])")
_JOINTS = " \t,;:|·•–—-"


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
