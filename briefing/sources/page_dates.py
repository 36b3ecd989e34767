"""Dates a page: by what it states of itself, else by the line beside its headline, else by its markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date
from typing import Any

from briefing.model import DateClue
from briefing.sources.blocks import Block
from briefing.sources.completing import is_away
from briefing.sources.extracting import Extracted
from briefing.sources.metadata import Metadata
from briefing.text.dates import parse_moment

BESIDE = 8  # blocks above the headline, and below the first of the text, in which its date may stand
LINE = 160  # characters of a line that states a date, an author and a section
#: Something like a date with its year; whether it is one, the reader of dates says.
_DATED = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{4}|\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?"
    r"|\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s(?:de\s|of\s)?[^\W\d_]{3,12}\.?,?\s(?:de\s|del\s)?\d{4}"
    r"|[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4})(?![\d/-])"
)


#: Words and classes of a line that says when its page was published.
_LABEL = re.compile(
    r"\b(?:published|posted|date|veröffentlicht|gepostet|datum|publié|publicado|fecha|publicato|pubblicato|data|gepubliceerd"
    r"|publicerad|publisert|opublikowano|опубліковано|опубликовано|дата)\b",
    re.IGNORECASE,
)
#: Words of a line that says when something else was.
_OTHERWISE = re.compile(
    r"\b(?:received|accepted|submitted|revised|updated|modified|changed|retrieved|accessed|valid|until|born|aktualisiert"
    r"|geändert|bearbeitet|eingereicht|gültig|stand|bis|mis à jour|modifié|actualizado|modificado|aggiornato|оновлено"
    r"|обновлено|copyright)\b|[©–—]\s?\d{1,2}[./]",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|datum|published|pub-?date|post-?meta|entry-?meta|article-?meta|timestamp)(?=$|[\s_-])",
    re.IGNORECASE,
)


def dates_of(tree: Any, known: Metadata, found: Extracted, headline: str) -> tuple[DateClue, ...]:
    """Return the clues to when a page was published.

    A date of its publication counts before one that stands beside the headline, that before one of the document.
    """
    if any(parse_moment(clue.text, UTC) for clue in known.dates):
        return (*known.dates, *known.document_dates)
    beside = next(_beside_headline(found, headline), None)
    document = next((moment for clue in known.document_dates if (moment := parse_moment(clue.text, UTC))), None)
    below = next(_stated_in(_below_headline(found, headline)), None) if document else None
    if below and document and abs((below[1] - document.day).days) > 1:
        return (*known.dates, below[0])
    if document:
        return (*known.dates, *known.document_dates)
    return (*known.dates, *((beside,) if beside else _searched(tree, known, found)))


def _beside_headline(found: Extracted, headline: str) -> Iterator[DateClue]:
    """Yield the dates in short lines around the headline, those between it and the text first; then labelled ones."""
    lines = (*_below_headline(found, headline), *_above_headline(found, headline))
    yield from (clue for clue, _ in _stated_in((*lines, *filter(_is_labelled, found.blocks))))


def _stated_in(blocks: Iterable[Block]) -> Iterator[tuple[DateClue, date]]:
    """Yield the dates in short lines, but for those that say when something else was."""
    for block in blocks:
        is_other = block.is_prose or _OTHERWISE.search(block.text)
        if len(block.text) > LINE or (is_other and not _LABEL.search(block.text)):
            continue
        for dated in _DATED.finditer(block.text):
            if moment := parse_moment(dated[0], UTC):
                yield DateClue(dated[0], "text"), moment.day


def _is_labelled(block: Block) -> bool:
    """Return whether a line, not a comment's or a teaser's, says or is marked as when the page was published."""
    if len(block.text) > LINE or block.leads_on or is_away(block.element):
        return False
    return _LABEL.search(block.text) is not None or _CLASS.search(block.element.get("class") or "") is not None


def _below_headline(found: Extracted, headline: str) -> list[Block]:
    """Return the blocks from the headline to the first of the text."""
    top, first = _borders(found, headline)
    return list(found.blocks[max(top, first - 2 * BESIDE) : first + 1]) if found.kept else []


def _above_headline(found: Extracted, headline: str) -> list[Block]:
    """Return the blocks above the headline, the nearest first, and the next two of the text."""
    top, first = _borders(found, headline)
    above = found.blocks[max(0, top - BESIDE) : top]
    return [*found.blocks[first + 1 : first + 3], *reversed(above)] if found.kept else []


def _borders(found: Extracted, headline: str) -> tuple[int, int]:
    """Return the places of the headline and of the first block of prose that was read."""
    read = {id(block) for block in found.kept}
    own = [at for at, block in enumerate(found.blocks) if id(block) in read]
    first = next((at for at in own if found.blocks[at].is_prose), own[0] if own else 0)
    tops = [
        n
        for n in range(min(first + 1, len(found.blocks)))
        if found.blocks[n].text == headline or found.blocks[n].element.tag == "h1"
    ]
    return (tops[-1] if tops else first), first


def _searched(tree: Any, known: Metadata, found: Extracted) -> tuple[DateClue, ...]:
    """Return the day that htmldate finds in a page's markup, else the only one that its short lines name."""
    from htmldate import find_date

    day = find_date(tree, url=known.url or None, extensive_search=False, original_date=True, max_date="2100-01-01")
    if day:
        return (DateClue(day, "metadata"),)
    lines = [block for block in found.blocks if not block.leads_on and not is_away(block.element)]
    named = {day: clue for clue, day in _stated_in(lines)}
    return tuple(named.values()) if len(named) == 1 else ()
