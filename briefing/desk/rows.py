"""What the screens of the desk print: values of the core put into words, and short keys that name things in forms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain

from briefing.build.desk.results import (
    Article,
    Board,
    BoardSection,
    Candidate,
    ChosenSentence,
    DeskFinding,
    ItemLine,
    Line,
)
from briefing.model.acts import Act, Span, StoryKey, act_data, found_story
from briefing.text.labels import Words

_OUTLETS = 4  # named on a line of the board; the story has all of them
_REASONS = 3  # of a candidate's rank, the weightiest


def key_of(story: StoryKey) -> str:
    """Return what names a story in ids and forms, 12 hexadecimal digits; the same as long as its articles are."""
    return _short("\n".join(story))


def span_key(span: Span) -> str:
    """Return what names a sentence in ids and forms, 12 hexadecimal digits."""
    return _short(f"{span.article_id} {span.start} {span.end} {span.of} {span.nth}")


def line_key(act: Act) -> str:
    """Return what names a line that an act drops or keeps, 12 hexadecimal digits, the same before and after."""
    data = act_data(act)
    data.pop("kind")
    return _short(json.dumps(data, sort_keys=True))


def finding_key(finding: DeskFinding) -> str:
    """Return what names a finding of the proof, 12 hexadecimal digits."""
    return _short(f"{finding.place}\n{finding.problem}")


def article_key(article: Article) -> str:
    """Return what names an article in ids and forms, 12 hexadecimal digits."""
    return _short(article.article_id)


def _short(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Row:
    """An item as a line of the board, and as the head of its story."""

    key: str
    theme: str  # slug
    section: str
    number: int
    headline: str  # the editor's where there is one
    source_headline: str  # then the source's own, with its label
    retitled: str
    outlets: str
    origins_said: str
    state: str
    state_said: str
    importance_said: str
    words: int
    in_a_line: bool  # told in its headline alone
    dropped: bool  # or held
    held: bool
    pinned: bool
    reviewed: bool
    points: int
    own: int  # lines
    noted: bool


@dataclass(frozen=True, slots=True)
class Card:
    """An item as it is printed, for the review."""

    sentences: tuple[str, ...]
    own: tuple[str, ...]


def card_of(key: str, board: Board) -> Card:
    """Return an item as it would be printed; nothing where it is not in print."""
    item = stories_of(board).get(key)
    story = found_story(item.key, board.edition.stories) if item and item.in_print else None
    if story is None:
        return Card((), ())
    return Card(tuple(s.text for s in story.summary), tuple(line.text for line in story.lines))


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a box or a list."""

    key: str
    text: str
    sources: str  # "[3, 4]"
    dropped: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the edition that is no section: key points, corrections, statements …"""

    name: str  # safe as an HTML id
    title: str
    rows: tuple[LineRow, ...]

    @property
    def kept(self) -> int:
        """Return how many of its lines are printed."""
        return sum(not row.dropped for row in self.rows)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return what its lines are called in the page."""
        return tuple(f"l-{row.key}" for row in self.rows)


