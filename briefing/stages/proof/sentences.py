"""An edition and the articles it cites → proof, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.model import Article, CitedSentence, Edition, PrintedSentence, Receipt
from briefing.stages.proof.finding import Finding

_CLOSING = {"“": "”", "«": "»", "„": "“"}


def check_sentences(edition: Edition, articles: Mapping[str, Article] | None) -> Iterator[Finding]:
    """Yield what of the printed sentences their receipts do not prove.

    Args:
        edition: The issue.
        articles: Article id → article as cleaning makes it of the sources today; None when the sources are not at
            hand: then only the receipts are checked against the text they stand beside.
    """
    for place, cited in printed_sentences(edition):
        yield from _check(place, cited, edition, articles)


def printed_sentences(edition: Edition) -> Iterator[tuple[str, CitedSentence]]:
    """Yield every printed sentence with the place it is printed at, in the order of the page."""
    for n, point in enumerate(edition.key_points, 1):
        yield f"key point {n}", point.sentence
    for section in edition.sections:
        for story in section.stories:
            yield from _numbered(f"item {story.number}", story.summary)
            for view in story.views:
                yield from _numbered(f"item {story.number} as the {view.theme} digest tells it", view.summary)
        for n, passage in enumerate(section.passages, 1):
            yield from _numbered(f"passage {n} on {section.name}", passage.sentences)
    for n, account in enumerate(edition.accounts, 1):
        yield from _numbered(f"differing accounts {n}", tuple(f.sentence for f in account.figures))
    for n, said in enumerate(edition.statements, 1):
        yield f"statement {n}", said.sentence
    for source in edition.sources:
        yield from _numbered(f"source {source.number} in short", source.summary)
    for n, correction in enumerate(edition.corrections, 1):
        yield from _numbered(f"correction {n}", (correction.new,) if correction.new else ())


def earlier_sentences(edition: Edition) -> Iterator[tuple[str, PrintedSentence]]:
    """Yield every sentence of an earlier edition that is printed again, with the place it is printed at."""
    for story in edition.stories:
        yield from ((f"item {story.number}, known before", known) for known in story.known)
    yield from ((f"correction {n}", correction.old) for n, correction in enumerate(edition.corrections, 1))


def _numbered(place: str, sentences: tuple[CitedSentence, ...]) -> Iterator[tuple[str, CitedSentence]]:
    for n, sentence in enumerate(sentences, 1):
        yield f"{place}, sentence {n}", sentence


def _check(
    place: str, cited: CitedSentence, edition: Edition, articles: Mapping[str, Article] | None
) -> Iterator[Finding]:
    receipt = cited.receipt
    if not 1 <= cited.source <= len(edition.sources):
        return  # `check_structure` says so
    source = edition.source(cited.source)
    if source.article_id != receipt.article_id:
        yield Finding(place, f"Its receipt names another article than source {cited.source}.")
    if Receipt.of(receipt.article_id, receipt.start, receipt.end, cited.text) != receipt:
        yield Finding(place, "Its words are not those the receipt was made for.")
    if articles is None:
        return
    article = articles.get(receipt.article_id)
    if article is None:
        yield Finding(place, f"Its article is not among the sources given: {source.input}.")
    elif article.body[receipt.start : receipt.end] != cited.text:
        yield Finding(place, f"{source.input} does not say this at that place.")
    elif not _quotations_close(article, receipt):
        yield Finding(place, f"A quotation in it is not closed in {source.input}.")


def _quotations_close(article: Article, receipt: Receipt) -> bool:
    """Return whether each quotation opened in the span is closed in it or later in the paragraphs that follow."""
    text = article.body[receipt.start : receipt.end]
    for opening, closing in _CLOSING.items():
        missing = text.count(opening) - text.count(closing)
        if missing > 0 and article.body.count(closing, receipt.end) < missing:
            return False
    return True
