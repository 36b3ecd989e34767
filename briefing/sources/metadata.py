"""Extracts a page's metadata from JSON-LD and meta tags: title, site, author, dates, address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from briefing.model import DateClue
from briefing.sources.bylines import byline_of
from briefing.sources.character_references import unescape
from briefing.sources.markup import names
from briefing.sources.prose import prose

MAX_BLOCKS = 20  # JSON-LD scripts of one page that are read
MAX_BLOCK = 300_000  # characters of one
MAX_FIELD = 1_000  # characters of a field

_ARTICLES = names(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle"
    " ReviewNewsArticle LiveBlogPosting BlogPosting SocialMediaPosting Report"
)
_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate"),
    *("pubdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "originalpublicationdate"),
    *("cxenseparse:recs:publishtime",),
)
#: Of the document, which some systems fill with the day on which its page was made.
_OF_THE_DOCUMENT = ("dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "date")
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl")
_TITLES = ("og:title", "twitter:title", "parsely-title", "dc.title")
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_URL_DATE = re.compile(r"/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2]|[a-z]{3})[/-](?:0?[1-9]|[12]\d|3[01])(?=[/-]|\b)", re.I)
_WEB = re.compile(r"https?://[^\s<>\"']{4,2000}", re.IGNORECASE)
_WRAPPING = re.compile(r"\A\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*\Z")
_SPACES = re.compile(r"\s+")
#: Markup in a field; what stands in other brackets is text: "Halvern <Ltd>".
_TAGS = re.compile(
    r"</?(?:a|abbr|b|bdi|big|blockquote|br|cite|code|del|div|em|font|h[1-6]|hr|i|iframe|img|ins|li|mark|ol|p|q|s|script"
    r"|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|time|tr|tt|u|ul|video|wbr)(?=[\s/>])[^<>]{0,2000}>|<!--",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's metadata; an empty field is one it does not state."""

    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    language: str = ""
    dates: tuple[DateClue, ...] = ()  # of the article's publication
    document_dates: tuple[DateClue, ...] = ()  # of the document
    is_article: bool = False  # the page declares itself to be one
    is_index: bool = False  # the page declares itself to be a list of others
    free: bool = True  # False when it says that the text is for subscribers
    site: str = ""  # what its meta tags call the site
    description: str = ""  # what it says that it is about
    body: str = ""  # the article's text as its JSON-LD has it


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
    outlet, site = _name(story.get("publisher")) or _site(metas), _first(metas, _SITES)
    names = (outlet, site, host_name(url))
    return Metadata(
        title=one_line(story.get("headline")) or _first(metas, _TITLES),
        outlet=outlet,
        byline=byline_of(_authors(story), names) or byline_of(_first(metas, _AUTHORS), names),
        url=url,
        language=_language(tree, story, metas),
        dates=tuple(_dates(tree, story, metas, url)),
        document_dates=tuple(_clues(metas[key] for key in _OF_THE_DOCUMENT if key in metas)),
        is_article=bool(story) or _first(metas, ("og:type",)).lower() == "article",
        is_index=not story and bool(kinds & {"CollectionPage", "ItemList", "SearchResultsPage"}),
        site=site,
        description=_first(metas, _DESCRIPTIONS) or one_line(story.get("description")),
        body=_body(story),
        free=str(story.get("isAccessibleForFree", "")).lower() not in {"false", "no"},
    )


def one_line(value: object) -> str:
    """Return a field as one line without markup; empty when it is not text."""
    if not isinstance(value, str):
        return ""
    return _SPACES.sub(" ", _TAGS.sub(" ", unescape(value[: MAX_FIELD * 4]))).strip()[:MAX_FIELD]


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


def _body(story: dict[str, Any]) -> str:
    """Return the text that JSON-LD gives an article, a paragraph a line; markup in it is read as such."""
    body = story.get("articleBody")
    if not isinstance(body, str):
        return ""
    return prose(body)[0] if _TAGS.search(body) else unescape(body)


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
    names = [_name(author) for author in _several(story.get("author")) if not _is_body(author)]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _is_body(author: object) -> bool:
    """Return whether an author is an organisation, which writes nothing itself."""
    kinds = _several(author.get("@type")) if isinstance(author, dict) else []
    return any(str(kind).endswith("Organization") for kind in kinds)


def _site(metas: dict[str, str]) -> str:
    """Return the outlet's name from the meta tags; an address in its place is ignored."""
    return next((metas[key] for key in _SITES if key in metas and not web_address(metas[key])), "")


def host_name(url: str) -> str:
    """Return the host of a web address without "www."; empty for none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


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
    yield from _clues(stated)
    if found := _URL_DATE.search(url):
        yield DateClue(found[0].strip("/"), "url")


def _clues(stated: Iterable[str]) -> Iterator[DateClue]:
    for text in dict.fromkeys(text[:100] for text in stated if any(c.isdigit() for c in text)):
        yield DateClue(text, "metadata")


def _times(tree: Any) -> list[str]:
    """Return the moments of the page's time elements that are marked as its publication."""
    found = []
    for element in tree.iter("time", "span", "abbr"):
        stated = element.get("datetime") or element.get("content") or ""
        marked = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        if stated and marked:
            found.append(one_line(stated))
    return found
