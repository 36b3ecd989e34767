"""Writes `--report report.json`: the ledger for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from briefing.model import Edition, InputOutcome, LedgerEntry
from briefing.outputs.files import write_file


def write_report(edition: Edition, path: Path) -> Path:
    """Write the ledger as JSON, one row a file, the items of a feed inside its file's row, and return the path.

    Raises:
        OutputError: The file cannot be written.
    """
    rows = [_row(file, list(entries)) for file, entries in groupby(edition.ledger, key=lambda entry: entry.file)]
    text = json.dumps({"day": edition.day.isoformat(), "inputs": rows}, ensure_ascii=False, indent=2)
    return write_file(path.parent, path.name, (text + "\n").encode("utf-8", "backslashreplace"))


def _row(file: str, entries: list[LedgerEntry]) -> dict[str, Any]:
    """Return the row of a file; its outcome is the worst of its parts."""
    outcome = _outcome(entries)
    notes = [note for entry in entries for note in entry.notes]
    row: dict[str, Any] = {
        "path": file,
        "outcome": outcome,
        "code": next((n.code for n in notes if n.code.startswith("E_") == (outcome == "reject-with-error")), ""),
        "codes": list(dict.fromkeys(note.code for note in notes)),
        "message": " ".join(dict.fromkeys(note.message for note in notes)),
        "fate": entries[0].fate if len(entries) == 1 else _tally(entries),
        "reason": entries[0].reason if len(entries) == 1 else "",
    }
    if len(entries) > 1 or entries[0].input != file:
        row["items"] = [
            {
                "input": entry.input,
                "outcome": entry.outcome,
                "codes": [note.code for note in entry.notes],
                "fate": entry.fate,
                "reason": entry.reason,
            }
            for entry in entries
        ]
    return row


def _outcome(entries: Iterable[LedgerEntry]) -> InputOutcome:
    """Return the outcome of a file: rejected only when nothing of it was accepted."""
    found = {entry.outcome for entry in entries}
    if found == {"reject-with-error"}:
        return "reject-with-error"
    return "accept" if found == {"accept"} else "accept-with-warning"


def _tally(entries: list[LedgerEntry]) -> str:
    fates = [entry.fate for entry in entries]
    return ", ".join(f"{fates.count(fate)} {fate}" for fate in dict.fromkeys(fates))
