"""`Desk`: the day's draft in an editor's hands. The browser and the command line call it, and so do the tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from threading import RLock

from briefing.build.desk.board import BoardView, lost_line, said_of
from briefing.build.desk.results import Board, Done, HistoryEntry, Page, Refused
from briefing.build.desk.sheet_file import read_changes
from briefing.build.desk.state import State, parsed
from briefing.errors import SourceError
from briefing.model import CitedSentence
from briefing.model.acts import REGROUPING, Act, LoggedAct, Span, fault
from briefing.outputs import OUTPUTS
from briefing.outputs.draft import DRAFT, SHEET, load_draft
from briefing.outputs.draft import write_draft as write_files
from briefing.outputs.issue import issue_bytes
from briefing.outputs.job import Job
from briefing.settings import Settings
from briefing.stages.sheet.lines import normal
from briefing.store import Store, StoredDraft
from briefing.system.cache import Cache

#: Who did what was edited in the sheet on the disk.
ON_THE_SHEET = "sheet"
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
        self.clock, self.templates, self.cache = clock, templates, cache
        self._turn = RLock()
        self._known: State | None = None
        self._cited: dict[Span, CitedSentence] = {}
        self._sheet_seen: tuple[int, int] = (0, 0)  # time and size of the sheet as it was read or written last
        self._sheet_mistakes: tuple[str, ...] = ()

    @property
    def sheet(self) -> Path:
        """Return the path of the sheet."""
        return self.out / self.day.isoformat() / SHEET

    # ---- the state

    def state(self) -> State:
        """Return the draft and its acts as they are now, those of the sheet on the disk taken in.

        Raises:
            SourceError: There is no draft of the day.
        """
        with self._turn:
            state = self._stored()
            return self._with_sheet(state)

    def _stored(self) -> State:
        """Return the draft and the acts of the store; worked out anew where one of the two is another."""
        stored = self.store.draft(self.day) or self._adopted()
        log = self.store.acts(self.day)
        known = self._known
        if known is None or known.stored != stored:
            known = State(stored, parsed(stored), log, self._cited)
        elif known.log != log:
            known = known.with_log(log)
        self._known = known
        return known

    def _adopted(self) -> StoredDraft:
        """Store the draft that lies beside the sheet, where it was built without being stored."""
        if not self.sheet.is_file():
            raise SourceError(
                f"There is no draft of {self.day}.", "Build it: briefing daily --draft", code="E_NOT_FOUND"
            )
        draft = load_draft(self.sheet)
        made = datetime.fromtimestamp((self.sheet.parent / DRAFT).stat().st_mtime, UTC)
        stored = StoredDraft(issue_bytes(draft), made, ())
        self.store.keep_draft(self.day, stored)
        return stored

    def _with_sheet(self, state: State) -> State:
        """Return the state with what was edited in the sheet on the disk, if it was."""
        seen = self._sheet_stat()
        if seen in (self._sheet_seen, (0, 0)):
            return state
        self._sheet_seen = seen
        read = read_changes(state, self.sheet)
        self._sheet_mistakes = tuple(f"line {m.line}: {m.problem}" for m in read.mistakes)
        self._sheet_mistakes += tuple(
            f"“{said_of(act)}” was not taken: meanwhile {entry.editor} did “{said_of(entry.act)}”."
            for act, entry in read.clashing
        )
        based_on = state.version
        for act in read.acts:
            logged = self.store.act(self.day, ON_THE_SHEET, act, based_on=based_on, now=self.clock())
            if isinstance(logged, LoggedAct):
                based_on = logged.number
            else:
                self._sheet_mistakes += (f"“{said_of(act)}” was not taken: {logged[0].editor} was first.",)
        return self._stored() if read.acts else state

    def _sheet_stat(self) -> tuple[int, int]:
        try:
            found = self.sheet.stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_size

    def write_sheet(self) -> None:
        """Write the sheet as the draft stands, unless lines in it wait to be fixed.

        Raises:
            OutputError: It cannot be written.
        """
        with self._turn:
            state = self.state()
            if not self._sheet_mistakes:
                notes = [lost_line(lost.act, lost.why) for lost in state.replayed.lost if not lost.is_met]
                write_files(state.draft, state.sheet(notes), self.out)
                self._sheet_seen = self._sheet_stat()

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
            after = self._stored()
            return Done(logged.number, act, needs_rebuild=after.pending > 0)

    def _misfit(self, state: State, act: Act) -> str:
        """Return why an act does not fit the draft as it stands; empty when it does."""
        if act.kind == "take back":
            return "" if self._can_take_back(state, act.number) else f"Act {act.number} cannot be taken back."
        if act.kind in REGROUPING:
            return ""
        entry = LoggedAct(state.version + 1, "", self.clock(), state.version, act)
        tried = state.with_log([*state.log, entry])
        lost = next((lost for lost in reversed(tried.replayed.lost) if lost.act is act), None)
        return lost.why if lost else ""

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
            lost = {id(one.act): one.why for one in state.replayed.lost if not one.is_met}
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
