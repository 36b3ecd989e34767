"""The result types of a proof."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that cannot be proved."""

    place: str  # where it is printed, such as "item 3, sentence 2"
    problem: str  # a sentence


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of a proof."""

    sentences: int  # how many printed sentences were checked
    sources: int  # how many articles they cite
    findings: tuple[Finding, ...]
    editors: int = 0  # lines and headlines of the editor's own, which nothing proves
    is_judged_again: bool = False  # whether the judge was asked again: he is the one that judged the edition
    against_the_judge: int = 0  # sentences that an editor printed where the judge would not have them
    read_otherwise: tuple[Finding, ...] = ()  # what this program reads differently from the one that made the edition

    @property
    def ok(self) -> bool:
        """Return whether everything was proved."""
        return not self.findings
