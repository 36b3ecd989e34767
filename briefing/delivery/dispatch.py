"""Sends parcels with a write-ahead log: each is logged before its first byte leaves and after its last."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from briefing.delivery.outcome import Outcome
from briefing.delivery.parcels import Files, Parcel, Step
from briefing.model import Delivery, DeliveryState

#: Seconds before the second and the third attempt of one run; what waits longer waits for the next run.
WAITS = (5.0, 20.0)


class Log(Protocol):
    """The persistent delivery log."""

    def begin(self, delivery: Delivery, now: datetime, lists: Collection[str] = ()) -> bool:
        """Commit and sync the row as ``sending``; False when it may have been delivered already, or is unwanted."""

    def settle(self, delivery: Delivery, state: DeliveryState, reply: str, now: datetime) -> None:
        """Commit the result of the attempt."""

    def deliveries(self, day: date | None = None) -> Sequence[Delivery]:
        """Return the rows of a day."""


class Unlogged:
    """A log that keeps nothing: of a test, which counts as no delivery."""

    def begin(self, delivery: Delivery, now: datetime, lists: Collection[str] = ()) -> bool:
        """Return True."""
        return True

    def settle(self, delivery: Delivery, state: DeliveryState, reply: str, now: datetime) -> None:
        """Do nothing."""

    def deliveries(self, day: date | None = None) -> Sequence[Delivery]:
        """Return nothing."""
        return ()


class Carrier(Protocol):
    """A transport for parcels of one kind."""

    @property
    def passed(self) -> bool:
        """Return whether the parcel being carried may have arrived."""

    def open(self) -> Outcome | None:
        """Connect without sending anything; return why that fails, else None."""

    def carry(self, parcel: Parcel, files: Files) -> Outcome:
        """Send one parcel, once."""

    def close(self) -> None:
        """Release what `open` acquired."""


@dataclass(frozen=True, slots=True)
class Handover:
    """The result of one parcel in this run."""

    parcel: Parcel
    outcome: Outcome
    attempts: int = 0  # in this run


def deliver(
    parcels: Sequence[Parcel],
    carriers: Mapping[str, Carrier],
    log: Log,
    *,
    compose: Callable[[Parcel], Files],
    clock: Callable[[], datetime],
    sleep: Callable[[float], None],
    waits: Sequence[float] = WAITS,
) -> tuple[Handover, ...]:
    """Send every parcel whose step is ``send`` and return the result of each parcel, in their order.

    Args:
        parcels: As planned.
        carriers: By channel.
        log: Where it is written down.
        compose: Makes what is handed over.
        clock: The time now, UTC.
        sleep: Waits for so many seconds.
        waits: Seconds before each further attempt.
    """
    run = _Run(carriers, log, compose, clock)
    left = [parcel for parcel in parcels if parcel.step == "send"]
    try:
        for wait in (0.0, *waits):
            if wait:
                sleep(wait)
            for channel in dict.fromkeys(parcel.delivery.channel for parcel in left):
                run.hand_over([parcel for parcel in left if parcel.delivery.channel == channel])
            left = [parcel for parcel in left if run.outcomes[parcel.delivery].again]
            if not left:
                break
    finally:
        for carrier in carriers.values():
            carrier.close()
    return tuple(_handover(parcel, run) for parcel in parcels)


class _Run:
    """The state of one run: the results so far."""

    def __init__(
        self,
        carriers: Mapping[str, Carrier],
        log: Log,
        compose: Callable[[Parcel], Files],
        clock: Callable[[], datetime],
    ) -> None:
        self.outcomes: dict[Delivery, Outcome] = {}
        self.attempts: dict[Delivery, int] = {}
        self._carriers = carriers
        self._log = log
        self._compose = compose
        self._clock = clock

    def hand_over(self, parcels: Sequence[Parcel]) -> None:
        """Send each parcel of one channel once, until the carrier can send no more."""
        carrier = self._carriers[parcels[0].delivery.channel]
        for n, parcel in enumerate(parcels):
            stopped = carrier.open()
            if stopped is None:
                outcome = self.outcomes[parcel.delivery] = self._attempt(carrier, parcel)
                if not outcome.stop:
                    continue
            for behind in parcels[n + (stopped is None) :]:
                self._not_tried(behind, stopped or outcome)
            return

    def _attempt(self, carrier: Carrier, parcel: Parcel) -> Outcome:
        delivery = parcel.delivery
        files = self._compose(parcel)
        if delivery.state == "unknown" and delivery not in self.attempts:
            # A person, or a folder, asked for it: from here on it is a delivery like any other.
            self._log.settle(delivery, "deferred", "to be sent again", self._clock())
        if not self._log.begin(delivery, self._clock(), parcel.lists):
            return self._taken(delivery)
        self.attempts[delivery] = self.attempts.get(delivery, 0) + 1
        try:
            outcome = carrier.carry(parcel, files)
        except BaseException:
            state: DeliveryState = "unknown" if carrier.passed else "deferred"
            self._log.settle(delivery, state, "interrupted", self._clock())
            raise
        self._log.settle(delivery, outcome.state, outcome.reply, self._clock())
        return outcome

    def _taken(self, delivery: Delivery) -> Outcome:
        """Return the log's state of a delivery that it did not let begin: it changed after the planning."""
        key = (delivery.scope, delivery.content, delivery.channel, delivery.recipient)
        rows = self._log.deliveries(delivery.day)
        row = next(r for r in rows if (r.scope, r.content, r.channel, r.recipient) == key)
        return Outcome(row.state, "" if row.state in ("accepted", "suppressed") else "W_MAIL_BUSY", row.reply)

    def _not_tried(self, parcel: Parcel, why: Outcome) -> None:
        """Record why a parcel was not tried now; what the log knows of it stays."""
        earlier = self.outcomes.get(parcel.delivery)
        state = earlier.state if earlier else "deferred" if parcel.delivery.state == "deferred" else "pending"
        code = "E_MAIL_TIMEOUT" if why.code == "W_MAIL_UNKNOWN" else why.code
        self.outcomes[parcel.delivery] = Outcome(state, code, why.reply, again=why.again)


_STANDING: dict[Step, Outcome] = {
    "sent": Outcome("accepted", reply="sent before"),
    "sending": Outcome("sending", "W_MAIL_BUSY", "another process is sending it"),
    "unknown": Outcome("unknown", "W_MAIL_UNKNOWN"),
    "refused": Outcome("refused", "E_MAIL_REJECTED"),
    "changed": Outcome("accepted", "W_MAIL_CHANGED", "another version was sent; --again sends this one too"),
    "suppressed": Outcome("suppressed"),
    "held": Outcome("pending", "E_CONFIG"),
    "no news": Outcome("pending", "W_MAIL_NO_NEWS", "nothing on this theme today"),
}


def _handover(parcel: Parcel, run: _Run) -> Handover:
    delivery = parcel.delivery
    if parcel.step == "send":
        return Handover(parcel, run.outcomes[delivery], run.attempts.get(delivery, 0))
    standing = _STANDING[parcel.step]
    return Handover(parcel, Outcome(standing.state, standing.code, parcel.why or standing.reply or delivery.reply))