@dataclass(frozen=True, slots=True)
class Fold:
    """A list of items that is folded away."""

    name: str  # safe as an HTML id
    rows: tuple[Row, ...]

    @property
    def dropped(self) -> int:
        """Return how many of them were dropped."""
        return sum(row.dropped for row in self.rows)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of its items."""
        return tuple(row.key for row in self.rows)


@dataclass(frozen=True, slots=True)
class SectionRows:
    """A section of the board."""

    theme: str
    name: str
    rows: tuple[Row, ...]  # with news; those that were dropped stand where the draft has them
    in_a_line: tuple[Row, ...]  # likewise, told in their headlines alone
    unchanged: tuple[Row, ...]
    passages: tuple[LineRow, ...]
    own: tuple[str, ...]

    @property
    def all(self) -> tuple[Row, ...]:
        """Return every item of it."""
        return (*self.rows, *self.in_a_line, *self.unchanged)

    @property
    def kept(self) -> int:
        """Return how many items are printed."""
        return sum(not row.dropped for row in self.all)

    @property
    def words(self) -> int:
        """Return how many words its items print."""
        return sum(row.words for row in self.all if not row.dropped)

    @property
    def passage_keys(self) -> tuple[str, ...]:
        """Return what its passages are called in the page."""
        return tuple(f"l-{row.key}" for row in self.passages)

    @property
    def folds(self) -> tuple[Fold, ...]:
        """Return its folded lists of items: those told in a line, those without news."""
        found = (Fold("in-line", self.in_a_line), Fold("unchanged", self.unchanged))
        return tuple(fold for fold in found if fold.rows)


@dataclass(frozen=True, slots=True)
class BoardRows:
    """The board."""

    sections: tuple[SectionRows, ...]
    parts: tuple[Part, ...]
    counts: tuple[str, ...]
    words: int
    limit: int  # words of a theme; 0 for none
    own: tuple[str, ...]  # lines on the cover

    @property
    def items(self) -> tuple[Row, ...]:
        """Return every item, in the order of the board."""
        return tuple(chain.from_iterable(section.all for section in self.sections))

    @property
    def line_keys(self) -> frozenset[str]:
        """Return what the lines of its boxes and lists are called in the page."""
        parts = chain.from_iterable(part.keys for part in self.parts)
        return frozenset(chain(parts, *(section.passage_keys for section in self.sections)))

    @property
    def unchanged(self) -> int:
        """Return how many items without news are printed."""
        return sum(not row.dropped for section in self.sections for row in section.unchanged)

    def row(self, key: str) -> Row | None:
        """Return an item; None when there is none of that key."""
        return next((row for row in self.items if row.key == key), None)


def board_rows(board: Board, w: Words) -> BoardRows:
    """Return the lines of the board in the words of a language."""
    sections = tuple(_section(section, board, w) for section in board.sections)
    kept = sum(section.kept for section in sections)
    counts = [w.count("items", kept), w.count("words", board.words)]
    if board.page_limit:
        counts.append(w.say("pages_at_most", n=board.page_limit))
    return BoardRows(sections, tuple(_parts(board, w)), tuple(counts), board.words, board.theme_words, board.lines)


def stories_of(board: Board) -> dict[str, ItemLine]:
    """Return the items of a board by their keys in forms."""
    items = chain.from_iterable((*section.items, *section.dropped) for section in board.sections)
    return {key_of(item.key): item for item in items}


def lines_of(board: Board) -> dict[str, Line]:
    """Return every line of the board that can be dropped or kept, by its key in forms."""
    parts = (board.points, board.statements, board.corrections, board.quiet, board.short)
    boxes = chain.from_iterable((Line(box.act, box.about, (), box.in_print), *box.rows) for box in board.boxes)
    passages = chain.from_iterable(section.passages for section in board.sections)
    return {line_key(line.act): line for line in chain(*parts, boxes, passages)}


def _section(section: BoardSection, board: Board, w: Words) -> SectionRows:
    ordered = _with_dropped(section)
    rows = [item_row(item, section.name, w) for item in ordered]
    return SectionRows(
        section.theme,
        section.name,
        tuple(row for row in rows if row.state != "unchanged" and not row.in_a_line),
        tuple(row for row in rows if row.state != "unchanged" and row.in_a_line),
        tuple(row for row in rows if row.state == "unchanged"),
        tuple(line_row(line) for line in section.passages),
        section.lines,
    )


def _with_dropped(section: BoardSection) -> list[ItemLine]:
    """Return the items of a section, each that was dropped behind the last one that the draft has before it."""
    ordered = list(section.items)
    for gone in sorted(section.dropped, key=lambda item: item.number):
        before = [n for n, item in enumerate(ordered) if item.number < gone.number]
        ordered.insert(before[-1] + 1 if before else 0, gone)
    return ordered


def item_row(item: ItemLine, section: str, w: Words) -> Row:
    """Return an item in the words of a language."""
    return Row(
        key=key_of(item.key),
        theme=item.theme,
        section=section,
        number=item.number,
        headline=item.retitled or item.headline,
        source_headline=w.say("source_headline", headline=item.headline) if item.retitled else "",
        retitled=item.retitled,
        outlets=outlets_said(item.outlets, w),
        origins_said=w.count("origin_short", item.origins),
        state=item.state,
        state_said=w.say(f"state_{item.state}"),
        importance_said=decimal(item.importance, 1, w),
        words=item.words,
        in_a_line=item.in_a_line,
        dropped=not item.in_print,
        held=item.held,
        pinned=item.pinned,
        reviewed=item.reviewed,
        points=item.points,
        own=item.own_lines,
        noted=bool(item.notes),
    )


def outlets_said(outlets: tuple[str, ...], w: Words) -> str:
    """Return the outlets of an item, the first few by name."""
    named = [outlet for outlet in outlets if outlet]
    shown, more = named[:_OUTLETS], len(named) - _OUTLETS
    if not named:
        return w.say("outlet_unknown")
    return ", ".join(shown) + (f" {w.say('and_more', n=more)}" if more > 0 else "")


def line_row(line: Line) -> LineRow:
    """Return a line of a box or a list."""
    numbers = f"[{', '.join(map(str, line.sources))}]" if line.sources else ""
    return LineRow(line_key(line.act), line.text, numbers, not line.in_print)


def _parts(board: Board, w: Words) -> Iterator[Part]:
    parts: tuple[tuple[str, str, Iterable[Line]], ...] = (
        ("points", "key_points", board.points),
        ("corrections", "corrections", board.corrections),
        ("quiet", "quiet", board.quiet),
        ("statements", "statements", board.statements),
        ("short", "in_short", board.short),
    )
    for name, title, lines in parts:
        if rows := tuple(line_row(line) for line in lines):
            yield Part(name, w.say(title), rows)
    boxes: list[LineRow] = []
    for box in board.boxes:
        boxes += [line_row(Line(box.act, box.about, (), box.in_print)), *map(line_row, box.rows)]
    if boxes:
        yield Part("accounts", w.say("accounts"), tuple(boxes))


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence of a story: printed, or one that could be."""

    key: str
    text: str
    outlet: str
    why: tuple[str, ...]
    dropped: bool = False
    is_point: bool = False
    by_editor: bool = False


