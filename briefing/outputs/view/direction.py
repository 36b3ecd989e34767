"""The writing direction of texts."""

from __future__ import annotations

import unicodedata


def direction_of(text: str) -> str:
    """Return "rtl" when a text's first letter is written from right to left, else the empty string."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return ""
    return ""


def apart(name: str) -> str:
    """Return a name in bidirectional isolates, so that it keeps its place beside others."""
    # Two names written from right to left would otherwise change places around the comma between them.
    return name + "\u200e" if direction_of(name) else name
