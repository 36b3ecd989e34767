"""Extracts a page's metadata from JSON-LD and meta tags: title, site, author, dates, address."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.model import DateClue
from briefing.sources.markup import names

MAX_BLOCKS = 20  # JSON-LD scripts of one page that are read
MAX_BLOCK = 300_000  # characters of one
MAX_FIELD = 1_000  # characters of a field

_ARTICLES = names(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle"
    " ReviewNewsArticle LiveBlogPosting BlogPosting SocialMediaPosting Report"
)
_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate"),
    *("pubdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date"),
    *("dcterms.created", "dcterms.date", "date", "originalpublicationdate", "cxenseparse:recs:publishtime"),
)
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl")
_TITLES = ("og:title", "twitter:title", "parsely-title", "dc.title")
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher")
_URL_DATE = re.compile(r"/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2]|[a-z]{3})[/-](?:0?[1-9]|[12]\d|3[01])(?=[/-]|\b)", re.I)
_WEB = re.compile(r"https?://[^\s<>\"']{4,2000}", re.IGNORECASE)
_WRAPPING = re.compile(r"\A\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*\Z")
_SPACES = re.compile(r"\s+")
_TAGS = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|<!--")


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's metadata; an empty field is one it does not state."""

    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    language: str = ""
    dates: tuple[DateClue, ...] = ()
    is_article: bool = False  # the page declares itself to be one
    is_index: bool = False  # the page declares itself to be a list of others
    free: bool = True  # False when it says that the text is for subscribers


def metadata(tree: Any, scripts: Sequence[str]) -> Metadata:
    """Return the metadata of a page's head and JSON-LD.

    Args:
        tree: The page, parsed by lxml.
        scripts: Its JSON-LD blocks, as written.
    """
    linked = _linked(scripts)
    metas = _metas(tree)
    kinds = {str(kind) for item in linked for kind in _several(item.get("@type"))}
    story = next((item for item in linked if _ARTICLES & set(map(str, _several(item.get("@type"))))), {})
    url = _url(tree, story, metas)
    return Metadata(
        title=one_line(story.get("headline")) or _first(metas, _TITLES),
        outlet=_name(story.get("publisher")) or _first(metas, _SITES),
        byline=_authors(story) or _meta_author(metas),
        url=url,
        language=_language(tree, story, metas),
        dates=tuple(_dates(tree, story, metas, url)),
        is_article=bool(story) or _first(metas, ("og:type",)).lower() == "article",
        is_index=not story and bool(kinds & {"CollectionPage", "ItemList", "SearchResultsPage"}),
        free=str(story.get("isAccessibleForFree", "")).lower() not in {"false", "no"},
    )


def one_line(value: object) -> str:
    """Return a field as one line without markup; empty when it is not text."""
    if not isinstance(value, str):
        return ""
    return _SPACES.sub(" ", _TAGS.sub(" ", html.unescape(value[: MAX_FIELD * 4]))).strip()[:MAX_FIELD]


def web_address(value: object) -> str:
    """Return an http(s) address unchanged but for its scheme in lower case; empty for anything else.

    HTTPS and https are one scheme, and an article has one identity. An address with a character that is not seen or
    turns the text around is none: its host may be printed as an outlet.
    """
    address = value.strip() if isinstance(value, str) else ""
    if not _WEB.fullmatch(address) or not address.isprintable():
        return ""
    scheme, _, rest = address.partition(":")
    return f"{scheme.lower()}:{rest}"


def _linked(scripts: Sequence[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for script in scripts[:MAX_BLOCKS]:
        try:
            block = json.loads(_WRAPPING.sub("", script[:MAX_BLOCK]).strip().removesuffix(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        found.extend(_items(block))
    return found


def _items(block: object) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-LD block: itself, the members of a list, of @graph and of mainEntity."""
    for item in block if isinstance(block, list) else [block]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            members = graph if isinstance(graph, list) else [item.get("mainEntity")]
            yield from (member for member in members if isinstance(member, dict))


def _several(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: object) -> str:
    for one in _several(value):
        name = one_line(one.get("name") if isinstance(one, dict) else one)
        if name and not web_address(name):
            return name
    return ""


def _authors(story: dict[str, Any]) -> str:
    names = [_name(author) for author in _several(story.get("author"))]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _meta_author(metas: dict[str, str]) -> str:
    author = _first(metas, _AUTHORS)
    site = _first(metas, _SITES)
    return "" if web_address(author) or author.lower() == site.lower() else author


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        value = one_line(meta.get("content"))
        if key and value:
            found.setdefault(key.strip().lower(), value)
    return found


def _first(metas: dict[str, str], keys: Iterable[str]) -> str:
    return next((metas[key] for key in keys if key in metas), "")


def _url(tree: Any, story: dict[str, Any], metas: dict[str, str]) -> str:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and web_address(link.get("href")):
            return web_address(link.get("href"))
    page = story.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, dict) else page
    return web_address(metas.get("og:url")) or web_address(story.get("url")) or web_address(page)


def _language(tree: Any, story: dict[str, Any], metas: dict[str, str]) -> str:
    stated = one_line(story.get("inLanguage")) or tree.get("lang") or metas.get("og:locale", "")
    code = re.match(r"[A-Za-z]{2}(?=$|[-_])", stated)
    return code[0].lower() if code else ""


def _dates(tree: Any, story: dict[str, Any], metas: dict[str, str], url: str) -> Iterator[DateClue]:
    stated = [one_line(story.get("datePublished")), one_line(story.get("dateCreated"))]
    stated += [metas[key] for key in _PUBLISHED if key in metas]
    stated += _times(tree)
    for text in dict.fromkeys(text[:100] for text in stated if any(c.isdigit() for c in text)):
        yield DateClue(text, "metadata")
    if found := _URL_DATE.search(url):
        yield DateClue(found[0].strip("/"), "url")


def _times(tree: Any) -> list[str]:
    """Return the moments of the page's time elements that are marked as its publication."""
    found = []
    for element in tree.iter("time", "span", "abbr"):
        stated = element.get("datetime") or element.get("content") or ""
        marked = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        if stated and marked:
            found.append(one_line(stated))
    return found
