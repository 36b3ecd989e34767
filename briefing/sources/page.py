"""Extracts the article from a web page, or says plainly that it holds none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from briefing.errors import ArticleError
from briefing.model import Note, RawArticle
from briefing.sources.decoding import decode
from briefing.sources.extracting import PARTLY, Extracted, extracted
from briefing.sources.headlines import headings_of, headline_of
from briefing.sources.metadata import Metadata, metadata
from briefing.sources.opened import Opened, Reading
from briefing.sources.page_dates import dates_of
from briefing.sources.page_refusals import no_article, refuse_other_pages
from briefing.sources.plain import plain

MAX_TEXT = 5_000_000  # characters of a page that are looked at, scripts included

SHOWN = 300  # characters from which it is an article's text, not a request to switch scripts on

_NOSCRIPT = re.compile(r"<(/?)noscript(?:\s[^>]{0,200})?>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*+=\s*+["']?+\s*+([^\s"'/>;]{1,60})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,60})""", re.IGNORECASE)


def read_page(file: Opened) -> Reading:
    """Return the article of an ``.html`` file.

    Raises:
        ArticleError: It is no text, or holds no article.
    """
    decoded = decode(file, _declared(file.blob))
    text, notes = decoded.text[:MAX_TEXT], list(decoded.notes)
    if len(decoded.text) > MAX_TEXT:
        notes.append(file.note("W_FIELD_TRUNCATED", f"only its first {MAX_TEXT:,} characters were read."))
    for_no_scripts = _with_text_for_no_scripts(text)
    try:
        reading = _read(file, text, notes)
    except ArticleError:
        if for_no_scripts == text:
            raise
        return _read(file, for_no_scripts, notes)
    if len(reading.articles[0].text) < SHOWN and for_no_scripts != text:
        with suppress(ArticleError):
            return _read(file, for_no_scripts, notes)
    return reading


def _read(file: Opened, text: str, notes: Sequence[Note]) -> Reading:
    page = plain(text)
    notes = [*notes, *page.notes(file)]
    tree = parse_page(page.markup)
    if tree is None:
        raise no_article(file, "it has no text")
    known = metadata(tree, page.scripts)
    headings = headings_of(tree)
    title = headline_of(headings, known)
    found = extracted(tree, title, known)
    refuse_other_pages(file, page, known, [title, headings.whole, *headings.first[:3]], found)
    if "<" in headings.written and not any(note.code == "W_MARKUP_REMOVED" for note in notes):
        notes.append(file.note("W_MARKUP_REMOVED", "markup in its title was left out."))
    if found.share < PARTLY:
        message = f"of {found.prose:,} characters of prose on the page, {len(found.text):,} were taken as the article."
        notes.append(file.note("W_TEXT_PARTLY", message))
    return Reading((_article(file, known, title, found, tree),), tuple(notes))


def _with_text_for_no_scripts(text: str) -> str:
    """Return a page with the texts unwrapped that it shows to readers without scripts."""
    parts, done, start = [], 0, None
    for tag in _NOSCRIPT.finditer(text):
        if not tag[1]:
            start = tag
        elif start:
            within = text[start.end() : tag.start()]
            if len(" ".join(_TAG.sub(" ", within).split())) >= SHOWN:
                parts += [text[done : start.start()], within]
                done = tag.end()
            start = None
    return "".join([*parts, text[done:]])


def _declared(blob: bytes) -> str:
    found = _XML.search(blob[:1024]) or _CHARSET.search(blob[:4096])
    return found[1].decode("ascii", "replace") if found else ""


def parse_page(markup: str) -> Any:
    """Return a sanitised page, parsed; None when there is nothing to parse."""
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(markup, parser=parser)
    except etree.ParserError:
        return None


def _article(file: Opened, known: Metadata, title: str, found: Extracted, tree: Any) -> RawArticle:
    return RawArticle(
        input=file.path,
        text=found.text,
        kind="html",
        title=title,
        outlet=known.outlet,
        byline=known.byline,
        url=known.url,
        language=known.language,
        dates=dates_of(tree, known, found, title),
    )
