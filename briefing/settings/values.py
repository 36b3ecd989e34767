"""Validates single values of a settings file: lines, colours, addresses, zones."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3, text on white

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069]|=\?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
SCHEDULER = re.compile(r"(?:tcp|tls|ucx)://[^\s/]+:\d{1,5}")
WEB = re.compile(r"https?://[^\s<>\"]+")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")


def _one_line(text: str) -> str:
    if _UNPRINTABLE.search(text):
        raise ValueError("must be one line of plain text")
    return text


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"is not a time zone: {name[:40]!r}; use a name such as Europe/Berlin") from error
    return name


def _colour(text: str) -> str:
    if not _COLOUR.fullmatch(text):
        raise ValueError("must be a colour such as #1f4e79")
    if contrast_on_white(text) < LEAST_CONTRAST:
        raise ValueError(f"is too light to read on white; the nearest that can be read is {nearest_readable(text)}")
    return text.lower()


def is_address(text: str) -> bool:
    """Return whether a text is one plain e-mail address."""
    return bool(_ADDRESS.fullmatch(text)) and len(text) <= 254


def _address(text: str) -> str:
    if not is_address(text):
        raise ValueError("must be one e-mail address such as desk@example.org")
    return text


#: ISO 639-1 or 639-2, as articles state their language.
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Line = Annotated[str, Field(max_length=200), AfterValidator(_one_line)]
Address = Annotated[str, AfterValidator(_address)]
Zone = Annotated[str, AfterValidator(_zone)]
Colour = Annotated[str, AfterValidator(_colour)]


def contrast_on_white(colour: str) -> float:
    """Return the WCAG contrast ratio of #rrggbb on white, 1.0 (white) to 21.0 (black)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def nearest_readable(colour: str) -> str:
    """Return the lightest shade of #rrggbb that is readable on white."""
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    for percent in range(100, -1, -1):
        darker = "#" + "".join(f"{c * percent // 100:02x}" for c in channels)
        if contrast_on_white(darker) >= LEAST_CONTRAST:
            return darker
    return "#000000"


def as_float(value: object) -> object:
    """Return an int as the float that a strict field asks for; anything else unchanged."""
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    try:
        return float(value)
    except OverflowError as error:
        raise ValueError("is too large") from error


def one_of(name: str, names: Collection[str] | None) -> str:
    """Return the name, or raise a ValueError that lists the valid names; None accepts any."""
    if names is not None and name not in names:
        raise ValueError(f"is {name[:40]!r}; use one of {', '.join(names)}")
    return name
