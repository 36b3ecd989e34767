"""The state of a sheet while it is parsed: what was met so far, the lines of sources, and the mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from briefing.model import Edition, EditorLine
from briefing.stages.sheet.edits import Edits, ItemEdit, Mistake, SectionEdit
from briefing.stages.sheet.lines import named_once
from briefing.stages.sheet.nearest import changed
from briefing.stages.sheet.rows import POINTS, Place, Row, part_names, passages_name, plain, rows_of
from briefing.stages.sheet.tokens import SheetLine


@dataclass
class SectionRead:
    """A section while it is parsed."""

    lines: list[EditorLine] = field(default_factory=list)
    items: dict[int, ItemEdit] = field(default_factory=dict)
    first: list[int] = field(default_factory=list)  # numbers of the pinned ones

    def ordered(self) -> tuple[ItemEdit, ...]:
        """Return the items kept, the pinned ones first."""
        rest = [n for n in self.items if n not in self.first]
        return tuple(self.items[n] for n in (*self.first, *rest))


class Parsing:
    """What a sheet says, as far as it was read."""

    def __init__(self, draft: Edition) -> None:
        self.draft = draft
        self.rows = rows_of(draft)
        self.names = part_names(draft)
        self.called = {name.casefold(): key for key, name in self.names.items()}
        self.indexes = {section.theme: n for n, section in enumerate(draft.sections)}
        self.headings = {story.number: plain(story.headline) for story in draft.stories}
        self.mistakes: list[Mistake] = []
        self.signed = ""
        self.cover: list[EditorLine] = []
        self.sections: dict[str, SectionRead] = {}
        self.accounts: list[int] = []
        self.kept: dict[Place, list[int]] = {}
        self.points: list[tuple[Place, int]] = []
        self.pinned: list[tuple[Place, int]] = []  # as key points, where they are printed
        self.met: dict[object, int] = {}  # what was met already → line
        self.part = ""  # empty above the first
        self.place: Place | None = None  # where rows belong; None where there can be none
        self.skipped = 0  # 1 while a dropped part is passed over, 2 for a dropped or unknown entry
        self.unchanged: list[int] = []  # without news, kept by their number alone
        self.broken = False  # the row before is wrong or dropped: what follows it unmarked is the rest of it

    def keep_all(self, *parts: str) -> None:
        """Keep all rows of some parts."""
        for part in parts:
            self.kept[part, 0] = list(range(len(self.rows[part, 0])))

    def edits(self) -> Edits:
        """Return what was read."""
        self.place_unchanged()
        return Edits(
            signed=self.signed,
            lines=tuple(self.cover),
            sections=tuple(
                SectionEdit(key, tuple(found.lines), found.ordered()) for key, found in self.sections.items()
            ),
            accounts=tuple(self.accounts),
            kept={place: tuple(kept) for place, kept in self.kept.items()},
            points=named_once(self.draft, [*self.pinned, *self.points]),
        )

    def wrong(self, token: SheetLine, problem: str) -> None:
        """Record a mistake."""
        self.mistakes.append(Mistake(token.line, problem))

    def is_second(self, token: SheetLine, thing: object, called: str) -> bool:
        """Return whether something occurs a second time in the sheet; if so, record the mistake."""
        first = self.met.setdefault(thing, token.line)
        if first != token.line:
            self.wrong(token, f"{called} stands twice: it is on line {first} already. Take one of them out.")
        return first != token.line

    def place_unchanged(self) -> None:
        """Put the stories that are kept by number behind the others of their section, unless they stand elsewhere."""
        listed = {number for section in self.sections.values() for number in section.items}
        for section in self.draft.sections:
            if section.theme not in self.sections:
                continue
            for story in section.stories:
                if story.number in self.unchanged and story.number not in listed:
                    place = ("item", story.number)
                    self.sections[section.theme].items[story.number] = ItemEdit(story.number)
                    self.kept[place] = list(range(len(self.rows[place])))

    # ---- lines of sources

    def take_row(self, token: SheetLine) -> None:
        """Parse a line of a source."""
        self.broken = token.mark == "-"
        if self.broken:
            return
        if self.place is None:
            self.wrong(token, "A sentence of a source stands here under nothing. Move it back to its item, or drop it.")
            return
        index = self.index_of(token, self.place)
        if index is not None:
            self.keep(token, self.place, index)
        elif self.is_here(token) or (found := self.elsewhere(token)) is None:
            self.broken = True
            self.wrong(token, changed(token, self.rows[self.place], self.rows))
        elif self.part == POINTS and found[0][0] in ("item", "passages"):
            self.make_point(token, found, self.points)
        else:
            self.wrong(token, f"This sentence stays where it was: {self.named(found[0])}. Move it back, or drop it.")

    def index_of(self, token: SheetLine, place: Place) -> int | None:
        """Return the index of a line among the rows of a place, the first unused one; None when it matches none."""
        same = [n for n, row in enumerate(self.rows[place]) if _is(row, token)]
        free = [n for n in same if n not in self.kept.get(place, ())]
        return next(iter([*free, *same]), None)

    def is_here(self, token: SheetLine) -> bool:
        """Return whether a row of this place has the line's text, under another number."""
        return self.place is not None and any(row.text == token.text for row in self.rows[self.place])

    def elsewhere(self, token: SheetLine) -> tuple[Place, int] | None:
        """Return where the draft has a line that does not belong here; None when nowhere."""
        return next(
            (
                (place, n)
                for place, rows in (*self.printed_rows(), *self.rows.items())
                for n, row in enumerate(rows)
                if _is(row, token)
            ),
            None,
        )

    def printed_rows(self) -> Iterator[tuple[Place, tuple[Row, ...]]]:
        """Yield the places whose sentences can be key points."""
        yield from ((place, rows) for place, rows in self.rows.items() if place[0] in ("item", "passages"))

    def keep(self, token: SheetLine, place: Place, index: int) -> None:
        """Keep a row of a place, as a key point too where it is pinned."""
        kept = self.kept.setdefault(place, [])
        if self.is_second(token, (place, index), "This sentence"):
            return
        kept.append(index)
        if place[0] == POINTS:
            self.points.append((place, index))
        elif token.mark == "+" and place[0] in ("item", "passages"):
            self.make_point(token, (place, index), self.pinned)
        elif token.mark == "+":
            self.wrong(token, "Only a sentence of an item or a passage can be made a key point.")

    def make_point(self, token: SheetLine, at: tuple[Place, int], points: list[tuple[Place, int]]) -> None:
        """Make a row a key point, once."""
        if not self.is_second(token, ("point", *at), "This sentence, as a key point,"):
            points.append(at)

    def named(self, place: Place) -> str:
        """Return what a message calls a place."""
        kind, number = place
        if kind == "item":
            return f"item {number}"
        if kind == "account":
            return f"account {number}"
        if kind != "passages":
            return f"“{self.names[kind]}”"
        return f"“{passages_name(self.draft, self.names[self.draft.sections[number].theme])}”"


def _is(row: Row, token: SheetLine) -> bool:
    return row.text == token.text and set(row.numbers) == set(token.numbers)
