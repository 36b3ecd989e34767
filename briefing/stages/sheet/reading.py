"""Parses an edited sheet against its draft: the edits, and an error for every line that cannot be accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from briefing.model import Edition, EditorLine
from briefing.stages.sheet.edits import Edits, ItemEdit, Mistake, SectionEdit
from briefing.stages.sheet.lines import named_once
from briefing.stages.sheet.nearest import changed, shown
from briefing.stages.sheet.rows import (
    ACCOUNTS,
    BESIDE,
    CORRECTIONS,
    FORMS,
    POINTS,
    QUIET,
    SHORT,
    STATEMENTS,
    UNCHANGED,
    Place,
    Row,
    beside_headlines,
    part_names,
    passages_name,
    plain,
    rows_of,
)
from briefing.stages.sheet.tokens import Kind, SheetLine, lines_of, tokens
from briefing.text.labels import words

_NUMBER = re.compile(r"\d{1,9}")
_NUMBERS = re.compile(r"[\d\s,.;]*")
_FORM = re.compile(r"\((\d)(?:\.(\d{1,9})\.([0-9a-f]{8}))?\)$")  # at the end of the first line
_UNKNOWN = "#unknown"  # a part that is not in the draft: what stands in it is still looked at


def read_sheet(draft: Edition, text: str) -> tuple[Edits, tuple[Mistake, ...]]:
    """Return the edits of a sheet and its errors, in the order of its lines.

    White space, line ends and broken lines do not count; words do. With mistakes, the edits are of no use.

    Args:
        draft: The edition the sheet was written from.
        text: The sheet as the editor left it.
    """
    reading = _Reading(draft)
    reading.keep_all(*FORMS[form_of(text)[0]])
    known = {row.text for rows in reading.rows.values() for row in rows}
    known |= {plain(story.headline) for story in draft.stories} | {plain(a.about) for a in draft.accounts}
    beside = beside_headlines(draft)
    known |= {f"{plain(story.headline)} {beside[story.number]}".lstrip() for story in draft.stories}
    for token in tokens(text, keywords_of(draft.imprint.language), known):
        reading.take(token)
    return reading.edits(), tuple(reading.mistakes)


def form_of(text: str) -> tuple[str, int, str]:
    """Return the form of a sheet, the number of the last act that it shows, and what it names its draft by.

    Of a sheet that says neither, 0 and an empty text.
    """
    head = next((line for line in lines_of(text) if line.startswith("//")), "")
    found = _FORM.search(head)
    return (found[1], int(found[2] or 0), found[3] or "") if found and found[1] in FORMS else ("", 0, "")


def keywords_of(language: str) -> dict[str, Kind]:
    """Return the words that may stand before a colon, in the language of the page and in English, lower case."""
    kinds: dict[str, Kind] = {"sheet_note": "own", "sheet_title": "title", "sheet_signed": "signed"}
    return {words(code).say(key).casefold(): kind for code in ("en", language) for key, kind in kinds.items()}


def line_to_sign(draft: Edition, text: str) -> int:
    """Return the number of the empty line for the editor's name, from 1; 1 when there is none."""
    names = [f"{word}:" for word, kind in keywords_of(draft.imprint.language).items() if kind == "signed"]
    lines = enumerate(lines_of(text), 1)
    return next((n for n, line in lines if line.casefold().replace(" ", "") in names), 1)


@dataclass
class _Section:
    """A section while it is parsed."""

    lines: list[EditorLine] = field(default_factory=list)
    items: dict[int, ItemEdit] = field(default_factory=dict)
    first: list[int] = field(default_factory=list)  # numbers of the pinned ones

    def ordered(self) -> tuple[ItemEdit, ...]:
        rest = [n for n in self.items if n not in self.first]
        return tuple(self.items[n] for n in (*self.first, *rest))


