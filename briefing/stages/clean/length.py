"""Limits the length of an article, and notes one that is too long or without words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.model import Note, RawArticle, Removal
from briefing.stages.clean.lines import Line, Lines

#: Ranking is quadratic in sentences; the longest of 594 articles had 243.
SENTENCES = 1_000
#: Code points of a body.
BODY = 200_000
LONG_WORD = 200  # code points: no line of a page holds it
LONG_SENTENCE = 2_000  # code points: nobody reads it
#: White space dropped that is worth a note: this much, and more than the text itself.
WHITE_SPACE = 1_000

_STOPS = ".!?…。！？"
_STOP = re.compile(r"(?<=[^\s.!?…])[.!?…。！？]+[\"'”’)\]]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Capped:
    """The lines of a text up to what an article may hold."""

    lines: tuple[Line, ...]
    removal: Removal | None = None  # the rest
    white_space: int = 0  # code points of white space dropped


def capped(read: Lines, length: int) -> Capped:
    """Return the first lines of a text: about SENTENCES sentences and at most BODY code points.

    Args:
        read: Its lines.
        length: Code points of the whole text.
    """
    if not read.unread and length <= BODY and _at_most(read.lines) <= SENTENCES:
        return Capped(read.lines, None, _white_space(read, length))
    left, room, kept = SENTENCES, BODY, []
    for line in read.lines:
        fits, sentences = _fitting(line.text, left, room)
        whole = fits == len(line.text)
        end = line.end if whole else line.start + fits  # what is removed of it begins there
        if fits:
            kept.append(Line(line.start, end, line.text[:fits].rstrip()))
        left, room = left - sentences, room - fits
        if not whole:
            return Capped(tuple(kept), Removal(end, length, "length"))
    removal = Removal(length - read.unread, length, "length") if read.unread else None
    return Capped(tuple(kept), removal, _white_space(read, length))


def _at_most(lines: Sequence[Line]) -> int:
    """Return a number the sentences of some lines do not exceed."""
    return len(lines) + sum(line.text.count(stop) for line in lines for stop in _STOPS)


def _white_space(read: Lines, length: int) -> int:
    return length - read.unread - sum(len(line.text) for line in read.lines) - sum(read.changed.values())


def _fitting(text: str, left: int, room: int) -> tuple[int, int]:
    """Return how many code points of a line fit, and how many sentences those are."""
    if left <= 0 or room <= 0:
        return 0, 0
    ends = [found.end() for found in _STOP.finditer(text[:room])] if len(text) > 40 else []
    if len(ends) > left:
        return ends[left - 1], left
    if len(text) <= room:
        return len(text), max(1, len(ends))
    cut = text.rfind(" ", 0, room)
    return (cut if cut > room // 2 else room), max(1, len(ends))


def length_notes(raw: RawArticle, cut: Capped, texts: Sequence[str]) -> tuple[Note, ...]:
    """Return the notes on an article's length.

    Args:
        raw: Names it.
        cut: What was left of it.
        texts: Its paragraphs.
    """
    notes = []
    if cut.removal:
        notes.append(
            Note(
                "W_SENTENCES_CAPPED",
                f"{raw.input} is too long: only its first {sum(map(len, texts))} characters were used.",
            )
        )
    if not any(map(str.isalpha, "".join(texts))):
        notes.append(Note("W_NO_SUMMARY", f"{raw.input} holds no word: it cannot be summarised, only quoted."))
    if cut.white_space > max(WHITE_SPACE, sum(map(len, texts))):
        notes.append(
            Note("W_WHITESPACE_COLLAPSED", f"{raw.input}: {cut.white_space} characters of white space were dropped.")
        )
    if any(len(text) > LONG_WORD and max(map(len, text.split(" "))) > LONG_WORD for text in texts):
        notes.append(Note("W_LONG_WORD", f"{raw.input} has a word of more than {LONG_WORD} characters."))
    if any(_longest_stretch(text) > LONG_SENTENCE for text in texts if len(text) > LONG_SENTENCE):
        notes.append(Note("W_LONG_SENTENCE", f"{raw.input} has a sentence of more than {LONG_SENTENCE} characters."))
    return tuple(notes)


def _longest_stretch(text: str) -> int:
    ends = [0, *(found.end() for found in _STOP.finditer(text)), len(text)]
    return max(b - a for a, b in pairwise(ends))
