"""Drafts for an editor: writes the draft with its sheet, and reads the edited sheet back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from briefing.build.persistence import remember
from briefing.build.progress import Progress, silent
from briefing.build.provable import Proved, provable
from briefing.build.proving import prove, prove_made
from briefing.errors import BriefingError, SourceError
from briefing.model import Edition, Input, SignOff
from briefing.outputs import render
from briefing.outputs.draft import DRAFT, SHEET, load_draft, read_sheet_file, write_look
from briefing.outputs.draft import write_draft as write_files
from briefing.outputs.drawings import Drawings
from briefing.outputs.files import write_file
from briefing.settings import Settings
from briefing.stages.sheet import Mistake, apply_edits, carried_over, line_to_sign, read_sheet, write_sheet
from briefing.store import Store
from briefing.text.printable import one_line


@dataclass(frozen=True, slots=True)
class Published:
    """A signed edition, and what was written of it: nothing where it cannot be proved."""

    proved: Proved
    paths: tuple[Path, ...] = ()

    @property
    def edition(self) -> Edition:
        """Return the edition as it was written."""
        return self.proved.edition


def publish(
    sheet: Path,
    store: Store | None,
    settings: Settings,
    *,
    now: datetime,
    out: Path,
    by: str = "",
    formats: Sequence[str] | None = None,
    templates: Path | None = None,
    drawings: Drawings | None = None,
    progress: Progress = silent,
) -> Published:
    """Make the edition that an edited sheet asks for: read, proved, written, remembered; in this order.

    What its proof refuses is left out and named; where that does not help, nothing is written.

    Args:
        sheet: Its path; the draft lies beside it.
        store: The desk's; None when there is none.
        settings: The desk's.
        now: When it is signed, with a time zone.
        out: The folder of editions, held by the caller.
        by: Who signs it; empty for the name in the sheet.
        formats: Outputs; all when None.
        templates: The desk's own.
        drawings: The PDFs that were drawn already; those drawn now are kept there.
        progress: How far it is.

    Raises:
        SourceError: As `edited`.
        OutputError: As `render`.
    """
    edition, made = edited(sheet, now=now, by=by), drafted_at(sheet)
    proved = proved_draft(edition, store, settings, made=made)
    if not proved.ok:
        return Published(proved)
    paths = render(proved.edition, out, formats=formats, templates=templates, drawings=drawings, progress=progress)
    if store is not None:
        remember_signed(store, proved.edition, made=made)
    return Published(proved, tuple(paths))


def proved_draft(
    edition: Edition, store: Store | None, settings: Settings, *, made: datetime, given: Sequence[Input] = ()
) -> Proved:
    """Return an edition that is not written yet without what its proof refuses.

    Args:
        edition: The edition.
        store: The desk's; None when there is none.
        settings: The desk's.
        made: The moment of its build.
        given: What it was built from, where that was not the store.
    """
    if given or store is None:
        return provable(edition, lambda tried: prove(tried, given or None))
    return provable(edition, lambda tried: prove_made(tried, store, settings, made=made))


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft that was written, and what became of the edits of the sheet that lay there."""

    paths: tuple[Path, ...]  # the sheet last
    kept: Path | None = None  # the edited sheet as it was; None when there was none
    lost: tuple[str, ...] = ()  # what of its edits does not fit the new draft, a sentence each


