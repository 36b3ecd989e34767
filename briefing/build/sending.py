"""Sends the edition of a day to every list and channel of the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from briefing.build.composing import Composer
from briefing.build.receivers import narrowed, on_trial, receivers_of, refuse_held_back
from briefing.build.transports import carrier_of, server_of
from briefing.delivery import (
    MAIL,
    Carrier,
    Digest,
    Files,
    Handover,
    Log,
    MailCarrier,
    Parcel,
    Wishes,
    deliver,
    plan,
)
from briefing.errors import SourceError
from briefing.model import Channel, Delivery, Edition, Mailing, MailingList
from briefing.outputs import load_edition
from briefing.outputs.issue import issue_bytes, parse_edition
from briefing.outputs.renderings import Renderings
from briefing.settings import Settings
from briefing.store import Store
from briefing.system import locking

_MAIL_ONLY = ("eml",)  # the message without recipients


class SendingLog(Log, Protocol):
    """The part of the store that sending needs."""

    def suppressed(self) -> frozenset[str]:
        """Return the addresses that are never mailed, casefolded."""

    def unsubscribed(self) -> frozenset[tuple[str, str]]:
        """Return who has left which list, addresses casefolded."""

    def secret(self, name: str) -> bytes:
        """Return a key of the store's own."""

    def issue(self, day: date) -> bytes | None:
        """Return the issue file of a day."""


#: Name of the store's key that signs unsubscribe tokens.
UNSUBSCRIBE = "unsubscribe"


