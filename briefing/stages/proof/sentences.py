"""Checks every printed sentence against its receipt and its article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.model import Article, CitedSentence, Edition, PrintedSentence, Receipt, Source
from briefing.model.walk import Place
from briefing.stages.proof.finding import Finding
from briefing.text.quote_marks import closes_within


def check_receipts(edition: Edition) -> Iterator[Finding]:
    """Yield the printed sentences that are not the words their receipts were made for."""
    listed = edition.by_article
    for place, cited in printed_sentences(edition):
        r = cited.receipt  # of what no source has `check_structure` says so
        if r.article_id in listed and Receipt.made(r.article_id, r.start, r.end, cited.text, r.of) != r:
            yield Finding(place, "Its words are not those the receipt was made for.")


def check_sentences(edition: Edition, articles: Mapping[str, Article]) -> Iterator[Finding]:
    """Yield the printed sentences that do not stand in their articles where their receipts say.

    Args:
        edition: The issue.
        articles: Article id → article as cleaning makes it of the sources today.
    """
    listed = edition.by_article
    for place, cited in printed_sentences(edition):
        if cited.article_id in listed:
            yield from _check(place, cited, listed[cited.article_id], articles.get(cited.article_id))


def printed_sentences(edition: Edition) -> Iterator[tuple[str, CitedSentence]]:
    """Yield every printed sentence with what the place it is printed at is called."""
    for place, cited in edition.walk():
        yield place_name(edition, place), cited


def place_name(edition: Edition, place: Place) -> str:
    """Return what a place of `Edition.walk` is called in a finding: "item 3, sentence 1"."""
    match place:
        case ("key_points", int(n), *_):
            return f"key point {n + 1}"
        case ("sections", int(n), "stories", int(i), "summary", int(at)):
            return f"item {edition.sections[n].stories[i].number}, sentence {at + 1}"
        case ("sections", int(n), "stories", int(i), "views", int(v), "summary", int(at)):
            story = edition.sections[n].stories[i]
            return f"item {story.number} in the {story.views[v].theme} digest, sentence {at + 1}"
        case ("sections", int(n), "passages", int(i), "sentences", int(at)):
            return f"passage {i + 1} on {edition.sections[n].name}, sentence {at + 1}"
        case ("accounts", int(n), "figures", int(at), *_):
            return f"differing accounts {n + 1}, sentence {at + 1}"
        case ("statements", int(n), *_):
            return f"statement {n + 1}"
        case ("sources", int(n), "summary", int(at)):
            return f"source {edition.sources[n].number} in short, sentence {at + 1}"
        case ("corrections", int(n), *_):
            return f"correction {n + 1}, sentence 1"
    return ".".join(map(str, place))


def earlier_sentences(edition: Edition) -> Iterator[tuple[str, PrintedSentence]]:
    """Yield every sentence of an earlier edition that is printed again, with the place it is printed at."""
    for story in edition.stories:
        yield from ((f"item {story.number}, known before", known) for known in story.known)
    yield from ((f"correction {n}", correction.old) for n, correction in enumerate(edition.corrections, 1))


def _check(place: str, cited: CitedSentence, source: Source, article: Article | None) -> Iterator[Finding]:
    receipt = cited.receipt
    if article is None:
        yield Finding(place, f"Its article is not among the sources given: {source.input}.")
    elif _spanned(article, receipt) != cited.text:
        yield Finding(place, f"{source.input} does not say this at that place.")
    elif receipt.of == "body" and not closes_within(article.body, receipt.start, receipt.end):
        yield Finding(place, f"A quotation in it is not closed in {source.input}.")


def _spanned(article: Article, receipt: Receipt) -> str:
    """Return what an article has at the place of a receipt."""
    return (article.title if receipt.of == "title" else article.body)[receipt.start : receipt.end]
