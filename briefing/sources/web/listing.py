"""Finds links to articles on a page that lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx2

from briefing.sources.character_references import unescape
from briefing.sources.decoding import decode
from briefing.sources.markup import Tokens, attributes
from briefing.sources.metadata import one_line
from briefing.sources.opened import Opened, shown_name
from briefing.sources.page import MAX_TEXT, parse_page
from briefing.sources.plain import plain

HEADLINE = 25  # characters from which the text of a link may be a headline
WORDS = 4  # parts of a last path segment, parted by hyphens, that make it the name of an article
MAX_HEAD = 200_000  # bytes of a page in which its head is looked for
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_DATED = re.compile(r"/(?:19|20)\d\d(?:[/-](?:0?[1-9]|1[0-2]|[a-z]{3})\b|/)", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{5,}|/(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{6,}/?$")
#: Parts of addresses under which sites file everything but articles.
_NOT_ARTICLES = re.compile(
    r"/(?:tags?|topics?|category|categories|sections?|authors?|people|profile|search|login|signin|register|account"
    r"|subscribe|newsletters?|about|contact|privacy|terms|imprint|impressum|datenschutz|help|faq|jobs|careers|shop|store"
    r"|gallery|galleries|photos?|videos?|podcasts?|audio|live-tv|weather|games|page|feed|rss|archives?|wp-content)(?:/|$)",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?!html?$|php$|aspx?$|jsp$|shtml$|stm$)[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
_SLUG_ENDING = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)


def article_links(file: Opened, address: str) -> tuple[str, ...]:
    """Return the page's links that look like articles of the same host, in its order, without fragment.

    Args:
        file: The page.
        address: Where it is: links start from there.

    Raises:
        ArticleError: It is no text.
    """
    tree = parse_page(plain(decode(file).text[:MAX_TEXT]).markup)
    if tree is None:
        return ()
    home = httpx2.URL(address)
    return tuple(dict.fromkeys(str(url) for url in _links(tree, home) if url != home.copy_with(fragment=None)))


def _links(tree: Any, home: httpx2.URL) -> Iterator[httpx2.URL]:
    for anchor in tree.iter("a"):
        try:
            url = home.join((anchor.get("href") or "").strip()).copy_with(fragment=None)
        except (httpx2.InvalidURL, ValueError):
            continue
        same = url.scheme in ("http", "https") and url.host.removeprefix("www.") == home.host.removeprefix("www.")
        if same and looks_like_article(url.path, one_line(" ".join(anchor.itertext()))):
            yield url


def offered_feed(file: Opened, address: str) -> str:
    """Return the feed that a page's head links to; empty when it has none. Arguments as `article_links`."""
    for token in Tokens(file.blob[:MAX_HEAD].decode("utf-8", "replace")):
        stated = attributes(token) if token.kind == "start" and token.name == "link" else {}
        if stated.get("rel", "").lower() == "alternate" and stated.get("type", "").lower() in _FEEDS:
            with suppress(httpx2.InvalidURL, ValueError):
                return shown_name(str(httpx2.URL(address).join(unescape(stated.get("href", "")))))
    return ""


def looks_like_article(path: str, text: str) -> bool:
    """Return whether an address's path looks like an article's.

    A slug of several words is enough, whatever the link says; a date or a number needs a headline beside it.
    """
    if _NOT_ARTICLES.search(path) or _FILE.search(path):
        return False
    slug = _SLUG_ENDING.sub("", path.rstrip("/").rpartition("/")[2])
    words = [part for part in re.split(r"[-_]", slug) if part]
    if len(words) >= WORDS and sum(part.isalpha() for part in words) >= WORDS - 1:
        return True
    return len(text) >= HEADLINE and bool(_DATED.search(path) or _NUMBERED.search(path))
