"""Runs all checks on an edition and its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from briefing.model import SCHEMA, Article, Edition
from briefing.stages.proof.earlier import check_earlier, check_states, check_withdrawn
from briefing.stages.proof.fields import check_against
from briefing.stages.proof.finding import Finding, Verification
from briefing.stages.proof.inputs import check_accounted, check_inputs
from briefing.stages.proof.judged import (
    check_set_apart,
    check_set_apart_against,
    check_verdicts,
    is_judged_again,
)
from briefing.stages.proof.listed import check_sources
from briefing.stages.proof.sentences import check_receipts, check_sentences
from briefing.stages.proof.sources_read import Given
from briefing.stages.proof.structure import check_structure, cites_only_what_it_lists
from briefing.stages.proof.words import check_words


def verify_edition(
    edition: Edition,
    articles: Mapping[str, Article] | None,
    given: Given | None = None,
    earlier: Mapping[date, Edition] | None = None,
    *,
    same_program: bool = True,
) -> Verification:
    """Return the proof of every printed sentence, of every field beside it, and of how the parts fit together.

    What the editor wrote is set apart in the issue, counted here, and proved by nothing.

    Args:
        edition: The issue.
        articles: Article id → article as cleaning makes it of the sources today; None when the sources are not at
            hand: then only the receipts and the issue file itself are checked.
        given: What else the sources give; None leaves out what it is compared with.
        earlier: Day → the edition of that day, of the days it speaks of; those that are not at hand prove nothing.
        same_program: Whether the very program that made it reads the sources. Of another one, what is read
            differently is no finding where the words themselves stand in the sources.
    """
    sentences = sum(1 for _ in edition.walk())
    if edition.written_as < SCHEMA:
        return Verification(sentences, len(edition.sources), (too_old(edition),), len(edition.editors_words))
    findings = [*check_structure(edition), *check_receipts(edition)]
    if cites_only_what_it_lists(edition):
        findings += [*check_set_apart(edition), *check_states(edition), *check_earlier(edition, earlier or {})]
    otherwise = [*_read_again(edition, articles, given)]
    if otherwise and given is not None and not same_program:
        findings += [*check_words(edition, given.texts), *check_accounted(edition, given)]
    else:
        findings, otherwise = [*findings, *otherwise], []
    return Verification(
        sentences,
        len(edition.sources),
        tuple(findings),
        len(edition.editors_words),
        is_judged_again=given is not None and is_judged_again(edition),
        against_the_judge=sum(cited.by_editor for _, cited in edition.walk()),
        read_otherwise=tuple(otherwise),
    )


def _read_again(edition: Edition, articles: Mapping[str, Article] | None, given: Given | None) -> Iterator[Finding]:
    """Yield what differs from what this program makes of the sources."""
    if articles is not None:
        yield from check_sentences(edition, articles)
        yield from check_sources(edition, articles)
        yield from check_withdrawn(edition, articles)
        yield from check_set_apart_against(edition, articles)
    if given is not None and cites_only_what_it_lists(edition):
        yield from check_against(edition, given)
        yield from check_inputs(edition, given)
        yield from check_verdicts(edition, given)


def too_old(edition: Edition) -> Finding:
    """Return what is said of an edition whose issue file was written in an earlier schema: it cannot be proved."""
    return Finding(
        "issue file",
        f"It was written in schema {edition.written_as}, which lacks what a proof needs; it can be read and rendered. "
        "Prove it with the version that built it, or build it again.",
    )


def naming_version(proof: Verification, made_by: str, checked_by: str) -> Verification:
    """Return a proof that has findings with one more when another version of the program made the edition.

    Args:
        proof: What was found.
        made_by: Version that built the edition; empty when its issue file does not say.
        checked_by: Version that proves it.
    """
    if proof.ok or made_by == checked_by:
        return proof
    made = f"version {made_by}" if made_by else "a version that it does not name"
    problem = (
        f"It was built by {made} and is checked by {checked_by}, which may clean, split, attribute or print otherwise: "
        f"check it with {made} before you blame the edition."
    )
    return replace(proof, findings=(*proof.findings, Finding("program", problem)))
