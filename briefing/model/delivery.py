"""Mailing lists, channels, and the state of each delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from briefing.model.closed_sets import ChannelKind, DeliveryState


@dataclass(frozen=True, slots=True)
class MailingList:
    """Recipients of the whole edition or of one theme's digest."""

    name: str
    recipients: tuple[str, ...]
    theme: str = ""  # slug; empty for the whole edition
    send_empty: bool = False  # also on a day without news on the theme


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
    scope: str  # slug of the digest; empty for the whole edition
    content: str  # SHA-256 of what is sent, hex
    channel: str  # "mail", or the name of a channel
    recipient: str
    state: DeliveryState = "pending"
    attempts: int = 0
    message_id: str = ""  # the same on each attempt
    reply: str = ""  # the server's last words, one line
    changed: datetime | None = None  # UTC
