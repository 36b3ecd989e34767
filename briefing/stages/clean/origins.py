"""Determines the agency an article comes from, among those it mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.text.datelines import agency_name, dateline
from briefing.text.layout import layout
from briefing.text.letters import CAPITALS

#: Paragraphs that may open with the dateline: a headline or standfirst may stand before it.
OPENING = 3

_CLOSING = re.compile(
    rf"(?:^|[.!?”\"’»] ?)(?:\(|[—–-]{{1,2}} ?)(?P<agency>[{CAPITALS}][\w. -]{{1,30}}?)"
    r"(?:[/,] ?[A-Za-z]{2,12})?\)?\.?$"
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
        if (
            len(line) < 80
            and (found := layout().source_line.fullmatch(line))
            and (name := agency_name(found["agency"]))
        ):
            return name
    for paragraph in paragraphs[-2:]:
        if (found := _CLOSING.search(paragraph[-60:])) and (name := agency_name(found["agency"])):
            return name
    return ""


def _lead(paragraphs: Sequence[str]) -> str:
    lead = paragraphs[0] if paragraphs else ""
    marks = layout()
    found = next((found for pattern in marks.reported if (found := pattern.search(lead[-120:]))), None)
    quoted = any(map(lead[-200:].__contains__, marks.cited))
    return agency_name(found["agency"]) if found and not quoted else ""
