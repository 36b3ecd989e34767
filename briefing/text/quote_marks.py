"""Pairs the quotation marks of a paragraph, so that no quotation is printed by half."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.model import Sentence

# A question mark inside a sentence, before a small letter or another stop, is a closing mark that an encoding lost.
_MARK = re.compile(r"[“”„«»\"]|\?(?=[.,;]|\s[a-z])")
_CLOSERS = {"“": "”?", "„": "“”", "«": "»", '"': '"?'}
_SINGLE_CLOSING = re.compile(r"’(?!\w)")


@dataclass(frozen=True, slots=True)
class Quoted:
    """The state of a sentence towards the quotations of its paragraph."""

    begins_inside: bool = False  # an earlier sentence opened a quotation that is still open
    ends_inside: bool = False  # a quotation is open at its end
    broken: bool = False  # a mark or bracket closes what never opened, or the other way round
    stray: int = 0  # closing marks at its very end that close nothing: may be cut off


def quotations(sentences: Sequence[Sentence]) -> tuple[Quoted, ...]:
    """Return each sentence's state towards the quotations of its paragraph; a paragraph's end closes them."""
    found, place, opener = [], None, ""
    for sentence in sentences:
        if (sentence.article_id, sentence.paragraph) != place:
            place, opener = (sentence.article_id, sentence.paragraph), ""
        state, opener = _read(sentence.text, opener)
        found.append(state)
    return tuple(found)


def _read(text: str, opener: str) -> tuple[Quoted, str]:
    began, broken, stray = bool(opener), not _is_balanced(text), 0
    for mark in _MARK.finditer(text):
        char, is_last = mark.group(), mark.end() == len(text)
        if opener:
            if char in _CLOSERS[opener]:
                opener = ""
            elif char != "?":
                broken = True
        elif char in _CLOSERS and not (is_last and char != "“"):
            opener = char
        elif char != "?":
            stray, broken = (1, broken) if is_last else (stray, True)
    return Quoted(began, bool(opener), broken, stray), opener


def _is_balanced(text: str) -> bool:
    """Return whether brackets and single quotation marks pair off; an apostrophe may close nothing."""
    return (
        text.count("(") == text.count(")")
        and text.count("[") == text.count("]")
        and text.count("‘") <= len(_SINGLE_CLOSING.findall(text))
    )


def balanced(text: str) -> bool:
    """Return whether every double quotation mark of a text is paired, in the right order."""
    if text.count('"') % 2 or text.count("«") != text.count("»"):
        return False
    low = depth = 0  # open „ and open “; a “ closes an open „ and else opens
    for mark in text:
        if mark == "„":
            low += 1
        elif mark == "“" and low:
            low -= 1
        elif mark == "“":
            depth += 1
        elif mark == "”":
            depth -= 1
            if depth < 0 and low:  # „so” is Polish and Ukrainian
                low, depth = low - 1, 0
        if depth < 0:
            return False
    return not low and not depth


_CLOSING = {"“": "”", "«": "»", "„": "“"}


def closes_within(text: str, start: int, end: int) -> bool:
    """Return whether each quotation that a span of a text opens is closed in it or later in the text."""
    span = text[start:end]
    missing = ((closing, span.count(opening) - span.count(closing)) for opening, closing in _CLOSING.items())
    return all(n <= 0 or text.count(closing, end) >= n for closing, n in missing)