class _Reading:
    """The parser: takes the lines in order and keeps its state between them."""

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
        self.sections: dict[str, _Section] = {}
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

    def take(self, token: SheetLine) -> None:
        """Parse one line."""
        if token.kind == "part":
            self.take_part(token)
        elif self.skipped == 1 or (self.skipped == 2 and token.kind != "entry"):
            return
        elif token.kind == "other":
            self.take_other(token)
        else:
            self.broken = False
            {
                "entry": self.take_entry,
                "row": self.take_row,
                "own": self.take_own,
                "title": self.take_title,
                "signed": self.take_name,
            }[token.kind](token)

    def wrong(self, token: SheetLine, problem: str) -> None:
        self.mistakes.append(Mistake(token.line, problem))

    def is_second(self, token: SheetLine, thing: object, called: str) -> bool:
        """Return whether something occurs a second time in the sheet; if so, record the mistake."""
        first = self.met.setdefault(thing, token.line)
        if first != token.line:
            self.wrong(token, f"{called} stands twice: it is on line {first} already. Take one of them out.")
        return first != token.line

    # ---- headings

    def take_part(self, token: SheetLine) -> None:
        self.skipped, self.broken, self.place = 1 if token.mark == "-" else 0, False, None
        self.part = self.called.get(token.text.casefold(), _UNKNOWN)
        if self.skipped:
            return
        if self.part == _UNKNOWN:
            names = ", ".join(f"“{name}”" for name in self.names.values())
            self.wrong(token, f"The draft has no part called “{shown(token.text)}”. Its parts are {names}.")
        elif token.mark == "+":
            self.wrong(token, "Only an item or a sentence can be pinned. Move the whole section instead.")
        elif not self.is_second(token, self.part, f"“{self.names[self.part]}”") and self.part in self.indexes:
            self.sections[self.part] = _Section()
        if self.part in self.indexes:
            self.place = ("passages", self.indexes[self.part])
        elif self.part in (POINTS, STATEMENTS, CORRECTIONS, QUIET, SHORT):
            self.place = (self.part, 0)

    def take_entry(self, token: SheetLine) -> None:
        self.skipped, self.place = 0, None
        if self.part == UNCHANGED and (not token.number or _NUMBERS.fullmatch(f"{token.number}. {token.text}")):
            self.take_unchanged(token)
        elif token.number and self.part == ACCOUNTS:
            self.take_account(token)
        elif token.number:
            self.take_item(token)
        else:
            self.take_passages(token)
        if self.place is None and self.part != UNCHANGED:
            self.skipped = 2  # what stands below a heading that cannot be taken is nowhere

    def take_item(self, token: SheetLine) -> None:
        if token.number not in self.headings:
            numbers = ", ".join(map(str, self.headings)) or "none"
            self.wrong(token, f"The draft has no item {token.number}. Its items are {numbers}.")
        elif token.mark == "-":
            return
        elif self.part not in (*self.indexes, _UNKNOWN):
            self.wrong(token, f"Item {token.number} stands under no section. Move it below the name of one.")
        elif not self.is_second(token, token.number, f"Item {token.number}"):
            self.place = ("item", token.number)
            self.check_heading(token, f"Item {token.number}", self.headings[token.number])
            section = self.sections.setdefault(self.part, _Section())
            section.items[token.number] = ItemEdit(token.number)
            if token.mark == "+":
                section.first.append(token.number)

    def take_unchanged(self, token: SheetLine) -> None:
        """Take the line of the stories without news: each number in it keeps one."""
        text = f"{token.number}, {token.text}" if token.number else token.text
        numbers = [int(n) for n in _NUMBER.findall(text)]
        strange = [n for n in numbers if n not in self.headings]
        if not _NUMBERS.fullmatch(text) or strange:
            named = f"; the draft has no item {strange[0]}" if strange else ""
            self.wrong(token, f"Here stand numbers of items alone, with commas between{named}. Take the rest out.")
        elif token.mark != "-":
            self.unchanged += numbers

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

    def take_account(self, token: SheetLine) -> None:
        if token.number > len(self.draft.accounts):
            self.wrong(token, f"The draft has {len(self.draft.accounts)} accounts that differ, and no {token.number}.")
        elif token.mark == "-":
            return
        elif token.mark == "+":
            self.wrong(token, "Only an item or a sentence can be pinned.")
        elif not self.is_second(token, ("account", token.number), f"Account {token.number}"):
            self.place = ("account", token.number)
            about = plain(self.draft.accounts[token.number - 1].about)
            self.check_heading(token, f"Account {token.number}", about)
            self.accounts.append(token.number)

    def check_heading(self, token: SheetLine, called: str, heading: str) -> None:
        if token.text == heading or token.text.startswith(f"{heading} {BESIDE}".lstrip()):
            return
        own = f" Write your own below it, after “{words(self.draft.imprint.language).say('sheet_title')}:”."
        self.wrong(
            token,
            f"{called} is called “{shown(heading)}” by its source; “{shown(token.text)}” stands here."
            f" A source's words may be dropped, never changed.{own if called.startswith('Item') else ''}",
        )

    def take_passages(self, token: SheetLine) -> None:
        homes = {passages_name(self.draft, self.names[key]).casefold(): key for key in self.indexes}
        home = homes.get(token.text.casefold())
        if home is None:
            self.wrong(
                token, f"“{shown(token.text)}” is neither an item nor a heading of the draft; items have numbers."
            )
        elif token.mark == "-":
            return
        elif token.mark == "+":
            self.wrong(token, "Only an item or a sentence can be pinned.")
        elif home != self.part and self.part != _UNKNOWN:
            self.wrong(token, f"What is also on “{self.names[home]}” stays under it. Move it back, or drop it.")
        else:
            self.place = ("passages", self.indexes[home])

    # ---- lines of sources

    def take_row(self, token: SheetLine) -> None:
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
        if not self.is_second(token, ("point", *at), "This sentence, as a key point,"):
            points.append(at)

    def named(self, place: Place) -> str:
        kind, number = place
        if kind == "item":
            return f"item {number}"
        if kind == "account":
            return f"account {number}"
        if kind != "passages":
            return f"“{self.names[kind]}”"
        return f"“{passages_name(self.draft, self.names[self.draft.sections[number].theme])}”"

    # ---- the editor's own

    def take_own(self, token: SheetLine) -> None:
        line = EditorLine(token.text)
        section = self.sections.get(self.part)
        if not self.part:
            self.cover.append(line)
        elif self.place and self.place[0] == "item" and section:
            item = section.items[self.place[1]]
            section.items[item.number] = replace(item, lines=(*item.lines, line))
        elif section and not section.items and not self.kept.get(("passages", self.indexes[self.part])):
            section.lines.append(line)
        elif self.part != _UNKNOWN:
            self.wrong(
                token,
                "Your own words stand at the top, right under a section's name or under an item. Move them there.",
            )

    def take_title(self, token: SheetLine) -> None:
        section = self.sections.get(self.part)
        if not (self.place and self.place[0] == "item" and section):
            self.wrong(token, "A title of yours belongs under the heading of an item. Move it there, or take it out.")
        elif not self.is_second(token, ("title", self.place), "A title of yours for this item"):
            item = section.items[self.place[1]]
            retitled = token.text if token.text != self.headings[item.number] else ""
            section.items[item.number] = replace(item, retitled=retitled)

    def take_name(self, token: SheetLine) -> None:
        if self.part:
            self.wrong(token, "The edition is signed above its first part. Move this line up.")
        elif not self.is_second(token, "signed", "The sign-off"):
            self.signed = token.text

    def take_other(self, token: SheetLine) -> None:
        if self.part == UNCHANGED and _NUMBERS.fullmatch(token.text):
            self.take_unchanged(token)  # the rest of a line that was wrapped
            return
        if self.broken:
            return  # the rest of a line that was named, or dropped, already
        if any(token.text == row.text for rows in self.rows.values() for row in rows):
            self.wrong(token, "This sentence of a source lacks its number. Put [number] before it again, or drop it.")
        else:
            self.wrong(
                token,
                f"“{shown(token.text)}” is neither a source's nor marked as yours."
                " Begin the line with > to print it as your own words, with // to leave it out.",
            )


def _is(row: Row, token: SheetLine) -> bool:
    return row.text == token.text and set(row.numbers) == set(token.numbers)
