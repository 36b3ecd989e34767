"""Builds a day's draft again: regrouped as the editor wants, or with the articles that came since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from briefing.build.configured import imprint_of, work_of
from briefing.build.drafts.state import State
from briefing.build.flow import Material, made_up, material_of
from briefing.build.garbage import uncollected
from briefing.build.persistence import collected, held_over, inputs_of, remembered, with_editors_articles
from briefing.build.progress import Progress, silent
from briefing.build.publishing import proved_draft
from briefing.build.threads import in_one_thread
from briefing.model import Edition, Input
from briefing.settings import Settings
from briefing.store import Store
from briefing.system.cache import Cache


@dataclass(frozen=True, slots=True)
class Remade:
    """A draft built again, not yet in the place of the one before."""

    edition: Edition
    made: datetime
    regrouped: tuple[int, ...]  # numbers of the acts it was built with
    material: Material


@in_one_thread
@uncollected
def remade(
    state: State,
    store: Store,
    settings: Settings,
    *,
    late: datetime | None = None,
    cache: Cache | None = None,
    progress: Progress = silent,
) -> Remade:
    """Return the draft of a state built again with all acts that regroup, proved.

    Args:
        state: The draft as it is.
        store: The desk's.
        settings: The desk's.
        late: Take in what was collected up to this moment; None: the articles of the draft as it is.
        cache: The work of earlier builds.
        progress: How far it is.
    """
    draft, made = state.draft, late or state.stored.made
    entries = [entry for entry in state.effective if entry.number in state.regrouping]
    acts = [entry.act for entry in entries]
    if late is None:
        own = collected(store, settings, day=draft.day, now=made, backlog=True)
        found = _without_taken_back(inputs_of(draft, store, settings, made), own, state)
        inputs = with_editors_articles(found, store, acts, (), made)
    else:
        found = collected(store, settings, day=draft.day, now=made)
        inputs = with_editors_articles(found, store, acts, held_over(store, draft.day), made)
    memory = remembered(store, settings, first_day=draft.day)
    imprint = imprint_of(settings, draft.day)
    work = work_of(settings, cache, progress)
    material = material_of(inputs, imprint, settings, work, memory=memory, acts=acts)
    edition = proved_draft(made_up(material, imprint, settings), store, settings, made=made).edition
    return Remade(replace(edition, draft=True), made, tuple(entry.number for entry in entries), material)


def _without_taken_back(inputs: Sequence[Input], own: Sequence[Input], state: State) -> tuple[Input, ...]:
    """Return inputs without the articles whose taking in was taken back, except those of the day itself."""
    taken = {key for e in state.log if e.act.kind == "take in" for key in e.act.articles}
    taken -= {key for e in state.effective if e.act.kind == "take in" for key in e.act.articles}
    names = {entry.input for entry in state.draft.ledger if entry.article_id in taken}
    names -= {raw.input for read in own for raw in read.articles}
    return tuple(read for read in inputs if read.path not in names)
