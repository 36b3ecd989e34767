"""Checks the fields beside the sentences against the sources: kinds, figures, speakers, links, headlines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from briefing.model import Article, CitedOrigin, CitedSentence, CitedStatement, Edition, Source
from briefing.stages.proof.borders import forms_of, sentences_of_span
from briefing.stages.proof.finding import Finding
from briefing.stages.proof.judged import is_judged_again
from briefing.stages.proof.sentences import printed_sentences
from briefing.stages.proof.sources_read import Given
from briefing.text import aliases
from briefing.text.dates import dates_in
from briefing.text.languages import language_of
from briefing.text.numerals import numbers
from briefing.text.sentence_edges import trimmed
from briefing.text.terms import content_set, jaccard

Findings = Iterator[Finding]

_WORD = re.compile(r"\w+")
_HEADING = 100  # code points; a first sentence that stands for a headline is shown whole up to more than this


def check_against(edition: Edition, given: Given) -> Findings:
    """Yield the fields beside printed sentences that differ from what the sources give."""
    for check in CHECKS:
        yield from check(edition, given)


def _proved(edition: Edition, given: Given) -> Iterator[tuple[str, CitedSentence, Article]]:
    """Yield the printed sentences that stand in their article word for word; others fail by their receipt already."""
    for place, cited in printed_sentences(edition):
        article = given.articles.get(cited.receipt.article_id)
        in_body = cited.receipt.of == "body"  # a headline is no sentence: it has no kind, and names no day
        if article and in_body and article.body[cited.receipt.start : cited.receipt.end] == cited.text:
            yield place, cited, article


def _whole_sentences(edition: Edition, given: Given) -> Findings:
    """Yield the sentences that are not whole, and those whose kind is wrong."""
    forms = {key: forms_of(sentences) for key, sentences in given.sentences.items()}
    for place, cited, article in _proved(edition, given):
        span = cited.receipt.start, cited.receipt.end
        held = sentences_of_span(*span, forms.get(article.id, ()), several=place.startswith("statement"))
        if not held:
            yield Finding(place, f"It begins or ends within a sentence of {_name(edition, article)}.")
        elif is_judged_again(edition) and cited.kind != given.kinds.get((article.id, held[0]), ""):
            yield Finding(place, f"Its kind is not {cited.kind or 'empty'} by its form.")


def _name(edition: Edition, article: Article) -> str:
    return next((s.input for s in edition.sources if s.article_id == article.id), article.id)


def _days(edition: Edition, given: Given) -> Findings:
    for place, cited, article in _proved(edition, given):
        near = article.published.date() if article.published else None
        found = [(cited.text[a:b], day) for a, b, day in dates_in(cited.text, near, language_of(article))]
        if [(said.words, said.day) for said in cited.dates] != found:
            yield Finding(place, "The days it is said to name are not those it names.")


def _supports(edition: Edition, given: Given) -> Findings:
    listed = edition.by_article
    for place, cited, article in _proved(edition, given):
        for other in (listed[key] for key in cited.support):
            if not _says_the_same(cited.text, article, other.article_id, given):
                yield Finding(
                    place, f"Source {other.number}, named as its support, does not say the same: {other.input}."
                )


def _says_the_same(text: str, article: Article, other: str, given: Given) -> bool:
    """Return whether some sentence of another article shares enough words and has the same figures."""
    language = language_of(article)
    mine, figures = content_set(text, language), numbers(text, language)
    return any(
        numbers(s.text, language) == figures and jaccard(mine, content_set(s.text, language)) >= given.says_the_same
        for s in given.sentences.get(other, ())
    )


def _statements(edition: Edition, given: Given) -> Findings:
    for n, said in enumerate(edition.statements, 1):
        article = given.articles.get(said.sentence.receipt.article_id)
        if article is None:
            continue  # its sentence says so
        for name in ("speaker", "role", "verb"):
            if not _in_words_of(getattr(said, name), article):
                yield Finding(f"statement {n}", f"Its {name} is not in the words of {_name(edition, article)}.")
        if said.person and not _is_full_name(said, given):
            yield Finding(f"statement {n}", f"No source names {said.speaker} as {said.person}.")
        yield from _attribution(f"statement {n}", said, edition, given)


def _is_full_name(said: CitedStatement, given: Given) -> bool:
    """Return whether an article gives the name a speaker is listed under, and it is of the same surname."""
    named = any(said.person in f"{a.title}\n{a.body}" for a in given.articles.values())
    return named and aliases.surname(said.person) == aliases.surname(said.speaker)


def _attribution(place: str, said: CitedStatement, edition: Edition, given: Given) -> Findings:
    """Yield the fields of a statement that are not read from its article today."""
    receipt = said.sentence.receipt
    name = edition.source(said.sentence.article_id).input
    found = [
        s
        for s in given.statements.get(receipt.article_id, ())
        if s.quotation == said.quotation and (s.sentence.start, s.sentence.end) == (receipt.start, receipt.end)
    ]
    if not found:
        yield Finding(place, f"Its quotation is not one that {name} gives to a speaker there.")
    elif (said.speaker, said.role, said.verb) not in [(s.speaker, s.role, s.verb) for s in found]:
        yield Finding(place, f"{name} gives its quotation to {found[0].speaker}, {found[0].role or 'without a role'}.")


def _in_words_of(text: str, article: Article) -> bool:
    return set(_WORD.findall(text.lower())) <= set(_WORD.findall(f"{article.title}\n{article.body}".lower()))


def _figures(edition: Edition, given: Given) -> Findings:
    for n, account in enumerate(edition.accounts, 1):
        place = f"differing accounts {n}"
        printed = [given.articles.get(f.sentence.receipt.article_id) for f in account.figures]
        if account.about not in given.units and not any(a and _in_words_of(account.about, a) for a in printed):
            yield Finding(place, f"What it is about is neither a unit nor words of its sources: {account.about!r}.")
        for figure in account.figures:
            stated = given.figures.get(figure.sentence.receipt.article_id, frozenset())
            if not any(
                (printed, value, unit) == (figure.printed, figure.value, figure.unit)
                and start == figure.sentence.receipt.start
                for start, printed, value, unit in stated
            ):
                yield Finding(
                    place, f"Its sentence does not state {figure.printed!r} as {figure.value:g} {figure.unit}."
                )


def _newest(edition: Edition, given: Given) -> Findings:
    listed, merged = edition.by_article, _merged_into(edition)
    for story in edition.stories:
        own = [listed[key].published for key in story.sources]
        copies = (*_copies(story.sources, listed, merged, given), *_roundups_of(given), *_corrected(edition, given))
        copied = [a.published for a in copies]
        latest = max((moment for moment in own if moment), default=None)
        if story.newest not in [latest, *(c for c in copied if c and (latest is None or c > latest))]:
            yield Finding(f"item {story.number}", "Its newest report is not of the day it says.")


def _merged_into(edition: Edition) -> dict[str, list[str]]:
    """Return the ids of the articles that the ledger says were merged, by the input they were merged into."""
    merged: dict[str, list[str]] = {}
    for entry in edition.ledger:
        if entry.into:
            merged.setdefault(entry.into, []).append(entry.article_id)
    return merged


def _copies(
    ids: Sequence[str], listed: Mapping[str, Source], merged: Mapping[str, Sequence[str]], given: Given
) -> list[Article]:
    """Return the articles that were merged into some sources."""
    copies = (copy for key in ids for copy in merged.get(listed[key].input, ()))
    return [given.articles[copy] for copy in copies if copy in given.articles]


def _roundups_of(given: Given) -> list[Article]:
    """Return the round-ups, any part of which may be a copy merged into another article."""
    return [given.articles[key] for key in given.roundups]


def _corrected(edition: Edition, given: Given) -> list[Article]:
    """Return the articles that corrections cite, any of which may be a copy of another article today."""
    ids = {correction.article_id for correction in edition.corrections}
    return [given.articles[key] for key in sorted(ids) if key in given.articles]


def _origins(edition: Edition, given: Given) -> Findings:
    listed, merged = edition.by_article, _merged_into(edition)
    for story in edition.stories:
        for origin in story.origins:
            if origin.sources:
                members = [given.articles[key] for key in origin.sources if key in given.articles]
                members += _copies(origin.sources, listed, merged, given)
                unlisted = (*_corrected(edition, given), *_roundups_of(given), *_told_elsewhere(edition, given))
                with_copies = [[*members, copy] for copy in unlisted]
                if not any(_is_of(origin, several) for several in (members, *with_copies)):
                    said = f"None of its sources is of {origin.name!r}, {origin.kind}."
                    yield Finding(f"item {story.number}", said)


def _told_elsewhere(edition: Edition, given: Given) -> list[Article]:
    """Return the articles left out: what a round-up among them tells may be a copy of an item's source."""
    ids = [entry.article_id for entry in edition.ledger if entry.fate == "left out"]
    return [given.articles[key] for key in ids if key in given.articles]


