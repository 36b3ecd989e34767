"""What a draft was made of, worked out again on demand: candidates for its stories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Lock

from briefing.build.configured import imprint_of, work_of
from briefing.build.drafts.candidates import Candidates
from briefing.build.flow import Material, material_of
from briefing.build.garbage import set_aside, uncollected
from briefing.build.persistence import inputs_of, remembered
from briefing.build.threads import in_one_thread
from briefing.model import CitedSentence, Edition
from briefing.model.acts import Act, Span, found_story, in_effect
from briefing.settings import Settings
from briefing.store import Store, StoredDraft
from briefing.system.cache import Cache


class Workshop:
    """The material of the draft that was asked for last.

    Args:
        store: The desk's.
        settings: The desk's.
        cache: The work of earlier builds; None to do everything.
    """

    def __init__(self, store: Store, settings: Settings, cache: Cache | None = None) -> None:
        self._store, self._settings, self._cache = store, settings, cache
        self._working = Lock()
        self._known: tuple[StoredDraft, Candidates] | None = None

    def candidates(self, stored: StoredDraft, draft: Edition) -> Candidates:
        """Return what ranks the sentences of a draft's stories; the first time it takes as long as a build."""
        with self._working:
            if self._known is None or self._known[0] != stored:
                self._known = (stored, self._made(stored, draft))
                set_aside()
            return self._known[1]

    def keep(self, stored: StoredDraft, draft: Edition, material: Material) -> None:
        """Take what a draft was just made of, so that it is not worked out again."""
        with self._working:
            self._known = (stored, Candidates(material, draft))
        set_aside()

    @in_one_thread
    @uncollected
    def _made(self, stored: StoredDraft, draft: Edition) -> Candidates:
        settings = self._settings
        with Store.open(self._store.path, create=False) as store:  # its own: the desk's is in use meanwhile
            return self._read(stored, draft, store, settings)

    def _read(self, stored: StoredDraft, draft: Edition, store: Store, settings: Settings) -> Candidates:
        inputs = inputs_of(draft, store, settings, stored.made)
        memory = remembered(store, settings, first_day=draft.day)
        imprint = replace(imprint_of(settings, draft.day), first_day=draft.imprint.first_day)
        acts = [e.act for e in in_effect(store.acts(draft.day)) if e.number in stored.regrouped]
        work = work_of(settings, self._cache)
        return Candidates(material_of(inputs, imprint, settings, work, memory=memory, acts=acts), draft)

    def cited(self, stored: StoredDraft, draft: Edition, acts: Sequence[Act]) -> Mapping[Span, CitedSentence]:
        """Return the sentences that acts add to items of a draft, as printed there, by their span."""
        found: dict[Span, CitedSentence] = {}
        for act in acts:
            story = found_story(act.story, draft.stories)
            cited = self.candidates(stored, draft).cited(story, act.spans[-1]) if story else None
            if cited:
                found[act.spans[-1]] = cited
        return found
