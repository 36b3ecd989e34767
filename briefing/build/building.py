"""Builds the edition of a day, from files and folders or from the store, and keeps what it was built of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from briefing.build.configured import check_method, day_of
from briefing.build.desk_store import clean_collected
from briefing.build.flow import edition_of
from briefing.build.persistence import (
    collected,
    held_over,
    keep_given,
    remember,
    remembered,
    with_editors_articles,
)
from briefing.build.progress import Progress, silent
from briefing.errors import SourceError
from briefing.model import Edition, Input, Memory
from briefing.model.acts import Act
from briefing.settings import Settings
from briefing.sources import read_inputs
from briefing.store import Store
from briefing.system.cache import Cache


@dataclass(frozen=True, slots=True)
class Built:
    """An edition, and the inputs that were given on the command line."""

    edition: Edition
    given: tuple[Input, ...] = ()


def build_edition(
    settings: Settings,
    paths: Sequence[Path],
    store: Store | None,
    *,
    day: date,
    now: datetime,
    first_day: date | None = None,
    fresh: bool = False,
    backlog: bool = False,
    acts: Sequence[Act] = (),
    leave_out: Sequence[Path] = (),
    on_skipped: Callable[[str], None] | None = None,
    cache: Cache | None = None,
    progress: Progress = silent,
) -> Built:
    """Build the edition of a day from files and folders, else from the store, beside what the store remembers.

    Args:
        settings: The desk's.
        paths: Files and folders; empty: what was collected.
        store: The memory, and what was collected; None for neither.
        day: The edition's.
        now: The moment of the build; articles collected later are left out.
        first_day: The first day of an edition of several days.
        fresh: Compare it with nothing.
        backlog: As for `collected`.
        acts: What an editor had regrouped.
        leave_out: As for `make_edition`, like the next two.
        on_skipped: Called with what was left out.
        cache: The work of earlier builds, which is then not done again; None to do everything.
        progress: How far it is.

    Raises:
        SourceError: There is neither a path nor a store, or a path cannot be read.
    """
    day = day_of(day)
    check_method(settings.summaries.method)
    inputs: Sequence[Input]
    if paths:
        inputs = read_inputs(
            paths, leave_out=leave_out, on_skipped=on_skipped, progress=lambda n: progress("reading", n, 0)
        )
    else:
        inputs = _of_the_store(store, settings, acts, day=day, first_day=first_day, now=now, backlog=backlog)
    memory = remembered(store, settings, first_day=first_day or day) if store is not None and not fresh else Memory()
    edition = edition_of(
        inputs,
        day=day,
        settings=settings,
        memory=memory,
        first_day=first_day,
        cache=cache,
        acts=acts,
        progress=progress,
    )
    if first_day is not None and not paths:
        edition = replace(edition, made=now)
    return Built(edition, tuple(inputs) if paths else ())


def _of_the_store(
    store: Store | None,
    settings: Settings,
    acts: Sequence[Act],
    *,
    day: date,
    first_day: date | None,
    now: datetime,
    backlog: bool,
) -> Sequence[Input]:
    """Return what was collected, with the articles that an editor took in or held the day before."""
    if store is None:
        raise SourceError(
            "There is nothing to build from: no PATH was given and nothing was collected.",
            "Name files or folders of articles, or run `briefing collect` first.",
            code="E_EMPTY",
        )
    inputs = collected(store, settings, day=day, first_day=first_day, now=now, backlog=backlog)
    return with_editors_articles(inputs, store, acts, () if first_day else held_over(store, day), now)


def keep_built(store: Store, settings: Settings, built: Built, *, now: datetime, printed: bool = True) -> None:
    """Store the inputs of a build, cleaned, and its edition as part of the memory.

    Args:
        store: Where it is kept.
        settings: The desk's.
        built: What was built.
        now: The moment.
        printed: Whether the edition goes out; a draft does not yet.
    """
    keep_given(store, settings, built.given, day=built.edition.day, now=now)
    clean_collected(store, settings, today=built.edition.day)
    if printed:
        remember(store, built.edition, now=now)
