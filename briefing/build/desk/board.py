"""The board: the whole edition as it stands, a line an item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from briefing.build.desk.results import Board, BoardSection, Box, ItemLine, Line
from briefing.build.drafts.state import State
from briefing.model import Section
from briefing.model.acts import Act, StoryKey, story_key
from briefing.settings import Settings
from briefing.stages.sheet import Edits, lost_line, spans_of
from briefing.stages.sheet.lines import articles_of, at_place
from briefing.stages.sheet.rows import Place, rows_of


class BoardView:
    """Lists what a state prints and what it dropped."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.draft, self.edits = state.replayed.draft, state.replayed.edits
        self.rows, self.spans = rows_of(self.draft), spans_of(self.draft)
        self.stories = {story.number: story for story in self.draft.stories}
        self.homes = {story.number: s.theme for s in self.draft.sections for story in s.stories}
        self.listed = self.draft.by_article
        self.points = {self.spans[place][row] for place, row in self.edits.points}
        self._printed = {n: item for s in self.edits.sections for n, item in ((i.number, i) for i in s.items)}

    @cached_property
    def noted(self) -> Mapping[StoryKey, tuple[set[str], tuple[str, ...]]]:
        """Return by story the kinds of acts that print nothing, and its notes."""
        found: defaultdict[StoryKey, tuple[set[str], tuple[str, ...]]] = defaultdict(lambda: (set(), ()))
        homes = {key: story_key(story) for story in self.draft.stories for key in story_key(story)}
        for act in self.state.acts:
            if act.kind in ("note", "review", "hold"):
                for key in dict.fromkeys(homes[k] for k in act.story if k in homes):
                    kinds, notes = found[key]
                    found[key] = (kinds | {act.kind}, (*notes, act.text) if act.kind == "note" else notes)
        return found

    def board(self, settings: Settings) -> Board:
        """Return the whole board."""
        draft, edits, edition = self.draft, self.edits, self.state.edition
        sections = {section.theme: (n, section) for n, section in enumerate(draft.sections)}
        return Board(
            version=self.state.version,
            day=draft.day,
            title=draft.imprint.title,
            lines=tuple(line.text for line in edits.lines),
            points=tuple(self.key_points()),
            sections=tuple(self.section(*sections[edit.theme], edits) for edit in edits.sections),
            boxes=tuple(self.boxes()),
            statements=self.lines_at(("#statements", 0)),
            corrections=self.lines_at(("#corrections", 0)),
            quiet=self.lines_at(("#quiet", 0)),
            short=self.lines_at(("#short", 0)),
            words=sum(
                len(c.text.split()) for place, c in edition.walk() if place[0] == "sections" and "views" not in place
            ),
            theme_words=settings.limits.words_per_theme,
            page_limit=settings.limits.pages,
            lost=tuple(map(lost_line, self.state.replayed.misfits)),
            pending=self.state.pending,
            edition=edition,
        )

    def section(self, index: int, section: Section, edits: Edits) -> BoardSection:
        """Return a section of the board; ``index`` is its place in the draft."""
        edit = next(edit for edit in edits.sections if edit.theme == section.theme)
        gone = [story for story in section.stories if story.number not in self._printed]
        return BoardSection(
            theme=section.theme,
            name=section.name,
            items=tuple(self.item(item.number, section.theme) for item in edit.items),
            dropped=tuple(self.item(story.number, section.theme) for story in gone),
            passages=self.lines_at(("passages", index)),
            lines=tuple(line.text for line in edit.lines),
        )

    def item(self, number: int, theme: str) -> ItemLine:
        """Return the line of an item."""
        story, item = self.stories[number], self._printed.get(number)
        kept = self.edits.kept.get(("item", number), ())
        key = story_key(story)
        kinds, notes = self.noted.get(key, (set(), ()))
        section = next((s for s in self.edits.sections if s.theme == theme), None)
        first_of_draft = next((s.stories[:1] for s in self.draft.sections if s.theme == theme), ())
        is_first = bool(section and section.items and section.items[0].number == number)
        return ItemLine(
            key=key,
            number=number,
            theme=theme,
            headline=story.headline,
            retitled=item.retitled if item else "",
            outlets=tuple(dict.fromkeys(filter(None, (self.listed[k].outlet for k in story.sources)))),
            origins=len(story.origins),
            state=story.state,
            importance=story.importance,
            sentences=len(kept),
            words=sum(len(story.summary[n].text.split()) for n in kept),
            in_a_line=not story.summary,
            in_print=item is not None,
            held="hold" in kinds and item is None,
            reviewed="review" in kinds,
            pinned=is_first and story not in first_of_draft,
            moved=self.homes[number] != theme,
            points=sum(span in self.points for span in self.spans["item", number]),
            own_lines=len(item.lines) if item else 0,
            notes=notes,
        )

    def lines_at(self, place: Place) -> tuple[Line, ...]:
        """Return the lines of a place, those in print first, in their order."""
        kept = self.edits.kept.get(place, ())
        order = [*kept, *(n for n in range(len(self.rows[place])) if n not in kept)]
        at = at_place(self.draft, place)
        return tuple(
            Line(
                replace(at, kind="drop" if n in kept else "keep", spans=(self.spans[place][n],)),
                self.rows[place][n].text,
                self.rows[place][n].numbers,
                n in kept,
            )
            for n in order
        )

    def key_points(self) -> Iterator[Line]:
        """Yield the key points in their order, then those of the draft that were taken out."""
        own: list[tuple[Place, int]] = [(("#points", 0), n) for n in range(len(self.rows["#points", 0]))]
        for place, n in dict.fromkeys([*self.edits.points, *own]):
            is_printed = (place, n) in self.edits.points
            act = Act("no point" if is_printed else "point", "points", spans=(replace(self.spans[place][n], nth=0),))
            yield Line(act, self.rows[place][n].text, self.rows[place][n].numbers, is_printed)

    def boxes(self) -> Iterator[Box]:
        """Yield the accounts that differ, in their order, the dropped ones last."""
        numbers = range(1, len(self.draft.accounts) + 1)
        for n in [*self.edits.accounts, *(n for n in numbers if n not in self.edits.accounts)]:
            account, is_printed = self.draft.accounts[n - 1], n in self.edits.accounts
            kind = "drop" if is_printed else "keep"
            act = Act(kind, "accounts", story=articles_of(account), text=account.about)  # type: ignore[arg-type]
            yield Box(act, account.about, self.lines_at(("account", n)), is_printed)
