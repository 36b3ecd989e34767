"""The draft of a day as it is held: in the store with its acts, and in the out folder with its sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from briefing.build.drafts.state import State, parsed
from briefing.errors import BriefingError, SourceError
from briefing.model import CitedSentence, Edition
from briefing.model.acts import Act, LoggedAct, Span, clashes, in_effect
from briefing.outputs.draft import SHEET, drafted_at, load_draft, read_sheet_file
from briefing.outputs.draft import write_draft as write_files
from briefing.outputs.files import write_file
from briefing.outputs.issue import issue_bytes
from briefing.stages.sheet import Mistake, acts_of, form_of, lost_line, read_sheet, said_of, write_sheet
from briefing.store import Store, StoredDraft

#: Who did what was edited in the sheet on the disk.
ON_THE_SHEET = "sheet"

#: Finds the sentences that acts add, as printed.
Cite = Callable[[StoredDraft, Edition, Sequence[Act]], Mapping[Span, CitedSentence]]


def cite_nothing(stored: StoredDraft, draft: Edition, acts: Sequence[Act]) -> Mapping[Span, CitedSentence]:
    """Find no sentence."""
    return {}


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What was found in the sheet on the disk."""

    signed: str = ""  # the name in it
    mistakes: tuple[Mistake, ...] = ()  # lines that cannot be taken: with any, nothing of it was
    clashing: tuple[str, ...] = ()  # what was not taken since somebody changed the same, a sentence each


@dataclass(frozen=True, slots=True)
class Renewed:
    """A draft that took the place of another."""

    state: State
    paths: tuple[Path, ...]  # what was written, the sheet last
    kept: Path | None  # the edited sheet as it was; None when it was not edited
    lost: tuple[str, ...]  # what does not fit the new draft, a sentence each


