"""Writes an edition, edited or not, as the sheet an editor works on: plain text that any editor opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefing.model import Edition, EditionStory, EditorLine
from briefing.stages.sheet.edits import Edits, ItemEdit, SectionEdit, whole
from briefing.stages.sheet.rows import (
    ACCOUNTS,
    BESIDE,
    CORRECTIONS,
    FORM,
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
from briefing.text.labels import Words, words

HELP = ("run", "sentences", "drop", "move", "pin", "own", "unchanged", "comments")  # the instructions, in order


def write_sheet(edition: Edition, edits: Edits | None = None, notes: Sequence[str] = (), *, shows: str = "") -> str:
    """Return the sheet of an edition: head, key points, sections with items and passages, boxes, statements.

    Stories without news are one line. Read back as it is, it gives the same edition, or the edits.

    Args:
        edition: The draft.
        edits: What was done on it already; what they drop stands there with its - before it. None: nothing was.
        notes: Remarks at the top, a line each.
        shows: Number of the last of the acts that `edits` are made of, a dot, and what names the draft.
    """
    form = f"({FORM}.{shows})" if shows else f"({FORM})"
    return "\n".join(_Writing(edition, edits or whole(edition)).lines(notes, form)) + "\n"


class _Writing:
    """The writer of one sheet."""

    def __init__(self, edition: Edition, edits: Edits) -> None:
        self.edition = edition
        self.edits = edits
        self.listed = edition.by_article
        self.words: Words = words(edition.imprint.language)
        self.rows: dict[Place, tuple[Row, ...]] = rows_of(edition)
        self.names = part_names(edition)
        self.stories = {story.number: story for story in edition.stories}
        self.home = {story.number: s.theme for s in edition.sections for story in s.stories}
        self.beside = beside_headlines(edition)
        self.folded: list[int] = []

    def lines(self, notes: Sequence[str], form: str) -> Iterator[str]:
        e, w = self.edition, self.words
        yield f"// {plain(e.imprint.title)} · {w.day(e.day, 'full')} {form}"
        yield from (f"// {w.say(f'sheet_help_{key}', **self._keywords())}" for key in HELP)
        yield from (f"// ! {plain(note)}" for note in notes)
        yield from ("", f"{w.say('sheet_signed')}: {self.edits.signed}".rstrip())
        yield from self._own(self.edits.lines) if self.edits.lines else (f"{w.say('sheet_note')}:",)
        yield from self._points()
        kept = {edit.theme: edit for edit in self.edits.sections}
        for theme in [*kept, *(s.theme for s in e.sections if s.theme not in kept)]:
            yield from self._section(theme, kept.get(theme))
        yield from self._accounts()
        for part in (STATEMENTS, CORRECTIONS, QUIET, SHORT):
            if self.rows[part, 0]:
                yield from ("", f"# {self.names[part]}", "", *self._rows((part, 0)))
        yield from self._unchanged()

    def _keywords(self) -> dict[str, str]:
        said = {key: self.words.say(f"sheet_{key}") for key in ("note", "title", "signed")}
        return {**said, "points": self.names[POINTS], "unchanged": self.names[UNCHANGED]}

    def _own(self, lines: Iterable[EditorLine]) -> list[str]:
        return [f"> {line.text}" for line in lines]

    def _rows(self, place: Place) -> Iterator[str]:
        """Yield the lines of a place: those that are kept in the editor's order, the dropped ones after them."""
        rows, kept = self.rows[place], self.edits.kept.get(place, ())
        for n in kept:
            yield str(rows[n])
            if rows[n].beside:
                yield f"{BESIDE} {rows[n].beside}"
        yield from (f"- {row}" for n, row in enumerate(rows) if n not in kept)

    def _points(self) -> Iterator[str]:
        if not self.rows[POINTS, 0] and not self.edits.points:
            return
        shown = [str(self.rows[place][n]) for place, n in self.edits.points]
        dropped = (f"- {row}" for row in self.rows[POINTS, 0] if str(row) not in shown)
        yield from ("", f"# {self.names[POINTS]}", "", *shown, *dropped)

    # ---- sections

    def _section(self, theme: str, edit: SectionEdit | None) -> Iterator[str]:
        if edit is None:
            yield from ("", f"- # {self.names[theme]}")
            return
        yield from ("", f"# {self.names[theme]}", *self._own(edit.lines))
        last = self._foldable(theme, edit.items)
        self.folded += [item.number for item in edit.items[last:]]
        was_bare = False
        for item in edit.items[:last]:
            lines = list(self._item(self.stories[item.number], item))
            is_bare = len(lines) == 1
            yield from lines if was_bare and is_bare else ("", *lines)
            was_bare = is_bare
        n = next(n for n, section in enumerate(self.edition.sections) if section.theme == theme)
        kept = {item.number for section in self.edits.sections for item in section.items}
        gone = [s for s in self.edition.sections[n].stories if s.number not in kept and s.state != "unchanged"]
        yield from ("", *(f"- {_heading(story)}" for story in gone)) if gone else ()
        if self.rows["passages", n]:
            yield from ("", f"## {passages_name(self.edition, self.names[theme])}", *self._rows(("passages", n)))

    def _foldable(self, theme: str, items: Sequence[ItemEdit]) -> int:
        """Return the place from which all items of a section stand without news, as the draft has them."""
        last = len(items)
        while last and self._is_plain(theme, items[last - 1]):
            last -= 1
        numbers = [item.number for item in items[last:]]
        return last if numbers == sorted(numbers) else len(items)

    def _is_plain(self, theme: str, item: ItemEdit) -> bool:
        rows = tuple(range(len(self.rows["item", item.number])))
        return (
            self.stories[item.number].state == "unchanged"
            and self.home[item.number] == theme
            and not (item.retitled or item.lines)
            and self.edits.kept.get(("item", item.number), ()) == rows
        )

    def _item(self, story: EditionStory, item: ItemEdit) -> Iterator[str]:
        yield f"{_heading(story)} {self.beside[story.number]}"
        if item.retitled:
            yield f"{self.words.say('sheet_title')}: {item.retitled}"
        yield from (f"// {self.words.say('known_before')}: {plain(known.text)}" for known in story.known)
        yield from self._rows(("item", story.number))
        yield from self._own(item.lines)

    # ---- boxes

    def _accounts(self) -> Iterator[str]:
        if not self.edition.accounts:
            return
        yield from ("", f"# {self.names[ACCOUNTS]}")
        dropped = [n for n in range(1, len(self.edition.accounts) + 1) if n not in self.edits.accounts]
        for n in self.edits.accounts:
            yield from ("", self._account(n), *self._rows(("account", n)))
        yield from (f"- {self._account(n)}" for n in dropped)

    def _account(self, number: int) -> str:
        return f"## {number}. {plain(self.edition.accounts[number - 1].about)}".rstrip()

    def _unchanged(self) -> Iterator[str]:
        """Yield the one line of all stories without news, and what they are."""
        if not any(story.state == "unchanged" for story in self.edition.stories):
            return
        yield from ("", f"# {self.names[UNCHANGED]}", "")
        if self.folded:
            yield f"## {', '.join(map(str, self.folded))}"
        yield from (f"// {n}. {plain(self.stories[n].headline)}" for n in self.folded)


def _heading(story: EditionStory) -> str:
    return f"## {story.number}. {plain(story.headline)}".rstrip()
