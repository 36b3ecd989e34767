"""Reads and writes the two files of a draft: its issue file, and the sheet the editor works on."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime
from pathlib import Path

from briefing.errors import OutputError, SourceError
from briefing.model import Edition
from briefing.outputs.files import write_file
from briefing.outputs.issue import check_edition, issue_bytes, load_edition

DRAFT, SHEET, LOOK = "draft.json", "edition.md", "draft.html"
_LARGEST = 20_000_000  # bytes of a sheet; one of 500 pages has 2 MB


def write_draft(draft: Edition, sheet: str, out: Path | str) -> list[Path]:
    """Write a draft and its sheet to ``out/DAY/`` and return their paths, the sheet last.

    Nothing else of that folder is touched.

    Raises:
        OutputError: A file cannot be written.
    """
    check_edition(draft, error=OutputError)
    folder = Path(out) / draft.name
    return [write_file(folder, DRAFT, issue_bytes(draft)), write_file(folder, SHEET, sheet.encode("utf-8"))]


def write_look(draft: Edition, out: Path | str, templates: Path | None = None) -> Path:
    """Write the web page of a draft, which says that nobody has signed it, beside its sheet; return its path.

    Raises:
        OutputError: It cannot be made or written.
    """
    from briefing.outputs import OUTPUTS
    from briefing.outputs.job import Job
    from briefing.outputs.page import make_page

    return write_file(Path(out) / draft.name, LOOK, make_page(Job(draft, OUTPUTS, templates=templates)))


def load_draft(sheet: Path) -> Edition:
    """Return the draft that lies beside a sheet; a `SourceError` says what is wrong with it."""
    path = sheet.parent / DRAFT
    if not path.is_file():
        raise SourceError(
            f"{path} is missing: {sheet.name} cannot be read without the draft it was made of.",
            "Leave the two in one folder, or build the draft again.",
            code="E_NOT_FOUND",
        )
    draft = load_edition(path)
    if not draft.draft:
        raise SourceError(f"{path} is not a draft.", "Build it again with `briefing build --draft`.")
    return draft


def drafted_at(sheet: Path) -> datetime:
    """Return when the draft beside a sheet was made, UTC; later articles are not part of it.

    A draft of an earlier version does not say so: of it, the age of its file counts.
    """
    return load_draft(sheet).made or datetime.fromtimestamp((sheet.parent / DRAFT).stat().st_mtime, UTC)


def read_sheet_file(path: Path) -> str:
    """Return the text of a sheet as any editor saves it: UTF-8, or UTF-16 with its byte order mark.

    Raises:
        SourceError: It cannot be read; the message names the line that is of no such encoding.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else None
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}.", code="E_NOT_FOUND") from error
    if data is None:
        raise SourceError(f"{path} is larger than {_LARGEST:,} bytes.", "Check that it is the sheet of a draft.")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(f"{path}:{line}: this line is not UTF-8.", "Save the file as UTF-8.") from error