class Held:
    """The draft of one day; whoever uses it has the store to himself.

    Args:
        store: The desk's.
        out: The folder of editions.
        day: The draft's.
        clock: The time now, UTC.
        cite: Finds the sentences that acts add.
    """

    def __init__(
        self, store: Store, out: Path, day: date, *, clock: Callable[[], datetime], cite: Cite = cite_nothing
    ) -> None:
        self.store, self.out, self.day, self.clock = store, out, day, clock
        self.sheet = out / day.isoformat() / SHEET
        self.read = SheetRead()  # of the sheet as it was met last
        self._cite = cite
        self._known: State | None = None
        self._seen: tuple[int, int] = (0, 0)  # time and size of the sheet as it was read or written last

    # ---- the store

    def stored(self) -> State | None:
        """Return the draft and its acts as the store has them; None when there is no draft."""
        draft = self.store.draft(self.day) or self._adopted()
        if draft is None:
            return None
        log = self.store.acts(self.day)
        known = self._known
        if known is None or known.stored != draft:
            edition = parsed(draft)
            known = State(draft, edition, log, self._cited(draft, edition, log))
        elif known.log != log:
            known = replace(known.with_log(log), candidates=self._cited(draft, known.draft, log))
        self._known = known
        return known

    def foresee(self, tried: State) -> None:
        """Take what was worked out of a state that was tried, where it is now the state as it is."""
        now = self.stored()
        if now is not None and now.stored is tried.stored and now.acts == tried.acts:
            now.like(tried)

    def _cited(self, draft: StoredDraft, edition: Edition, log: Sequence[LoggedAct]) -> Mapping[Span, CitedSentence]:
        acts = [entry.act for entry in log if entry.act.kind in ("add", "swap")]
        return self._cite(draft, edition, acts) if acts else {}

    def _adopted(self) -> StoredDraft | None:
        """Store the draft that lies beside the sheet, where it was built before drafts were stored."""
        if not self.sheet.is_file():
            return None
        draft = load_draft(self.sheet)
        stored = StoredDraft(issue_bytes(draft), drafted_at(self.sheet), ())
        self.store.keep_draft(self.day, stored)
        return stored

    def state(self) -> State:
        """Return the draft and its acts as they are now, what was edited in the sheet on the disk taken in.

        Raises:
            SourceError: No draft was built for the day.
        """
        state = self.stored()
        if state is None:
            raise SourceError(
                f"No draft was built for {self.day}.", "Build it: briefing daily --draft", code="E_NOT_FOUND"
            )
        return self._with_sheet(state)

    # ---- the sheet

    def _with_sheet(self, state: State) -> State:
        seen = self._stat()
        if seen in (self._seen, (0, 0)):
            return state
        self._seen = seen
        base, text = self._base(state), read_sheet_file(self.sheet)
        if base is None:
            problem = "It is of a draft that was replaced; move it away, and the sheet of today's is written."
            self.read = SheetRead(mistakes=(Mistake(1, problem),))
            return state
        edits, mistakes = read_sheet(base.replayed.draft, text)
        self.read = SheetRead(edits.signed, mistakes)
        acts = () if mistakes else acts_of(base.replayed.draft, edits, base.replayed.edits)
        return self._taken(state, acts, base.version) if acts else state

    def _base(self, state: State) -> State | None:
        """Return the draft and the acts that the sheet on the disk shows; None when that draft is gone."""
        _, version, tag = form_of(read_sheet_file(self.sheet))
        drafts = [state.draft] if tag in ("", tag_of(state.stored.issue)) else []
        try:
            beside = load_draft(self.sheet)
        except BriefingError:
            beside = None
        if beside is not None and tag in ("", tag_of(issue_bytes(beside))):
            drafts.insert(0, beside)
        log = [entry for entry in state.log if entry.number <= version]
        return replace(state.with_log(log), draft=drafts[0]) if drafts else None

    def _taken(self, state: State, acts: Sequence[Act], version: int) -> State:
        """Log what was done on the sheet, except where others changed the same since it was written."""
        since = [entry for entry in in_effect(state.log) if entry.number > version]
        based_on, refused = state.version, []
        for act in acts:
            theirs: Sequence[LoggedAct] = [entry for entry in since if clashes(act, entry.act)]
            if not theirs:
                logged = self.store.act(self.day, ON_THE_SHEET, act, based_on=based_on, now=self.clock())
                if isinstance(logged, LoggedAct):
                    based_on = logged.number
                    continue
                theirs = logged
            did = f"“{said_of(theirs[0].act)}”"
            refused.append(f"“{said_of(act)}” was not taken: meanwhile {theirs[0].editor} did {did}.")
        self.read = replace(self.read, clashing=tuple(refused))
        found = self.stored()
        assert found is not None
        return found

    def _stat(self) -> tuple[int, int]:
        try:
            found = self.sheet.stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_size

    def write_sheet(self) -> None:
        """Write the draft and its sheet as it stands, unless lines in the sheet wait to be fixed.

        Raises:
            OutputError: It cannot be written.
        """
        state = self.state()
        if not self.read.mistakes:
            self._write(state)

    def _write(self, state: State, mistakes: Sequence[Mistake] = ()) -> tuple[Path, ...]:
        done = state.replayed
        lost = [*map(mistake_line, mistakes), *map(lost_line, done.misfits)]
        tag = f"{state.version}.{tag_of(state.stored.issue)}"
        text = write_sheet(done.draft, replace(done.edits, signed=self.read.signed), lost, shows=tag)
        paths = write_files(state.draft, text, self.out)
        self._seen = self._stat()
        return tuple(paths)

    # ---- a new draft

    def hold(self, edition: Edition, *, made: datetime, regrouped: Sequence[int] = ()) -> Renewed:
        """Store a draft in the place of the one before, with its acts replayed, and write it with its sheet.

        An edited sheet is kept beside the new one.

        Args:
            edition: As built.
            made: The moment of its build: what was collected later is no part of it.
            regrouped: Numbers of the acts that its stories were regrouped by.

        Raises:
            OutputError: A file cannot be written.
            SourceError: The sheet that lies there cannot be read.
        """
        kept, mistakes = self._taken_in()
        issue = issue_bytes(replace(edition, draft=True))
        self.store.keep_draft(self.day, StoredDraft(issue, made, tuple(regrouped)))
        state = self.stored()
        assert state is not None
        lost = (*map(mistake_line, mistakes), *map(lost_line, state.replayed.misfits))
        return Renewed(state, self._write(state, mistakes), kept, lost)

    def _taken_in(self) -> tuple[Path | None, tuple[Mistake, ...]]:
        """Take in what was edited in the sheet of the draft before; return where it is kept, and its mistakes."""
        before = self.stored()
        if before is None:
            return None, ()
        text, version = read_sheet_file(self.sheet) if self.sheet.is_file() else "", before.version
        self._with_sheet(before)
        mistakes = self.read.mistakes
        after = self.stored()
        is_edited = bool(mistakes) or (after is not None and after.version > version)
        self.read = replace(self.read, mistakes=())
        if not is_edited:
            return None, ()
        return write_file(self.sheet.parent, free_name(self.sheet.parent), text.encode("utf-8")), mistakes


def mistake_line(mistake: Mistake) -> str:
    """Return what is said of a line of an earlier sheet that could not be taken."""
    return f"Line {mistake.line} of the sheet before: {mistake.problem}"


def free_name(folder: Path) -> str:
    """Return a name for the sheet of before that nothing in a folder has."""
    names = (f"edition.before{f'-{n}' if n else ''}.md" for n in range(1_000))
    return next(name for name in names if not (folder / name).exists())


def tag_of(issue: bytes) -> str:
    """Return what a sheet names its draft by: 8 hex digits."""
    return sha256(issue).hexdigest()[:8]
