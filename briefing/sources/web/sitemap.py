"""Parses sitemaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from briefing.errors import ArticleError
from briefing.sources.decoding import decode
from briefing.sources.guard import MAX_FEED
from briefing.sources.metadata import web_address
from briefing.sources.opened import Opened

MAX_ENTRIES = 50_000  # what the protocol allows

_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s/>]")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.]{4,20}(?:Z|[+-]\d\d:?\d\d)?)?)?)?")
_DATED = ("lastmod", "publication_date")


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of a sitemap."""

    address: str  # http(s)
    date: str  # as stated, from "2026" to "2026-03-02T09:15:00Z"; empty when it states none


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The entries of a sitemap, in its order."""

    entries: tuple[Listed, ...]
    is_index: bool  # the entries are sitemaps themselves


def is_sitemap(blob: bytes) -> bool:
    """Return whether a response is a sitemap or an index of them, by how it begins."""
    beginning = blob[:4096].decode("utf-8", "replace")
    return bool(_ROOT.search(beginning)) and "<html" not in beginning.lower()


def read_sitemap(file: Opened) -> Sitemap:
    """Return the entries of a sitemap, a news sitemap or an index of sitemaps.

    Raises:
        ArticleError: It is too large, no XML, or built to harm its reader.
    """
    if len(file.blob) > MAX_FEED:
        raise ArticleError(f"{file.shown} is too large a sitemap.", "Use a news sitemap.", code="E_TOO_LARGE")
    text = _DECLARATION.sub("", decode(file).text)  # the encoding it declares has been dealt with
    try:
        root = fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ArticleError(f"{file.shown} has a document type or entities.", code="E_XML_ENTITIES") from error
    except (ParseError, ValueError, RecursionError) as error:
        raise ArticleError(f"{file.shown} is not a well-formed sitemap.", code="E_XML_MALFORMED") from error
    return Sitemap(tuple(_entries(root)), _name(root) == "sitemapindex")


def latest_first(entries: Iterable[Listed]) -> tuple[str, ...]:
    """Return the addresses of entries, each once, the latest first; ties, and entries without a date, as listed."""
    # Dates as written sort by day, which is all that matters here; zones within a day do not.
    ordered = sorted(entries, key=lambda entry: entry.date, reverse=True)
    return tuple(dict.fromkeys(entry.address for entry in ordered))


def _entries(root: Element) -> Iterator[Listed]:
    for number, entry in enumerate(root):
        if number >= MAX_ENTRIES:
            return
        said = {_name(element): (element.text or "").strip() for element in entry.iter()}
        address = web_address(said.get("loc", ""))
        dates = [found[0] for name in _DATED if (found := _DATE.match(said.get(name, "")[:40]))]
        if address:
            yield Listed(address, max(dates, default=""))


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
