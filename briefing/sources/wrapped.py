"""Joins lines broken to fit a width: text wrapped at some 72 columns, and `format=flowed` of mail (RFC 3676)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

WIDEST = 100  # columns at which a text is wrapped at most
NARROWEST = 40
MOSTLY = 0.6  # share of lines with another below them that must be full for a text to be wrapped

LONG = 0.75  # of the width, from which a line that ends amid a sentence goes on

_OWN_LINE = re.compile(r"\s*(?:[-*•‣▪–—+>|#]\s|[-*_=~]{3,}|\d{1,2}[.)]\s|>)|[ \t]{4,}|\s*$")
_BROKEN_WORD = re.compile(r"[^\W\d_]-\Z")
_STUFFED = re.compile(r"(?P<depth>>*) ?")


def unwrapped(text: str) -> str:
    """Return a text with its lines joined where they were broken to fit a width; any other text as it is.

    A line is joined to the next where the next one's first word did not fit on it. A hyphen at its end stays as it is.
    """
    lines = text.split("\n")
    width = max((len(line.rstrip()) for line in lines), default=0)
    if not NARROWEST <= width <= WIDEST:
        return text
    pairs = [(a, b) for a, b in pairwise(lines) if not _OWN_LINE.match(a) and not _OWN_LINE.match(b)]
    full = [_is_full(a, b, width) for a, b in pairs]
    if sum(full) < max(1, MOSTLY * len(full)) or all(a.rstrip()[-1:] in ".!?" for a, _ in pairs):
        return text
    return "\n".join(_joined(lines, width))


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > width


def _runs_on(line: str, following: str, width: int) -> bool:
    """Return whether a line of a wrapped text goes on in the next: full, or long and amid a sentence."""
    line = line.rstrip()
    amid = len(line) >= LONG * width and line[-1:] not in '.!?:…"”'
    if _BROKEN_WORD.search(line) and following[:1].islower():
        return True
    return amid or _is_full(line, following, width)


def _joined(lines: Sequence[str], width: int) -> Iterator[str]:
    parts: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        goes_on = not _OWN_LINE.match(line) and not _OWN_LINE.match(following) and _runs_on(line, following, width)
        if not goes_on:
            yield "".join([*parts, line])
            parts = []
            continue
        is_broken = _BROKEN_WORD.search(line.rstrip()) and following[:1].islower()
        parts.append(line.rstrip() + ("" if is_broken else " "))


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Return a text of ``format=flowed`` with its paragraphs whole.

    Args:
        text: As it was sent.
        delete_space: Drop the space that ends a flowed line (``delsp=yes``).
    """
    paragraphs: list[list[str]] = []
    depth, is_open = 0, False
    for line in text.split("\n"):
        marks = _STUFFED.match(line)
        quoted = len(marks["depth"]) if marks else 0
        content = line[marks.end() :] if marks else line
        is_flowed = content.endswith(" ") and content != "-- "
        content = content[:-1] if is_flowed and delete_space else content
        if is_open and quoted == depth and content.strip() and content != "-- ":
            paragraphs[-1].append(content)
        else:
            paragraphs.append(["> " if quoted else "", content])
        depth, is_open = quoted, is_flowed
    return "\n".join(map("".join, paragraphs))
