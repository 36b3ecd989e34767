"""Plans deliveries: lists and channels times digests, minus what the log says was sent already."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal
from urllib.parse import urlsplit

from briefing.model import MAY_HAVE_ARRIVED, Channel, ChannelKind, Delivery, MailingList

MAIL: Literal["mail"] = "mail"  # the channel of all mailing lists
#: (name, content) of what is handed over: one message, one body, or the files of a folder.
Files = tuple[tuple[str, bytes], ...]

#: What is to be done with a parcel: ``send`` it, or why not.
Step = Literal["send", "sent", "sending", "unknown", "refused", "changed", "suppressed", "no news"]


@dataclass(frozen=True, slots=True)
class Digest:
    """An edition, whole or narrowed to a theme, as far as planning needs it."""

    content: str  # SHA-256 of what it says, hex
    has_news: bool


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options of a run beyond sending what is missing."""

    resend_unknown: bool = False
    retry_refused: bool = False
    again: bool = False  # send an edition that changed after it was sent


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery to one recipient, and the step it is due for."""

    delivery: Delivery
    address: str  # as the settings write it
    lists: tuple[str, ...]  # names of the lists that ask for it, or of the channel
    step: Step
    correction: bool = False  # another version may have arrived before


@dataclass(frozen=True, slots=True)
class _Wanted:
    scope: str
    channel: str
    kind: Literal[ChannelKind, "mail"]
    address: str
    lists: tuple[str, ...]
    send_empty: bool

    @property
    def recipient(self) -> str:
        """Return the recipient's name in the log and in messages.

        Two spellings of one mail address are one recipient. The path of a web address may be a password: it is
        left out.
        """
        if self.kind in ("webhook", "chat"):
            return f"{urlsplit(self.address).hostname} {sha256(self.address.encode()).hexdigest()[:12]}"
        return self.address.casefold() if self.kind == MAIL else self.address


def plan(
    day: date,
    digests: Mapping[str, Digest],
    lists: Sequence[MailingList],
    channels: Sequence[Channel],
    *,
    log: Sequence[Delivery] = (),
    suppressed: Collection[str] = (),
    domain: str = "briefing.invalid",
    wishes: Wishes | None = None,
) -> tuple[Parcel, ...]:
    """Return a parcel for every recipient and scope, lists first, each in the order of the settings.

    Args:
        day: The edition's.
        digests: By scope: "" for the whole edition, else a theme's slug; every scope that lists and channels name.
        lists: Who is mailed what; one recipient of two lists of one scope gets it once.
        channels: Where else it goes.
        log: Earlier deliveries of that day.
        suppressed: Addresses, casefolded, that are never mailed.
        domain: Of the sender, for message ids.
        wishes: What a person asked for.
    """
    return tuple(
        _parcel(day, wanted, digests[wanted.scope], log, suppressed, domain, wishes or Wishes())
        for wanted in _wanted(lists, channels)
    )


def message_id(delivery: Delivery, domain: str) -> str:
    """Return the Message-ID of a delivery: the same on each attempt."""
    key = "\0".join((delivery.day.isoformat(), delivery.scope, delivery.content, delivery.channel, delivery.recipient))
    seal = sha256(key.encode()).hexdigest()[:32]
    return f"<{delivery.day.isoformat()}.{delivery.scope or 'edition'}.{seal}@{domain}>"


def _wanted(lists: Sequence[MailingList], channels: Sequence[Channel]) -> Iterator[_Wanted]:
    found: dict[tuple[str, str], _Wanted] = {}
    for one in lists:
        for address in one.recipients:
            key = (one.theme, address.casefold())
            first = found.get(key, _Wanted(one.theme, MAIL, MAIL, address, (), send_empty=False))
            names = (*first.lists, one.name)
            found[key] = _Wanted(
                one.theme, MAIL, MAIL, first.address, names, send_empty=first.send_empty or one.send_empty
            )
    yield from found.values()
    for channel in channels:
        yield _Wanted(
            channel.theme, channel.name, channel.kind, channel.address, (channel.name,), send_empty=channel.send_empty
        )


def _parcel(
    day: date,
    wanted: _Wanted,
    digest: Digest,
    log: Sequence[Delivery],
    suppressed: Collection[str],
    domain: str,
    wishes: Wishes,
) -> Parcel:
    bare = Delivery(day, wanted.scope, digest.content, wanted.channel, wanted.recipient)
    rows = [row for row in log if (row.scope, row.channel, row.recipient) == (bare.scope, bare.channel, bare.recipient)]
    same = next((row for row in rows if row.content == bare.content), None)
    other = any(row.content != bare.content and row.state in MAY_HAVE_ARRIVED for row in rows)
    delivery = same or Delivery(
        bare.day, bare.scope, bare.content, bare.channel, bare.recipient, message_id=message_id(bare, domain)
    )
    step = _step(wanted, digest, same, wishes, other=other)
    if step == "send" and wanted.kind == MAIL and wanted.recipient in suppressed:
        step = "suppressed"
    return Parcel(delivery, wanted.address, wanted.lists, step, correction=other)


def _step(wanted: _Wanted, digest: Digest, same: Delivery | None, wishes: Wishes, *, other: bool) -> Step:
    state = same.state if same else ""
    if state == "accepted":
        return "sent"
    if state == "unknown":
        # A folder that is written twice holds the same files: there is no doubt to be kept.
        return "send" if wishes.resend_unknown or wanted.kind == "folder" else "unknown"
    if state == "sending":
        return "sending"
    if state == "refused":
        return "send" if wishes.retry_refused else "refused"
    if same is None and other and not wishes.again:
        return "changed"
    if not digest.has_news and not wanted.send_empty:
        return "no news"
    return "send"
