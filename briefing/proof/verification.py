"""An edition and its sources → proof of all that can be proved of it."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.model import Article, Edition
from briefing.proof.fields import check_against
from briefing.proof.finding import Verification
from briefing.proof.given import Given
from briefing.proof.inputs import check_inputs
from briefing.proof.listed import check_sources
from briefing.proof.sentences import check_sentences, printed_sentences
from briefing.proof.structure import check_structure, cites_only_what_it_lists


def verify_edition(
    edition: Edition, articles: Mapping[str, Article] | None, given: Given | None = None
) -> Verification:
    """Return the proof of every printed sentence, of every field beside it, and of how the parts fit together.

    Args:
        edition: The issue.
        articles: Article id → article as cleaning makes it of the sources today; None when the sources are not at
            hand: then only the receipts and the issue file itself are checked.
        given: What else the sources give; None leaves out what it is compared with.
    """
    findings = [*check_structure(edition), *check_sentences(edition, articles)]
    if articles is not None:
        findings += check_sources(edition, articles)
    if given is not None and cites_only_what_it_lists(edition):
        findings += [*check_against(edition, given), *check_inputs(edition, given)]
    return Verification(sum(1 for _ in printed_sentences(edition)), len(edition.sources), tuple(findings))
