"""Reads a plain text file as one raw article; no markup in it is interpreted."""

from __future__ import annotations

import re
from dataclasses import replace

from briefing.model import DateClue, RawArticle
from briefing.sources.decoding import decode
from briefing.sources.metadata import web_address
from briefing.sources.opened import MAX_ARTICLE, Opened, Reading, bounded
from briefing.sources.wrapped import unwrapped

#: Bytes of a file that are decoded: header, and as many characters as are kept in any encoding.
MAX_OPENING = 4 * MAX_ARTICLE + 200_000
_LAST_LETTER = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{0,3}\Z")
_HEADER = re.compile(r"(title|outlet|date|url|author|language)[ \t]*+:[ \t]*+(.*)", re.IGNORECASE)


def read_text(file: Opened) -> Reading:
    """Return the article of a ``.txt`` or ``.md`` file; header lines at its top become fields."""
    decoded = decode(_opening(file))
    fields, body = header(decoded.text)
    body = unwrapped(body)
    raw = RawArticle(
        input=file.path,
        text=body,
        kind="text",
        title=fields.get("title", ""),
        outlet=fields.get("outlet", ""),
        byline=fields.get("author", ""),
        url=web_address(fields.get("url", "")),
        language=fields.get("language", ""),
        dates=(DateClue(fields["date"], "header"),) if fields.get("date") else (),
    )
    return Reading((bounded(raw),), decoded.notes)


def _opening(file: Opened) -> Opened:
    """Return a file cut to what an article's characters can take up.

    The cut lies between two lines; in a flood without any, between two characters of UTF-8.
    """
    if len(file.blob) <= MAX_OPENING:
        return file
    cut = file.blob[:MAX_OPENING]
    if b"\0" not in cut:  # else it may be UTF-16 or UTF-32, of which so many bytes are whole units
        line = cut.rfind(b"\n", MAX_OPENING // 2) + 1
        cut = cut[:line] if line else _LAST_LETTER.sub(b"", cut)
    return replace(file, blob=cut)


def header(text: str) -> tuple[dict[str, str], str]:
    """Return the header lines of a text, by lower-case name, and the text below them.

    The header is the run of ``Name: value`` lines the text opens with, ended by a blank line; where any
    other line comes first there is no header, and the whole text is the article's.
    """
    fields: dict[str, str] = {}
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end].strip()
        if not line and fields:
            return fields, text[end + 1 :]
        match = _HEADER.fullmatch(line[:2000])
        if line and not match:
            return {}, text
        if match:
            fields.setdefault(match[1].lower(), match[2].strip())
        at = end + 1
    return {}, text
