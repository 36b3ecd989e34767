"""Proves an edition before it is written: what the proof refuses is left out and said, the rest goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from briefing.model import Edition
from briefing.stages.proof import Finding, Verification
from briefing.stages.proof.sentences import place_name
from briefing.stages.sheet import without_unproved

#: Times that an edition is proved anew after something was left out: what depends on it falls with it.
TRIES = 4


@dataclass(frozen=True, slots=True)
class Proved:
    """An edition after its proof."""

    edition: Edition
    proof: Verification  # of that edition
    left_out: tuple[Finding, ...] = ()  # why parts of it were left out

    @property
    def ok(self) -> bool:
        """Return whether all that is left is proved."""
        return self.proof.ok


def provable(edition: Edition, prove: Callable[[Edition], Verification]) -> Proved:
    """Return an edition without what its proof refuses; what no cut can help stays a finding of the proof."""
    proof, left_out = prove(edition), list[Finding]()
    for _ in range(TRIES):
        if proof.ok:
            break
        named = {finding.place for finding in proof.findings}
        sentences = {place for place, _ in edition.walk() if place_name(edition, place) in named}
        without = without_unproved(edition, named, sentences)
        if without is None:
            break
        left_out += proof.findings
        edition, proof = without, prove(without)
    return Proved(edition, proof, tuple(dict.fromkeys(left_out)))
