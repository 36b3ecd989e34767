"""Delivers to webhooks and chats: one POST, signed where a key is given, to an address checked at connect time."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

import httpcore2

from briefing.delivery.outcome import Outcome, one_line
from briefing.delivery.parcels import Files, Parcel
from briefing.errors import BriefingError, SettingsError
from briefing.system.secrecy import forbid_dumps

_ANSWER = 2_000  # bytes of an answer that are read
_LATER = (408, 425, 429, 503)  # the server says that it has not done it

#: Gives the line that requests go out on, for as long as one request may take.
Dial = Callable[[], AbstractContextManager[httpcore2.NetworkBackend]]


class Key:
    """The signing key of a webhook; no log, message or representation shows it."""

    __slots__ = ("_bytes",)

    def __init__(self, text: str) -> None:
        self._bytes = text.encode()
        if text.startswith("whsec_"):
            try:
                self._bytes = base64.b64decode(text.removeprefix("whsec_"), validate=True)
            except (binascii.Error, ValueError) as error:
                raise SettingsError("The key of the webhook begins with whsec_ and is not base64.") from error

    def __repr__(self) -> str:
        return "Key(…)"

    def signature(self, identity: str, timestamp: int, body: bytes) -> str:
        """Return the signature of a message as Standard Webhooks defines it: HMAC-SHA256 over id, time and body."""
        signed = f"{identity}.{timestamp}.".encode() + body
        return "v1," + base64.b64encode(hmac.digest(self._bytes, signed, "sha256")).decode("ascii")


def key_of(channel: str, variable: str, environment: Mapping[str, str]) -> Key:
    """Return the key of a webhook from the environment; a `SettingsError` when there is none."""
    text = environment.get(variable, "") if variable else ""
    if not text:
        raise SettingsError(
            f"The webhook {channel!r} has no key to sign with.",
            f"Set the environment variable {variable}."
            if variable
            else "Name the environment variable that holds it as secret of the channel.",
        )
    return Key(text)


class Poster:
    """Posts bodies to one address.

    Args:
        address: An http or https address; its path may be a secret and is shown nowhere.
        dial: Gives the line, which checks what it connects to.
        clock: The time now, UTC.
        key: Of the signature; None for a chat, whose address is its key.
    """

    def __init__(self, address: str, dial: Dial, clock: Callable[[], datetime], key: Key | None = None) -> None:
        forbid_dumps()
        self._address = address
        self._dial = dial
        self._clock = clock
        self._key = key
        self.passed = False

    def open(self) -> Outcome | None:
        """Return None: each request has a connection of its own."""
        return None

    def close(self) -> None:
        """Do nothing: each request closes its connection."""

    def carry(self, parcel: Parcel, files: Files) -> Outcome:
        """Post one body."""
        self.passed = False
        ((_, body),) = files
        try:
            with self._dial() as backend:
                self.passed = True  # httpcore does not say whether a request had gone when its line broke
                status, said = self._post(backend, parcel, body)
        except BriefingError as error:
            self.passed = False
            return Outcome("deferred", error.code, self._words(error.message))
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout, httpcore2.UnsupportedProtocol) as error:
            self.passed = False
            return Outcome("deferred", "E_POST_UNREACHABLE", self._words(str(error)), again=True)
        except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            return Outcome("unknown", "W_POST_UNKNOWN", self._words(str(error) or "no answer in time"))
        self.passed = False
        return self._judged(status, f"{status} {self._words(said)}".strip())

    def _post(self, backend: httpcore2.NetworkBackend, parcel: Parcel, body: bytes) -> tuple[int, str]:
        context = ssl.create_default_context()
        with httpcore2.ConnectionPool(ssl_context=context, network_backend=backend) as pool:
            headers = list(self._headers(parcel, body))
            with pool.stream("POST", self._address, headers=headers, content=body) as response:
                said = b""
                for piece in response.iter_stream():
                    said += piece[: _ANSWER - len(said)]
                    if len(said) >= _ANSWER:
                        break
                return response.status, said.decode("utf-8", "replace")

    def _headers(self, parcel: Parcel, body: bytes) -> Iterator[tuple[str, str]]:
        identity = identity_of(parcel)
        yield "Host", urlsplit(self._address).netloc
        yield "Content-Type", "application/json"
        yield "Content-Length", str(len(body))
        yield "User-Agent", "briefing"
        yield "Idempotency-Key", identity
        if self._key:
            timestamp = int(self._clock().timestamp())
            yield "webhook-id", identity
            yield "webhook-timestamp", str(timestamp)
            yield "webhook-signature", self._key.signature(identity, timestamp, body)

    def _judged(self, status: int, words: str) -> Outcome:
        if 200 <= status < 300:
            return Outcome("accepted", reply=words)
        if status in _LATER or (status >= 500 and self._key):
            # A webhook's receiver knows by the id what it has seen: it may be told twice, a chat may not.
            return Outcome("deferred", "E_POST_LATER", words, again=True)
        if status >= 500:
            return Outcome("unknown", "W_POST_UNKNOWN", words)
        return Outcome("refused", "E_POST_REJECTED", words)

    def _words(self, text: str) -> str:
        """Return the answer without the address's path, which is the password of many a chat."""
        path = urlsplit(self._address).path
        return one_line(re.sub(re.escape(path), "/…", text) if len(path) > 1 else text)


def identity_of(parcel: Parcel) -> str:
    """Return the id of a delivery: the same on each attempt, so that a receiver knows what it has seen."""
    return "msg_" + sha256(parcel.delivery.message_id.encode()).hexdigest()[:32]
