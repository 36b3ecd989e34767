"""The read-only lines of an edition's sheet, by the place they stand at."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefing.model import CitedSentence, Edition, EditionStory, Source
from briefing.text.labels import words
from briefing.text.printable import one_line

#: The parts of a sheet that are no section of the edition; a slug has no such sign.
POINTS, ACCOUNTS, STATEMENTS = "#points", "#accounts", "#statements"
CORRECTIONS, QUIET, SHORT, UNCHANGED = "#corrections", "#quiet", "#short", "#unchanged"

#: Begins what stands behind a headline for the editor: sources, and since when the story is known.
BESIDE = "//"

#: Today's form of a sheet. The first line ends with it in brackets; behind dots the number of the last act that the
#: sheet shows, and what names the draft.
FORM = "3"

#: What the sheets of each form have no lines of, so that it is not dropped; those of the first form name none.
FORMS: Mapping[str, tuple[str, ...]] = {FORM: (), "2": (SHORT,), "": (CORRECTIONS, QUIET, SHORT)}

#: Where a line stands: ("item", number), ("passages", index of the section), ("account", number from 1), or a part
#: with 0 when it has no entries.
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A read-only line: it may be dropped, never changed."""

    numbers: tuple[int, ...]  # of the sources that say it, the one quoted first
    text: str  # one line
    beside: str = ""  # what the page prints beside the sentence, or says of it: for the editor's eyes

    def __str__(self) -> str:
        """Return the line as the sheet has it: the number first, so that no source's words begin a line."""
        return f"[{', '.join(map(str, self.numbers))}] {self.text}"


def plain(text: str) -> str:
    """Return a text as one line in Unicode NFC: what an editor's program may change unasked."""
    return unicodedata.normalize("NFC", one_line(text))


def rows_of(edition: Edition) -> dict[Place, tuple[Row, ...]]:
    """Return every read-only line of an edition's sheet, place by place, in the order of printing."""
    listed = edition.by_article

    w = words(edition.imprint.language)

    def beside(sentence: CitedSentence) -> str:
        before = f"[{sentence.introduced.text}]" if sentence.introduced else ""
        behind = w.say("words_of", name=sentence.words_of.text) if sentence.words_of else ""
        chosen = w.say("editors_choice") if sentence.by_editor else ""
        return plain("; ".join(filter(None, (before, behind, chosen))))

    def rows_at(sentences: Iterable[CitedSentence]) -> tuple[Row, ...]:
        return tuple(Row(_numbers(s, listed), plain(s.text), beside(s)) for s in sentences)

    rows: dict[Place, tuple[Row, ...]] = {(POINTS, 0): rows_at(p.sentence for p in edition.key_points)}
    for n, section in enumerate(edition.sections):
        for story in section.stories:
            rows["item", story.number] = rows_at(story.summary)
        rows["passages", n] = rows_at(s for p in section.passages for s in p.sentences)
    for n, account in enumerate(edition.accounts, 1):
        rows["account", n] = rows_at(f.sentence for f in account.figures)
    rows[STATEMENTS, 0] = tuple(
        Row((listed[said.sentence.article_id].number,), plain(f"{said.speaker}: {said.sentence.text}"))
        for said in edition.statements
    )
    rows[CORRECTIONS, 0] = tuple(
        Row((listed[c.article_id].number,), plain(f"{c.old.text} → {c.new.text if c.new else '–'}"))
        for c in edition.corrections
    )
    rows[QUIET, 0] = tuple(Row((q.item,), plain(q.headline)) for q in edition.quiet)
    rows[SHORT, 0] = rows_at(s for source in edition.sources for s in source.summary)
    return rows


def _numbers(sentence: CitedSentence, listed: Mapping[str, Source]) -> tuple[int, ...]:
    return (listed[sentence.article_id].number, *sorted(listed[key].number for key in sentence.support))


def beside_headlines(edition: Edition) -> dict[int, str]:
    """Return by item what stands behind its headline for the editor: since when it is known, and its sources.

    A source's day is named only where that is not the edition's.
    """
    w, listed = words(edition.imprint.language), edition.by_article

    def named(article_id: str) -> str:
        source = listed[article_id]
        name = f"[{source.number}] {plain(source.outlet or source.input)}"
        if source.published is None:
            return f"{name}, {w.say('undated')}"
        day = source.published.date()
        return name if day == edition.day else f"{name}, {w.day(day, 'tiny')}"

    def since(story: EditionStory) -> list[str]:
        key = "unchanged_since" if story.state == "unchanged" else "developing_since"
        return [w.say(key, day=w.day(story.since, "tiny"))] if story.since else []

    return {s.number: f"{BESIDE} {'; '.join([*since(s), *map(named, s.sources)])}" for s in edition.stories}


def printed_at(edition: Edition, place: Place, row: int) -> tuple[CitedSentence, int, str]:
    """Return the sentence of a row of an item, of passages or of the key points.

    Returns:
        The sentence, the number of the item it is of, and the theme it is printed under; empty for an item's own.
    """
    kind, number = place
    if kind == "item":
        story = next(story for story in edition.stories if story.number == number)
        return story.summary[row], number, ""
    if kind == "passages":
        section = edition.sections[number]
        printed = [(s, p.story, section.theme) for p in section.passages for s in p.sentences]
        return printed[row]
    point = edition.key_points[row]
    return point.sentence, point.story, point.theme


def part_names(edition: Edition) -> dict[str, str]:
    """Return the heading of each part of the sheet, by slug or sign; all are different."""
    w = words(edition.imprint.language)
    names = {POINTS: w.say("key_points")}
    names |= {section.theme: plain(section.name) for section in edition.sections}
    names |= {ACCOUNTS: w.say("accounts"), STATEMENTS: w.say("statements"), CORRECTIONS: w.say("corrections")}
    names |= {QUIET: w.say("quiet"), SHORT: w.say("in_short"), UNCHANGED: w.say("unchanged")}
    taken = [name.casefold() for name in names.values()]
    return {
        key: name if name and (key.startswith("#") or taken.count(name.casefold()) == 1) else f"{name} ({key})".strip()
        for key, name in names.items()
    }


def passages_name(edition: Edition, name: str) -> str:
    """Return the heading over the passages of a section, given what the section is called."""
    return words(edition.imprint.language).say("also_on", theme=name)
