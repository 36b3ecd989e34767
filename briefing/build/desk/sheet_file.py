"""The sheet on the disk as one more face of the desk: what was edited there becomes acts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefing.build.desk.state import State
from briefing.model.acts import Act, LoggedAct, clashes, in_effect
from briefing.outputs.draft import read_sheet_file
from briefing.stages.sheet import Mistake, acts_of, form_of, read_sheet


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What was done on a sheet."""

    text: str
    acts: tuple[Act, ...] = ()
    clashing: tuple[tuple[Act, LoggedAct], ...] = ()  # acts, each with one done since on the same field elsewhere
    signed: str = ""  # the name in it
    mistakes: tuple[Mistake, ...] = ()  # with any, there are no acts


def read_changes(state: State, path: Path) -> SheetRead:
    """Return what was done on a sheet since it was written.

    The sheet names the last act that it shows: later ones, done elsewhere, are not taken back by it.

    Raises:
        SourceError: It cannot be read.
    """
    text = read_sheet_file(path)
    _, version = form_of(text)
    base = state if version >= state.version else state.with_log([e for e in state.log if e.number <= version])
    edits, mistakes = read_sheet(base.replayed.draft, text)
    if mistakes:
        return SheetRead(text, signed=edits.signed, mistakes=mistakes)
    acts = acts_of(base.replayed.draft, edits, base.replayed.edits)
    since = [entry for entry in in_effect(state.log) if entry.number > version]
    clashing = {act: entry for act in acts for entry in since if clashes(act, entry.act)}
    return SheetRead(text, tuple(a for a in acts if a not in clashing), tuple(clashing.items()), edits.signed)
