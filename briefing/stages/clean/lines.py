"""A text's lines, each with its place in the text as it was read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.stages.clean.characters import is_suspect, without_hazards
from briefing.stages.clean.mojibake import is_mojibake, repaired

#: Code points read of one text. What a body may keep is far less; white space and invisible floods use up the rest.
READ_AT_MOST = 1_000_000

_LINE = re.compile("[^\n\r\v\f\x85\u2028\u2029]+")
#: "… for nine hours. (Halvern Courier)": an agency's mark, a newsletter's source.
SOURCE = 40  # code points of one, with the stop before it
_SOURCED = re.compile(r"""[.!?…]["”’»]? ?\((?=[A-ZÀ-Þ]|dpa|afp|ap)[^().!?]{2,30}\)$""")
_ENDS = re.compile('[.!?…。！？؟۔।॥‼⁉"”’»]["\'”’“»›)\\]]*$')
_LAST_LINE_DOS = "\x1a"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank."""

    start: int  # code points in RawArticle.text, half-open
    end: int
    text: str  # cleaned: one space between words, none around them

    @property
    def words(self) -> int:
        """Return how many words it has."""
        return self.text.count(" ") + 1

    @property
    def ends(self) -> bool:
        """Return whether it ends as a sentence does, a source in brackets behind it apart."""
        return _ENDS.search(self.text[-8:]) is not None or _SOURCED.search(self.text[-SOURCE:]) is not None


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text, and the changes made to them."""

    lines: tuple[Line, ...]
    changed: Counter[str]  # characters removed, by warning code; W_MOJIBAKE counts lines
    unread: int  # code points after the last line, not looked at


def lines_of(text: str) -> Lines:
    """Return a text's lines, cleaned one by one; time is linear in the text."""
    read = text[:READ_AT_MOST].removesuffix(_LAST_LINE_DOS)
    changed: Counter[str] = Counter()
    broken, suspect = is_mojibake(read), is_suspect(read)
    lines = tuple(_cleaned(read, changed, broken, suspect))
    return Lines(lines, changed, max(0, len(text) - READ_AT_MOST))


def plain(text: str, changed: Counter[str]) -> str:
    """Return a field of one line, such as a title, cleaned as a line is."""
    text = text[:READ_AT_MOST]
    if is_mojibake(text):
        text, changed["W_MOJIBAKE"] = repaired(text), changed["W_MOJIBAKE"] + 1
    return " ".join(without_hazards(" ".join(text.split("\n")), changed).split())


def _cleaned(text: str, changed: Counter[str], broken: bool, suspect: bool) -> Iterator[Line]:
    for found in _LINE.finditer(text):
        line = found[0]
        if broken and (better := repaired(line)) != line:
            changed["W_MOJIBAKE"] += 1
            line = better
        if suspect or broken:
            line = without_hazards(line, changed)
        line = " ".join(line.split())
        if line:
            yield Line(found.start(), found.end(), line)