@dataclass(frozen=True, slots=True)
class Sent:
    """The results of sending an edition."""

    handovers: tuple[Handover, ...]

    @property
    def complete(self) -> bool:
        """Return whether nothing is left to be sent, and no delivery is in doubt."""
        return all(
            h.outcome.state in ("accepted", "suppressed") or h.outcome.code == "W_MAIL_NO_NEWS" for h in self.handovers
        )

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the run, each once."""
        found = dict.fromkeys(h.outcome.code for h in self.handovers if h.outcome.code)
        if not self.complete and any(h.outcome.state == "accepted" for h in self.handovers):
            found["W_MAIL_PARTIAL"] = None
        return tuple(found)


class Sending:
    """An edition, and everybody who receives it.

    Args:
        edition: The whole edition of the day.
        settings: Whom it goes to, and how.
        only: Name of the one list or channel that is meant; empty for all.
        templates: A folder of templates that override ours.
        renderings: What was made and proved already.
        key: Of the unsubscribe tokens: the store's.
        trial: The one address that a test of every list's mail goes to; empty for a real sending.

    Raises:
        OutputError: The edition is marked TLP:RED or a draft: it goes to nobody.
        SettingsError: Nobody is to have it, or no list names a theme that the edition has.
    """

    def __init__(
        self,
        edition: Edition,
        settings: Settings,
        *,
        only: str = "",
        templates: Path | None = None,
        key: bytes = b"",
        trial: str = "",
        renderings: Renderings | None = None,
    ) -> None:
        refuse_held_back(edition, settings)
        self.edition = edition
        self._settings = settings
        self.lists, self.channels = on_trial(settings, only, trial) if trial else receivers_of(settings, only)
        self._editions = dict(narrowed(edition, self._scopes()))
        self._composer = Composer(
            self._editions,
            settings,
            {channel.name: channel for channel in self.channels},
            templates=templates,
            key=key,
            testing=bool(trial),
            renderings=renderings,
        )

    def plan(
        self,
        log: Sequence[Delivery],
        suppressed: frozenset[str],
        wishes: Wishes,
        unsubscribed: frozenset[tuple[str, str]] = frozenset(),
    ) -> tuple[Parcel, ...]:
        """Return a parcel for every recipient, with what the log says of it."""
        return self._planned(self.lists, self.channels, _digest, log, suppressed, wishes, unsubscribed)

    def plan_trial(self, suppressed: frozenset[str], moment: datetime) -> tuple[Parcel, ...]:
        """Return a parcel for each list's mail; ``moment`` makes them other messages than those of a real sending."""

        def digest(edition: Edition) -> Digest:
            real = _digest(edition).content
            return Digest(sha256(f"{real} {moment.isoformat()}".encode()).hexdigest(), has_news=True)

        # One by one: two lists that differ in form only are two mails here, though one in a real sending.
        several = (self._planned((one,), (), digest, (), suppressed, Wishes()) for one in self.lists)
        return tuple(parcel for parcels in several for parcel in parcels)

    def _planned(
        self,
        lists: Sequence[MailingList],
        channels: Sequence[Channel],
        digest: Callable[[Edition], Digest],
        log: Sequence[Delivery],
        suppressed: frozenset[str],
        wishes: Wishes,
        unsubscribed: frozenset[tuple[str, str]] = frozenset(),
    ) -> tuple[Parcel, ...]:
        return plan(
            self.edition.day,
            {scope: digest(edition) for scope, edition in self._editions.items()},
            lists,
            channels,
            log=log,
            suppressed=suppressed,
            unsubscribed=unsubscribed,
            domain=(self._settings.mail.sender or "").rpartition("@")[2] or "briefing.invalid",
            wishes=wishes,
        )

    def compose(self, parcel: Parcel, sent: datetime | None = None) -> Files:
        """Return the content of a parcel; ``sent`` is the date of a mail, UTC."""
        return self._composer.compose(parcel, sent)

    def hand_over(
        self,
        parcels: Sequence[Parcel],
        log: Log,
        *,
        environment: Mapping[str, str],
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
    ) -> Sent:
        """Send every parcel that is due and return the result of each.

        Args:
            parcels: As planned.
            log: The store.
            environment: Where passwords and keys are looked for.
            clock: The time now, UTC.
            sleep: Waits for so many seconds.

        Raises:
            SettingsError: As `carriers`; nothing was sent then.
        """
        carriers = self.carriers(parcels, environment=environment, clock=clock)

        def compose(parcel: Parcel) -> Files:
            return self.compose(parcel, clock())

        return Sent(deliver(parcels, carriers, log, compose=compose, clock=clock, sleep=sleep))

    def carriers(
        self, parcels: Sequence[Parcel], *, environment: Mapping[str, str], clock: Callable[[], datetime]
    ) -> dict[str, Carrier]:
        """Return the carriers of the parcels that are due, by channel; none is connected yet.

        Raises:
            SettingsError: The mail server, the sender, a password or a key is not set.
        """
        needed = {parcel.delivery.channel for parcel in parcels if parcel.step == "send"}
        found: dict[str, Carrier] = {}
        if MAIL in needed:
            found[MAIL] = MailCarrier(server_of(self._settings, environment))
        for channel in self.channels:
            if channel.name in needed:
                found[channel.name] = carrier_of(channel, environment, clock)
        return found

    def _scopes(self) -> list[tuple[str, str]]:
        """Return each scope with the name of the first list or channel that asks for it."""
        found: dict[str, str] = {}
        receivers: list[MailingList | Channel] = [*self.lists, *self.channels]
        for receiver in receivers:
            found.setdefault(receiver.theme, receiver.name)
        return list(found.items())


@contextmanager
def alone(store: Store, *, now: datetime) -> Iterator[None]:
    """Lock a store for sending until the block ends; deliveries left open before are marked unknown.

    Raises:
        OutputError: Another process is sending from it (``E_LOCKED``).
    """
    with locking.sending(store.path, now=now):
        store.give_up_stale()
        yield


def edition_of_day(day: date, out: Path, log: SendingLog | None) -> Edition:
    """Return the edition of a day: from the folder of editions, which people have reviewed, else from the store.

    Raises:
        SourceError: There is none, or its file is not sound.
    """
    path = out / day.isoformat() / "briefing.json"
    if path.exists():
        return load_edition(path)
    issue = log.issue(day) if log else None
    if issue is None:
        raise SourceError(
            f"There is no edition of {day.isoformat()}: {path} does not exist.",
            f"Build it: briefing build --date {day.isoformat()}",
            code="E_NOT_FOUND",
        )
    return parse_edition(issue, f"the edition of {day.isoformat()} in the store")


def _digest(edition: Edition) -> Digest:
    # What the mail server is told, which version built it and where it stands on the web are no part of the news.
    said = replace(edition, imprint=replace(edition.imprint, mailing=Mailing(), program="", web_address=""))
    news = any(story.state != "unchanged" for story in edition.stories) or any(s.passages for s in edition.sections)
    return Digest(sha256(issue_bytes(said)).hexdigest(), has_news=news or bool(edition.lines))
