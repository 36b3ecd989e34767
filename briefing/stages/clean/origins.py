"""Determines the agency an article comes from, among those it mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.text.datelines import agency_name, dateline

#: Paragraphs that may open with the dateline: a headline or standfirst may stand before it.
OPENING = 3

_CLOSING = re.compile(
    r"(?:^|[.!?”\"’] ?)(?:\(|[—–-]{1,2} ?)(?P<agency>[A-Z][\w. -]{1,30}?)(?:[/,] ?[A-Za-z]{2,12})?\)?\.?$"
)
_SOURCE = re.compile(r"(?:source|with reporting by|from|via):? (?P<agency>[A-Z][\w. -]{1,30})\.?", re.I)
_WEEKDAY = r"(?: (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?"
_REPORTED = re.compile(
    r",? (?:the )?(?:state-run |state |official |private )?(?P<agency>[A-Z][\w-]+(?: [A-Z][\w-]+)?)"
    rf"(?: news agency| agency| news)? (?:reported|reports|has reported){_WEEKDAY}\.$"
)


def wire_of(paragraphs: Sequence[str], *, byline: str = "", dropped: Sequence[str] = ()) -> str:
    """Return the agency a report was written by, or "".

    In order of trust: its dateline, a byline that is an agency's, a closing "— AFP" or "Source: AFP", and a first
    paragraph that ends with "…, TASS reported." What it quotes or cites inside is not its origin.

    Args:
        paragraphs: The kept paragraphs.
        byline: As far as it is known.
        dropped: The lines removed as boilerplate.
    """
    for paragraph in paragraphs[:OPENING]:
        found = dateline(paragraph)
        if found and found.agency:
            return found.agency
    return agency_name(byline) or _closing(paragraphs, dropped) or _lead(paragraphs)


def _closing(paragraphs: Sequence[str], dropped: Sequence[str]) -> str:
    for line in dropped:
        if len(line) < 80 and (found := _SOURCE.fullmatch(line)) and (name := agency_name(found["agency"])):
            return name
    for paragraph in paragraphs[-2:]:
        if (found := _CLOSING.search(paragraph[-60:])) and (name := agency_name(found["agency"])):
            return name
    return ""


def _lead(paragraphs: Sequence[str]) -> str:
    lead = paragraphs[0] if paragraphs else ""
    found = _REPORTED.search(lead[-120:])
    return agency_name(found["agency"]) if found and "citing" not in lead[-200:] else ""
