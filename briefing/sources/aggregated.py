"""Parses what aggregators and alerts deliver: headlines of others, each with its link and the outlet it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from briefing.model import Note, RawArticle
from briefing.sources.character_references import unescape
from briefing.sources.metadata import one_line, web_address

HEADLINE = 25  # characters from which a link's text is a headline, not "Comments"
OUTLET = 60  # characters of an outlet's name at most
MOST = 100  # headlines of one item or mail
_LINK = re.compile(r"<a(?=[\s>])([^>]*)>(.*?)</a>", re.DOTALL)
_HREF = re.compile(r'\shref="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_ENDS = re.compile(r"</(?:div|p|td|tr|li|table)>")
_BREAKS_OFF = re.compile(r"(?:\.\.\.|…)\W*\Z")
_WHOLE = re.compile(r"[.!?…][\"”’»]?\s")
_ALERT = re.compile(r"^google[\s-]*(?:alerts?|news)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline of another outlet."""

    title: str
    url: str = ""
    outlet: str = ""  # as the aggregator names it; empty when it does not
    snippet: str = ""  # what it quotes below


def headlines_in(markup: str) -> tuple[Headline, ...]:
    """Return the headlines that a list of links holds, each with the name beside its link.

    Args:
        markup: Of a plain fragment, as `prose` left it.
    """
    links = list(_LINK.finditer(markup))
    found = []
    for link, end in zip(links, [*(link.start() for link in links[1:]), len(markup)], strict=True):
        title, beside = _text(link[2]), _text(markup[link.end() : end]).strip(" |–—-·•")
        if len(title) >= HEADLINE:
            found.append(Headline(title, _address(link[1]), beside if len(beside) <= OUTLET else ""))
    return tuple(found[:MOST])


def alerted(markup: str) -> tuple[Headline, ...]:
    """Return what a mail of alerts announces: by links through Google's redirect, each with outlet and snippet.

    Args:
        markup: Of the mail, as `prose` left it.
    """
    links = [link for link in _LINK.finditer(markup) if _redirected(_href(link[1])) and len(_text(link[2])) >= HEADLINE]
    return tuple(islice(_alerts(markup, links), MOST))


def _alerts(markup: str, links: Sequence[re.Match[str]]) -> Iterator[Headline]:
    ends = [*(link.start() for link in links[1:]), len(markup)]
    for link, end in zip(links, ends, strict=True):
        below = markup[link.end() : end]
        named = _LINK.search(below)
        outlet = _text(named[2]) if named and not _text(below[: named.start()]) else ""
        rest = below[named.end() :] if named and outlet else below
        quoted = next(filter(None, map(_text, _ENDS.split(_LINK.split(rest)[0]))), "")
        yield Headline(_text(link[2]), _address(link[1]), outlet[:OUTLET], quoted)


def is_alert(name: str) -> bool:
    """Return whether a feed's title or a mail's sender is that of an aggregator that quotes others."""
    return _ALERT.match(name) is not None


def leads_to(url: str) -> str:
    """Return the address a link leads to: that within Google's redirect, else the link itself."""
    return _redirected(url) or url


def headline_articles(raw: RawArticle, headlines: Sequence[Headline], shown: str) -> tuple[RawArticle, ...]:
    """Return headlines as articles of the outlets they name; the first has the item's own key, the others a number.

    Args:
        raw: The item they stand in: its input, dates, feed, language.
        headlines: At least one.
        shown: How a message names the item.
    """
    first, *others = headlines
    return (
        _article(raw, first, shown),
        *(
            _article(replace(raw, input=f"{raw.input}.{number}", guid=""), other, shown)
            for number, other in enumerate(others, 2)
        ),
    )


def _article(raw: RawArticle, headline: Headline, shown: str) -> RawArticle:
    """Return a headline as an article: its text is what is quoted of the article, else the headline itself."""
    quotes = headline.snippet and not (_BREAKS_OFF.search(headline.snippet) and not _WHOLE.search(headline.snippet))
    title = _without_outlet(headline.title, headline.outlet)
    note = Note("W_TEASER", f"{shown} is a headline that leads to another outlet; its text is there.")
    return replace(
        raw,
        text=headline.snippet if quotes else title,
        kind="feed" if quotes else "headline",
        title=title,
        outlet=headline.outlet,
        byline="",
        url=headline.url,
        notes=(*raw.notes, note),
    )


def _without_outlet(title: str, outlet: str) -> str:
    """Return a headline without the outlet that an aggregator puts behind it."""
    for dash in (" - ", " – ", " | "):
        if outlet and title.endswith(dash + outlet):
            return title.removesuffix(dash + outlet).rstrip()
    return title


def _text(markup: str) -> str:
    return one_line(unescape(_TAG.sub(" ", markup)))


def _href(attributes: str) -> str:
    found = _HREF.search(attributes)
    return unescape(found[1]) if found else ""


def _address(attributes: str) -> str:
    return web_address(leads_to(_href(attributes)))


def _redirected(url: str) -> str:
    """Return the address within a link through Google's redirect; empty for any other link."""
    try:
        parts = urlsplit(url)
        asked = parse_qs(parts.query, max_num_fields=20)
    except ValueError:
        return ""
    if parts.path != "/url" or not re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,10}", parts.hostname or ""):
        return ""
    return web_address(next(iter(asked.get("url") or asked.get("q") or ()), ""))
