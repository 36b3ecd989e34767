"""The log of what editors did to the drafts, append-only, and the drafts themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from briefing.model.acts import Act, LoggedAct, act_data, act_of, clashes, in_effect
from briefing.store.database import Database, Row
from briefing.store.records import damaged_record, moment_of, pack, sound, stamp, unpack, written

_COLUMNS = "number, editor, moment, based_on, act"


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """The draft of a day."""

    issue: bytes  # the issue file
    made: datetime  # the moment of its build, UTC: what was collected later is no part of it
    regrouped: tuple[int, ...]  # numbers of the acts that its stories were regrouped by


def log_of(database: Database, day: date, until: datetime | None = None) -> tuple[LoggedAct, ...]:
    """Return the acts of a day; see `Store.acts`."""
    rows = database.rows(
        f"SELECT {_COLUMNS} FROM act WHERE day = ? AND moment < ? ORDER BY number",
        (day.isoformat(), stamp(until) if until else 1 << 62),
    )
    return tuple(map(_logged, rows))


def append(
    database: Database, day: date, editor: str, act: Act, based_on: int, now: datetime
) -> LoggedAct | tuple[LoggedAct, ...]:
    """Append an act, or return those it clashes with; see `Store.act`."""
    text = written(json.dumps(act_data(act), separators=(",", ":"), ensure_ascii=False))
    with database.writing(len(text)):
        log = log_of(database, day)
        theirs = tuple(e for e in in_effect(log) if e.number > based_on and clashes(act, e.act))
        if theirs:
            return theirs
        entry = LoggedAct(log[-1].number + 1 if log else 1, written(editor), now, based_on, act)
        values = (day.isoformat(), entry.number, entry.editor, stamp(now), based_on, text)
        database.run(f"INSERT INTO act (day, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", values)
    return entry


def keep_draft(database: Database, day: date, draft: StoredDraft) -> None:
    """Store the draft of a day, replacing the one before."""
    packed = pack(draft.issue)
    with database.writing(len(packed)):
        database.run(
            "INSERT OR REPLACE INTO draft (day, made, regrouped, issue) VALUES (?, ?, ?, ?)",
            (day.isoformat(), stamp(draft.made), json.dumps(draft.regrouped), packed),
        )


def draft_of(database: Database, day: date) -> StoredDraft | None:
    """Return the draft of a day, or None."""
    row = database.row("SELECT issue, made, regrouped FROM draft WHERE day = ?", (day.isoformat(),))
    if row is None:
        return None
    try:
        return sound(StoredDraft(_issue(row[0]), moment_of(row[1]), tuple(json.loads(row[2]))))
    except (ValueError, TypeError) as error:
        raise damaged_record() from error


@lru_cache(maxsize=2)  # a desk asks for the same draft several times an act; unfolding one of 467 items takes 9 ms
def _issue(packed: bytes) -> bytes:
    return unpack(packed)


def day_before(database: Database, day: date) -> date | None:
    """Return the last day before one of which acts are logged, or None."""
    row = database.row("SELECT max(day) FROM act WHERE day < ?", (day.isoformat(),))
    return date.fromisoformat(row[0]) if row and row[0] else None


def _logged(row: Row) -> LoggedAct:
    number, editor, moment, based_on, text = row
    try:
        act = act_of(json.loads(text))
    except (ValueError, TypeError, AttributeError) as error:
        raise damaged_record() from error
    return sound(LoggedAct(number, editor, moment_of(moment), based_on, act))