def _is_of(origin: CitedOrigin, members: Sequence[Article]) -> bool:
    """Return whether an origin is the agency of its articles, or the outlet of one where none names an agency."""
    wires = {a.wire for a in members if a.wire}
    names = wires or {a.outlet for a in members if a.outlet} or {""}
    return origin.name in names and bool(wires) == (origin.kind == "agency")


def _headings(edition: Edition, given: Given) -> Findings:
    for source in edition.sources:
        article = given.articles.get(source.article_id)
        if article is None or article.title or not source.untitled:
            continue
        texts = [s.text for s in trimmed(given.sentences.get(article.id, ()))]
        if not any(_heads(source.title, text) for text in texts):
            yield Finding(f"source {source.number}", f"Its heading is not a sentence of {source.input}.")


def _headlines(edition: Edition, given: Given) -> Findings:
    """Yield the headlines of items that their receipts do not prove."""
    for story in edition.stories:
        receipt = story.headline_receipt
        article = given.articles.get(receipt.article_id)
        text = (article.title if receipt.of == "title" else article.body) if article else story.headline
        if article and text[receipt.start : receipt.end] != story.headline:
            yield Finding(
                f"item {story.number}", f"{_name(edition, article)} does not have its headline at that place."
            )


def _roundups(edition: Edition, given: Given) -> Findings:
    for source in edition.sources:
        if source.article_id in given.articles and source.parts != given.roundups.get(source.article_id, ()):
            yield Finding(f"source {source.number}", f"{source.input} does not tell its events where it is said to.")


def _heads(title: str, sentence: str) -> bool:
    return title == sentence or (len(title) >= _HEADING and sentence.startswith(title))


#: What the sources must give, one check each.
CHECKS: tuple[Callable[[Edition, Given], Findings], ...] = (
    _headings,
    _headlines,
    _roundups,
    _whole_sentences,
    _days,
    _supports,
    _statements,
    _figures,
    _newest,
    _origins,
)
