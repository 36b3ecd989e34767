"""Resolves character references such as "&eacute;" or "&#8217;", and survives those that name no character."""

from __future__ import annotations

import html
import re

#: Numbers no character has: of more digits than the last one, among the surrogates, beyond the last.
_TOO_LONG = re.compile(r"&#(?:0*[0-9]{8,}|[xX]0*[0-9a-fA-F]{7,});?")
_PAIR = re.compile(
    r"&#(?:(?P<high>5(?:529[6-9]|5[3-9]\d\d|6[0-2]\d\d|63[01]\d))|[xX](?P<xhigh>[dD][89abAB][0-9a-fA-F]{2}));"
    r"&#(?:(?P<low>5(?:632\d|63[3-9]\d|6[4-9]\d\d|7[0-2]\d\d|73[0-3]\d|734[0-3]))|[xX](?P<xlow>[dD][c-fC-F][0-9a-fA-F]{2}));"
)
_NUMBER = re.compile(r"&#(?:(?P<digits>[0-9]{1,7})|[xX](?P<hexadecimal>[0-9a-fA-F]{1,6}));")


def unescape(text: str) -> str:
    """Return a text with its references resolved; what names no character is U+FFFD."""
    if "&" not in text:
        return text
    return html.unescape(_TOO_LONG.sub("\ufffd", _PAIR.sub(_paired, text)))


def _paired(found: re.Match[str]) -> str:
    """Return the character that two references give as its halves, as old programs write an emoji."""
    high = int(found["high"] or found["xhigh"], 10 if found["high"] else 16)
    low = int(found["low"] or found["xlow"], 10 if found["low"] else 16)
    if not (0xD800 <= high <= 0xDBFF and 0xDC00 <= low <= 0xDFFF):
        return "\ufffd"
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)


def valid_in_xml(text: str) -> tuple[str, int]:
    """Return XML whose numeric references all name characters, and how many did not."""
    bad = 0

    def checked(found: re.Match[str]) -> str:
        nonlocal bad
        digits = found["digits"]
        number = int(digits) if digits else int(found["hexadecimal"], 16)
        if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF or number in (0xFFFE, 0xFFFF):
            bad += 1
            return "\ufffd"
        return found[0]

    text, long = _TOO_LONG.subn("\ufffd", _PAIR.sub(_paired, text))
    return _NUMBER.sub(checked, text), bad + long
