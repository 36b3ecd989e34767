"""Sanitises what is printed: addresses that may be linked to, and texts clipped to a length."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from briefing.text.printable import UNPRINTABLE, printable

__all__ = ["clip", "link", "printable", "unsubscribe_address"]

_UNSUBSCRIBE = re.compile(r"(?:https://|mailto:)[!#-;=?-\[\]-_a-~]+")
_HOST = re.compile(r"[a-z0-9\u0080-\uffff.\-\[\]:]+", re.IGNORECASE)


def link(url: str) -> str:
    """Return a safe address to link to: http or https with a host, else the empty string."""
    if UNPRINTABLE.search(url) or any(c.isspace() or c in "<>\"'`\\" for c in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or parts.username is not None or parts.password is not None:
        return ""
    return url if parts.netloc and _HOST.fullmatch(parts.netloc) else ""


def unsubscribe_address(text: str) -> str:
    """Return a safe address to unsubscribe at, https or mailto in plain characters, else the empty string."""
    return text if _UNSUBSCRIBE.fullmatch(text) else ""


def clip(text: str, length: int) -> str:
    """Return a text of at most ``length`` characters, cut between words and marked with an ellipsis."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–-") + "…"
