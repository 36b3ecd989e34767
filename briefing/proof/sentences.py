"""An edition and the articles it cites → proof, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.model import Article, CitedSentence, Edition, Receipt, Source

_CLOSING = {"“": "”", "«": "»", "„": "“"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that cannot be proved."""

    place: str  # where it is printed, such as "item 3, sentence 2"
    problem: str  # a sentence


@dataclass(frozen=True, slots=True)
class Verification:
    """What a proof found."""

    sentences: int  # how many printed sentences were checked
    sources: int  # how many articles they cite
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Return whether everything was proved."""
        return not self.findings


def verify_edition(edition: Edition, articles: Mapping[str, Article] | None) -> Verification:
    """Return the proof of every printed sentence and of every source's title, outlet, byline and link.

    Args:
        edition: The issue.
        articles: Article id → article as cleaning makes it of the sources today; None when the sources are not at
            hand: then only the receipts are checked against the text they stand beside.
    """
    printed = list(printed_sentences(edition))
    findings = [f for place, cited in printed for f in _check(place, cited, edition, articles)]
    if articles is not None:
        findings += [f for source in edition.sources for f in _check_source(source, articles)]
    return Verification(len(printed), len(edition.sources), tuple(findings))


def printed_sentences(edition: Edition) -> Iterator[tuple[str, CitedSentence]]:
    """Yield every printed sentence with the place it is printed at, in the order of the page."""
    for n, point in enumerate(edition.key_points, 1):
        yield f"key point {n}", point.sentence
    for section in edition.sections:
        for story in section.stories:
            yield from _numbered(f"item {story.number}", story.summary)
            yield from _numbered(f"item {story.number}, known before", story.known)
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


def _numbered(place: str, sentences: tuple[CitedSentence, ...]) -> Iterator[tuple[str, CitedSentence]]:
    for n, sentence in enumerate(sentences, 1):
        yield f"{place}, sentence {n}", sentence


def _check(
    place: str, cited: CitedSentence, edition: Edition, articles: Mapping[str, Article] | None
) -> Iterator[Finding]:
    receipt = cited.receipt
    if not 1 <= cited.source <= len(edition.sources):
        yield Finding(place, f"It cites source {cited.source}, which is not in the list.")
        return
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


def _check_source(source: Source, articles: Mapping[str, Article]) -> Iterator[Finding]:
    place = f"source {source.number}"
    article = articles.get(source.article_id)
    if article is None:
        yield Finding(place, f"No article among the sources given is {source.input}.")
        return
    for name in ("outlet", "byline", "wire", "url"):
        if getattr(source, name) != getattr(article, name):
            yield Finding(place, f"Its {name} is not what {source.input} gives.")
    if source.untitled:
        if source.title not in article.body:
            yield Finding(place, f"Its first sentence is not in {source.input}.")
    elif source.title != article.title:
        yield Finding(place, f"Its title is not the headline of {source.input}.")
    if source.published != article.published:
        yield Finding(place, f"Its date is not what {source.input} gives.")
