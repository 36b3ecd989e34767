"""Recognises datelines: where a report was filed, on which day, by which agency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from briefing.model import Sentence
from briefing.text.languages import LANGUAGES, language
from briefing.text.layout import layout
from briefing.text.letters import CAPITALS
from briefing.text.package_data import data_toml

#: A dateline is looked for in this many leading code points; the longest of 594 articles was 47.
_REACH = 120
_OPENING = 6  # sentences of an article that may begin with one: a deck, teasers or a summary can stand before it

_FORMS = sorted({form for code in LANGUAGES for form in language(code).months}, key=lambda form: (-len(form), form))
_JOINT = "|".join(sorted({re.escape(joint) for code in LANGUAGES for joint in language(code).date_joints})) or r"(?!)"
_MONTH = rf"(?:(?i:{'|'.join(_FORMS)})(?!\w))\.?"
_DAY = rf"(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\.?\s(?:(?:{_JOINT})\s)?{_MONTH})(?:,?\s(?:(?:{_JOINT})\s)?\d{{4}})?"
_CAPITALS = rf"[{CAPITALS}][{CAPITALS}.'’-]+"
_NAME = rf"[{CAPITALS}][\w.'’-]*"
_CITY = rf"{_CAPITALS}(?:[\s/](?:{_CAPITALS}|(?:[Dd]e|[Dd]i|[Aa]ux?|on|upon)\b)){{0,3}}"
_REGION = rf",\s{_NAME}(?:\s{_NAME}){{0,2}}"
_DASH = r"(?:\s?[—–]|\s?--|\s-)\s?"

# WASHINGTON (AP) — / PARIS, Jan 3 (AFP) - / (Reuters) - / MOSCOW. Jan 18 (Interfax) - / Wiesbaden (KNA/iz).
_WITH_AGENCY = re.compile(
    rf"(?:(?P<place>{_NAME}(?:[\s/]{_NAME}){{0,3}}(?:{_REGION})?)(?:[,.]\s(?P<day>{_DAY}))?[,.]?\s)?"
    rf"\((?P<agency>[{CAPITALS}][\w&./' -]{{1,30}}|dpa|epd)\)"
    rf"(?P<dash>{_DASH}|\.-\s|-(?:\s|(?=[{CAPITALS}]))|:\s|\.\s|\s)"
)
# KYIV, Ukraine — / WASHINGTON, Feb. 1 —
_WITHOUT_AGENCY = re.compile(rf"(?P<place>{_CITY}(?:{_REGION})?)(?:[,.]\s(?P<day>{_DAY}))?{_DASH}")
# Kyiv, Feb. 1 —
_NAMED_DAY = re.compile(rf"(?P<place>{_NAME}(?:\s{_NAME}){{0,2}}),\s(?P<day>{_DAY}){_DASH}")
# БРЮССЕЛЬ, 3 березня – Укрінформ.
_AGENCY_BEHIND = re.compile(
    rf"(?P<place>{_NAME}(?:[\s-]{_NAME}){{0,3}}),\s(?P<day>{_DAY})(?:{_DASH}|\.?\s?/)(?P<agency>[^./\n]{{2,40}})/?\.\s"
)
# Moscow CNN —
_BEFORE_DASH = re.compile(r"[^—–\n]{2,60}?\s?[—–]\s?")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a report that is not yet its news."""

    length: int  # code points, with the dash and the space after it
    place: str = ""
    day: str = ""  # verbatim, such as "Jan 18" or "1 February 2022"
    agency: str = ""  # as `agency_name` gives it


@cache
def _agencies() -> dict[str, str]:
    known: dict[str, str] = {}
    for entry in data_toml("clean", "agencies.toml")["agency"]:
        for spelling in (entry["name"], *entry["aliases"]):
            known[spelling.casefold()] = entry["name"]
    return known


def agency_name(text: str) -> str:
    """Return the name a known agency goes by, or "" for a text that is no known agency's name."""
    return _agencies().get(" ".join(text.split()).casefold(), "")


def dateline(text: str) -> Dateline | None:
    """Return the dateline a paragraph opens with, or None."""
    head = text[:_REACH]
    return _with_agency(head) or _agency_behind(head) or _bare_agency(head) or _without_agency(head)


def dateline_length(text: str) -> int:
    """Return how many leading code points are dateline, dash and space included; 0 when there is none."""
    found = dateline(text)
    return found.length if found else 0


def _with_agency(head: str) -> Dateline | None:
    found = _WITH_AGENCY.match(head)
    if not found or found.end() == len(head):
        return None
    place, agency = found["place"] or "", found["agency"]
    name = next(filter(None, map(agency_name, (agency, *agency.split("/")))), agency)
    if found["dash"].strip() == "." and name == agency and not agency_name(agency):
        return None  # a person and his party; only a known agency may close the dateline as a sentence
    if not found["dash"].strip() and not (place and _is_place(place.split(",")[0])):
        return None  # "Joe Biden (AP) said" could be a caption; only KYIV (AP) needs no dash
    return Dateline(found.end(), place, found["day"] or "", name)


def _agency_behind(head: str) -> Dateline | None:
    found = _AGENCY_BEHIND.match(head)
    name = agency_name(found["agency"]) if found else ""
    return Dateline(found.end(), found["place"], found["day"].rstrip("."), name) if found and name else None


def _bare_agency(head: str) -> Dateline | None:
    found = _BEFORE_DASH.match(head)
    if not found:
        return None
    words = found[0].rstrip("—– ").split()
    for size in (1, 2, 3):
        name = agency_name(" ".join(words[-size:]))
        place = words[:-size]
        if name and all(word[0].isupper() for word in place):
            return Dateline(found.end(), " ".join(place), "", name)
    return None


def _without_agency(head: str) -> Dateline | None:
    for pattern in (_WITHOUT_AGENCY, _NAMED_DAY, _undashed()):
        found = pattern.match(head)
        if found and found.end() < len(head) and (pattern is _NAMED_DAY or _is_place(found["place"].split(",")[0])):
            day = found.groupdict().get("day") or ""
            return Dateline(found.end(), found["place"], day)
    return None


@cache
def _undashed() -> re.Pattern[str]:
    """Return the pattern of a dateline that lost its dash in machine rewriting: "KYIV, Ukraine As …"."""
    return re.compile(rf"(?P<place>{_CITY}{_REGION}?)\s(?=(?:{layout().dateline_openers})\s)")


def _is_place(name: str) -> bool:
    letters = sum(map(str.isalpha, name))
    return letters >= 4 and name == name.upper() and layout().no_places.isdisjoint(name.split())


def without_datelines(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return an article's sentences, its first ones without 'KYIV, Ukraine (AP) —': still spans of the source.

    One that is a dateline from its first word to its last is a heading, and no text.
    """
    return tuple(_without_dateline(s) if s.position < _OPENING else s for s in sentences)


def _without_dateline(sentence: Sentence) -> Sentence:
    if _is_dateline(sentence.text):
        return replace(sentence, kind="heading")
    length = dateline_length(sentence.text)
    return sentence.without_opening(length) if 0 < length < len(sentence.text) else sentence


def _is_dateline(text: str) -> bool:
    """Return whether a sentence is a dateline that ends in its agency's name: the news begins behind it."""
    return text.endswith(".") and len(text) < _REACH and dateline_length(f"{text} …") == len(text) + 1
