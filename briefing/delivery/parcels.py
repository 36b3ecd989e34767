"""Plans deliveries: lists and channels times digests, minus what the log says was sent already."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Literal
from urllib.parse import urlsplit

from briefing.model import MAY_HAVE_ARRIVED, USUAL_FORM, Channel, ChannelKind, Delivery, MailForm, MailingList

MAIL: Literal["mail"] = "mail"  # the channel of all mailing lists
#: (name, content) of what is handed over: one message, one body, or the files of a folder.
Files = tuple[tuple[str, bytes], ...]

#: What is to be done with a parcel: ``send`` it, or why not.
Step = Literal["send", "sent", "sending", "unknown", "refused", "changed", "suppressed", "no news", "held"]


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
    form: MailForm = USUAL_FORM
    why: str = ""  # it is held: what is wrong in the settings


@dataclass(frozen=True, slots=True)
class _Wanted:
    scope: str
    channel: str
    kind: Literal[ChannelKind, "mail"]
    address: str
    lists: tuple[str, ...]
    send_empty: bool
    form: MailForm = USUAL_FORM
    left: tuple[str, ...] = ()  # names of the lists that the recipient has unsubscribed from

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
    unsubscribed: Collection[tuple[str, str]] = (),
    domain: str = "briefing.invalid",
    wishes: Wishes | None = None,
) -> tuple[Parcel, ...]:
    """Return a parcel for every recipient and scope, lists first, each in the order of the settings.

    Args:
        day: The edition's.
        digests: By scope: "" for the whole edition, else a theme's slug; what asks for a scope that is not there is
            held, and everybody else is sent theirs.
        lists: Who is mailed what; one recipient of two lists of one scope gets it once.
        channels: Where else it goes.
        log: Earlier deliveries of that day.
        suppressed: Addresses, casefolded, that are never mailed.
        unsubscribed: (address, casefolded, name of the list) of who has left which list.
        domain: Of the sender, for message ids.
        wishes: What a person asked for.
    """
    run = _Run(day, _by_place(log), suppressed, domain, wishes or Wishes())
    parcels = [
        run.parcel(wanted, digests[wanted.scope]) if wanted.scope in digests else run.held(wanted)
        for wanted in _wanted(lists, channels, frozenset(unsubscribed))
    ]
    troubles = (run.without(one, trouble) for one in lists for trouble in one.troubles)
    return (*parcels, *troubles)


def message_id(delivery: Delivery, domain: str) -> str:
    """Return the Message-ID of a delivery: the same on each attempt."""
    key = "\0".join((delivery.day.isoformat(), delivery.scope, delivery.content, delivery.channel, delivery.recipient))
    seal = sha256(key.encode()).hexdigest()[:32]
    return f"<{delivery.day.isoformat()}.{delivery.scope or 'edition'}.{seal}@{domain}>"


def _wanted(
    lists: Sequence[MailingList], channels: Sequence[Channel], unsubscribed: frozenset[tuple[str, str]]
) -> Iterator[_Wanted]:
    found: dict[tuple[str, str], _Wanted] = {}
    for one in lists:
        for address in one.recipients:
            key = (one.theme, address.casefold())
            first = found.get(key, _Wanted(one.theme, MAIL, MAIL, address, (), send_empty=False, form=one.form))
            if (address.casefold(), one.name) in unsubscribed:
                found[key] = replace(first, left=(*first.left, one.name))
                continue
            found[key] = replace(
                first,
                lists=tuple(dict.fromkeys((*first.lists, one.name))),
                send_empty=first.send_empty or one.send_empty,
                form=first.form if first.lists else one.form,  # the first list's that the recipient has not left
            )
    yield from found.values()
    for channel in channels:
        yield _Wanted(
            channel.theme, channel.name, channel.kind, channel.address, (channel.name,), send_empty=channel.send_empty
        )


_Place = tuple[str, str, str]  # scope, channel, recipient


def _by_place(log: Sequence[Delivery]) -> Mapping[_Place, Sequence[Delivery]]:
    found: dict[_Place, list[Delivery]] = {}
    for row in log:
        found.setdefault((row.scope, row.channel, row.recipient), []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class _Run:
    """What all parcels of a plan have in common."""

    day: date
    log: Mapping[_Place, Sequence[Delivery]]
    suppressed: Collection[str]
    domain: str
    wishes: Wishes

    def parcel(self, wanted: _Wanted, digest: Digest) -> Parcel:
        """Return the parcel for a recipient, with what the log says of it."""
        bare = Delivery(self.day, wanted.scope, digest.content, wanted.channel, wanted.recipient)
        rows = self.log.get((bare.scope, bare.channel, bare.recipient), ())
        same = next((row for row in rows if row.content == bare.content), None)
        other = any(row.content != bare.content and row.state in MAY_HAVE_ARRIVED for row in rows)
        step = _step(wanted, digest, same, self.wishes, other=other)
        if step == "send" and self._unwanted(wanted):
            step = "suppressed"
        delivery = same or replace(bare, message_id=message_id(bare, self.domain))
        return Parcel(delivery, wanted.address, wanted.lists or wanted.left, step, other, wanted.form)

    def held(self, wanted: _Wanted) -> Parcel:
        """Return the parcel of a list or channel whose theme the edition does not have."""
        delivery = Delivery(self.day, wanted.scope, "", wanted.channel, wanted.recipient)
        why = f"The edition has no theme {wanted.scope!r}, which {', '.join(map(repr, wanted.lists))} asks for."
        return Parcel(delivery, wanted.address, wanted.lists, "held", why=why)

    def without(self, one: MailingList, trouble: str) -> Parcel:
        """Return the parcel of somebody whose address a list's file does not tell."""
        return Parcel(Delivery(self.day, one.theme, "", MAIL, "nobody"), "", (one.name,), "held", why=trouble)

    def _unwanted(self, wanted: _Wanted) -> bool:
        return wanted.kind == MAIL and (wanted.recipient in self.suppressed or not wanted.lists)


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
