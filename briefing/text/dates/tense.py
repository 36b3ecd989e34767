"""Decides whether a sentence looks back or ahead where it names a day, by words and endings of its language."""

from __future__ import annotations

import re

from briefing.text.languages import Language

_AT_ONCE = re.compile(r" ?((?:(?<= )|(?=[’']))[\w’']+)")
_WORD = re.compile(r"[\w'’]+")
_BEFORE, _BEHIND = 200, 100  # code points looked at
_STEM = 3  # letters that an ending of a verb leaves


def speaks_of_future(text: str, start: int, end: int, spoken: Language) -> bool:
    """Return whether a sentence speaks of the future where it names a weekday, by the nearest word that tells."""
    at_once = _AT_ONCE.match(text, end)  # "on Thursday will celebrate": what stands before it is of another day
    if at_once and at_once[1].lower() in spoken.ahead_at_once:
        return True
    before = _WORD.findall(text[max(0, start - _BEFORE) : start])
    for at in range(len(before) - 1, -1, -1):
        if (tense := _tense(before, at, spoken)) is not None:
            return tense
    after = _WORD.findall(text[end : end + _BEHIND])
    return next((t for at in range(len(after)) if (t := _tense(after, at, spoken)) is not None), False)


def _tense(words: list[str], at: int, spoken: Language) -> bool | None:
    """Return True for a word that speaks of the future, False for one of the past, None for any other."""
    word, before = words[at].lower(), words[at - 1].lower() if at else ""
    if spoken.passive and before == spoken.passive:  # "will be held", "to be signed": the word before decides
        return None
    if spoken.infinitive and word == spoken.infinitive:
        # "expected to meet on Friday" is to come; "according to" and "response to" say nothing.
        return True if before in spoken.ahead_before_infinitive else None
    if word in spoken.ahead_words or _ends(word, spoken.ahead_endings):
        return True
    # "United States" ends as a verb does, and is none.
    is_verb = words[at].islower() and _ends(word, spoken.back_endings)
    return False if word in spoken.back_words or is_verb else None


def _ends(word: str, endings: tuple[str, ...]) -> bool:
    return word.endswith(endings) and any(len(word) >= len(e) + _STEM and word.endswith(e) for e in endings)
