"""One-click unsubscribe (RFC 8058): tokens that name recipient and lists, signed with HMAC-SHA256."""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

_PURPOSE = b"briefing unsubscribe 1\0"  # so that no other use of the key can make a valid token
_TOKEN = re.compile(r"u1\.([A-Za-z0-9_-]{1,400})\.([0-9a-f]{10}(?:-[0-9a-f]{10})*)\.([A-Za-z0-9_-]{22})")
_SIGNATURE = 16  # bytes kept of the HMAC
_LONGEST = 880  # characters of the header; a line of a message holds 998


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who a valid token is from, and what they leave."""

    recipient: str  # address in lower case
    tags: tuple[str, ...]  # `list_tag` of each list


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    """The List-Unsubscribe headers of each mail.

    Args:
        key: Of the tokens' signatures; it never leaves the store.
        address: Where a token is posted to, https; empty for none.
        other: The desk's own address for it, https or mailto; empty for none.
        sender: The mail address that is written to where nothing else is named.
    """

    key: bytes = field(repr=False)
    address: str = ""
    other: str = ""
    sender: str = ""

    def headers(self, recipient: str, lists: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Return the headers of a recipient's mail; none when there is nowhere to write to."""
        token = token_of(self.key, recipient, lists)
        ways = [way for way in (self._posted(token), self._other(token), self._mailed(token)) if way]
        value = ", ".join(f"<{way}>" for way in ways)
        if not ways:
            return ()
        headers = [("List-Unsubscribe", value if len(value) <= _LONGEST else f"<{ways[0]}>")]
        if self.address:
            headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
        return tuple(headers)

    def _posted(self, token: str) -> str:
        return f"{self.address}{'&' if '?' in self.address else '?'}token={token}" if self.address else ""

    def _other(self, token: str) -> str:
        if not self.other.startswith("mailto:") or "subject=" in self.other.casefold():
            return "" if self.address else self.other
        return f"{self.other}{'&' if '?' in self.other else '?'}subject=unsubscribe%20{token}"

    def _mailed(self, token: str) -> str:
        if not self.sender or self.other.startswith("mailto:"):
            return ""
        # What means something in an address of the web may stand in one of mail.
        local = re.sub(r"[^A-Za-z0-9._~@-]", lambda found: f"%{ord(found[0]):02X}", self.sender)
        return f"mailto:{local}?subject=unsubscribe%20{token}"


def list_tag(name: str) -> str:
    """Return the ten hex digits that stand for a list's name in tokens."""
    return sha256(name.encode("utf-8", "replace")).hexdigest()[:10]


def token_of(key: bytes, recipient: str, lists: Iterable[str]) -> str:
    """Return the token with which a recipient leaves these lists, in characters that a web address may hold."""
    who, tags = _base64(recipient.casefold().encode()), "-".join(map(list_tag, lists))
    return f"u1.{who}.{tags}.{_signature(key, who, tags)}"


def looks_like_token(text: str) -> bool:
    """Return whether a text is meant as a token: no mail address is."""
    return text.startswith("u1.") and "@" not in text


def read_token(key: bytes, token: str) -> Leaving | None:
    """Return what a token of ours says; None for any other."""
    found = _TOKEN.fullmatch(token)
    if not found or not hmac.compare_digest(_signature(key, found[1], found[2]), found[3]):
        return None
    try:
        recipient = urlsafe_b64decode(found[1] + "=" * (-len(found[1]) % 4)).decode()
    except (Error, UnicodeDecodeError):
        return None
    return Leaving(recipient, tuple(found[2].split("-")))


def _signature(key: bytes, who: str, tags: str) -> str:
    return _base64(hmac.digest(key, _PURPOSE + f"{who}.{tags}".encode(), "sha256")[:_SIGNATURE])


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode("ascii").rstrip("=")