def write_draft(edition: Edition, out: Path | str, *, made: datetime | None = None) -> Drafted:
    """Write an edition as a draft with its sheet to ``out/DAY/``; ``made`` is when it was built, with a time zone.

    An edited sheet that lies there is kept beside the new one, and its edits stand in the new one too; what of them
    does not fit is listed at its top.

    Raises:
        OutputError: A file cannot be written.
        SourceError: The sheet that lies there cannot be read.
    """
    draft = replace(edition, draft=True, made=made.astimezone(UTC) if made else edition.made)
    sheet = Path(out) / draft.name / SHEET
    if not sheet.exists() or _is_untouched(sheet, write_sheet(draft)):
        return Drafted(tuple(write_files(draft, write_sheet(draft), out)))
    before, text = load_draft(sheet), read_sheet_file(sheet)
    edits, mistakes = read_sheet(before, text)
    carried = carried_over(before, edits, draft)
    lost = (*(f"Line {m.line} of the sheet before: {m.problem}" for m in mistakes), *carried.lost)
    kept = write_file(sheet.parent, _free_name(sheet.parent), text.encode("utf-8"))
    return Drafted(tuple(write_files(draft, write_sheet(draft, carried.edits, lost), out)), kept, lost)


def _free_name(folder: Path) -> str:
    names = (f"edition.before{f'-{n}' if n else ''}.md" for n in range(1_000))
    return next(name for name in names if not (folder / name).exists())


def _is_untouched(sheet: Path, new: str) -> bool:
    """Return whether a sheet is unedited, so that it can be overwritten."""
    try:
        text = read_sheet_file(sheet)
        return text == new or text == write_sheet(load_draft(sheet))
    except BriefingError:
        return False


def edited(sheet: Path, *, now: datetime, by: str = "") -> Edition:
    """Return the edition that an edited sheet asks for, signed.

    Args:
        sheet: Its path; the draft lies beside it.
        now: When it is signed, with a time zone.
        by: Who signs it; empty for the name in the sheet.

    Raises:
        SourceError: Sheet or draft cannot be read, or lines of the sheet cannot be taken: the message names all of them
            with their numbers. Nothing was written.
    """
    draft = load_draft(sheet)
    text = read_sheet_file(sheet)
    edits, mistakes = read_sheet(draft, text)
    name = one_line(by) or edits.signed
    if not name:
        mistakes = (*mistakes, Mistake(line_to_sign(draft, text), "Nobody has signed. Write a name here."))
    if mistakes:
        raise _refusal(sheet, mistakes)
    return apply_edits(draft, edits, SignOff(name, now.astimezone(UTC).replace(microsecond=0)))


def preview_draft(sheet: Path, *, templates: Path | None = None) -> Path:
    """Write the web page that a draft would be as its sheet stands, marked as not signed; return its path.

    Raises:
        SourceError: Sheet or draft cannot be read, or lines of the sheet cannot be taken.
    """
    draft = load_draft(sheet)
    edits, mistakes = read_sheet(draft, read_sheet_file(sheet))
    if mistakes:
        raise _refusal(sheet, mistakes)
    edition = apply_edits(draft, edits, SignOff("", datetime.min.replace(tzinfo=UTC)))
    return write_look(replace(edition, signed=None, draft=True), sheet.parent.parent, templates)


def drafted_at(sheet: Path) -> datetime:
    """Return when the draft beside a sheet was made, UTC; later articles are not part of it.

    A draft of an earlier version does not say so: of it, the age of its file counts.
    """
    return load_draft(sheet).made or datetime.fromtimestamp((sheet.parent / DRAFT).stat().st_mtime, UTC)


def remember_signed(store: Store, edition: Edition, *, made: datetime) -> None:
    """Store a published edition as that of its day, as of the moment when the draft was made.

    Where its articles are not kept, it was built without the store, and is none of its editions.
    """
    ids = sorted(source.article_id for source in edition.sources)
    if len(store.articles(ids)) == len(ids):
        remember(store, edition, now=made)


def _refusal(sheet: Path, mistakes: Sequence[Mistake]) -> SourceError:
    ordered = sorted(mistakes, key=lambda mistake: mistake.line)
    return SourceError(
        "\n".join(f"{sheet}:{m.line}: {m.problem}" for m in ordered),
        f"Fix {'this line' if len(ordered) == 1 else 'these lines'} and run the command again; nothing was written.",
        code="E_SHEET",
    )
