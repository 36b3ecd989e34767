"""Proves the edition as it stands, in a thread of its own, once for each state of the draft."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread

from briefing.build.desk.results import DeskFinding
from briefing.build.drafts.state import State
from briefing.errors import BriefingError
from briefing.store import StoredDraft

_Key = tuple[StoredDraft, int]


class Checking:
    """Proves states of the draft, one at a time.

    Args:
        prove: Returns what the proof refuses of a state; it takes as long as reading the day's articles.
    """

    def __init__(self, prove: Callable[[State], tuple[DeskFinding, ...]]) -> None:
        self._prove = prove
        self._turn = Lock()
        self._known: tuple[_Key, tuple[DeskFinding, ...]] | None = None
        self._is_busy = False

    def found(self, state: State) -> tuple[DeskFinding, ...] | None:
        """Return what the proof refuses of a state; None while that is being worked out, begun here if need be."""
        key = (state.stored, state.version)
        with self._turn:
            if self._known is not None and self._known[0] == key:
                return self._known[1]
            if not self._is_busy:
                self._is_busy = True
                Thread(target=self._run, args=(key, state), name="desk proof", daemon=True).start()
        return None

    def _run(self, key: _Key, state: State) -> None:
        found: tuple[DeskFinding, ...] = ()
        try:
            found = self._prove(state)
        except BriefingError as error:
            found = (DeskFinding("proof", f"{error.message} {error.hint}".strip()),)
        finally:
            with self._turn:
                self._known, self._is_busy = (key, found), False
