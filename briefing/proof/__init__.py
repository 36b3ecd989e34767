"""An edition, its sources and its outputs → what can be proved, and what cannot."""

from briefing.proof.earlier import days_named
from briefing.proof.finding import Finding, Verification
from briefing.proof.given import Given
from briefing.proof.sentences import printed_sentences
from briefing.proof.strays import missing_sentences, stray_chunks, stray_texts
from briefing.proof.verification import naming_version, verify_edition

__all__ = [
    "Finding",
    "Given",
    "Verification",
    "days_named",
    "missing_sentences",
    "naming_version",
    "printed_sentences",
    "stray_chunks",
    "stray_texts",
    "verify_edition",
]
