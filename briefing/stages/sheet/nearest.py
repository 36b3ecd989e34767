"""Explains a line that matches no sentence of the draft: finds the nearest sentence and the difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from briefing.stages.sheet.rows import Place, Row
from briefing.stages.sheet.tokens import SheetLine

_SHOWN = 160  # characters of a text in a message
_ALIKE = 0.3  # of the words of both, shared; below, no sentence is called the nearest


def changed(token: SheetLine, here: Sequence[Row], everywhere: Mapping[Place, Sequence[Row]]) -> str:
    """Return the error text for a line that is not a row.

    Args:
        token: The line.
        here: The rows of the place it stands at.
        everywhere: All rows: looked at where none of these is near.
    """
    near = _nearest(token.text, here) or _nearest(token.text, [row for rows in everywhere.values() for row in rows])
    if near is None:
        return (
            f"No source says “{shown(token.text)}” in the draft. Words of your own begin with >;"
            " a source's may be dropped, never changed."
        )
    if near.text == token.text:
        numbers = ", ".join(map(str, near.numbers))
        return f"This sentence is of [{numbers}]. Put that number before it again, or drop it."
    return (
        f"{_difference(near.text, token.text)} A source's words may be dropped as a whole sentence, never changed."
        f" The draft has: “{shown(near.text)}”"
    )


def shown(text: str) -> str:
    """Return a text shortened for an error message."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _nearest(text: str, rows: Sequence[Row]) -> Row | None:
    mine = set(text.casefold().split())
    best, most = None, _ALIKE
    for row in rows:
        words = set(row.text.casefold().split())
        shared = len(mine & words) / (len(mine | words) or 1)
        if row.text == text:
            return row
        if shared > most:
            best, most = row, shared
    return best


def _difference(source: str, edited: str) -> str:
    """Return a sentence that names the first words in which two texts differ."""
    was, now = source.split(), edited.split()
    steps = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    _, a, b, c, d = next(step for step in steps if step[0] != "equal")
    left, came = shown(" ".join(was[a:b])), shown(" ".join(now[c:d]))
    if not came:
        return f"“{left}” is missing."
    return f"“{came}” stands where the source says “{left}”." if left else f"“{came}” is not in the source."
