"""The daily round: collect, build, prove, send. Idempotent: a step that is done is not done again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from briefing.build.collecting import Collected, collect
from briefing.build.persistence import build_edition, keep_built
from briefing.build.progress import Progress, silent
from briefing.build.publishing import write_draft
from briefing.errors import SourceError
from briefing.model import Edition
from briefing.outputs import OUTPUTS, render
from briefing.outputs.draft import SHEET
from briefing.outputs.issue import parse_edition
from briefing.settings import Settings
from briefing.sources.web import Fetching
from briefing.store import Store
from briefing.system.cache import Cache

#: What a build came to.
WRITTEN, THERE, HELD, WAITING = "written", "there already", "held for the editor", "waiting for the editor"


@dataclass(frozen=True, slots=True)
class Made:
    """The edition of the day, and which steps this run took to make it."""

    edition: Edition | None  # None while the editor has it
    how: str  # WRITTEN, THERE, HELD or WAITING
    paths: tuple[Path, ...] = ()  # what was written


def gather(
    store: Store, settings: Settings, *, now: datetime, fetching: Fetching | None = None, progress: Progress = silent
) -> tuple[Collected, ...]:
    """Return the result of each source that the settings name; empty when they name none."""
    if not settings.sources:
        return ()
    return collect(
        store,
        settings,
        now=now,
        fetching=fetching,
        progress=lambda name, done, total: progress("collecting", done, total),
    )


def make_once(
    store: Store,
    settings: Settings,
    out: Path,
    *,
    day: date,
    now: datetime,
    draft: bool = False,
    again: bool = False,
    templates: Path | None = None,
    cache: Cache | None = None,
    progress: Progress = silent,
) -> Made:
    """Return the edition of the day: the one built before, missing files restored, or else a new build.

    Args:
        store: What was collected, and the editions.
        settings: The desk's.
        out: The folder of editions, held by the caller.
        day: The edition's.
        now: The moment.
        draft: Hold it for the editor instead of finishing it.
        again: Build it anew, though it was built before.
        templates: The desk's own.
        cache: The work of earlier builds; None to do everything.
        progress: How far it is.

    Raises:
        SourceError: Not one article of the day was collected.
    """
    issue = None if again else store.issue(day)
    if issue is not None:
        edition = parse_edition(issue, f"the edition of {day} in the store")
        return _completed(edition, issue, settings, out, templates, progress)
    sheet = out / day.isoformat() / SHEET
    if sheet.exists() and not again:
        return Made(None, WAITING, (sheet,))
    built = build_edition(settings, (), store, day=day, now=now, cache=cache, progress=progress)
    if not any(entry.article_id for entry in built.edition.ledger):
        raise SourceError(
            f"Nothing was collected for {day}, so there is no edition.",
            "Look at `briefing sources`: it says which source is silent, and why.",
            code="E_EMPTY",
        )
    if draft:
        paths = write_draft(built.edition, out)
        keep_built(store, settings, built, now=now, printed=False)
        return Made(None, HELD, tuple(paths))
    paths = render(built.edition, out, formats=settings.outputs.formats, templates=templates, progress=progress)
    keep_built(store, settings, built, now=now)
    return Made(built.edition, WRITTEN, tuple(paths))


def _completed(
    edition: Edition, issue: bytes, settings: Settings, out: Path, templates: Path | None, progress: Progress
) -> Made:
    """Return an edition of the store, after restoring output files that are missing or stale."""
    folder = out / edition.name
    on_disk = folder / OUTPUTS["json"].whole
    names = settings.outputs.formats or tuple(OUTPUTS)
    is_whole = on_disk.is_file() and on_disk.read_bytes() == issue
    if is_whole and all((folder / OUTPUTS[name].whole).exists() for name in names):
        return Made(edition, THERE)
    paths = render(edition, out, formats=names, templates=templates, progress=progress)
    return Made(edition, WRITTEN, tuple(paths))
