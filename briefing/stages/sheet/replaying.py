"""Replays acts on a draft: what they make of it, in the form a sheet has, and those that no longer fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from briefing.model import CitedSentence, Edition, EditionStory, EditorLine, StoryState
from briefing.model.acts import Act, ActKind, Span, StoryKey, found_story, span_of
from briefing.stages.sheet.edits import Edits, ItemEdit, SectionEdit
from briefing.stages.sheet.lines import found_account, found_place, points_of, spans_of
from briefing.stages.sheet.rows import POINTS, Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lost:
    """An act that does not fit a draft."""

    act: Act
    why: str  # a sentence
    is_met: bool = False  # what it asks for is so all the same: what it drops is not there


@dataclass(frozen=True, slots=True)
class Replayed:
    """What acts make of a draft."""

    draft: Edition  # with the sentences they added and the passages they moved
    edits: Edits  # of that draft
    lost: tuple[Lost, ...] = ()

    @property
    def misfits(self) -> tuple[Lost, ...]:
        """Return the acts of which something is lost."""
        return tuple(lost for lost in self.lost if not lost.is_met)


class _MisfitError(Exception):
    """An act does not fit."""

    def __init__(self, why: str, *, is_met: bool = False) -> None:
        super().__init__(why)
        self.is_met = is_met


def replay(draft: Edition, acts: Sequence[Act], candidates: Mapping[Span, CitedSentence] | None = None) -> Replayed:
    """Return what acts make of a draft, one after the other.

    Acts that regroup stories are no part of it: the draft was built with them.

    Args:
        draft: As built.
        acts: Those in effect, in order.
        candidates: The sentences that acts add, as printed, by their span.
    """
    replaying = _Replaying(draft)
    replaying.enlarge(acts, candidates or {})
    for act in acts:
        replaying.take(act)
    return replaying.replayed()


class _Replaying:
    def __init__(self, draft: Edition) -> None:
        self.draft = draft
        self.lost: list[Lost] = []
        self.base = {story.number: len(story.summary) for story in draft.stories}
        self.cover = list(draft.lines)
        self.order = [section.theme for section in draft.sections]
        self.items = {section.theme: [s.number for s in section.stories] for section in draft.sections}
        self.section_lines = {section.theme: list(section.lines) for section in draft.sections}
        self.titles = {story.number: story.retitled for story in draft.stories}
        self.item_lines = {story.number: list(story.lines) for story in draft.stories}
        self.accounts = list(range(1, len(draft.accounts) + 1))
        self.look_up()

    def look_up(self) -> None:
        """Read the lines of the draft as it is now."""
        self.stories = {story.number: story for story in self.draft.stories}
        self.homes = {story.number: s.theme for s in self.draft.sections for story in s.stories}
        self.spans = spans_of(self.draft)
        self.kept = {place: list(range(self.own(place, len(spans)))) for place, spans in self.spans.items()}
        self.points = [((POINTS, 0), n) for n in range(len(self.spans[POINTS, 0]))]

    def own(self, place: Place, count: int) -> int:
        """Return how many lines of a place are of the draft as it was built."""
        return self.base[place[1]] if place[0] == "item" else count

    # ---- what the draft lacks

    def enlarge(self, acts: Sequence[Act], candidates: Mapping[Span, CitedSentence]) -> None:
        """Add to the draft the sentences that acts will choose from, and move its passages."""
        for act in acts:
            if act.kind in ("add", "swap"):
                story = found_story(act.story, self.draft.stories)
                found = candidates.get(act.spans[-1])
                if story and found and found.article_id in story.sources:
                    self.draft = _with_sentence(self.draft, story.number, found)
            elif act.kind == "move passage":
                self.draft = _with_passage_moved(self.draft, act)
        self.look_up()

    def replayed(self) -> Replayed:
        """Return the result: of the sentences that were added only those that are printed."""
        draft = self.draft
        for number, base in self.base.items():
            place: Place = ("item", number)
            added = [n for n in range(base, len(self.spans[place])) if n in self.kept[place]]
            place_now = {n: n for n in range(base)} | {n: base + at for at, n in enumerate(added)}
            if len(added) < len(self.spans[place]) - base:
                draft = _with_only(draft, number, base, {self.spans[place][n] for n in added})
            self.kept[place] = [place_now[n] for n in self.kept[place]]
            self.points = [
                (p, place_now[n]) if p == place else (p, n) for p, n in self.points if p != place or n in place_now
            ]
        edits = Edits(
            signed="",
            lines=tuple(self.cover),
            sections=tuple(self.section(theme) for theme in self.order),
            accounts=tuple(self.accounts),
            kept={place: tuple(rows) for place, rows in self.kept.items()},
            points=tuple(self.points),
        )
        return Replayed(draft, edits, tuple(self.lost))

    def section(self, theme: str) -> SectionEdit:
        items = (ItemEdit(n, self.titles[n], tuple(self.item_lines[n])) for n in self.items[theme])
        return SectionEdit(theme, tuple(self.section_lines[theme]), tuple(items))

    # ---- one act

    def take(self, act: Act) -> None:
        """Take one act; what does not fit is listed."""
        try:
            step = _STEPS.get(act.kind)
            if step is not None:
                step(self, act)
        except _MisfitError as misfit:
            self.lost.append(Lost(act, str(misfit), misfit.is_met))

    def story(self, key: StoryKey, *, is_met: bool = False) -> EditionStory:
        found = found_story(key, self.draft.stories)
        if found is None:
            raise _MisfitError("Its item is gone.", is_met=is_met)
        return found

    def theme(self, slug: str) -> str:
        if slug not in self.items:
            raise _MisfitError("Its section is gone.")
        return slug

    def place(self, act: Act, *, is_met: bool = False) -> Place:
        found = found_place(act, self.draft)
        if found is None:
            raise _MisfitError("What it stood in is gone.", is_met=is_met)
        return found

    def rows(self, act: Act, *, is_met: bool = False) -> tuple[Place, list[int]]:
        """Return the lines that an act names; at least one of them is there."""
        place = self.place(act, is_met=is_met)
        found = [n for span in act.spans for n, own in enumerate(self.spans[place]) if own == span]
        if not found:
            raise _MisfitError("The draft no longer prints it there.", is_met=is_met)
        return place, found

    def drop(self, act: Act) -> None:
        if act.place == "points":
            self.no_point(act)
        elif act.place in ("", "section"):
            number = self.story(act.story, is_met=True).number
            self.take_out(number)
        elif act.place == "accounts":
            number = found_account(act, self.draft)
            if number not in self.accounts:
                raise _MisfitError("That box is gone.", is_met=True)
            self.accounts.remove(number)
        else:
            place, rows = self.rows(act, is_met=True)
            self.kept[place] = [n for n in self.kept[place] if n not in rows]

    def keep(self, act: Act) -> None:
        if act.place == "points":
            self.point(act)
        elif act.place in ("", "section"):
            self.put_back(self.story(act.story).number)
        elif act.place == "accounts":
            number = found_account(act, self.draft)
            if not number:
                raise _MisfitError("That box is gone.")
            self.accounts = inserted(self.accounts, number)
        else:
            place, rows = self.rows(act)
            for row in rows:
                self.kept[place] = inserted(self.kept[place], row)

    def take_out(self, number: int) -> None:
        for items in self.items.values():
            if number in items:
                items.remove(number)

    def put_back(self, number: int) -> None:
        """Put an item back into its own section, where the draft has it."""
        if not any(number in items for items in self.items.values()):
            home = self.homes[number]
            self.items[home] = inserted(self.items[home], number)

    def move(self, act: Act) -> None:
        number, theme = self.story(act.story).number, self.theme(act.theme)
        self.take_out(number)
        before = found_story(act.stories[0], self.draft.stories) if act.stories else None
        items = self.items[theme]
        at = (
            items.index(before.number)
            if before and before.number in items
            else end_of_news(items, number, {n: s.state for n, s in self.stories.items()})
        )
        items.insert(at, number)

    def pin(self, act: Act) -> None:
        number = self.story(act.story).number
        theme = next((t for t, items in self.items.items() if number in items), self.homes[number])
        self.take_out(number)
        self.items[theme].insert(0, number)

    def order_lines(self, act: Act) -> None:
        if act.place == "sections":
            self.order = reordered(self.order, act.themes)
        elif act.place == "section":
            theme = self.theme(act.theme)
            found = (found_story(key, self.draft.stories) for key in act.stories)
            self.items[theme] = reordered(self.items[theme], [story.number for story in found if story])
        elif act.place == "accounts":
            named = (found_account(replace(act, story=key, text=text), self.draft) for key, text in _boxes(act))
            self.accounts = reordered(self.accounts, list(named))
        elif act.place == "points":
            at = {self.span_at(point): point for point in self.points}
            self.points = reordered(self.points, [at[span] for span in act.spans if span in at])
        else:
            place, rows = self.rows(act)
            self.kept[place] = reordered(self.kept[place], rows)

    def add(self, act: Act) -> None:
        place, row = self.added(act)
        if row not in self.kept[place]:
            self.kept[place].append(row)

    def swap(self, act: Act) -> None:
        place, row = self.added(act)
        kept = [n for n in self.kept[place] if n != row]
        gone = [n for n in kept if self.spans[place][n] == act.spans[0]]
        if not gone:
            raise _MisfitError("The sentence it takes the place of is not printed there.")
        self.kept[place] = [row if n in gone else n for n in kept]

    def added(self, act: Act) -> tuple[Place, int]:
        number = self.story(act.story).number
        place: Place = ("item", number)
        if act.spans[-1] not in self.spans[place]:
            raise _MisfitError(f"No source of item {number} has that sentence.")
        return place, self.spans[place].index(act.spans[-1])

    def title(self, act: Act) -> None:
        story = self.story(act.story)
        self.titles[story.number] = "" if act.text == story.headline else act.text

    def own_lines(self, act: Act) -> list[EditorLine]:
        if act.place == "cover":
            return self.cover
        if act.place == "section":
            return self.section_lines[self.theme(act.theme)]
        return self.item_lines[self.story(act.story).number]

    def line(self, act: Act) -> None:
        self.own_lines(act).append(EditorLine(act.text))

    def unline(self, act: Act) -> None:
        lines = self.own_lines(act)
        if EditorLine(act.text) not in lines:
            raise _MisfitError("That line is not there.", is_met=True)
        lines.remove(EditorLine(act.text))

    def span_at(self, point: tuple[Place, int]) -> Span:
        """Return the span of a key point, as if it were the only one with it."""
        place, row = point
        return replace(self.spans[place][row], nth=0)

    def point(self, act: Act) -> None:
        span = replace(act.spans[0], nth=0)
        if span in map(self.span_at, self.points):
            return
        found = points_of(self.spans).get(span)
        if found is None:
            raise _MisfitError("The draft no longer prints that sentence.")
        self.points.append(found)

    def no_point(self, act: Act) -> None:
        span = replace(act.spans[0], nth=0)
        left = [point for point in self.points if self.span_at(point) != span]
        if len(left) == len(self.points):
            raise _MisfitError("It is no key point.", is_met=True)
        self.points = left

    def hold(self, act: Act) -> None:
        self.take_out(self.story(act.story).number)

    def drop_unchanged(self, act: Act) -> None:
        for theme, items in self.items.items():
            if not act.theme or theme == act.theme:
                self.items[theme] = [n for n in items if self.stories[n].state != "unchanged"]

    def move_passage(self, act: Act) -> None:
        target = Act("keep", "passages", theme=act.themes[0], spans=act.spans[:1])
        try:
            self.rows(target)
        except _MisfitError:
            raise _MisfitError("The draft no longer has that passage.") from None

    def look(self, act: Act) -> None:
        """Take an act that prints nothing: its story must be there."""
        self.story(act.story, is_met=True)


_STEPS: dict[ActKind, Callable[[_Replaying, Act], None]] = {
    "drop": _Replaying.drop,
    "keep": _Replaying.keep,
    "swap": _Replaying.swap,
    "add": _Replaying.add,
    "order": _Replaying.order_lines,
    "pin": _Replaying.pin,
    "move": _Replaying.move,
    "title": _Replaying.title,
    "line": _Replaying.line,
    "unline": _Replaying.unline,
    "point": _Replaying.point,
    "no point": _Replaying.no_point,
    "drop unchanged": _Replaying.drop_unchanged,
    "move passage": _Replaying.move_passage,
    "hold": _Replaying.hold,
    "note": _Replaying.look,
    "review": _Replaying.look,
}


def reordered(current: Sequence[T], wanted: Sequence[T]) -> list[T]:
    """Return things in another order: those that are named change places among themselves, the others stay."""
    named = [thing for thing in dict.fromkeys(wanted) if thing in current]
    following = iter(named)
    return [next(following) if thing in named else thing for thing in current]


def end_of_news(items: Sequence[int], number: int, states: Mapping[int, StoryState]) -> int:
    """Return the place behind the items of a section; of news before those without news, which end a section."""
    end = len(items)
    while states[number] != "unchanged" and end and states[items[end - 1]] == "unchanged":
        end -= 1
    return end


def inserted(rows: Sequence[int], row: int) -> list[int]:
    """Return rows with one more, before the first that the draft has behind it."""
    if row in rows:
        return list(rows)
    at = next((n for n, other in enumerate(rows) if other > row), len(rows))
    return [*rows[:at], row, *rows[at:]]


def _boxes(act: Act) -> Iterator[tuple[StoryKey, str]]:
    """Yield the boxes that an order names, each by its articles and what it is about."""
    return zip(act.stories, act.themes, strict=False)


# ---- the draft with what it lacks


def _with_story(draft: Edition, number: int, change: Callable[[EditionStory], EditionStory]) -> Edition:
    return replace(
        draft,
        sections=tuple(
            replace(s, stories=tuple(change(i) if i.number == number else i for i in s.stories)) for s in draft.sections
        ),
    )


def _with_sentence(draft: Edition, number: int, sentence: CitedSentence) -> Edition:
    """Return a draft with a sentence more behind those of an item, in its digests' views too."""

    def longer(sentences: tuple[CitedSentence, ...]) -> tuple[CitedSentence, ...]:
        return sentences if sentence.receipt in {s.receipt for s in sentences} else (*sentences, sentence)

    return _with_story(
        draft,
        number,
        lambda story: replace(
            story,
            summary=longer(story.summary),
            views=tuple(replace(view, summary=longer(view.summary)) for view in story.views),
        ),
    )


