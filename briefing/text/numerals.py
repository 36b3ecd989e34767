"""Normalises numbers written in digits, by the decimal and grouping signs of a language."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from briefing.text.languages import Language

_NARROW = "\u00a0\u2009\u202f"  # spaces that never part words: they group digits in every language
_MINUS = "-−–"


def numbers(text: str, language: Language) -> frozenset[str]:
    """Return the numbers of a text that are written in digits, as `normalised` has them: 'rund 3,2' → {'3.2'}."""
    return frozenset(_canonical(m, language) for m in _pattern(language).finditer(text))


def normalised(text: str, language: Language) -> str:
    """Return the letters and digits of a text in lower case, each number set off by bars.

    The decimal sign is a full stop, thousands have none, zeros at the end of a fraction are dropped: '3,50' → '|3.5|'.
    """
    pieces, at = [], 0
    for found in _pattern(language).finditer(text):
        pieces += [_letters(text[at : found.start()]), f"|{_canonical(found, language)}|"]
        at = found.end()
    return "".join((*pieces, _letters(text[at:])))


@lru_cache(maxsize=8_192)  # a build asks for the same sentences again
def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _canonical(found: re.Match[str], language: Language) -> str:
    sign = "-" if found["minus"] else ""
    scale = f"{found['scale']}".lower() if found["scale"] else ""
    if found["grouped"]:
        whole, fraction = re.sub(r"\D", "", found["grouped"]), found["fraction"] or ""
    else:
        parts = re.split(r"[.,]", found["plain"])
        if len(parts) > 2:  # a date, a version: as written
            return sign + found["plain"] + scale
        whole, fraction = parts[0], "".join(parts[1:])
    fraction = fraction.rstrip("0")
    return f"{sign}{whole}.{fraction}{scale}" if fraction else f"{sign}{whole}{scale}"


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    """Return the pattern of a number: thousands in groups of one sign, else digits with points or commas within."""
    groups = re.escape(language.grouping_signs) + _NARROW
    scales = "|".join(sorted(map(re.escape, language.number_words), key=lambda word: (-len(word), word)))
    attached = rf"(?:(?P<scale>(?i:{scales}))(?!\w))?" if scales else "(?P<scale>(?!))?"
    return re.compile(
        rf"(?<![\d])(?:(?<![^\s(])(?P<minus>[{_MINUS}]))?"
        rf"(?:(?P<grouped>\d{{1,3}}(?P<group>[{groups}])\d{{3}}(?:(?P=group)\d{{3}})*)(?!\d|[.,]\d+[.,]\d)"
        rf"(?:[{re.escape(language.decimal_signs)}](?P<fraction>\d+))?"
        rf"|(?P<plain>\d+(?:[.,]\d+)*)){attached}"
    )
