"""Where a sentence's quotations begin and end, marks included."""

from __future__ import annotations

import re

from briefing.languages import Language

_ANY = re.compile(r"[“”„«»\"‘]")
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"'}
# A single mark closes a quotation after a stop; elsewhere it may be an apostrophe.
_SINGLE_CLOSING = re.compile(r"’(?!\w)")
_STOPS = ",.?!…;—–"


def quotations(text: str, language: Language) -> tuple[tuple[int, int], ...]:
    """Return the spans of the quotations that open and close within a text, in order, marks included.

    One that only opens or only closes is left out, and so is all that follows it, where it can no longer be told
    what is inside.
    """
    if not _ANY.search(text):
        return ()
    found, at = [], 0
    while opened := _ANY.search(text, at):
        mark = opened.group()
        end = _single_end(text, opened.start()) if mark == "‘" else _double_end(text, opened.start(), language)
        if mark == "‘" and not end:
            at = opened.end()
            continue
        if not end:
            break
        found.append((opened.start(), end))
        at = end
    return tuple(found)


def _double_end(text: str, start: int, language: Language) -> int:
    mark = text[start]
    if mark == "»" and mark not in language.opening_quotes:
        return 0
    closers = _CLOSERS.get(mark, "")
    if mark == '"' and text[start + 1 : start + 2].isspace():
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
    sure = [end for end in ends if text[end - 1] in _STOPS]
    if sure and (len(ends) == 1 or sure[0] == ends[0] or True):
        limit = sure[0]
        following = text.find("‘", start + 1)
        return limit + 1 if following < 0 or limit < following else 0
    return ends[0] + 1 if len(ends) == 1 else 0
