"""Tracks quotation marks over sentences and paragraphs: where somebody else's words stand in an article.

A quotation that is not closed at a paragraph's end goes on in the next one if that opens with a mark, as print has it.
A paragraph that opens with a dash is speech, as Polish and French print it, up to the dash before who said it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from briefing.model import Article, Paragraph

# Single marks only where they cannot be an apostrophe: before a word's first letter, behind its last or behind a stop.
_MARK = re.compile(r"[“”„«»\"]|(?<![\w.,])[‘'](?=\w)|(?<=[\w.,?!…])['’](?!\w)")
_CLOSES = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’'", "'": "’'"}
_SURE = "”»"
_SINGLE = "‘'"
_OPENING = tuple(_CLOSES)
_SPOKEN = re.compile(r"\s{0,4}[-–—] ?(?=[A-ZÀ-Þ\"“])")
_SAID = re.compile(r"(?:[^\w\s]\s?|\s)[-–—] ?([^\W\d_]{2,20})\b")

Span = tuple[int, int]


def quoted_stretches(article: Article, verbs: Collection[str]) -> list[Span]:
    """Return the spans of an article's body that are quotation, marks included, in order.

    Args:
        article: Any article.
        verbs: Verbs of speech, lower case: which dash ends speech that a dash opens.
    """
    found: list[Span] = []
    carried = ""
    body, paragraphs = article.body, article.paragraphs
    for n, paragraph in enumerate(paragraphs):
        spoken = _spoken(body, paragraph, verbs) if body[paragraph.start] in " \t-–—" else None
        if spoken:
            found.append(spoken)
            continue
        opener = carried if carried and body.startswith(_OPENING, paragraph.start) else ""
        opener, since = _marked(body, paragraph, opener, found)
        following = paragraphs[n + 1].start if n + 1 < len(paragraphs) else len(body)
        goes_on = bool(opener) and body.startswith(_OPENING, following)
        if opener and (goes_on or opener not in _SINGLE):
            found.append((since, paragraph.end))
        carried = opener if goes_on else ""
    return found


def _spoken(body: str, paragraph: Paragraph, verbs: Collection[str]) -> Span | None:
    dash = _SPOKEN.match(body, paragraph.start, paragraph.end)
    if not dash:
        return None
    for said in _SAID.finditer(body, dash.end(), paragraph.end):
        if said.group(1).lower() in verbs:
            return paragraph.start, said.start()
    return paragraph.start, paragraph.end


def _marked(body: str, paragraph: Paragraph, opener: str, found: list[Span]) -> tuple[str, int]:
    """Add the quotations a paragraph closes; return the mark still open at its end, "" for none, and since where."""
    since = paragraph.start
    for mark in _MARK.finditer(body, paragraph.start, paragraph.end):
        char, at = mark.group(), mark.start()
        before = body[at - 1] if at > paragraph.start else " "
        after = body[at + 1] if at + 1 < paragraph.end else " "
        if not opener:
            if _opens(char, before, after):
                opener, since = char, at
        elif char in _CLOSES[opener] and (char in _SURE or not before.isspace()):
            if opener in _SINGLE and before == "s" and after == " ":
                continue  # "the officials' view": a plural's apostrophe
            found.append((since, at + 1))
            opener = ""
    return opener, since


def _opens(char: str, before: str, after: str) -> bool:
    if char in "“„«":
        return True
    if char == '"':
        return not after.isspace() and not before.isalnum()
    return char in _SINGLE and after.isalpha() and not before.isalnum()
