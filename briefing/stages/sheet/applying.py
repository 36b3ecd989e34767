"""Applies the editor's edits to a draft: the result is a consistent edition, signed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from briefing.model import (
    CitedAccount,
    CitedSentence,
    CitedStatement,
    Edition,
    EditionPassage,
    EditionStory,
    KeyPoint,
    LedgerEntry,
    Receipt,
    Section,
    SignOff,
    Source,
)
from briefing.model.digest import counted
from briefing.model.numbering import cited_only, in_reading_order, numbered
from briefing.model.roundups import whereabouts
from briefing.model.verdicts import with_editors_choices
from briefing.stages.sheet.dropped import cuts_of
from briefing.stages.sheet.edits import Edits, ItemEdit
from briefing.stages.sheet.enlarging import as_his_choice
from briefing.stages.sheet.rows import CORRECTIONS, POINTS, QUIET, SHORT, STATEMENTS, Place, printed_at

LEFT_OUT = "Left out by the editor."

T = TypeVar("T")


def apply_edits(draft: Edition, edits: Edits, signed: SignOff) -> Edition:
    """Return the edition that the edits make of a draft, signed.

    A sentence that is dropped where the sheet shows it is nowhere else in the edition. Items and sources keep their
    numbers as long as the items' still rise; where items were moved the edition is numbered afresh.

    Args:
        draft: The edition the sheet was written from.
        edits: What the sheet asks for, read without a mistake.
        signed: Who signs it, and when.
    """
    moved = _sections(draft, edits)
    accounts = tuple(_account(draft.accounts[n - 1], edits.kept.get(("account", n), ())) for n in edits.accounts)
    bare = replace(
        draft,
        sections=moved,
        accounts=tuple(account for account in accounts if account.figures),
        statements=_picked(draft.statements, edits.kept.get((STATEMENTS, 0), ())),
        corrections=_picked(draft.corrections, edits.kept.get((CORRECTIONS, 0), ())),
        quiet=_picked(draft.quiet, edits.kept.get((QUIET, 0), ())),
        sources=_sources(draft, edits.kept.get((SHORT, 0), ())),
        lines=edits.lines,
        signed=signed,
        draft=False,
        made=draft.made if draft.imprint.first_day else None,
    )
    rid = without_items(_without_dropped(bare, draft), draft)
    pointed = replace(rid, key_points=_points(draft, edits, rid))
    cited = cited_only(pointed) if in_reading_order(pointed) else numbered(pointed)
    listed = replace(cited, cuts=(*draft.cuts, *cuts_of(draft, edits, cited)), ledger=relisted(cited, LEFT_OUT))
    return with_editors_choices(counted(listed))


# ---- what stands in the sheet


def _sections(draft: Edition, edits: Edits) -> tuple[Section, ...]:
    """Return the sections in the sheet's order; those missing from it keep their place, emptied."""
    stories = {story.number: story for story in draft.stories}
    edited = {edit.theme: edit for edit in edits.sections}
    index = {section.theme: n for n, section in enumerate(draft.sections)}
    order = iter(edits.sections)
    themes = [next(order).theme if section.theme in edited else section.theme for section in draft.sections]
    sections = []
    for theme in themes:
        edit, section = edited.get(theme), draft.sections[index[theme]]
        items = [_story(stories[item.number], item, edits.kept) for item in edit.items] if edit else []
        passages = _passages(section.passages, edits.kept.get(("passages", index[theme]), ()))
        passages = tuple(p for p in passages if not _is_told(p, items))
        if (
            items and not section.stories
        ):  # a section's only news may lean on what is not printed; beside an item it may not
            passages = tuple(map(as_his_choice, passages))
        sections.append(replace(section, stories=tuple(items), passages=passages, lines=edit.lines if edit else ()))
    return tuple(sections)


def _story(story: EditionStory, item: ItemEdit, kept: Mapping[Place, tuple[int, ...]]) -> EditionStory:
    return replace(
        story,
        summary=_picked(story.summary, kept.get(("item", story.number), ())),
        retitled=item.retitled,
        lines=item.lines,
    )


