"""What is printed of an edition, decided once: every output prints the same view."""

from briefing.outputs.view.building import view_of
from briefing.outputs.view.direction import direction_of
from briefing.outputs.view.types import (
    AccountView,
    Back,
    Bar,
    EarlierView,
    EditionView,
    FigureView,
    LedgerGroup,
    LedgerView,
    OwnView,
    PassageView,
    PointView,
    SectionView,
    SentenceView,
    ShortView,
    SourceView,
    StatementView,
    StoryView,
)

__all__ = [
    "AccountView",
    "Back",
    "Bar",
    "EarlierView",
    "EditionView",
    "FigureView",
    "LedgerGroup",
    "LedgerView",
    "OwnView",
    "PassageView",
    "PointView",
    "SectionView",
    "SentenceView",
    "ShortView",
    "SourceView",
    "StatementView",
    "StoryView",
    "direction_of",
    "view_of",
]
