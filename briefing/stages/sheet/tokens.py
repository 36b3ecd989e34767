"""Tokenises a sheet line by line: what kind of line each is, not yet whether it fits the draft."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefing.stages.sheet.rows import BESIDE, plain

Kind = Literal["part", "entry", "row", "own", "title", "signed", "other"]

_ENDS = re.compile(r"\r\n|\r|\n")
_MARKED = re.compile(r"([-–—−+])\s*(?=[#\[])")
_HEADING = re.compile(r"(#{1,6})\s*(.*)")
_NUMBERED = re.compile(r"(?:([-–—−+])\s*)?([0-9]{1,9})\s*[.)](?:\s+(.*)|$)")
_ROW = re.compile(r"\[\s*([0-9]{1,9}(?:\s*,\s*[0-9]{1,9})*)\s*\]\s*(.*)")
_KEYWORD = re.compile(r"([^:]{1,30}?)\s*:\s*(.*)")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A logical line of the sheet; the editor's program may have wrapped it over several."""

    line: int  # from 1
    kind: Kind
    text: str  # of a heading without its number, of a row without its sources, of the editor's without its sign
    mark: str = ""  # "-" to drop, "+" to pin
    number: int = 0  # of an item or account; 0 for a heading without one
    numbers: tuple[int, ...] = ()  # of the sources of a row


def lines_of(text: str) -> list[str]:
    """Return the lines of a sheet, printable, white space in them as one space."""
    return [plain(line) for line in _ENDS.split(text.removeprefix("\ufeff"))]


def tokens(text: str, keywords: dict[str, Kind], known: Collection[str]) -> Iterator[SheetLine]:
    """Yield the lines with content; empty ones and comments are skipped.

    Args:
        text: The sheet, with any line ends.
        keywords: What may stand before a colon, in small letters, and the kind of such a line.
        known: The texts of the draft: what continues one of them belongs to it, however it looks.
    """
    lines, texts, at = lines_of(text), sorted(known), 0
    while at < len(lines):
        token = _token(at + 1, lines[at], keywords)
        at += 1
        while token and token.kind in ("entry", "row") and at < len(lines) and _goes_on(token.text, lines[at], texts):
            token = replace(token, text=f"{token.text} {lines[at]}".strip())
            at += 1
        if token:
            yield token


def _goes_on(text: str, following: str, texts: Sequence[str]) -> bool:
    """Return whether a line continues a wrapped one: together they begin a text of the draft."""
    if not following or not _begins(f"{text} {following}".strip(), texts):
        return False
    return following.startswith(BESIDE) or not _begins(text, texts, whole=True)


def _begins(text: str, texts: Sequence[str], *, whole: bool = False) -> bool:
    at = bisect_left(texts, text)
    return at < len(texts) and (texts[at] == text if whole else texts[at].startswith(text))


def _token(number: int, line: str, keywords: dict[str, Kind]) -> SheetLine | None:
    if not line or line.startswith("//"):
        return None
    marked = _MARKED.match(line)
    mark, rest = (_sign(marked[1]), line[marked.end() :]) if marked else ("", line)
    if heading := _HEADING.fullmatch(rest):
        return _heading(number, len(heading[1]), heading[2], mark)
    if row := _ROW.fullmatch(rest):
        return SheetLine(number, "row", row[2], mark, numbers=tuple(int(n) for n in row[1].split(",")))
    if line.startswith(">"):
        return SheetLine(number, "own", line.lstrip("> ")) if line.strip("> ") else None
    said = _KEYWORD.fullmatch(line)
    if said and (kind := keywords.get(said[1].casefold())):
        return SheetLine(number, kind, said[2]) if said[2] else None
    return SheetLine(number, "other", line)


def _heading(line: int, level: int, text: str, mark: str) -> SheetLine:
    if level == 1:
        return SheetLine(line, "part", text, mark)
    if numbered := _NUMBERED.fullmatch(text):
        return SheetLine(line, "entry", numbered[3] or "", mark or _sign(numbered[1] or ""), int(numbered[2]))
    return SheetLine(line, "entry", text, mark)


def _sign(mark: str) -> str:
    return "-" if mark and mark != "+" else mark
