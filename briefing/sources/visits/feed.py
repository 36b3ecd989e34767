"""Visits a feed: its items, and for teasers the pages they link to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from briefing.errors import ArticleError
from briefing.model import Input, Note, RawArticle
from briefing.sources.feed import read_feed
from briefing.sources.isolated import apart
from briefing.sources.json_feed import read_json_feed
from briefing.sources.opened import Reading
from briefing.sources.visits.context import Brought, Errand
from briefing.sources.web import Fetched
from briefing.sources.web.listing import offered_feed

#: Characters below which an item is taken for the beginning of its article. A quarter of 594 real articles is shorter:
#: for these the page is fetched and says no more, which costs a request.
TEASER = 1_000
_GOES_ON = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|read more|continue reading|weiterlesen|lire la suite)\W*\Z", re.I)
_FEED_TYPE = re.compile(r"xml|json|^text/plain$|octet-stream|^$")


def visit_feed(errand: Errand) -> Brought:
    """Return the items of a feed that are new or may have changed; teasers of known articles are skipped.

    Raises:
        ArticleError: It cannot be had, or is no feed.
    """
    fetched = errand.source()
    if fetched.unchanged:
        return Brought(fetched=fetched)
    reading = _read(errand, fetched)
    inputs = tuple(_Items(errand, reading))
    return Brought(inputs, (*fetched.notes, *reading.notes), fetched, errand.complete)


def _read(errand: Errand, fetched: Fetched) -> Reading:
    file = fetched.opened(errand.subscription.name, ".xml")
    is_json = "json" in fetched.kind or fetched.blob.lstrip()[:1] == b"{"
    try:
        reading = apart(read_json_feed if is_json else read_feed, file)
    except ArticleError as error:
        offered = apart(offered_feed, file, fetched.url) if error.code == "E_NOT_A_FEED" else ""
        if not offered:
            raise
        raise ArticleError(error.message, f"This page offers a feed at {offered}.", code=error.code) from error
    if any(note.code == "W_SOURCE_REFUSED" for note in reading.notes):
        raise ArticleError(
            f"{file.shown} is a list of feeds.", "Name each feed you want as a source of its own.", code="E_NOT_A_FEED"
        )
    if _FEED_TYPE.search(fetched.kind):
        return reading
    note = file.note("W_TYPE_MISMATCH", f"the server calls it {fetched.kind}; it was read as the feed that it is.")
    return replace(reading, notes=(*reading.notes, note))


class _Items:
    """The items of a feed as inputs of their own, in its order."""

    def __init__(self, errand: Errand, reading: Reading) -> None:
        self.errand = errand
        self.reading = reading
        self.keys: set[str] = set()

    def __iter__(self) -> Iterator[Input]:
        """Yield each item to keep, and each without content; those with a text come first."""
        for raw in self.reading.articles:
            yield from self._item(raw, ())
        for raw, refused in zip(self.reading.bare, self.reading.refused, strict=True):
            yield from self._item(raw, refused.notes)

    def _item(self, raw: RawArticle, refusal: tuple[Note, ...]) -> Iterator[Input]:
        key = self._key(raw)
        if self.errand.subscription.full_text and raw.url and _is_teaser(raw.text):
            yield from self._whole(raw, key)
        elif refusal:
            yield Input(key, notes=refusal)
        else:
            yield self.errand.kept(key, raw)

    def _whole(self, raw: RawArticle, key: str) -> Iterator[Input]:
        """Yield an item with the text of its page, if that is to be fetched now."""
        known = self.errand.known(raw.url)
        if (known and not self.errand.is_time_again(raw.url)) or not self.errand.may_fetch():
            return
        page = self.errand.page(raw.url)
        if page.articles or not known:  # a page that cannot be had today is no correction of what it said yesterday
            yield self._completed(raw, key, page)

    def _completed(self, raw: RawArticle, key: str, page: Input) -> Input:
        """Return an item with the text of its page, or with its own where the page fails or says no more."""
        if not page.articles:
            if not raw.text:
                return page
            why = page.notes[0].message
            return self.errand.kept(key, raw, Note("W_TEASER", f"{key} is only what its feed says of it: {why}"))
        found = page.articles[0]
        if len(found.text) <= len(raw.text):
            return self.errand.kept(key, raw)
        whole = replace(
            raw,
            text=found.text,
            kind=found.kind,
            title=raw.title or found.title,
            byline=raw.byline or found.byline,
            language=raw.language or found.language,
            dates=(*found.dates, *raw.dates),
        )
        return self.errand.kept(key, whole, *found.notes)

    def _key(self, raw: RawArticle) -> str:
        """Return an item's key: made of its guid, else its address, else its text."""
        digest = hashlib.sha256(f"{raw.title}\0{raw.text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
        key = self.errand.key(raw.guid or raw.url or digest)
        if key in self.keys:
            key = f"{key}#{digest}"
        self.keys.add(key)
        return key


def _is_teaser(text: str) -> bool:
    return len(text) < TEASER or bool(_GOES_ON.search(text[-60:]))
