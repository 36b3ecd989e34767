"""Acts and edits, each made of the other: what acts make of a draft, and which acts lie between two sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.model import CitedSentence, Edition, EditorLine, SignOff
from briefing.model.acts import Act, Span, story_key
from briefing.stages.sheet.applying import apply_edits
from briefing.stages.sheet.edits import Edits, ItemEdit, SectionEdit, whole
from briefing.stages.sheet.lines import articles_of, at_place, spans_of
from briefing.stages.sheet.replaying import Lost, end_of_news, inserted, replay
from briefing.stages.sheet.rows import POINTS, Place


@dataclass(frozen=True, slots=True)
class Applied:
    """The edition that acts make of a draft."""

    edition: Edition
    lost: tuple[Lost, ...] = ()


def apply(
    draft: Edition, acts: Sequence[Act], signed: SignOff, candidates: Mapping[Span, CitedSentence] | None = None
) -> Applied:
    """Return the edition that acts make of a draft, signed, and the acts that no longer fit; as `replay`."""
    done = replay(draft, acts, candidates)
    return Applied(apply_edits(done.draft, done.edits, signed), done.lost)


def acts_of(draft: Edition, edits: Edits, before: Edits | None = None) -> tuple[Act, ...]:
    """Return the acts that lead from one state of a sheet to another.

    Args:
        draft: What both sheets are of.
        edits: As the sheet stands.
        before: As it stood; None: untouched.
    """
    return tuple(_Difference(draft, before or whole(draft), edits).acts())


class _Difference:
    def __init__(self, draft: Edition, before: Edits, after: Edits) -> None:
        self.draft, self.before, self.after = draft, before, after
        self.keys = {story.number: story_key(story) for story in draft.stories}
        self.spans = spans_of(draft)
        self.was, self.now = _by_theme(draft, before), _by_theme(draft, after)

    def acts(self) -> Iterator[Act]:
        yield from self.items()
        themes, now = [s.theme for s in self.was.values()], [s.theme for s in self.now.values()]
        if themes != now:
            yield Act("order", "sections", themes=tuple(now))
        yield from self.rows()
        yield from self.accounts()
        yield from self.points()
        yield from _lines(Act("line", "cover"), self.before.lines, self.after.lines)
        for theme, section in self.now.items():
            yield from _lines(Act("line", "section", theme=theme), self.was[theme].lines, section.lines)
        items = _items(self.was)
        for number, item in _items(self.now).items():
            old = items.get(number, ItemEdit(number))
            if item.retitled != old.retitled:
                yield Act("title", "item", story=self.keys[number], text=item.retitled)
            yield from _lines(Act("line", "item", story=self.keys[number]), old.lines, item.lines)

    def items(self) -> Iterator[Act]:
        """Yield what was dropped, taken back, moved to another section and put in another order."""
        homes = {number: theme for theme, section in self.was.items() for number in _numbers(section)}
        theirs = {number: theme for theme, section in self.now.items() for number in _numbers(section)}
        yield from (Act("drop", story=self.keys[number]) for number in homes if number not in theirs)
        yield from (
            Act("move", story=self.keys[number], theme=theme)
            for number, theme in theirs.items()
            if homes.get(number) != theme
        )
        done = self.moved(homes, theirs)
        for theme, section in self.now.items():
            if done[theme] != _numbers(section):
                yield Act("order", "section", theme=theme, stories=tuple(self.keys[n] for n in _numbers(section)))

    def moved(self, homes: Mapping[int, str], theirs: Mapping[int, str]) -> dict[str, list[int]]:
        """Return the items of each section after some were dropped and some moved, as replaying has them."""
        states = {story.number: story.state for story in self.draft.stories}
        lists = {theme: [n for n in _numbers(s) if theirs.get(n) == theme] for theme, s in self.was.items()}
        for number, theme in theirs.items():
            if homes.get(number) != theme:
                lists[theme].insert(end_of_news(lists[theme], number, states), number)
        return lists

    def rows(self) -> Iterator[Act]:
        """Yield what was dropped, taken back and put in another order of the lines of each place that is printed."""
        printed = _items(self.now)
        for place, spans in self.spans.items():
            kind, number = place
            if kind == POINTS or (kind == "item" and number not in printed):
                continue
            if kind == "account" and number not in self.after.accounts:
                continue
            was, now = self.before.kept.get(place, ()), self.after.kept.get(place, ())
            if was != now:
                yield from self.lines_at(place, spans, was, now)

    def lines_at(self, place: Place, spans: Sequence[Span], was: Sequence[int], now: Sequence[int]) -> Iterator[Act]:
        at = at_place(self.draft, place)
        gone, come = [n for n in was if n not in now], [n for n in now if n not in was]
        yield from (replace(at, kind="drop", spans=(spans[n],)) for n in gone)
        yield from (replace(at, kind="keep", spans=(spans[n],)) for n in come)
        if _after(was, gone, come) != list(now):
            yield replace(at, kind="order", spans=tuple(spans[n] for n in now))

    def accounts(self) -> Iterator[Act]:
        was, now = self.before.accounts, self.after.accounts
        gone, come = [n for n in was if n not in now], [n for n in now if n not in was]
        named = {n: (articles_of(a), a.about) for n, a in enumerate(self.draft.accounts, 1)}
        for kind, numbers in (("drop", gone), ("keep", come)):
            for n in numbers:
                yield Act(kind, "accounts", story=named[n][0], text=named[n][1])  # type: ignore[arg-type]
        if _after(was, gone, come) != list(now):
            boxes = [named[n] for n in now]
            yield Act("order", "accounts", stories=tuple(k for k, _ in boxes), themes=tuple(text for _, text in boxes))

    def points(self) -> Iterator[Act]:
        was, now = self.before.points, self.after.points
        gone, come = [p for p in was if p not in now], [p for p in now if p not in was]
        yield from (Act("no point", "points", spans=(self.span_at(point),)) for point in gone)
        for point in come:
            place, _ = point
            at = at_place(self.draft, place)
            yield replace(at, kind="point", spans=(self.span_at(point),))
        if [*(p for p in was if p in now), *come] != list(now):
            yield Act("order", "points", spans=tuple(map(self.span_at, now)))

    def span_at(self, point: tuple[Place, int]) -> Span:
        place, row = point
        return replace(self.spans[place][row], nth=0)


def _by_theme(draft: Edition, edits: Edits) -> dict[str, SectionEdit]:
    """Return every section of a draft in the order of edits; those they lack keep their place, emptied."""
    edited = {edit.theme: edit for edit in edits.sections}
    themes = [section.theme for section in draft.sections]
    order = iter(edits.sections)
    themes = [next(order).theme if theme in edited else theme for theme in themes]
    return {theme: edited.get(theme, SectionEdit(theme, (), ())) for theme in themes}


def _items(sections: Mapping[str, SectionEdit]) -> dict[int, ItemEdit]:
    return {item.number: item for section in sections.values() for item in section.items}


def _numbers(section: SectionEdit) -> list[int]:
    return [item.number for item in section.items]


def _after(was: Sequence[int], gone: Sequence[int], come: Sequence[int]) -> list[int]:
    """Return rows after some were dropped and some taken back, each before the first that the draft has behind it."""
    rows = [n for n in was if n not in gone]
    for row in come:
        rows = inserted(rows, row)
    return rows


def _lines(act: Act, was: Sequence[EditorLine], now: Sequence[EditorLine]) -> Iterator[Act]:
    """Yield the lines of the editor's own that went and that came; those from the first different one on."""
    same = next((n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    yield from (replace(act, kind="unline", text=line.text) for line in was[same:])
    yield from (replace(act, text=line.text) for line in now[same:])
