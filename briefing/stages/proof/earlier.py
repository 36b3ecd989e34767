"""Checks what an edition says of earlier ones: that it is consistent, and that they printed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from briefing.model import Article, Edition, EditionStory, PrintedSentence, Receipt
from briefing.stages.proof.finding import Finding
from briefing.stages.proof.sentences import earlier_sentences, printed_sentences

Findings = Iterator[Finding]


def check_states(edition: Edition) -> Findings:
    """Yield contradictions in what an edition says of earlier days; needs the issue file alone."""
    for check in CHECKS:
        yield from check(edition)


def days_named(edition: Edition) -> tuple[date, ...]:
    """Return the days of the earlier editions that an edition names, in order."""
    days = {earlier.day for _, earlier in earlier_sentences(edition)}
    days |= {story.last_printed.day for story in edition.stories if story.last_printed}
    return tuple(sorted(days | {quiet.last for quiet in edition.quiet}))


def check_earlier(edition: Edition, earlier: Mapping[date, Edition]) -> Findings:
    """Yield statements on earlier editions that those editions do not bear out.

    Args:
        edition: The issue.
        earlier: Day → the edition of that day, as far as they are at hand.
    """
    for place, sentence in earlier_sentences(edition):
        then = earlier.get(sentence.day)
        if then and sentence.receipt not in {cited.receipt for _, cited in printed_sentences(then)}:
            yield Finding(place, f"The edition of {sentence.day} does not print it.")
    for story in edition.stories:
        yield from _printing(story, earlier)
    for n, quiet in enumerate(edition.quiet, 1):
        then = earlier.get(quiet.last)
        if then and (quiet.item, quiet.headline) not in {(s.number, s.headline) for s in then.stories}:
            yield Finding(f"gone quiet {n}", f"Item {quiet.item} of {quiet.last} is not {quiet.headline!r}.")


def check_withdrawn(edition: Edition, articles: Mapping[str, Article]) -> Findings:
    """Yield the corrections of sentences that their article still has word for word."""
    for n, correction in enumerate(edition.corrections, 1):
        article = articles.get(correction.old.receipt.article_id)
        if article and correction.old.text in article.body:
            yield Finding(f"correction {n}", "Its source still says what it is said to have taken back.")


def _printing(story: EditionStory, earlier: Mapping[date, Edition]) -> Findings:
    last = story.last_printed
    then = earlier.get(last.day) if last else None
    if last is None or then is None:
        return
    before = next((s for s in then.stories if s.number == last.item), None)
    if before is None:
        yield Finding(f"item {story.number}", f"The edition of {last.day} has no item {last.item}.")
    elif story.since != (before.since or last.day) and before.state != "new":
        yield Finding(f"item {story.number}", f"Item {last.item} of {last.day} is known since {before.since}.")


def _states(edition: Edition) -> Findings:
    for story in edition.stories:
        place = f"item {story.number}"
        if (story.state == "new") != (story.since is None) or (story.since is None) != (story.last_printed is None):
            yield Finding(place, f"It is {story.state}, which does not go with where it is said to stand before.")
        if story.state == "unchanged" and (story.summary or story.known):
            yield Finding(place, "It is unchanged and is told all the same.")
        if story.state == "new" and story.known:
            yield Finding(place, "It is new and was known before.")


def _days(edition: Edition) -> Findings:
    first = edition.imprint.first_day or edition.day
    for story in edition.stories:
        last = story.last_printed
        if story.since and last and not story.since <= last.day < first:
            yield Finding(f"item {story.number}", "Its earlier days are not before the edition, or not in their order.")
    for n, quiet in enumerate(edition.quiet, 1):
        if not quiet.first <= quiet.last < first:
            yield Finding(f"gone quiet {n}", "Its days are not before the edition, or not in their order.")
    said = [(place, earlier.day) for place, earlier in earlier_sentences(edition)]
    said += [(place, cited.before) for place, cited in printed_sentences(edition) if cited.before]
    for place, day in said:
        if day >= first:
            yield Finding(place, f"It cannot have been printed before on {day}.")


def _corrections(edition: Edition) -> Findings:
    listed = edition.by_article
    for n, correction in enumerate(edition.corrections, 1):
        source = listed[correction.article_id]
        if source.article_id != correction.old.receipt.article_id:
            yield Finding(f"correction {n}", f"What it corrects is not from source {source.number}.")
        if correction.new and correction.new.article_id != correction.article_id:
            yield Finding(f"correction {n}", "What is said now is from another source.")


def _receipts(edition: Edition) -> Findings:
    for place, earlier in earlier_sentences(edition):
        if not _is_sealed(earlier):
            yield Finding(place, "Its words are not those the receipt was made for.")


def _is_sealed(sentence: PrintedSentence) -> bool:
    receipt = sentence.receipt
    return Receipt.made(receipt.article_id, receipt.start, receipt.end, sentence.text) == receipt


#: What holds of every sound edition, one check each.
CHECKS: tuple[Callable[[Edition], Findings], ...] = (_states, _days, _corrections, _receipts)
