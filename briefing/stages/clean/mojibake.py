"""Repairs mojibake: UTF-8 that was read as Windows-1252, where nothing else can be meant.

The signs of it are pairs, triples and quadruples of characters whose Windows-1252 bytes are one well-formed UTF-8
character. "â€™" and "ðŸ˜€" are in no orthography. Others are: "É“" may end a German quotation in capitals, and "é…"
with a hard space stands before a French closing quotation mark; they are put right only in a text that holds evidence.
"""

from __future__ import annotations

import re

_HIGH = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
_BYTE = {char: byte for byte, char in _HIGH.items()}
_TAIL = "[" + "".join(re.escape(_HIGH[byte]) for byte in range(0x80, 0xC0)) + "]"


def _lead(first: int, last: int) -> str:
    return "[" + "".join(re.escape(_HIGH[byte]) for byte in range(first, last + 1)) + "]"


_LONG = re.compile(f"{_lead(0xE0, 0xEF)}{_TAIL}{{2}}|{_lead(0xF0, 0xF4)}{_TAIL}{{3}}")
_PAIR = re.compile(f"{_lead(0xC2, 0xDF)}{_TAIL}")
_ANY = re.compile(f"{_LONG.pattern}|{_PAIR.pattern}")
_LOST_QUOTE = "â€\ufffd"  # the closing quotation mark: its last byte has no character in Windows-1252
_SIGNS = re.compile(f"[{_HIGH[0xC2]}-{_HIGH[0xF4]}]")
_EVIDENCE = re.compile("[\u2010-\u203a\u20a0-\u20bf\u2122\u2190-\u21ff\u2500-\u27bf\U0001f000-\U0001faff]")
ENOUGH_PAIRS = 3  # different pairs, when there is no punctuation among the sequences


def is_mojibake(text: str) -> bool:
    """Return whether a text was certainly decoded wrongly."""
    if text.isascii() or not _SIGNS.search(text):
        return False
    if any(_EVIDENCE.match(_decoded(found[0])) for found in _LONG.finditer(text)):
        return True
    pairs = {found[0] for found in _PAIR.finditer(text) if _decoded(found[0])}
    return len(pairs) >= ENOUGH_PAIRS


def repaired(text: str) -> str:
    """Return a text that `is_mojibake` with every sequence that decodes put right."""
    text = _ANY.sub(lambda found: _decoded(found[0]) or found[0], text)
    # An open quotation mark that we repaired wants its closing one.
    if _LOST_QUOTE in text and "“" in text:
        text = text.replace(_LOST_QUOTE, "”", text.count("“") - text.count("”"))
    return text


def _decoded(sequence: str) -> str:
    try:
        return bytes(_BYTE[char] for char in sequence).decode("utf-8")
    except UnicodeDecodeError:
        return ""
