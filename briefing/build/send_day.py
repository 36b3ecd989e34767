"""The steps of sending the edition of a day: proof, plan, handing over. The caller holds the folder of editions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from briefing.build.proving import prove_to_send
from briefing.build.sending import UNSUBSCRIBE, Sending, Sent, alone, edition_of_day
from briefing.delivery import Parcel, Unlogged, Wishes
from briefing.model import Edition
from briefing.outputs.renderings import Renderings
from briefing.settings import Settings
from briefing.stages.proof import Verification
from briefing.store import Store


@dataclass(frozen=True, slots=True)
class DaySent:
    """What sending an edition came to."""

    edition: Edition
    proof: Verification
    sent: Sent | None = None  # None where it cannot be proved: nothing was sent


@dataclass(frozen=True, slots=True)
class Post:
    """Sends the edition of a day to whoever has not had it.

    Args:
        settings: Whom it goes to, and how.
        out: The folder of editions.
        clock: The time now, UTC.
        only: Name of the one list or channel that is meant; empty for all.
        templates: The desk's own.
        renderings: What was made and proved already.
    """

    settings: Settings
    out: Path
    clock: Callable[[], datetime]
    only: str = ""
    templates: Path | None = None
    renderings: Renderings | None = None

    def send(
        self,
        day: date,
        store: Store,
        wishes: Wishes,
        *,
        environment: Mapping[str, str],
        sleep: Callable[[float], None],
    ) -> DaySent:
        """Prove the edition of a day and hand it over to everybody who is without it; errors as `Sending`."""
        with alone(store, now=self.clock()):
            edition = edition_of_day(day, self.out, store)
            sending = self._sending(edition, store)
            proof = prove_to_send(
                edition,
                store,
                self.settings,
                folder=self.out / edition.name,
                templates=self.templates,
                renderings=self.renderings,
            )
            if not proof.ok:
                return DaySent(edition, proof)
            return DaySent(edition, proof, self._handed_over(sending, store, wishes, environment, sleep))

    def hand_over(
        self,
        edition: Edition,
        store: Store,
        wishes: Wishes,
        *,
        environment: Mapping[str, str],
        sleep: Callable[[float], None],
    ) -> Sent:
        """Hand a proved edition over to everybody who is without it; errors as `Sending`."""
        sending = self._sending(edition, store)
        with alone(store, now=self.clock()):
            return self._handed_over(sending, store, wishes, environment, sleep)

    def _handed_over(
        self,
        sending: Sending,
        store: Store,
        wishes: Wishes,
        environment: Mapping[str, str],
        sleep: Callable[[float], None],
    ) -> Sent:
        parcels = _planned(sending, store, wishes)
        return sending.hand_over(parcels, store, environment=environment, clock=self.clock, sleep=sleep)

    def plan(
        self, day: date, store: Store | None, wishes: Wishes, *, environment: Mapping[str, str]
    ) -> tuple[Sending, tuple[Parcel, ...]]:
        """Return who would get what; nothing is sent. What the settings lack for it is an error."""
        sending = self._sending(edition_of_day(day, self.out, store), store)
        parcels = _planned(sending, store, wishes) if store else sending.plan((), frozenset(), wishes)
        sending.carriers(parcels, environment=environment, clock=self.clock)
        return sending, parcels

    def trial(
        self,
        day: date,
        store: Store | None,
        address: str,
        *,
        environment: Mapping[str, str],
        sleep: Callable[[float], None],
    ) -> Sent:
        """Send a test of each list's mail to one address; neither the log nor the lists know of it."""
        sending = self._sending(edition_of_day(day, self.out, store), store, trial=address)
        parcels = sending.plan_trial(store.suppressed() if store else frozenset(), self.clock())
        return sending.hand_over(parcels, Unlogged(), environment=environment, clock=self.clock, sleep=sleep)

    def _sending(self, edition: Edition, store: Store | None, trial: str = "") -> Sending:
        return Sending(
            edition,
            self.settings,
            only=self.only,
            templates=self.templates,
            key=store.secret(UNSUBSCRIBE) if store else b"",
            trial=trial,
            renderings=self.renderings,
        )


def _planned(sending: Sending, store: Store, wishes: Wishes) -> tuple[Parcel, ...]:
    log = store.deliveries(sending.edition.day)
    return sending.plan(log, store.suppressed(), wishes, store.unsubscribed())
