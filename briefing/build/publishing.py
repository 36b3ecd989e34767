"""Drafts for an editor: writes the draft with its sheet, and reads the edited sheet back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from briefing.build.drafts.held import Held, free_name, mistake_line
from briefing.build.persistence import remember
from briefing.build.progress import Progress, silent
from briefing.build.provable import Proved, provable
from briefing.build.proving import prove, prove_made
from briefing.errors import BriefingError, SourceError
from briefing.model import CitedSentence, Edition, Input, SignOff
from briefing.model.acts import Act, Span
from briefing.outputs import render
from briefing.outputs.draft import SHEET, drafted_at, load_draft, read_sheet_file, write_look
from briefing.outputs.draft import write_draft as write_files
from briefing.outputs.files import write_file
from briefing.outputs.issue import issue_bytes
from briefing.outputs.renderings import Renderings
from briefing.settings import Settings
from briefing.stages.sheet import (
    Mistake,
    acts_of,
    apply_edits,
    line_to_sign,
    lost_line,
    read_sheet,
    replay,
    write_sheet,
)
from briefing.store import Store, StoredDraft
from briefing.system.cache import Cache
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
    renderings: Renderings | None = None,
    cache: Cache | None = None,
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
        renderings: What was made already; what is made now is kept there.
        cache: The work of earlier builds, for the sentences that were added.
        progress: How far it is.

    Raises:
        SourceError: As `edited`.
        OutputError: As `render`.
    """
    edition, made = _asked_for(sheet, store, settings, now=now, by=by, cache=cache)
    return publish_edition(
        edition,
        store,
        settings,
        made=made,
        out=out,
        formats=formats,
        templates=templates,
        renderings=renderings,
        progress=progress,
    )


def publish_edition(
    edition: Edition,
    store: Store | None,
    settings: Settings,
    *,
    made: datetime,
    out: Path,
    formats: Sequence[str] | None = None,
    templates: Path | None = None,
    renderings: Renderings | None = None,
    progress: Progress = silent,
) -> Published:
    """Prove a signed edition, write and remember it; other arguments and errors as `publish`.

    Args:
        edition: Signed.
        store: The desk's.
        settings: The desk's.
        made: The moment its draft was built.
        out: The folder of editions.
        formats: Outputs.
        templates: The desk's own.
        renderings: What was made and proved already.
        progress: How far it is.
    """
    proved = proved_draft(edition, store, settings, made=made, renderings=renderings)
    if not proved.ok:
        return Published(proved)
    paths = render(proved.edition, out, formats=formats, templates=templates, renderings=renderings, progress=progress)
    if store is not None:
        remember_signed(store, proved.edition, made=made)
    return Published(proved, tuple(paths))


def _asked_for(
    sheet: Path, store: Store | None, settings: Settings, *, now: datetime, by: str, cache: Cache | None
) -> tuple[Edition, datetime]:
    """Return the edition that a sheet asks for, signed, and the moment its draft was built.

    Where the store has the draft, what was done on the sheet is logged as acts first, beside those of the desk.
    """
    held = held_draft(sheet, store, settings, now=now, cache=cache)
    if held is None:
        return edited(sheet, now=now, by=by), drafted_at(sheet)
    state = held.state()
    name = one_line(by) or held.read.signed
    mistakes = [*held.read.mistakes, *(Mistake(1, problem) for problem in held.read.clashing)]
    if not name:
        mistakes.append(_unsigned(state.draft, read_sheet_file(sheet)))
    if mistakes:
        raise _refusal(sheet, mistakes)
    return state.signed(signed_off(name, now)), state.stored.made


def held_draft(
    sheet: Path, store: Store | None, settings: Settings, *, now: datetime, cache: Cache | None = None
) -> Held | None:
    """Return the draft beside a sheet as the store holds it; None where that is another, or none."""
    draft = load_draft(sheet)
    stored = store.draft(draft.day) if store is not None and draft.imprint.first_day is None else None
    if store is None or stored is None or stored.issue != issue_bytes(draft):
        return None

    def cite(stored: StoredDraft, draft: Edition, acts: Sequence[Act]) -> Mapping[Span, CitedSentence]:
        from briefing.build.drafts.workshop import Workshop  # loads all stages

        return Workshop(store, settings, cache).cited(stored, draft, acts)

    return Held(store, sheet.parent.parent, draft.day, clock=lambda: now, cite=cite)


def signed_off(name: str, now: datetime) -> SignOff:
    """Return the sign-off of somebody at a moment."""
    return SignOff(name, now.astimezone(UTC).replace(microsecond=0))


def _unsigned(draft: Edition, text: str) -> Mistake:
    return Mistake(line_to_sign(draft, text), "Nobody has signed. Write a name here.")


def proved_draft(
    edition: Edition,
    store: Store | None,
    settings: Settings,
    *,
    made: datetime,
    given: Sequence[Input] = (),
    renderings: Renderings | None = None,
) -> Proved:
    """Return an edition that is not written yet without what its proof refuses.

    Args:
        edition: The edition.
        store: The desk's; None when there is none.
        settings: The desk's.
        made: The moment of its build.
        given: What it was built from, where that was not the store.
        renderings: What was proved already.
    """
    if given or store is None:
        return provable(edition, lambda tried: prove(tried, given or None, renderings=renderings))
    return provable(edition, lambda tried: prove_made(tried, store, settings, made=made, renderings=renderings))


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft that was written, and what became of the edits of the sheet that lay there."""

    paths: tuple[Path, ...]  # the sheet last
    kept: Path | None = None  # the edited sheet as it was; None when there was none
    lost: tuple[str, ...] = ()  # what of its edits does not fit the new draft, a sentence each


def write_draft(
    edition: Edition, out: Path | str, store: Store | None = None, *, made: datetime | None = None
) -> Drafted:
    """Write an edition as a draft with its sheet to ``out/DAY/``, and store it where there is a store.

    What an editor did to the draft before is done on this one too; what of that does not fit is listed at the top of
    the sheet. An edited sheet that lies there is kept beside the new one.

    Args:
        edition: As built and proved.
        out: The folder of editions.
        store: The desk's; None when there is none, or the edition is of several days.
        made: The moment of its build; needed with a store.

    Raises:
        OutputError: A file cannot be written.
        SourceError: The sheet that lies there cannot be read.
    """
    draft = replace(edition, draft=True, made=made.astimezone(UTC) if made else edition.made)
    if store is not None and made is not None and draft.imprint.first_day is None:
        held = Held(store, Path(out), draft.day, clock=lambda: made)
        new = held.hold(draft, made=made)
        return Drafted(new.paths, new.kept, new.lost)
    sheet = Path(out) / draft.name / SHEET
    if not sheet.exists() or _is_untouched(sheet, write_sheet(draft)):
        return Drafted(tuple(write_files(draft, write_sheet(draft), out)))
    before, text = load_draft(sheet), read_sheet_file(sheet)
    edits, mistakes = read_sheet(before, text)
    done = replay(draft, acts_of(before, edits))
    lost = (*map(mistake_line, mistakes), *map(lost_line, done.misfits))
    kept = write_file(sheet.parent, free_name(sheet.parent), text.encode("utf-8"))
    sheet_now = write_sheet(draft, replace(done.edits, signed=edits.signed), lost)
    return Drafted(tuple(write_files(draft, sheet_now, out)), kept, lost)


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
        mistakes = (*mistakes, _unsigned(draft, text))
    if mistakes:
        raise _refusal(sheet, mistakes)
    return apply_edits(draft, edits, signed_off(name, now))


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
