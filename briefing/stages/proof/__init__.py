"""Proves an edition against its sources and outputs, and lists what cannot be proved."""

from briefing.stages.proof.earlier import days_named
from briefing.stages.proof.finding import Finding, Verification
from briefing.stages.proof.sentences import printed_sentences
from briefing.stages.proof.sources_read import Given
from briefing.stages.proof.unaccounted import missing_sentences, stray_chunks, stray_texts
from briefing.stages.proof.verification import naming_version, verify_edition

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
