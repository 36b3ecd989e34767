"""Reads the headers of a mail: words in any encoding, bytes nobody declared, signs of an automatic answer."""

from __future__ import annotations

import re
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from briefing.sources.decoding import LABELS
from briefing.text.printable import one_line

MAX_HEADER = 2_000  # characters of a header that are read
_SPACES = re.compile(r"[\s\x00-\x1f\x7f]+")
_AUTOMATIC = ("x-autoreply", "x-autorespond", "x-auto-response-suppress-reply")


def header(message: Message, name: str) -> str:
    """Return a header as one line of text: encoded words decoded, bytes without a label as UTF-8, else Windows-1252."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")[:MAX_HEADER]
    stated = _unlabelled(raw)
    with suppress(LookupError, ValueError, HeaderParseError):  # an encoding that nobody knows, or that does not fit
        stated = "".join(_decoded(part, charset or "") for part, charset in decode_header(stated))
    return _SPACES.sub(" ", stated).strip()


def message_id(message: Message) -> str:
    """Return a message's identity as one printable line, 500 characters at most; empty where it has none."""
    return one_line(header(message, "Message-ID").strip("<>"))[:500]


def _unlabelled(raw: str) -> str:
    blob = raw.encode("utf-8", "surrogateescape")
    try:
        return blob.decode("utf-8")
    except UnicodeDecodeError:
        return blob.decode("cp1252", "replace")


def _decoded(part: bytes | str, charset: str) -> str:
    if isinstance(part, str):
        return part
    return part.decode(LABELS.get(charset.lower(), charset or "utf-8"), "replace")


def is_automatic(message: Message) -> bool:
    """Return whether a mail is an automatic answer or a report on one that was not delivered."""
    submitted = header(message, "Auto-Submitted").lower()
    if submitted.startswith(("auto-replied", "auto-notified")) or any(name in message for name in _AUTOMATIC):
        return True
    return message.get_content_type() == "multipart/report" or header(message, "Precedence").lower() == "auto_reply"
