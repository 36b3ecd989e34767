"""An edition, its sources and its outputs → what can be proved, and what cannot."""

from briefing.proof.sentences import Finding, Verification, printed_sentences, verify_edition
from briefing.proof.strays import missing_sentences, stray_texts

__all__ = [
    "Finding",
    "Verification",
    "missing_sentences",
    "printed_sentences",
    "stray_texts",
    "verify_edition",
]
