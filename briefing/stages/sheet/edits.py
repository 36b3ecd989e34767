"""The parsed form of an edited sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.model import Edition, EditorLine
from briefing.stages.sheet.rows import POINTS, Place, rows_of


@dataclass(frozen=True, slots=True)
class Mistake:
    """A line that cannot be accepted, with its number and the reason."""

    line: int  # from 1
    problem: str  # a sentence or two


@dataclass(frozen=True, slots=True)
class ItemEdit:
    """An item that is kept."""

    number: int  # as in the draft
    retitled: str = ""
    lines: tuple[EditorLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionEdit:
    """A section as it is to be printed."""

    theme: str  # slug
    lines: tuple[EditorLine, ...]
    items: tuple[ItemEdit, ...]  # in the order of printing


@dataclass(frozen=True, slots=True)
class Edits:
    """All edits of a sheet."""

    signed: str  # name; empty when nobody signed
    lines: tuple[EditorLine, ...]  # on the cover
    sections: tuple[SectionEdit, ...]  # those the sheet has, in its order
    accounts: tuple[int, ...]  # numbers from 1, in the order of printing
    kept: Mapping[Place, tuple[int, ...]]  # place → indexes of the rows kept there, in the order of printing
    points: tuple[tuple[Place, int], ...]  # key points in order, by where the draft has their row


def whole(edition: Edition) -> Edits:
    """Return the edits that leave an edition as it is."""
    rows = rows_of(edition)
    return Edits(
        signed=edition.signed.name if edition.signed else "",
        lines=edition.lines,
        sections=tuple(
            SectionEdit(s.theme, s.lines, tuple(ItemEdit(i.number, i.retitled, i.lines) for i in s.stories))
            for s in edition.sections
        ),
        accounts=tuple(range(1, len(edition.accounts) + 1)),
        kept={place: tuple(range(len(those))) for place, those in rows.items()},
        points=tuple(((POINTS, 0), n) for n in range(len(rows[POINTS, 0]))),
    )
