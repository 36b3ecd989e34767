"""`Desk`: the day's draft in an editor's hands. The browser and the command line call it, and so do the tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import RLock

from briefing.build.desk.board import BoardView
from briefing.build.desk.held import Held
from briefing.build.desk.results import Board, Done, HistoryEntry, Page, Refused
from briefing.build.desk.state import State
from briefing.build.desk.workshop import Workshop
from briefing.errors import SourceError
from briefing.model import CitedSentence
from briefing.model.acts import REGROUPING, Act, LoggedAct, Span, fault
from briefing.outputs import OUTPUTS
from briefing.outputs.job import Job
from briefing.settings import Settings
from briefing.stages.sheet import said_of
from briefing.stages.sheet.lines import normal
from briefing.store import Store
from briefing.system.cache import Cache

_MEDIA = {"html": "text/html", "email": "text/html", "text": "text/plain", "pdf": "application/pdf"}


class Desk:
    """The draft of one day, and all that is done to it. Threads may share one: its methods take turns.

    Args:
        store: The desk's; only this object uses it.
        settings: The desk's.
        out: The folder of editions.
        day: The edition's.
        clock: The time now, UTC.
        templates: The desk's own.
        cache: The work of earlier builds; None to do everything.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        out: Path,
        day: date,
        *,
        clock: Callable[[], datetime],
        templates: Path | None = None,
        cache: Cache | None = None,
    ) -> None:
        self.store, self.settings, self.out, self.day = store, settings, out, day
        self.clock, self.templates = clock, templates
        self._turn = RLock()
        self._workshop = Workshop(store, settings, cache)
        self._held = Held(store, out, day, clock=clock, cite=self._workshop.cited)

    @property
    def sheet(self) -> Path:
        """Return the path of the sheet."""
        return self._held.sheet

    def state(self) -> State:
        """Return the draft and its acts as they are now, those of the sheet on the disk taken in.

        Raises:
            SourceError: There is no draft of the day.
        """
        with self._turn:
            return self._held.state()

    def write_sheet(self) -> None:
        """Write the sheet as the draft stands, unless lines in it wait to be fixed.

        Raises:
            OutputError: It cannot be written.
        """
        with self._turn:
            self._held.write_sheet()

    # ---- acts

    def act(self, act: Act, *, editor: str, based_on: int) -> Done | Refused:
        """Do one act: checked, logged and on the disk before it returns; or say why not.

        Args:
            act: What is done.
            editor: Who does it.
            based_on: `version` of what the editor saw.
        """
        with self._turn:
            state, act = self.state(), normal(act)
            problem = fault(act) or self._misfit(state, act)
            if problem:
                return Refused(problem, "Look at the item again; the draft has changed or another act was first.")
            logged = self.store.act(self.day, editor, act, based_on=based_on, now=self.clock())
            if isinstance(logged, tuple):
                theirs = "; ".join(f"{entry.editor} did “{said_of(entry.act)}”" for entry in logged)
                return Refused(
                    f"Meanwhile {theirs}.",
                    "Look at the item as it is now, and do yours again if it still fits.",
                    logged,
                )
            return Done(logged.number, act, needs_rebuild=self.state().pending > 0)

    def _misfit(self, state: State, act: Act) -> str:
        """Return why an act does not fit the draft as it stands; empty when it does."""
        if act.kind == "take back":
            return "" if self._can_take_back(state, act.number) else f"Act {act.number} cannot be taken back."
        if act.kind in REGROUPING:
            return ""
        entry = LoggedAct(state.version + 1, "", self.clock(), state.version, act)
        tried = replace(state.with_log([*state.log, entry]), candidates=self._with_sentence(state, act))
        lost = next((lost for lost in reversed(tried.replayed.lost) if lost.act is act), None)
        return lost.why if lost else ""

    def _with_sentence(self, state: State, act: Act) -> Mapping[Span, CitedSentence]:
        """Return the sentences that acts add, with that of one more act."""
        if act.kind not in ("add", "swap") or act.spans[-1] in state.candidates:
            return state.candidates
        return {**state.candidates, **self._workshop.cited(state.stored, state.draft, [act])}

    def _can_take_back(self, state: State, number: int) -> bool:
        """Return whether an act is there and was not taken back; of one that took back, the same."""
        gone = {e.act.number for e in state.log if e.act.kind == "take back"}
        return number not in gone and any(entry.number == number for entry in state.log)

    def undo(self, *, editor: str, number: int = 0) -> Done | Refused:
        """Take back an act: the editor's last one, or the one with this number, whoever did it."""
        with self._turn:
            state = self.state()
            own = [e.number for e in state.effective if e.editor == editor]
            chosen = number or max(own, default=0)
            if not chosen:
                return Refused("There is nothing of yours to take back.", "History takes back what others did.")
            return self.act(Act("take back", number=chosen), editor=editor, based_on=state.version)

    def history(self) -> tuple[HistoryEntry, ...]:
        """Return every act of the day, the newest first."""
        with self._turn:
            state = self.state()
            counting = {entry.number for entry in state.effective}
            lost = {id(one.act): one.why for one in state.replayed.misfits}
            return tuple(
                HistoryEntry(
                    entry,
                    taken_back=entry.number not in counting and entry.act.kind != "take back",
                    lost=lost.get(id(entry.act), ""),
                    said=said_of(entry.act),
                )
                for entry in reversed(state.log)
            )

    # ---- screens

    def board(self) -> Board:
        """Return the whole edition as it stands, a line an item."""
        with self._turn:
            return BoardView(self.state()).board(self.settings)

    def page(self, output: str = "html", theme: str = "") -> Page:
        """Return an output of the edition as it would be, marked as not signed.

        Args:
            output: One of html, email, text, pdf.
            theme: Slug of the digest; empty for the whole edition.

        Raises:
            OutputError: It cannot be made.
            SourceError: There is no such output or theme.
        """
        with self._turn:
            edition = self.state().edition
        if output not in _MEDIA or theme not in ("", *(section.theme for section in edition.sections)):
            raise SourceError(f"There is no page {output} {theme}.", f"Use one of {', '.join(_MEDIA)}.")
        job = Job(edition.only(theme) if theme else edition, OUTPUTS, templates=self.templates)
        return Page(output, job.made(output), _MEDIA[output])
