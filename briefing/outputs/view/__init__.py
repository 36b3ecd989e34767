"""The presentation model: what is printed of an edition, decided once for every output."""

from briefing.outputs.view.building import view_of
from briefing.outputs.view.direction import direction_of
from briefing.outputs.view.edition import EditionView
from briefing.outputs.view.lists import (
    Bar,
    CorrectionView,
    HeadlineView,
    LedgerGroup,
    LedgerView,
    PointView,
    StatementView,
)
from briefing.outputs.view.types import (
    AccountView,
    Back,
    EarlierView,
    FigureView,
    LineView,
    OwnView,
    PassageView,
    QuietView,
    SectionView,
    SeeView,
    SentenceView,
    ShortView,
    SourceView,
    StoryView,
    UnchangedView,
)

__all__ = [
    "AccountView",
    "Back",
    "Bar",
    "CorrectionView",
    "EarlierView",
    "EditionView",
    "FigureView",
    "HeadlineView",
    "LedgerGroup",
    "LedgerView",
    "LineView",
    "OwnView",
    "PassageView",
    "PointView",
    "QuietView",
    "SectionView",
    "SeeView",
    "SentenceView",
    "ShortView",
    "SourceView",
    "StatementView",
    "StoryView",
    "UnchangedView",
    "direction_of",
    "view_of",
]
