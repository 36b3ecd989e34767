"""A draft with what was done to it: read from the store, and worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from briefing.model import CitedSentence, Edition, SignOff
from briefing.model.acts import REGROUPING, Act, LoggedAct, Span, in_effect
from briefing.outputs.issue import parse_edition
from briefing.stages.sheet import Replayed, apply_edits, replay
from briefing.store import StoredDraft

#: Of an edition that nobody has signed.
_NOBODY = SignOff("", datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True)
class State:
    """The draft of a day and its acts."""

    stored: StoredDraft
    draft: Edition
    log: tuple[LoggedAct, ...]
    candidates: Mapping[Span, CitedSentence]  # the sentences that acts add

    @property
    def version(self) -> int:
        """Return the number of the last act; 0 when there is none."""
        return self.log[-1].number if self.log else 0

    @cached_property
    def effective(self) -> tuple[LoggedAct, ...]:
        """Return the acts that count."""
        return in_effect(self.log)

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """Return what they do."""
        return tuple(entry.act for entry in self.effective)

    @cached_property
    def replayed(self) -> Replayed:
        """Return what they make of the draft."""
        return replay(self.draft, self.acts, self.candidates)

    @cached_property
    def edition(self) -> Edition:
        """Return the edition as it would be, not signed."""
        return replace(self.signed(_NOBODY), signed=None, draft=True)

    def signed(self, by: SignOff) -> Edition:
        """Return the edition, signed."""
        return apply_edits(self.replayed.draft, self.replayed.edits, by)

    @property
    def regrouping(self) -> tuple[int, ...]:
        """Return the numbers of the acts that regroup stories."""
        return tuple(entry.number for entry in self.effective if entry.act.kind in REGROUPING)

    @property
    def pending(self) -> int:
        """Return how many acts regroup, or were taken back, that the draft was not built with yet."""
        return len(set(self.regrouping) ^ set(self.stored.regrouped))

    def with_log(self, log: Sequence[LoggedAct]) -> State:
        """Return the draft with other acts."""
        return State(self.stored, self.draft, tuple(log), self.candidates)


def parsed(stored: StoredDraft) -> Edition:
    """Return the draft of a stored one."""
    return parse_edition(stored.issue, "the draft in the store")
