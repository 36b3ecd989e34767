"""What stands before and after the sections: key points, headlines, statements, ledger and charts, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.outputs.view.types import EarlierView, SentenceView, SourceView

_OUTLETS_WIDTH = 24  # characters of the outlets behind a headline on the front page
_NAMED_IN_PRINT = 20  # inputs of one fate without remark; more are a number, which page and issue file spell out


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A printed sentence that its source no longer says."""

    old: EarlierView
    new: SentenceView | None  # what the source says now; None when it was taken out
    source: SourceView


@dataclass(frozen=True, slots=True)
class PointView:
    """A key point."""

    sentence: SentenceView
    theme: str
    item: int
    anchor: str


@dataclass(frozen=True, slots=True)
class HeadlineView:
    """An item as one line of the front page."""

    number: int
    anchor: str  # of the item
    headline: str
    language: str
    direction: str
    named: tuple[str, ...]  # its outlets, each once; empty when none is known

    @property
    def outlets(self) -> str:
        """Return all outlets: "The Aster Post, Example Wire"."""
        return ", ".join(self.named)

    @property
    def outlets_short(self) -> str:
        """Return as many whole outlets as a line has room for, at least one, and how many more: "The Aster Post +2"."""
        shown = self.named[:1]
        for outlet in self.named[1:]:
            if len(", ".join((*shown, outlet))) > _OUTLETS_WIDTH:
                break
            shown += (outlet,)
        more = len(self.named) - len(shown)
        return ", ".join(shown) + (f" +{more}" if more else "")


@dataclass(frozen=True, slots=True)
class StatementView:
    """Who said what."""

    speaker: str
    role: str
    verb: str
    quotation: str
    sentence: SentenceView
    item: int
    anchor: str


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The ledger line of one input."""

    input: str
    title: str
    outcome: str
    fate: str
    reason: str
    notes: tuple[str, ...]
    removed: str
    plain: bool  # used, and nothing to remark


@dataclass(frozen=True, slots=True)
class LedgerGroup:
    """The inputs of one fate, reason and remark."""

    fate: str
    inputs: tuple[str, ...]
    why: str  # reason and remarks, the same for all; empty for what was used without remark

    @property
    def is_counted(self) -> bool:
        """Return whether print counts them instead of naming them: many that were used without remark."""
        return not self.why and len(self.inputs) > _NAMED_IN_PRINT


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart."""

    label: str
    value: int
    more: int = 0  # a second, lighter part
    text: str = ""  # the value in words
