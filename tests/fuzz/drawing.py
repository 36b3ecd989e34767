"""Bytes as decisions: which value to replace, which line to move."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

#: What a value is replaced by, besides text out of the bytes.
ODD: tuple[Any, ...] = (
    *(None, True, -1, 0, 1, 10**30, 1e308, "", [], {}, [[]], {"": ""}, "0" * 64, "2022-02-30", "9999-12-31"),
    *("<script>alert(1)</script>", "javascript:alert(1)", "file:///etc/passwd", "\u202e\x00\ud800", "]]>", "{{7*7}}"),
    *(
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "other",
        "x" * 2000,
        "\u0301" * 40,
        "a\r\nBcc: c@d.example",
    ),
)
MARKS = ("-", "+", "#", "## ", "### ", "> ", "[", "// ", "=", "\t", "\u2028", "1. ", "")


class Drawing:
    """Hands out small decisions until the bytes are used up."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    @property
    def is_empty(self) -> bool:
        return self.at >= len(self.data)

    def below(self, most: int) -> int:
        """Return a number from 0 to ``most`` - 1; 0 when nothing is left."""
        size = 1 if most <= 256 else 2
        piece = self.data[self.at : self.at + size]
        self.at += size
        return int.from_bytes(piece, "big") % most

    def text(self) -> str:
        size = self.below(64)
        self.at += size
        return self.data[self.at - size : self.at].decode("utf-8", "replace")

    def replace_one(self, value: Any) -> None:
        """Replace, remove or repeat one part of a JSON value, however deep it lies."""
        inner = value
        while True:
            keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
            if not keys:
                self.at += 1
                return
            key = keys[self.below(len(keys))]
            child = inner[key]
            if not isinstance(child, dict | list) or not child or self.below(8) == 0:
                break
            inner = child
        how = self.below(8)
        if how == 0:
            del inner[key]
        elif how == 1 and isinstance(inner, list):
            inner.append(deepcopy(child))
        elif how == 2:
            inner[key] = child + self.text() if isinstance(child, str) else self.text()
        elif how == 3 and isinstance(child, int):
            inner[key] = child + self.below(5) - 2
        else:
            inner[key] = deepcopy(ODD[self.below(len(ODD))])

    def edit_one(self, lines: list[str]) -> None:
        """Delete, repeat, swap, mark, change or insert one line."""
        at, other, how = self.below(len(lines)), self.below(len(lines)), self.below(6)
        if how == 0 and len(lines) > 1:
            del lines[at]
        elif how == 1:
            lines.insert(other, lines[at])
        elif how == 2:
            lines[at], lines[other] = lines[other], lines[at]
        elif how == 3:
            lines[at] = MARKS[self.below(len(MARKS))] + lines[at]
        elif how == 4:
            lines[at] = lines[at][: self.below(60)] + self.text()
        else:
            lines.insert(at, self.text())
