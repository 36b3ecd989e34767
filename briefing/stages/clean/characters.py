"""Removes dangerous characters: controls, direction overrides, invisible ones, stacked marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

#: Marks kept on one letter. Real scripts need up to about four.
MARKS_PER_LETTER = 8

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd"
    "\u0f71-\u0f7e\u0f80-\u0f84\u0f86-\u0f87\u0f8d-\u0fbc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u302a-\u302f\u3099-\u309a"
    "\ua66f-\ua672\ua674-\ua67d\ufe20-\ufe2f"
)
# One line of text holds no line end; the tab is white space. Private use and noncharacters have no meaning outside.
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\ufff8\ufffe\uffff"
_CONTROLS_BEYOND = "\U000f0000-\U0010ffff" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15)
)
_BIDI = "\u202a-\u202e\u2066-\u2069"
_MARKS_OF_DIRECTION = "\u200e\u200f\u061c"
_FILLERS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_INVISIBLE = f"\u00ad\u034f\u180b-\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffc{_FILLERS}"
_INVISIBLE_BEYOND = "\U000e0000-\U000e0fff"
_JOINERS = "\u200c\u200d"

_HAZARDS = f"{_CONTROLS}{_BIDI}{_MARKS_OF_DIRECTION}{_INVISIBLE}{_JOINERS}\ufe00-\ufe0f"
_HAZARDS_BEYOND = _CONTROLS_BEYOND + _INVISIBLE_BEYOND
# Two classes that the regular expression engine searches fast (a class with single characters beyond the first plane
# costs it fifty times as much); nearly every text ends there.
_SUSPECT_OR_MARK = re.compile(f"[{_HAZARDS}{_MARKS}]")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_SUSPECT = re.compile(f"[{_HAZARDS}{_HAZARDS_BEYOND}]|[{_MARKS}]{{{MARKS_PER_LETTER + 1}}}")
# What a terminal would obey: CSI … letter, OSC … BEL, and two-byte escapes.
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b]{0,256}(?:\x07|\x1b\\)|[@-Z\\^_])")
_CONTROL = re.compile(f"[{_CONTROLS}{_CONTROLS_BEYOND}]+")
_OVERRIDE = re.compile(f"[{_BIDI}]+")
_DIRECTION = re.compile(f"[{_MARKS_OF_DIRECTION}]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FLAG = "\U0001f3f4[\U000e0061-\U000e007a]{2,6}\U000e007f"  # England, Scotland, Wales: tags that are seen
_HIDDEN = re.compile(f"(?P<keep>{_FLAG})|[{_INVISIBLE}{_INVISIBLE_BEYOND}]+")
_PICTURE = "\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff"
_LETTER_THAT_JOINS = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_JOINER = re.compile(
    f"(?P<keep>(?<=[{_PICTURE}])\u200d(?=[{_PICTURE}])|(?<=[{_LETTER_THAT_JOINS}])[{_JOINERS}](?=[{_LETTER_THAT_JOINS}]))"
    f"|[{_JOINERS}]+"
)
_SELECTOR = re.compile("(?P<keep>(?<=[^\\s\ufe00-\ufe0f])[\ufe00-\ufe0f])|[\ufe00-\ufe0f]+")
_TOWER = re.compile(f"([{_MARKS}]{{{MARKS_PER_LETTER}}})[{_MARKS}]+")


def is_suspect(text: str) -> bool:
    """Return whether a text holds any character this module handles."""
    if text.isascii():
        return _CONTROL.search(text) is not None
    if not _SUSPECT_OR_MARK.search(text) and not _BEYOND.search(text):
        return False
    return _SUSPECT.search(text) is not None


def without_hazards(line: str, found: Counter[str]) -> str:
    """Return a line without dangerous characters, counting them in ``found`` by warning code.

    Right-to-left scripts keep their direction marks, emoji and Indic or Arabic words their joiners, flags their tags.
    Time is linear in the line.
    """
    if not is_suspect(line):
        return line
    line = _count(_ESCAPE, "", line, found, "W_CONTROL_REMOVED")
    line = _count(_CONTROL, "", line, found, "W_CONTROL_REMOVED")
    line = _count(_OVERRIDE, "", line, found, "W_BIDI_REMOVED")
    if not _RIGHT_TO_LEFT.search(line):
        line = _count(_DIRECTION, "", line, found, "W_INVISIBLE_REMOVED")
    line = _count(_HIDDEN, _kept, line, found, "W_INVISIBLE_REMOVED")
    line = _count(_JOINER, _kept, line, found, "W_INVISIBLE_REMOVED")
    line = _count(_SELECTOR, _kept, line, found, "W_INVISIBLE_REMOVED")
    return _count(_TOWER, r"\1", line, found, "W_COMBINING_CAPPED")


def _kept(found: re.Match[str]) -> str:
    return found["keep"] or ""


def _count(
    pattern: re.Pattern[str], by: str | Callable[[re.Match[str]], str], line: str, found: Counter[str], code: str
) -> str:
    changed = pattern.sub(by, line)
    if len(changed) < len(line):
        found[code] += len(line) - len(changed)
    return changed


_HOST = re.compile(r"://([^\s/:?#]{1,255})")
_LATIN = re.compile(r"[A-Za-z]")
_LOOKALIKE = re.compile("[\u0370-\u052f]")


def has_mixed_host(text: str) -> bool:
    """Return whether an address in the text has a host that mixes Latin with Greek or Cyrillic letters."""
    if text.isascii() or "://" not in text:
        return False
    return any(_LATIN.search(host.rpartition(".")[0]) and _LOOKALIKE.search(host) for host in _HOST.findall(text))
