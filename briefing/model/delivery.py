"""Mailing lists, channels, and the state of each delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from briefing.model.closed_sets import ChannelKind, DeliveryState, MailPart


@dataclass(frozen=True, slots=True)
class MailForm:
    """What a list's mail carries, and its subject."""

    parts: tuple[MailPart, ...] = ("email", "text", "pdf")  # one of email and text at least
    link: bool = False  # name the web page's address in it
    subject: str = ""  # a pattern of `SUBJECT_FIELDS`; empty for title and day


#: The form of a list that asks for no other.
USUAL_FORM = MailForm()

#: What may stand in braces in the pattern of a subject.
SUBJECT_FIELDS = ("title", "theme", "date", "day", "headline")


@dataclass(frozen=True, slots=True)
class MailingList:
    """Recipients of the whole edition or of a digest."""

    name: str
    recipients: tuple[str, ...]
    theme: str = ""  # slug, or several with + between; empty for the whole edition
    send_empty: bool = False  # also on a day without news on the theme
    form: MailForm = USUAL_FORM
    troubles: tuple[str, ...] = ()  # why somebody who should be on it is not: lines of a file that are no address


@dataclass(frozen=True, slots=True)
class Channel:
    """A folder, webhook or chat that is given the edition."""

    name: str
    kind: ChannelKind
    address: str  # a path, or an https address
    theme: str = ""  # slug; empty for the whole edition
    secret: str = ""  # name of the environment variable that holds the key of a webhook's signature
    send_empty: bool = False  # also on a day without news on the theme
    private: bool = False  # the address may lie in the desk's own network


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one recipient. ``(day, scope, content, channel, recipient)`` is unique."""

    day: date
    scope: str  # slug of the digest, or several with + between; empty for the whole edition
    content: str  # SHA-256 of what is sent, hex
    channel: str  # "mail", or the name of a channel
    recipient: str
    state: DeliveryState = "pending"
    attempts: int = 0
    message_id: str = ""  # the same on each attempt
    reply: str = ""  # the server's last words, one line
    changed: datetime | None = None  # UTC
