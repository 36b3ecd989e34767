"""Tokenises a sentence into words, marks and whole quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

LONGEST_NAME = 4  # words of a speaker's name
QUOTE, INSIDE = "\x00", "\x01"  # stand for the first character of a quotation and for all others
_TOKEN = re.compile(
    r"\x00\x01*|(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Gov|Lt|Col|Rep|Prof|Maj|Adm|Capt|Sgt|St)\.|[^\W\d_a-zа-яёіїєґß-ÿ]\.(?=\s[^\W\d_a-zа-яёіїєґß-ÿ])"
    r"|\w+(?:[’'./&-]\w+)*[’'](?=\s\w)|\w+(?:[’'./&-]\w+)*|\S"
)
_POSSESSIVES = ("’s", "'s", "’", "'")
_NO_MASK = {ord(QUOTE): " ", ord(INSIDE): " "}


class Token(NamedTuple):
    """A word, a mark, or a whole quotation."""

    text: str
    start: int
    end: int
    low: str  # in lower case, its possessive ending taken off

    @property
    def is_quote(self) -> bool:
        """Return whether it stands for a quotation."""
        return self.text[0] == QUOTE

    @property
    def is_name(self) -> bool:
        """Return whether it begins as a name does."""
        return self.text[0].isupper()

    @property
    def owns(self) -> bool:
        """Return whether it is a possessive."""
        return self.text.endswith(_POSSESSIVES)


#: How a sentence names a speaker: "officer" by office, "back" as one named before, "unnamed" as 'a spokesman'.
SpeakerKind = Literal["person", "body", "officer", "pronoun", "back", "unnamed"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or body that speaks, as one sentence names it."""

    name: str
    role: str = ""
    kind: SpeakerKind = "person"
    start: int = 0  # where the name begins in the sentence
    acts: bool = False  # a state or a body of states
    official: bool | None = None  # speaks for a state; None where that is still to be read from name and office


Tokens = Sequence[Token]


def read_tokens(text: str, quotes: Sequence[tuple[int, int]]) -> list[Token]:
    """Return a text's words and marks in order, each quotation as one."""
    masked = text.translate(_NO_MASK)
    for start, end in quotes:
        masked = masked[:start] + QUOTE + INSIDE * (end - start - 1) + masked[end:]
    return [Token(word := m.group(), *m.span(), _low(word)) for m in _TOKEN.finditer(masked)]


@lru_cache(maxsize=65_536)  # news repeats its words
def _low(word: str) -> str:
    low = word.lower()
    ending = next((e for e in _POSSESSIVES if low.endswith(e) and low != e), "")
    return low.removesuffix(ending)


def span(parts: Sequence[Tokens], text: str) -> str:
    """Return the text that parts cover."""
    return text[parts[0][0].start : parts[-1][-1].end]
