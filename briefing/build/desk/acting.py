"""A day's draft in editors' hands: acts done to it, taken back, listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import RLock

from briefing.build.desk.jobs import Jobs
from briefing.build.desk.results import Done, HistoryEntry, Refused
from briefing.build.drafts.held import Held
from briefing.build.drafts.state import State
from briefing.build.drafts.workshop import Workshop
from briefing.model import CitedSentence
from briefing.model.acts import REGROUPING, Act, LoggedAct, Span, fault
from briefing.outputs.renderings import Renderings
from briefing.settings import Settings
from briefing.stages.sheet import said_of
from briefing.stages.sheet.lines import normal
from briefing.store import Store
from briefing.system.cache import Cache


class Acting:
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
        self.clock, self.templates, self.cache = clock, templates, cache
        self.renderings = Renderings(cache)
        self.jobs = Jobs()
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
            SourceError: No draft was built for the day.
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
            tried = self._tried(state, act)
            problem = fault(act) or self._misfit(state, tried, act)
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
            self._held.foresee(tried)
            return Done(logged.number, act, needs_rebuild=self.state().pending > 0)

    def _tried(self, state: State, act: Act) -> State:
        """Return the state as it would be after an act."""
        if fault(act):
            return state
        entry = LoggedAct(state.version + 1, "", self.clock(), state.version, act)
        return replace(state.with_log([*state.log, entry]), candidates=self._with_sentence(state, act))

    def _misfit(self, state: State, tried: State, act: Act) -> str:
        """Return why an act does not fit the draft as it stands; empty when it does."""
        if act.kind == "take back":
            return "" if self._can_take_back(state, act.number) else f"Act {act.number} cannot be taken back."
        if act.kind in REGROUPING:
            return ""
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
            lost = {one.act: one.why for one in state.replayed.misfits}
            return tuple(
                HistoryEntry(
                    entry,
                    taken_back=entry.number not in counting and entry.act.kind != "take back",
                    lost=lost.get(entry.act, ""),
                    said=said_of(entry.act),
                )
                for entry in reversed(state.log)
            )
