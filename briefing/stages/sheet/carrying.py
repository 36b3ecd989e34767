"""Carries the edits of a sheet over to a newer draft of the same day: a late article costs no edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.model import Edition, EditionStory
from briefing.stages.sheet.edits import Edits, ItemEdit, SectionEdit, whole
from briefing.stages.sheet.rows import POINTS, Place, Row, rows_of


@dataclass(frozen=True, slots=True)
class Carried:
    """Edits as they fit a newer draft, and what of them does not."""

    edits: Edits
    lost: tuple[str, ...]  # a sentence each


def carried_over(before: Edition, edits: Edits, draft: Edition) -> Carried:
    """Return the edits of an older draft for a newer one.

    A story is the same when it has most of the same articles. What the editor dropped stays dropped, what he moved,
    headed or wrote stays; what is new stands where the newer draft has it.
    """
    return _Carrying(before, edits, draft).carried()


class _Carrying:
    def __init__(self, before: Edition, edits: Edits, draft: Edition) -> None:
        self.before, self.edits, self.draft = before, edits, draft
        self.rows_before, self.rows = rows_of(before), rows_of(draft)
        self.now = _same_stories(before, draft)  # number before → number now
        self.lost: list[str] = []

    def carried(self) -> Carried:
        fresh = whole(self.draft)
        edits = replace(
            fresh,
            signed=self.edits.signed,
            lines=self.edits.lines,
            sections=tuple(self.sections(fresh)),
            accounts=tuple(self.accounts()),
            kept=dict(self.kept()),
            points=tuple(self.points(fresh)),
        )
        return Carried(edits, tuple(self.lost))

    # ---- sections and items

    def sections(self, fresh: Edits) -> Iterator[SectionEdit]:
        """Yield the sections in the editor's order, each with his items and what is new behind them."""
        there = {section.theme: section for section in fresh.sections}
        known = {section.theme for section in self.before.sections}
        edited = {section.theme: section for section in self.edits.sections}
        order = [theme for theme in edited if theme in there]
        order += [theme for theme in there if theme not in known]  # a theme that is new; others he dropped
        for theme in edited:
            if theme not in there:
                self.lost += [f"Your line “{line.text}”: its section is gone." for line in edited[theme].lines]
        new = set(self.now.values())
        for theme in order:
            mine = tuple(self.items(edited[theme])) if theme in edited else ()
            added = tuple(item for item in there[theme].items if item.number not in new)
            lines = edited[theme].lines if theme in edited else ()
            yield SectionEdit(theme, lines, self.in_order(mine, added))

    def items(self, section: SectionEdit) -> Iterator[ItemEdit]:
        for item in section.items:
            number = self.now.get(item.number)
            if number is not None:
                yield ItemEdit(number, item.retitled, item.lines)
            elif item.retitled or item.lines:
                said = [item.retitled, *(line.text for line in item.lines)]
                self.lost.append(f"“{'”, “'.join(filter(None, said))}”: item {item.number} of before is gone.")

    def in_order(self, mine: Sequence[ItemEdit], added: Sequence[ItemEdit]) -> tuple[ItemEdit, ...]:
        """Return the editor's items with the new ones before those without news, which end a section."""
        states = {story.number: story.state for story in self.draft.stories}
        end = len(mine)
        while end and states[mine[end - 1].number] == "unchanged":
            end -= 1
        news = [item for item in added if states[item.number] != "unchanged"]
        still = [item for item in added if states[item.number] == "unchanged"]
        rest = [*mine[end:], *still]
        return (*mine[:end], *news, *sorted(rest, key=lambda item: item.number))

    # ---- rows

    def kept(self) -> Iterator[tuple[Place, tuple[int, ...]]]:
        for place, rows in self.rows.items():
            yield place, tuple(self.kept_at(place, rows))

    def kept_at(self, place: Place, rows: Sequence[Row]) -> list[int]:
        """Return the rows of a place that stay: all that the editor did not drop, those he left in his order first."""
        was = self.place_before(place)
        if was is None:
            return list(range(len(rows)))
        texts = [row.text for row in self.rows_before[was]]
        mine = [texts[n] for n in self.edits.kept.get(was, ())]
        dropped = set(texts) - set(mine)
        stay = [n for n, row in enumerate(rows) if row.text not in dropped]
        moved = mine != [text for text in texts if text not in dropped]
        if not moved:
            return stay
        rank = {text: n for n, text in enumerate(mine)}
        return sorted(stay, key=lambda n: (rank.get(rows[n].text, len(rank)), n))

    def place_before(self, place: Place) -> Place | None:
        """Return where the older draft had a place of the newer one; None when it had none."""
        kind, number = place
        if kind == "item":
            return next((("item", old) for old, new in self.now.items() if new == number), None)
        if kind == "passages":
            theme = self.draft.sections[number].theme
            themes = [section.theme for section in self.before.sections]
            return ("passages", themes.index(theme)) if theme in themes else None
        if kind == "account":
            about = self.draft.accounts[number - 1].about
            return next((("account", n) for n, a in enumerate(self.before.accounts, 1) if a.about == about), None)
        return place

    def accounts(self) -> Iterator[int]:
        for number in range(1, len(self.draft.accounts) + 1):
            was = self.place_before(("account", number))
            if was is None or was[1] in self.edits.accounts:
                yield number

    def points(self, fresh: Edits) -> Iterator[tuple[Place, int]]:
        """Yield the key points: those of the newer draft where the editor left them as they were, else his."""
        if self.edits.points == whole(self.before).points:
            yield from fresh.points
            return
        everywhere = {row.text: (place, n) for place, rows in reversed(self.rows.items()) for n, row in enumerate(rows)}
        own = {row.text: ((POINTS, 0), n) for n, row in enumerate(self.rows[POINTS, 0])}
        for place, n in self.edits.points:
            text = self.rows_before[place][n].text
            found = own.get(text) or everywhere.get(text)
            if found and found[0][0] in (POINTS, "item", "passages"):
                yield found
            else:
                self.lost.append(f"The key point “{text}”: the draft no longer prints it.")


def _same_stories(before: Edition, draft: Edition) -> dict[int, int]:
    """Return which story of the newer draft each of the older one is: that with most of its articles, each once."""
    shared = [
        (-len(set(old.sources) & set(new.sources)), old.number, new.number)
        for old in before.stories
        for new in _meeting(old, draft)
    ]
    found: dict[int, int] = {}
    for _, old, new in sorted(shared):
        if old not in found and new not in found.values():
            found[old] = new
    return found


def _meeting(story: EditionStory, draft: Edition) -> Iterator[EditionStory]:
    keys = set(story.sources)
    return (other for other in draft.stories if keys & set(other.sources))