def _passages(passages: Sequence[EditionPassage], rows: Sequence[int]) -> tuple[EditionPassage, ...]:
    """Return the passages whose rows are kept, in the order of their first row in the sheet."""
    homes = [(n, s) for n, passage in enumerate(passages) for s in passage.sentences]
    kept: dict[int, list[CitedSentence]] = {}
    for row in rows:
        home, sentence = homes[row]
        kept.setdefault(home, []).append(sentence)
    return tuple(replace(passages[n], sentences=tuple(sentences)) for n, sentences in kept.items())


def _is_told(passage: EditionPassage, items: Iterable[EditionStory]) -> bool:
    """Return whether an item moved into the passage's own section prints every sentence of it."""
    printed = {s.receipt for story in items if story.number == passage.story for s in story.summary}
    return all(s.receipt in printed for s in passage.sentences)


def _account(account: CitedAccount, rows: Sequence[int]) -> CitedAccount:
    return replace(account, figures=_picked(account.figures, rows))


def _sources(draft: Edition, rows: Collection[int]) -> tuple[Source, ...]:
    """Return the sources, each with those of its sentences in short that are kept."""
    left, n = [], 0
    for source in draft.sources:
        kept = tuple(s for at, s in enumerate(source.summary, n) if at in rows)
        left.append(source if kept == source.summary else replace(source, summary=kept))
        n += len(source.summary)
    return tuple(left)


def _picked(things: Sequence[T], indexes: Iterable[int]) -> tuple[T, ...]:
    return tuple(things[n] for n in indexes)


# ---- what follows from it


def _without_dropped(edition: Edition, draft: Edition) -> Edition:
    """Return the edition without the sentences that the sheet dropped, in the places no sheet shows too.

    That is: in what a digest tells of an item, and in an article condensed on its own.
    """
    shown = {s.receipt for s in _shown(edition)}
    gone: dict[str, list[Receipt]] = {}
    for sentence in _shown(draft):
        if sentence.receipt not in shown:
            gone.setdefault(sentence.receipt.article_id, []).append(sentence.receipt)

    def is_gone(receipt: Receipt) -> bool:
        return any(_overlap(receipt, other) for other in gone.get(receipt.article_id, ()))

    def left(sentences: tuple[CitedSentence, ...]) -> tuple[CitedSentence, ...]:
        return tuple(
            s for s in sentences if not any(_overlap(s.receipt, o) for o in gone.get(s.receipt.article_id, ()))
        )

    def story(item: EditionStory) -> EditionStory:
        views = (replace(view, summary=left(view.summary)) for view in item.views)
        return replace(item, views=tuple(view for view in views if view.summary))

    return replace(
        edition,
        sections=tuple(replace(s, stories=tuple(map(story, s.stories))) for s in edition.sections),
        sources=tuple(replace(source, summary=left(source.summary)) for source in edition.sources),
    )


def _shown(edition: Edition) -> Iterator[CitedSentence]:
    """Yield the sentences that the sheet of an edition shows: no digest's view of an item, no article in short."""
    for place, cited in edition.walk():
        if place[0] in ("sections", "accounts", "statements") and "views" not in place:
            yield cited


def _overlap(one: Receipt, other: Receipt) -> bool:
    """Return whether two spans of one article share a character."""
    return one.start < other.end and other.start < one.end


def without_items(edition: Edition, draft: Edition) -> Edition:
    """Return the edition without references to dropped items, each item under its present theme."""
    themes = {story.number: section.theme for section in edition.sections for story in section.stories}
    gone = {story.number for story in draft.stories} - set(themes)
    dropped = {key for story in draft.stories if story.number in gone for key in story.sources}
    homes = {key: story.number for story in edition.stories for key in story.sources}

    def account(box: CitedAccount) -> CitedAccount:
        figures = tuple(f for f in box.figures if f.sentence.article_id not in dropped)
        printed = {homes.get(f.sentence.article_id) for f in figures}
        return replace(box, figures=figures, stories=tuple(n for n in box.stories if n in printed))

    def statement(said: CitedStatement) -> CitedStatement:
        return replace(said, theme=themes.get(said.story, said.theme))

    return replace(
        edition,
        accounts=tuple(a for a in map(account, edition.accounts) if len({f.value for f in a.figures}) > 1),
        statements=tuple(statement(said) for said in edition.statements if said.story not in gone),
    )


