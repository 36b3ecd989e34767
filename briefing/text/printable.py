"""Removes characters that cannot be printed."""

from __future__ import annotations

import re

# What neither HTML nor XML may hold, and the characters that reorder the text around them.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def printable(text: str) -> str:
    """Return a text without control characters, direction overrides and halves of surrogate pairs."""
    return _SURROGATES.sub("\ufffd", UNPRINTABLE.sub("", text))


def one_line(text: str) -> str:
    """Return a text as one printable line: any white space in it is one space, none stands at its ends."""
    return " ".join(printable(text).split())
