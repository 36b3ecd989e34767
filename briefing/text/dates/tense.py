"""Decides whether an English sentence looks back or ahead where it names a day."""

from __future__ import annotations

import re

_AHEAD = "will would plan plans planned expected due scheduled set upcoming next shall ’ll"
_BEFORE_TO = "is are due set plans plan planned expected scheduled"
_BACK = """
said told was were had came met held took made went spoke wrote put gave saw did sent fell rose hit killed has have been
began left won lost struck
"""
_FUTURE, _TO_COME, _PAST = (frozenset(words.split()) for words in (_AHEAD, _BEFORE_TO, _BACK))
#: "on Thursday will celebrate": what stands before it is of another day.
_AHEAD_AT_ONCE = re.compile(r" (?:will|shall)\b|[’']ll\b")
_WORD = re.compile(r"[\w'’]+")


def speaks_of_future(text: str, start: int, end: int) -> bool:
    """Return whether a sentence speaks of the future where it names a weekday, by the nearest word that tells."""
    if _AHEAD_AT_ONCE.match(text, end):
        return True
    before = _WORD.findall(text[max(0, start - 200) : start])
    for at in range(len(before) - 1, -1, -1):
        if (tense := _tense(before, at)) is not None:
            return tense
    after = _WORD.findall(text[end : end + 100])
    return next((t for at in range(len(after)) if (t := _tense(after, at)) is not None), False)


def _tense(words: list[str], at: int) -> bool | None:
    """Return True for a word that speaks of the future, False for one of the past, None for any other."""
    word, before = words[at].lower(), words[at - 1].lower() if at else ""
    if before == "be":  # "will be held", "to be signed": the word before decides
        return None
    if word == "to":
        # "expected to meet on Friday" is to come; "according to" and "response to" say nothing.
        return True if before in _TO_COME else None
    if word in _FUTURE:
        return True
    is_verb = word.endswith("ed") and len(word) > 4 and words[at].islower()  # "United States" has none
    return False if word in _PAST or is_verb else None
