"""Writes an edition as the sheet an editor works on: plain text that any editor opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.model import Edition, EditionStory, EditorLine, Section
from briefing.stages.sheet.rows import (
    ACCOUNTS,
    POINTS,
    STATEMENTS,
    Place,
    Row,
    part_names,
    passages_name,
    plain,
    rows_of,
)
from briefing.text.labels import Words, words

HELP = ("run", "sentences", "drop", "move", "pin", "own", "comments")  # keys of the instructions, in order


def write_sheet(edition: Edition) -> str:
    """Return the sheet of an edition: head, key points, sections with items and passages, accounts, statements.

    Read back unedited, it gives the same edition.
    """
    return "\n".join(_Writing(edition).lines()) + "\n"


class _Writing:
    """The writer of one sheet."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.listed = edition.by_article
        self.words: Words = words(edition.imprint.language)
        self.rows: dict[Place, tuple[Row, ...]] = rows_of(edition)
        self.names = part_names(edition)

    def lines(self) -> Iterator[str]:
        e, w = self.edition, self.words
        yield f"// {plain(e.imprint.title)} · {w.day(e.day, 'full')}"
        yield from (f"// {w.say(f'sheet_help_{key}', **self._keywords())}" for key in HELP)
        yield from ("", f"{w.say('sheet_signed')}: {e.signed.name if e.signed else ''}".rstrip())
        yield from self._own(e.lines) if e.lines else (f"{w.say('sheet_note')}:",)
        if e.key_points:
            yield from ("", f"# {self.names[POINTS]}", "", *map(str, self.rows[POINTS, 0]))
        for n, section in enumerate(e.sections):
            yield from ("", f"# {self.names[section.theme]}", *self._own(section.lines))
            yield from self._section(n, section)
        if e.accounts:
            yield from ("", f"# {self.names[ACCOUNTS]}")
            for n, account in enumerate(e.accounts, 1):
                yield from ("", f"## {n}. {plain(account.about)}".rstrip(), *map(str, self.rows["account", n]))
        if e.statements:
            yield from ("", f"# {self.names[STATEMENTS]}", "", *map(str, self.rows[STATEMENTS, 0]))

    def _keywords(self) -> dict[str, str]:
        said = {key: self.words.say(f"sheet_{key}") for key in ("note", "title", "signed")}
        return {**said, "points": self.names[POINTS]}

    def _own(self, lines: Iterable[EditorLine]) -> list[str]:
        return [f"> {line.text}" for line in lines]

    def _section(self, n: int, section: Section) -> Iterator[str]:
        for story in section.stories:
            yield from ("", f"## {story.number}. {plain(story.headline)}".rstrip())
            state = [self._state(story)] if story.since else []
            yield f"// {'; '.join([*state, *map(self._source, story.sources)])}"
            yield f"{self.words.say('sheet_title')}: {story.retitled}".rstrip()
            yield from (f"// {self.words.say('known_before')}: {plain(known.text)}" for known in story.known)
            yield from map(str, self.rows["item", story.number])
            yield from self._own(story.lines)
        if section.passages:
            heading = passages_name(self.edition, self.names[section.theme])
            yield from ("", f"## {heading}", *map(str, self.rows["passages", n]))

    def _state(self, story: EditionStory) -> str:
        key = "unchanged_since" if story.state == "unchanged" else "developing_since"
        return self.words.say(key, day=story.since)

    def _source(self, article_id: str) -> str:
        source = self.listed[article_id]
        when = source.published.date().isoformat() if source.published else self.words.say("undated")
        return f"[{source.number}] {plain(source.outlet or source.input)}, {when}"
