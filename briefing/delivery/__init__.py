"""Delivers an edition to mailboxes, folders, webhooks and chats: at most once each, and every failure is reported."""

from briefing.delivery.dispatch import WAITS, Carrier, Handover, Log, Unlogged, deliver
from briefing.delivery.folder import FolderCarrier
from briefing.delivery.outcome import Outcome
from briefing.delivery.parcels import MAIL, Digest, Files, Parcel, Step, Wishes, message_id, plan
from briefing.delivery.password import Password, password_of
from briefing.delivery.smtp import MailCarrier, Server
from briefing.delivery.smtp_session import Patience
from briefing.delivery.unsubscribing import Unsubscribing, list_tag, looks_like_token, read_token, token_of
from briefing.delivery.webhooks import Dial, Key, Poster, identity_of, key_of

__all__ = [
    "MAIL",
    "WAITS",
    "Carrier",
    "Dial",
    "Digest",
    "Files",
    "FolderCarrier",
    "Handover",
    "Key",
    "Log",
    "MailCarrier",
    "Outcome",
    "Parcel",
    "Password",
    "Patience",
    "Poster",
    "Server",
    "Step",
    "Unlogged",
    "Unsubscribing",
    "Wishes",
    "deliver",
    "identity_of",
    "key_of",
    "list_tag",
    "looks_like_token",
    "message_id",
    "password_of",
    "plan",
    "read_token",
    "token_of",
]
