"""A desk over a draft made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.build.desk import Desk
from briefing.model import Edition
from briefing.outputs.draft import write_draft
from briefing.outputs.issue import issue_bytes
from briefing.settings import Settings
from briefing.stages.sheet import write_sheet
from briefing.store import Store, StoredDraft
from tests.editions import sound

MADE = datetime(2022, 2, 1, 5, 0, tzinfo=UTC)


class Clock:
    """A second later each time it is asked."""

    def __init__(self) -> None:
        self.now = MADE

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@contextmanager
def desk_over(folder: Path, edition: Edition | None = None, settings: Settings | None = None) -> Iterator[Desk]:
    """A desk whose draft is that edition."""
    draft = replace(edition or sound(), draft=True, signed=None)
    with Store.open(folder / "briefing.sqlite") as store:
        if store.draft(draft.day) is None:
            write_draft(draft, write_sheet(draft), folder / "out")
            store.keep_draft(draft.day, StoredDraft(issue_bytes(draft), MADE, ()))
        yield Desk(store, settings or Settings(), folder / "out", draft.day, clock=Clock())
