"""Parses JSON Feed files into raw articles."""

from __future__ import annotations

from typing import Any

from briefing.errors import ArticleError
from briefing.model import DateClue, Input, Note, RawArticle
from briefing.sources.decoding import decode, is_visible, one_line_end
from briefing.sources.guard import MAX_ITEMS
from briefing.sources.metadata import one_line, web_address
from briefing.sources.opened import Opened, Reading, counted
from briefing.sources.prose import prose
from briefing.sources.structured import load, without_unpaired

_VERSION = "https://jsonfeed.org/version/"


def read_json_feed(file: Opened) -> Reading:
    """Return the items of a ``.json`` file that is a JSON Feed, each under its own number.

    Raises:
        ArticleError: It is no JSON, or no JSON Feed.
    """
    decoded = decode(file)
    value, repeated = load(decoded.text, file.shown)
    if not _is_feed(value):
        raise ArticleError(
            f"{file.shown} is not a JSON Feed.",
            "Give articles as .jsonl, one object with title and text a line.",
            code="E_NOT_A_FEED",
        )
    notes = list(decoded.notes)
    if repeated:
        notes.append(file.note("W_FEED_MALFORMED", "a key is given twice; the last one counts."))
    items = value["items"]
    if not items:
        notes.append(file.note("W_FEED_EMPTY", "the feed has no items; nothing to print."))
    if len(items) > MAX_ITEMS:
        notes.append(file.note("W_ITEMS_CAPPED", f"{len(items):,} items; the first {MAX_ITEMS:,} were read. Split it."))
    articles: list[RawArticle] = []
    refused: list[Input] = []
    bare: list[RawArticle] = []
    for number, item in enumerate(items[:MAX_ITEMS], 1):
        key, shown = f"{file.path}#{number}", f"{file.shown}#{number}"
        article = _article(item if isinstance(item, dict) else {}, value, key, shown)
        if is_visible(article.text):
            articles.append(article)
            continue
        refused.append(Input(key, notes=(Note("E_EMPTY", f"{shown} is empty: the item has no text."),)))
        bare.append(article)
    if refused:
        notes.append(file.note("W_FIELD_MISSING", f"{len(refused)} of its items have no text."))
    return Reading(tuple(articles), tuple(notes), tuple(refused), tuple(bare))


def _is_feed(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        return False
    return isinstance(value.get("version"), str) and value["version"].startswith(_VERSION)


def _article(item: dict[str, Any], feed: dict[str, Any], key: str, shown: str) -> RawArticle:
    dropped = 0

    def field(owner: dict[str, Any], name: str) -> str:
        nonlocal dropped
        text, count = without_unpaired(owner[name] if isinstance(owner.get(name), str) else "")
        dropped += count
        return text

    page = None
    text = field(item, "content_text")
    if not text:
        text, page = prose(field(item, "content_html") or field(item, "summary"))
    title, url = one_line(field(item, "title")), field(item, "url")
    byline = ", ".join(_names(item) or _names(feed))
    notes = list(page.notes(Opened(shown, "", b""))) if page else []
    if dropped:
        notes.append(Note("W_CONTROL_REMOVED", f"{shown}: {counted(dropped, 'unstorable character')} left out."))
    if url and not web_address(url):
        notes.append(Note("W_LINK_REMOVED", f"{shown}: its link is not a web address and was left out."))
    published = field(item, "date_published") or field(item, "date_modified")
    return RawArticle(
        input=key,
        text=one_line_end(text),
        kind="json",
        title=title,
        outlet=one_line(field(feed, "title")),
        byline=byline,
        url=web_address(url),
        guid=str(item.get("id", ""))[:500],
        feed=web_address(field(feed, "feed_url")) or web_address(field(feed, "home_page_url")) or field(feed, "title"),
        language=(field(item, "language") or field(feed, "language"))[:2].lower(),
        dates=(DateClue(published[:100], "feed"),) if published else (),
        notes=tuple(notes),
    )


def _names(owner: dict[str, Any]) -> list[str]:
    authors = owner.get("authors")
    listed = authors if isinstance(authors, list) else [owner.get("author")]
    return [
        one_line(author.get("name")) for author in listed if isinstance(author, dict) and one_line(author.get("name"))
    ]
