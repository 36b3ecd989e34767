"""Visits a site: its sitemap, or a page that lists its articles, and the pages they link to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing.errors import ArticleError
from briefing.model import Input, Note
from briefing.sources.isolated import apart
from briefing.sources.visits.context import Brought, Errand, same_host
from briefing.sources.web import Fetched
from briefing.sources.web.bodies import gunzip
from briefing.sources.web.listing import article_links
from briefing.sources.web.sitemap import Listed, is_sitemap, latest_first, read_sitemap

MAX_MAPS = 10  # sitemaps of an index that are read in one visit


def visit_site(errand: Errand) -> Brought:
    """Return a site's articles that are new or may have changed, of its ``most`` latest.

    Raises:
        ArticleError: The list cannot be had, or lists nothing that looks like an article.
    """
    fetched = errand.source()
    if fetched.unchanged:
        return Brought(fetched=fetched)
    listed, notes = _listed(errand, _unpacked(fetched))
    # The latest so many, not the next so many: what was listed before the first visit is nobody's news.
    latest = [address for address in listed if same_host(address, fetched.url)][: errand.subscription.most]
    if not latest:
        message = f"Nothing at {fetched.url} looks like a link to an article."
        raise ArticleError(message, "Give a page that lists articles, or the site's sitemap.", code="E_EMPTY")
    inputs = tuple(_pages(errand, latest))
    return Brought(inputs, (*fetched.notes, *notes), fetched, errand.complete)


def _pages(errand: Errand, addresses: list[str]) -> Iterator[Input]:
    for address in addresses:
        known = errand.known(address)
        if (not known or errand.is_time_again(address)) and errand.may_fetch():
            page = errand.page(address)
            if page.articles or not known:  # as for a feed: what cannot be had today is no correction
                yield page


def _unpacked(fetched: Fetched) -> Fetched:
    """Return a response, decompressed if it is the gzip file that sitemaps often are."""
    return replace(fetched, blob=gunzip(fetched.blob, fetched.url))


def _listed(errand: Errand, fetched: Fetched) -> tuple[tuple[str, ...], list[Note]]:
    """Return the addresses of a list of articles, the latest first, and which part of it could not be read."""
    name = errand.subscription.name
    if not is_sitemap(fetched.blob):
        return apart(article_links, fetched.opened(name, ".html"), fetched.url), []
    sitemap = apart(read_sitemap, fetched.opened(name, ".xml"))
    if not sitemap.is_index:
        return latest_first(sitemap.entries), []
    maps = [address for address in latest_first(sitemap.entries) if same_host(address, fetched.url)]
    entries: list[Listed] = []
    notes: list[Note] = []
    for address in maps[:MAX_MAPS]:
        try:
            entries += _part(errand, address)
        except ArticleError as error:
            notes.append(Note("W_SITEMAP_SKIPPED", f"{name}: a part of its sitemap was left out. {error.message}"))
    return latest_first(entries), notes


def _part(errand: Errand, address: str) -> tuple[Listed, ...]:
    part = _unpacked(errand.session.get(address))
    sitemap = apart(read_sitemap, part.opened(f"{errand.subscription.name}/{address}", ".xml"))
    return () if sitemap.is_index else sitemap.entries