def chosen_row(sentence: ChosenSentence) -> SentenceRow:
    """Return a sentence that is printed, or was and was dropped."""
    return SentenceRow(
        span_key(sentence.span),
        sentence.text,
        f"[{sentence.source}] {sentence.outlet}".rstrip(),
        (),
        not sentence.in_print,
        sentence.is_point,
        sentence.by_editor,
    )


def candidate_row(candidate: Candidate, w: Words) -> SentenceRow:
    """Return a sentence that could be printed, with what speaks for it and against it."""
    return SentenceRow(
        span_key(candidate.span),
        candidate.text,
        f"[{candidate.source}] {candidate.outlet}".rstrip(),
        tuple(_why(candidate, w)),
    )


def _why(candidate: Candidate, w: Words) -> Iterator[str]:
    yield w.say("score", score=decimal(candidate.score, 1, w))
    weighty = sorted(candidate.reasons, key=lambda reason: (-abs(reason.value), reason.name))[:_REASONS]
    if weighty:
        yield ", ".join(f"{reason.name} {decimal(reason.value, 1, w)}" for reason in weighty)
    if candidate.support:
        yield w.say("also_said_by", sources=", ".join(candidate.support))
    yield (
        w.say("printed_before", day=w.day(candidate.printed, "tiny")) if candidate.printed else w.say("not_printed_yet")
    )
    if candidate.speaker:
        yield w.say("words_of", name=candidate.speaker)
    if candidate.problem:
        yield w.say("against", why=candidate.problem)


def decimal(value: float, places: int, w: Words) -> str:
    """Return a number with its decimals as the language writes it."""
    return f"{value:.{places}f}".replace(".", w.patterns["decimal"])