def _points(draft: Edition, edits: Edits, edition: Edition) -> tuple[KeyPoint, ...]:
    """Return the key points that are still printed under some theme, each once, in the sheet's order."""
    wanted = (_point(draft, place, row) for place, row in edits.points)
    return points_printed(edition, [point for point in wanted if not _is_dropped(point, draft, edition)])


def _point(draft: Edition, place: Place, row: int) -> KeyPoint:
    """Return a key point; one that only the editor made is marked as his choice."""
    sentence, story, theme = printed_at(draft, place, row)
    return KeyPoint(sentence if place[0] == POINTS else replace(sentence, by_editor=True), story, theme)


def _is_dropped(point: KeyPoint, draft: Edition, edition: Edition) -> bool:
    """Return whether the sheet dropped a key point's sentence where its item printed it."""
    before, now = (_homes(e, point.sentence.receipt, passages=False) for e in (draft, edition))
    return any(before) and not any(now)


def points_printed(edition: Edition, wanted: Iterable[KeyPoint]) -> tuple[KeyPoint, ...]:
    """Return the key points that are printed under some theme, each once, in their order."""
    points: dict[Receipt, KeyPoint] = {}
    sources = {story.number: story.sources for story in edition.stories}
    for point in wanted:
        sentence, story, theme = point.sentence, point.story, point.theme
        if story not in sources:  # its item is gone, and with it what said the same
            sentence = replace(sentence, support=())
        # An item need not repeat its key point: it is printed under it all the same.
        homes = [home for home in (*_homes(edition, sentence.receipt), *_items(edition)) if home[0] == story]
        home = next((h for h in homes if h[1] == theme), next(iter(homes), None))
        if home:
            points.setdefault(sentence.receipt, KeyPoint(sentence, *home))
    return tuple(points.values())


def _homes(edition: Edition, receipt: Receipt, *, passages: bool = True) -> Iterator[tuple[int, str]]:
    """Yield the items and themes under which a sentence is printed, in a passage too unless these are left out."""
    for section in edition.sections:
        for story in section.stories:
            printed = (*story.summary, *(s for view in story.views for s in view.summary))
            if any(s.receipt == receipt for s in printed):
                yield story.number, section.theme
        for passage in section.passages if passages else ():
            if any(s.receipt == receipt for s in passage.sentences):
                yield passage.story, section.theme


def _items(edition: Edition) -> Iterator[tuple[int, str]]:
    """Yield every item with the theme it stands under."""
    yield from ((story.number, section.theme) for section in edition.sections for story in section.stories)


def relisted(edition: Edition, why: str) -> tuple[LedgerEntry, ...]:
    """Return the ledger updated: where each article is printed now, or why nothing of it is printed any more."""
    listed = edition.by_article
    items = whereabouts(edition)
    quoted: dict[str, list[str]] = {}
    for part in edition.sections:
        for passage in part.passages:
            quoted.setdefault(passage.article_id, []).append(f"Quoted under {part.name}.")
    for correction in edition.corrections:
        quoted.setdefault(correction.article_id, []).append("Quoted under Corrections.")

    def entry(old: LedgerEntry) -> LedgerEntry:
        if old.fate not in ("used", "told in a line"):
            return old
        if old.article_id not in listed:
            return replace(old, fate="left out", reason=why)
        if old.article_id in items:
            return replace(old, reason=items[old.article_id])
        there = quoted.get(old.article_id, [old.reason])
        return old if old.reason in there else replace(old, reason=there[0])

    return tuple(entry(old) for old in edition.ledger)
