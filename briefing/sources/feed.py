"""Parses RSS and Atom files into raw articles; the feeds an OPML file lists are named, not followed."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from briefing.errors import ArticleError
from briefing.model import DateClue, Input, Note, RawArticle
from briefing.sources.aggregated import Headline, headline_articles, headlines_in, is_alert, leads_to
from briefing.sources.bylines import byline_of
from briefing.sources.decoding import decode
from briefing.sources.guard import MAX_FEED, Guarded
from briefing.sources.metadata import one_line, web_address
from briefing.sources.opened import Opened, Reading
from briefing.sources.plain import Plain
from briefing.sources.prose import is_headlines, prose

_ENCODING = re.compile(rb"""<\?xml[^>]{0,5200}?encoding\s*=\s*["']([^"'>]{0,5100})["']""", re.IGNORECASE)
MAX_TAGS = 200_000  # in the texts of all items; the items after it are not read
_BREAKS = re.compile(r"[\r\n\x00-\x1f\x7f]")


def read_feed(file: Opened) -> Reading:
    """Return the items of an ``.xml``, ``.rss`` or ``.atom`` file, each under its own number.

    Raises:
        ArticleError: It is no feed, or built to harm its reader.
    """
    if len(file.blob) > MAX_FEED:
        raise ArticleError(
            f"{file.shown} has {len(file.blob) / 1048576:,.0f} MiB; a feed may have {MAX_FEED // 1048576} MiB.",
            "Save it again with fewer items.",
            code="E_TOO_LARGE",
        )
    declared = _ENCODING.search(file.blob[:8192])
    decoded = decode(file, declared[1].decode("latin-1") if declared else "")
    guarded = Guarded(file, decoded.text)
    notes = [*decoded.notes, *guarded.notes]
    if guarded.kind == "opml":
        return Reading((), (*notes, *_list_of_feeds(file, guarded.xml)))
    parsed = _parsed(file, guarded.xml)
    return _Items(file, parsed).reading(notes)


def read_list_of_feeds(file: Opened) -> Reading:
    """Return the note on an ``.opml`` file: it lists feeds, and holds no article."""
    return read_feed(file)


def _parsed(file: Opened, xml: str) -> Any:
    import feedparser

    # Bytes only: given a string, feedparser opens the file or the address of that name.
    head = b'<?xml version="1.0" encoding="utf-8"?>\n'
    try:
        return feedparser.parse(
            io.BytesIO(head + xml.encode("utf-8")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # feedparser promises never to raise, and does
        raise ArticleError(
            f"{file.shown} could not be read as a feed.", "Download it again, or remove it.", code="E_XML_MALFORMED"
        ) from error


def _list_of_feeds(file: Opened, xml: str) -> list[Note]:
    addresses = re.findall(r"xmlUrl\s*=\s*[\"']([^\"']{0,2000})", xml, re.IGNORECASE)
    message = f"it lists {len(addresses)} feeds, none of which was opened; put the saved feeds in the folder instead."
    return [file.note("W_SOURCE_REFUSED", message)]


class _Items:
    """Converts the entries of one parsed feed into articles, with notes on irregularities."""

    def __init__(self, file: Opened, parsed: Any) -> None:
        self.file = file
        self.entries = list(parsed.get("entries", []))
        channel = parsed.get("feed", {})
        self.title = self._line(channel.get("title", ""), [])
        self.home = web_address(channel.get("link", ""))
        self.base = file.address or _own_address(channel) or self.home
        self.language = str(channel.get("language", ""))[:2].lower()
        self.seen: set[str] = set()

    def reading(self, notes: list[Note]) -> Reading:
        articles: list[RawArticle] = []
        refused: list[Input] = []
        bare: list[RawArticle] = []
        tags = 0
        for number, entry in enumerate(self.entries, 1):
            tags += _longest(entry).count("<")
            if tags > MAX_TAGS:
                notes.append(self.file.note("W_ITEMS_CAPPED", f"its items after number {number - 1} were not read."))
                break
            found = self._articles(entry, number)
            if found[0].text:
                articles += found
                continue
            (raw,) = found
            message = f"{self.file.shown}#{number} is empty: the item has no text."
            refused.append(Input(raw.input, notes=(Note("E_EMPTY", message),)))
            bare.append(raw)
        if not self.entries:
            notes.append(self.file.note("W_FEED_EMPTY", "the feed has no items; nothing to print."))
        if refused:
            notes.append(self.file.note("W_FIELD_MISSING", f"{len(refused)} of its items have no text."))
        return Reading(tuple(articles), tuple(notes), tuple(refused), tuple(bare))

    def _articles(self, entry: Any, number: int) -> tuple[RawArticle, ...]:
        """Return an item's article; the headlines it holds where these are all it holds."""
        shown = f"{self.file.shown}#{number}"
        text, took_out = prose(_longest(entry))
        raw = self._article(entry, number, text, took_out)
        named = one_line(entry.get("source", {}).get("title", ""))
        if not is_headlines(took_out.markup):
            return (_without_aggregator(raw, named, self.title),)
        listed = headlines_in(took_out.markup)
        own = Headline(raw.title, leads_to(raw.url), named or _named(listed, raw.title))
        found = [own] if raw.title else []
        found += [other for other in listed if not raw.title.startswith(other.title)]
        return headline_articles(raw, found, shown) if found else (replace(raw, text=""),)

    def _article(self, entry: Any, number: int, text: str, took_out: Plain) -> RawArticle:
        shown = f"{self.file.shown}#{number}"
        notes: list[Note] = []
        title = self._line(entry.get("title", ""), notes, shown)
        url = self._link(entry, notes, shown)
        missing = [name for name, value in (("title", title), ("link", entry.get("link"))) if not value]
        if missing:
            notes.append(Note("W_FIELD_MISSING", f"{shown} has no {' and no '.join(missing)}."))
        notes += _markup_notes(shown, took_out)
        # A plain look-up: the library's own has for "updated" what "published" holds, and warns that it soon does not.
        stated = (dict.get(entry, key) for key in ("published", "updated", "created"))
        published = str(next(filter(None, stated), ""))
        return RawArticle(
            input=f"{self.file.path}#{number}",
            text=text,
            kind="feed",
            title=title,
            outlet=self._outlet(entry),
            byline=byline_of(one_line(entry.get("author", "")), (self._outlet(entry), self.title)),
            url=url,
            guid=self._guid(entry, text, notes, shown),
            feed=self.home or self.title,
            language=str(entry.get("language") or self.language)[:2].lower(),
            dates=(DateClue(one_line(published)[:100], "feed"),) if published.strip() else (),
            notes=tuple(notes),
        )

    def _outlet(self, entry: Any) -> str:
        source = entry.get("source", {})
        return one_line(source.get("title", "")) or self.title

    def _line(self, title: str, notes: list[Note], shown: str = "") -> str:
        """Return a title as one line of plain text: a feed's may be markup, or break lines to forge a mail header."""
        text, took_out = prose(str(title))
        if _BREAKS.search(str(title).strip()):
            notes.append(Note("W_CONTROL_REMOVED", f"{shown}: line breaks in its title were left out."))
        notes += _markup_notes(shown, took_out)
        return one_line(text)

    def _link(self, entry: Any, notes: list[Note], shown: str) -> str:
        stated = str(entry.get("link", "")).strip()
        url = web_address(self._absolute(stated))
        if stated and not url:
            notes.append(Note("W_LINK_REMOVED", f"{shown}: its link is not a web address and was left out."))
        return url

    def _absolute(self, link: str) -> str:
        """Return a link resolved against the feed's address; the feed's identifiers stay as written."""
        try:
            return urljoin(self.base, link) if link else ""
        except ValueError:
            return link

    def _guid(self, entry: Any, text: str, notes: list[Note], shown: str) -> str:
        guid = str(entry.get("id", ""))[:500]
        if guid and guid in self.seen:
            notes.append(Note("W_DUPLICATE", f"{shown}: an earlier item has the same identifier; both are kept."))
            guid += "#" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
        self.seen.add(guid)
        return guid


def _own_address(channel: Any) -> str:
    """Return where a feed says that it lies: its link with ``rel="self"``; empty for none."""
    links = (link for link in channel.get("links", ()) if link.get("rel") == "self")
    return next((url for link in links if (url := web_address(link.get("href")))), "")


def _named(listed: Sequence[Headline], title: str) -> str:
    """Return the outlet that stands beside an item's own headline."""
    return next((other.outlet for other in listed if title.startswith(other.title)), "")


def _without_aggregator(raw: RawArticle, named: str, feed: str) -> RawArticle:
    """Return an alert's item as its source's: under the name that the item gives it, else under its link's host."""
    if not is_alert(feed):
        return raw
    return replace(raw, outlet=named, url=leads_to(raw.url))


def _longest(entry: Any) -> str:
    """Return the longest text of an item: its content where it has one, else its description."""
    contents = [str(part.get("value", "")) for part in entry.get("content", []) if isinstance(part, dict)]
    return max([*contents, str(entry.get("summary", ""))], key=len)


def _markup_notes(shown: str, took_out: Plain) -> list[Note]:
    return list(took_out.notes(Opened(shown, "", b"")))
