"""Checks the list of sources against their articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.model import Article, Edition, Source
from briefing.stages.proof.finding import Finding
from briefing.text.languages import code_of

_FIELDS = ("outlet", "byline", "wire", "url")
_DATED = ("precision", "evidence")


def check_sources(edition: Edition, articles: Mapping[str, Article]) -> Iterator[Finding]:
    """Yield the fields of listed sources that their articles do not prove: title, outlet, byline, address, date …"""
    for source in edition.sources:
        yield from _check(source, articles)


def _check(source: Source, articles: Mapping[str, Article]) -> Iterator[Finding]:
    place = f"source {source.number}"
    article = articles.get(source.article_id)
    if article is None:
        yield Finding(place, f"No article among the sources given is {source.input}.")
        return
    for name in _FIELDS:
        if getattr(source, name) != getattr(article, name):
            yield Finding(place, f"Its {name} is not what {source.input} gives.")
    if source.language not in (article.language, article.language or code_of(article)):  # of old editions as stated
        yield Finding(place, f"Its language is not what {source.input} states or shows.")
    if source.untitled != (not article.title):
        yield Finding(place, f"It is said to be {'un' * source.untitled}titled, which {source.input} is not.")
    elif source.untitled and (not source.title or source.title not in article.body):
        yield Finding(place, f"Its first sentence is not in {source.input}.")
    elif not source.untitled and source.title != article.title:
        yield Finding(place, f"Its title is not the headline of {source.input}.")
    if source.published != article.published:
        yield Finding(place, f"Its date is not what {source.input} gives.")
    for name in _DATED:
        if getattr(source, name) != (getattr(article.date, name) if article.date else ""):
            yield Finding(place, f"The {name} of its date is not what {source.input} gives.")
    if source.date_clue != (article.date.clue if article.date else ""):
        yield Finding(place, f"Its date was not read from {source.date_clue!r} in {source.input}.")
