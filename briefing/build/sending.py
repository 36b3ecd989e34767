"""Sends the edition of a day to every list and channel of the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

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
from briefing.errors import OutputError, SettingsError, SourceError
from briefing.model import Channel, Delivery, Edition, Mailing, MailingList, is_red
from briefing.outputs import load_edition, make_files
from briefing.outputs.drawings import Drawings
from briefing.outputs.issue import issue_bytes, parse_edition
from briefing.outputs.mail import addressed
from briefing.outputs.posts import chat_body, webhook_body
from briefing.settings import Settings
from briefing.store import Store
from briefing.system import locking
from briefing.text.labels import words

_MAIL_ONLY = ("eml",)  # the message without recipients


class SendingLog(Log, Protocol):
    """The part of the store that sending needs."""

    def suppressed(self) -> frozenset[str]:
        """Return the addresses that are never mailed, casefolded."""

    def issue(self, day: date) -> bytes | None:
        """Return the issue file of a day."""


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
        drawings: The PDFs that were drawn already.

    Raises:
        OutputError: The edition is marked TLP:RED or a draft: it goes to nobody.
        SettingsError: Nobody is to have it, or a list names what there is not.
    """

    def __init__(
        self,
        edition: Edition,
        settings: Settings,
        *,
        only: str = "",
        templates: Path | None = None,
        drawings: Drawings | None = None,
    ) -> None:
        _refuse_held_back(edition, settings)
        self.edition = edition
        self._settings = settings
        self._templates = templates
        self._drawings = drawings or Drawings()
        self._made: dict[str, Files] = {}
        self.lists, self.channels = _receivers(settings, only)
        self._editions = {scope: _narrowed(edition, scope, name) for scope, name in self._scopes()}

    def plan(self, log: Sequence[Delivery], suppressed: frozenset[str], wishes: Wishes) -> tuple[Parcel, ...]:
        """Return a parcel for every recipient, with what the log says of it."""
        digests = {scope: _digest(edition) for scope, edition in self._editions.items()}
        domain = (self._settings.mail.sender or "").rpartition("@")[2] or "briefing.invalid"
        return plan(
            self.edition.day,
            digests,
            self.lists,
            self.channels,
            log=log,
            suppressed=suppressed,
            domain=domain,
            wishes=wishes,
        )

    def compose(self, parcel: Parcel, *, now: datetime | None = None) -> Files:
        """Return the content of a parcel; a mail is dated ``now``, when it is sent."""
        scope, channel = parcel.delivery.scope, parcel.delivery.channel
        if channel != MAIL:
            return self._content(self._editions[scope], self._channels[channel].kind, parcel)
        ((name, message),) = self._mails(scope)
        subject = (
            words(self.edition.imprint.language).say("mail_correction", subject="{subject}")
            if parcel.correction
            else ""
        )
        made = addressed(
            message,
            recipient=parcel.address,
            message_id=parcel.delivery.message_id,
            subject=subject,
            sent=now.astimezone(ZoneInfo(self.edition.imprint.time_zone)) if now else None,
        )
        return ((name, made),)

    def hand_over(
        self,
        parcels: Sequence[Parcel],
        log: SendingLog,
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
            return self.compose(parcel, now=clock())

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

    @cached_property
    def _channels(self) -> dict[str, Channel]:
        return {channel.name: channel for channel in self.channels}

    def _scopes(self) -> list[tuple[str, str]]:
        """Return each scope with the name of the first list or channel that asks for it."""
        found: dict[str, str] = {}
        receivers: list[MailingList | Channel] = [*self.lists, *self.channels]
        for receiver in receivers:
            found.setdefault(receiver.theme, receiver.name)
        return list(found.items())

    def _content(self, edition: Edition, kind: str, parcel: Parcel) -> Files:
        """Return the content for a channel of that kind."""
        if kind == "chat":
            return (("message.json", chat_body(edition, correction=parcel.correction)),)
        if kind == "webhook":
            body = webhook_body(edition, content=parcel.delivery.content, correction=parcel.correction)
            return (("edition.json", body),)
        return self._make(edition, self._settings.outputs.formats)

    def _mails(self, scope: str) -> Files:
        """Return the mail of an edition as the present settings head it, made once."""
        if scope not in self._made:
            edition, mail = self._editions[scope], self._settings.mail
            mailing = Mailing(
                mail.sender or "", mail.list_id, mail.list_unsubscribe, edition.imprint.mailing.most_bytes
            )
            self._made[scope] = self._make(
                replace(edition, imprint=replace(edition.imprint, mailing=mailing)), _MAIL_ONLY
            )
        return self._made[scope]

    def _make(self, edition: Edition, formats: tuple[str, ...] | None) -> Files:
        return tuple(
            make_files(
                edition,
                formats=formats,
                templates=self._templates,
                digests=formats != _MAIL_ONLY,
                drawings=self._drawings,
            )
        )


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


def _refuse_held_back(edition: Edition, settings: Settings) -> None:
    if is_red(edition.imprint.brand.mark) or is_red(settings.brand.mark):
        raise OutputError(
            f"The edition of {edition.day.isoformat()} is marked TLP:RED: it is not sent, posted or copied anywhere.",
            "Hand it over in person, or build it with another mark under [brand].",
            code="E_TLP_RED",
        )
    if edition.draft:
        raise OutputError(
            f"The edition of {edition.day.isoformat()} is a draft that nobody has signed.",
            "Sign it: briefing publish edition.md",
            code="E_DRAFT",
        )


def _receivers(settings: Settings, only: str) -> tuple[tuple[MailingList, ...], tuple[Channel, ...]]:
    lists = tuple(section.mailing_list() for section in settings.lists)
    channels = tuple(section.channel(settings.folder) for section in settings.channels)
    if only:
        names = [one.name for one in lists] + [one.name for one in channels]
        if only not in names:
            raise SettingsError(
                f"No list and no channel is called {only!r}.", f"Use one of {', '.join(names) or 'none yet'}."
            )
        lists = tuple(one for one in lists if one.name == only)
        channels = tuple(one for one in channels if one.name == only)
    if not channels and not any(one.recipients for one in lists):
        raise SettingsError(
            "Nobody is to be sent anything.", "Name recipients under [[lists]], or a place under [[channels]]."
        )
    return lists, channels


def _narrowed(edition: Edition, scope: str, receiver: str) -> Edition:
    if not scope:
        return edition
    try:
        return edition.only(scope)
    except KeyError as error:
        slugs = ", ".join(section.theme for section in edition.sections)
        raise SettingsError(
            f"{receiver!r} is to have the theme {scope!r}, which the edition does not have.", f"Use one of {slugs}."
        ) from error


def _digest(edition: Edition) -> Digest:
    # What the mail server is told and which version built it are no part of what readers are told.
    said = replace(edition, imprint=replace(edition.imprint, mailing=Mailing(), program=""))
    news = any(story.state != "unchanged" for story in edition.stories) or any(s.passages for s in edition.sections)
    return Digest(sha256(issue_bytes(said)).hexdigest(), has_news=news or bool(edition.lines))
