"""Finds the quotations within a sentence, marks included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from briefing.text.languages import Language

_ANY = re.compile(r"[“”„«»\"‘]")
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "”": ""}
_ONLY_CLOSE = "”»"
_SPACED = "«"  # may have a space behind it where it opens, as in French
# A single mark closes a quotation after a stop; elsewhere it may be an apostrophe.
_SINGLE_CLOSING = re.compile(r"’(?!\w)")
_STOPS = ",.?!…;—–"


def quotations(text: str, language: Language) -> tuple[tuple[int, int], ...]:
    """Return the spans of the quotations that open and close within a text, in order, marks included.

    One that only opens is left out, and so is all that follows it, where it can no longer be told what is inside.
    """
    return _scan(text, language)[0]


def is_left_open(text: str, language: Language) -> bool:
    """Return whether a quotation opens in a text and does not close there."""
    return _scan(text, language)[1]


def outside(text: str, quotes: Sequence[tuple[int, int]]) -> str:
    """Return the text with its quotations blanked out: offsets stay the same."""
    for start, end in quotes:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def closes_what_it_did_not_open(text: str, quotes: Sequence[tuple[int, int]], language: Language) -> bool:
    """Return whether a closing mark is left over, of an earlier sentence's quotation."""
    left = outside(text, quotes)
    closes = "“" in language.closing_quotes and "“" not in language.opening_quotes
    return any(mark in left for mark in ('”»"“' if closes else '”»"'))


@lru_cache(maxsize=256)  # asked for several times while a sentence is read
def _scan(text: str, language: Language) -> tuple[tuple[tuple[int, int], ...], bool]:
    found: list[tuple[int, int]] = []
    at = 0
    while opened := _ANY.search(text, at):
        mark = opened.group()
        if mark not in language.opening_quotes and (mark in _ONLY_CLOSE or _closes_by_place(text, opened.start())):
            at = opened.end()
            continue
        end = _single_end(text, opened.start()) if mark == "‘" else _double_end(text, opened.start())
        if not end and mark == "‘":
            at = opened.end()
            continue
        if not end:
            spaced = mark in _SPACED and mark in language.opening_quotes
            return tuple(found), spaced or not text[opened.end() : opened.end() + 1].isspace()
        found.append((opened.start(), end))
        at = end
    return tuple(found), False


def _closes_by_place(text: str, at: int) -> bool:
    """Return whether a mark stands where one closes: behind a word or a stop, and before none."""
    return at > 0 and not text[at - 1].isspace() and not text[at + 1 : at + 2].isalnum()


def _double_end(text: str, start: int) -> int:
    mark, closers = text[start], _CLOSERS[text[start]]
    if mark == '"' and (text[start + 1 : start + 2].isspace() or text[max(0, start - 1) : start].isalnum()):
        return 0
    for end in range(start + 1, len(text)):
        if text[end] in closers:
            return end + 1
        if text[end] == mark:  # opened again before it closed: nobody can say which half is meant
            return 0
    return 0


def _single_end(text: str, start: int) -> int:
    if start and text[start - 1].isalnum():
        return 0
    ends = [m.start() for m in _SINGLE_CLOSING.finditer(text, start + 1)]
    following = text.find("‘", start + 1)
    ends = [end for end in ends if following < 0 or end < following]
    sure = [end for end in ends if text[end - 1] in _STOPS]
    if sure:
        return sure[0] + 1
    return ends[0] + 1 if len(ends) == 1 else 0