def _with_only(draft: Edition, number: int, base: int, added: Iterable[Span]) -> Edition:
    """Return a draft of which an item has, behind its own first sentences, only some of those that were added."""
    wanted = set(added)

    def shorter(story: EditionStory) -> EditionStory:
        gone = {s.receipt for s in story.summary[base:] if span_of(s.receipt) not in wanted}

        def left(sentences: tuple[CitedSentence, ...]) -> tuple[CitedSentence, ...]:
            return tuple(s for s in sentences if s.receipt not in gone)

        views = tuple(replace(view, summary=left(view.summary)) for view in story.views)
        return replace(story, summary=left(story.summary), views=tuple(view for view in views if view.summary))

    return _with_story(draft, number, shorter)


def _with_passage_moved(draft: Edition, act: Act) -> Edition:
    """Return a draft with a passage behind those of another section; as it is where it lacks one of the two."""
    target, span = act.themes[0], act.spans[0]
    found = next(
        (
            (section.theme, passage)
            for section in draft.sections
            if section.theme == act.theme
            for passage in section.passages
            if any(span_of(s.receipt) == replace(span, nth=0) for s in passage.sentences)
        ),
        None,
    )
    if found is None or target == act.theme or target not in {section.theme for section in draft.sections}:
        return draft
    theme, passage = found
    moved = replace(
        passage,
        why=replace(passage.why, theme=target),
        sentences=tuple(replace(s, by_editor=True) for s in passage.sentences),
    )

    def passages(slug: str, those: tuple[object, ...]) -> tuple[object, ...]:
        kept = tuple(p for p in those if slug != theme or p is not passage)
        return (*kept, moved) if slug == target else kept

    return replace(
        draft,
        sections=tuple(replace(s, passages=passages(s.theme, s.passages)) for s in draft.sections),  # type: ignore[arg-type]
    )
