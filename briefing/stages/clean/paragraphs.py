"""Classifies kept lines: prose, bullet, caption, heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from briefing.model import ParagraphKind
from briefing.stages.clean.lines import Line
from briefing.text.datelines import dateline_length
from briefing.text.layout import layout
from briefing.text.letters import CAPITALS, SMALL

#: A line without a final stop is a heading up to this many words, a caption above; both only amid prose.
HEADING_WORDS = 12
#: Longer lines are paragraphs that lost their stop; the longest caption of five articles had 31 words.
CAPTION_WORDS = 45
#: Share of a text's longer lines that must end as sentences do before a missing stop means anything.
WRITES_STOPS = 0.5

_BULLET = re.compile(r"(?:[•‣▪●◦∙·▸►–*+-]|o(?= [A-Z]))\s+(?=\S)")
_DASHES = "-–—"
_QUOTED = re.compile(r"[\"“‘„«][^.!?…]+[\"”’“»]")
_TITLED_DASH = re.compile(r"[–-] .+ [–-]")
_CREDIT_REACH = 120  # code points from the end in which a credit begins
_EMBEDDED_POST = re.compile(r"pic\.twitter\.com/|https?://t\.co/|\(@\w{2,30}\) [A-Z][a-z]{2,8} \d")
_TOPIC = re.compile(rf"[{CAPITALS}][\w .’'-]{{2,40}}: \S")  # "Scholz: …", "Climate check: …": a headline, not a caption
_INNER_STOP = re.compile(rf"[{SMALL}\d]{{2}}[.!?][\"”’»]? ?[{CAPITALS}]")
_LINE_OF_ITS_OWN = ("—", "–", "-")  # what a dateline that is a whole line ends with
_OPEN_END = (":", ";", ",", "—", "–", "-", "…")


def bullet_length(text: str) -> int:
    """Return how many leading code points are a bullet mark with its space; 0 for a line that is no bullet."""
    found = _BULLET.match(text)
    return found.end() if found and not _TITLED_DASH.fullmatch(text) else 0


def is_caption(text: str) -> bool:
    """Return whether a line says of itself that it describes a picture."""
    if len(text) > 600:
        return False
    marks = layout()
    if marks.captions.match(text) or _is_credited(text) or (len(text) < 350 and _EMBEDDED_POST.search(text)):
        return True
    if not marks.placed.search(text):
        return False
    return text[-1] not in '.!?”"' or any(map(text.__contains__, marks.pictured))


def _is_credited(text: str) -> bool:
    end = text[-_CREDIT_REACH:]
    marks = layout()
    if marks.credits.search(end):
        return True
    return text[-1] not in '.!?”"’' and marks.unstopped_credits.search(end) is not None


def kinds_of(lines: Sequence[Line], *, plain_text: bool) -> tuple[ParagraphKind, ...]:
    """Return the kind of each kept line, in order.

    Args:
        lines: The kept lines of one article.
        plain_text: The text was scraped by somebody else: a long line without a final stop is a caption.
    """
    first = [_first_words(lines, at) for at in range(len(lines))]
    stops = _writes_stops([line for line, kind in zip(lines, first, strict=True) if not kind])
    kinds = [kind or _guessed(lines, at, stops, plain_text) for at, kind in enumerate(first)]
    if "text" not in kinds:  # nothing but headings and captions: then they are the text
        kinds = ["text" if kind in ("heading", "caption") else kind for kind in kinds]
    return tuple(kinds)


def _writes_stops(lines: Sequence[Line]) -> bool:
    long = [line for line in lines if line.words >= 8]
    return bool(long) and sum(line.ends for line in long) >= WRITES_STOPS * len(long)


def _first_words(lines: Sequence[Line], at: int) -> Literal[ParagraphKind, ""]:
    """Return the kind a line shows by its own marks, or ""."""
    line = lines[at]
    if line.text.endswith(_LINE_OF_ITS_OWN) and dateline_length(f"{line.text} …") > len(line.text):
        return "heading"  # "CNN —": whose report it is, but nothing to print
    if bullet_length(line.text):
        return "text" if _is_speech(lines, at) else "bullet"
    if _TITLED_DASH.fullmatch(line.text) or (line.words <= 8 and _QUOTED.fullmatch(line.text)):
        return "heading"
    return "caption" if is_caption(line.text) else ""


def _guessed(lines: Sequence[Line], at: int, stops: bool, plain_text: bool) -> ParagraphKind:
    """Return the kind of a line without marks: by its last character, its length and its place."""
    line = lines[at]
    if not stops or line.ends or line.text.endswith(_OPEN_END) or dateline_length(line.text):
        return "text"
    if line.text.isupper():
        return "heading"
    is_last = at == len(lines) - 1
    if line.words <= HEADING_WORDS and not (line.words >= 6 and layout().dated_ends.search(line.text)):
        return "heading" if not is_last or line.words <= 4 else "text"
    return "text" if is_last or not plain_text or line.words > CAPTION_WORDS else _unstopped(lines, at)


def _is_speech(lines: Sequence[Line], at: int) -> bool:
    """Return whether a line marked with a dash is speech, as Polish and French print it, and no list's item."""
    text = lines[at].text
    if text[0] not in _DASHES or not lines[at].ends:
        return False
    beside = [*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]]
    return " - " in text[2:] or " – " in text[2:] or not any(line.text[0] in _DASHES for line in beside)


def _unstopped(lines: Sequence[Line], at: int) -> ParagraphKind:
    """Return the kind of a long line without a final stop: a standfirst, a caption, or prose that lost its stop."""
    line = lines[at]
    if layout().told.search(line.text) or _INNER_STOP.search(line.text):
        return "text"
    opening = not any(earlier.ends for earlier in lines[:at])
    return "heading" if opening or _TOPIC.match(line.text) else "caption"
