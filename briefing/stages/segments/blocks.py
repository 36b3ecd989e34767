"""Classifies an article's paragraphs for segmentation: news, heading, announcement, no news."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.model import Article, Paragraph
from briefing.stages.segments.marks import is_rule, mark_of
from briefing.stages.segments.phrases import Phrases

#: Words from which a paragraph may tell an event; with a mark before it fewer do.
NEWS_WORDS, MARKED_WORDS = 12, 8
#: Words up to which a line without a stop at its end is a heading; of one without a mark, in a text that writes stops,
#: up to more: a longer heading, a caption that lost its name.
HEADING_WORDS, LONG_HEADING_WORDS = 14, 25
#: Share of a text's longer paragraphs that must end as sentences do before a missing stop means that much.
WRITES_STOPS = 0.5

_STOPPED = re.compile(r"[.!?…][\"”’»)\]]*$")
_ASKING = re.compile(r"[^.!?…]{3,160}\?[\"”’»)\]]*$")  # nothing but a question


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph."""

    place: Paragraph
    text: str
    role: str  # "news", "line", "heading", "question", "announcement", "notice" or "rule"
    mark: str = ""  # what it opens with, or a heading before it: one of `marks.MARKS`
    is_headed: bool = False  # a heading stands between it and the news before
    is_under: bool = False  # a heading further up stands over it, and no announcement since
    answers: bool = False  # a question does

    @property
    def is_news(self) -> bool:
        """Return whether an event may be told in it."""
        return self.role == "news"


def blocks_of(article: Article, phrases: Phrases) -> tuple[Block, ...]:
    """Return an article's paragraphs in order; a mark on a heading or a line of signs counts for the news under it."""
    return tuple(_blocks(article, phrases))


def _blocks(article: Article, phrases: Phrases) -> Iterator[Block]:
    lent, is_headed, is_under, answers = "", False, False, False
    texts = [article.body[place.start : place.end].strip() for place in article.paragraphs]
    heading_words = LONG_HEADING_WORDS if _writes_stops(texts) else HEADING_WORDS
    for place, text in zip(article.paragraphs, texts, strict=True):
        mark = mark_of(text, is_bullet=place.kind == "bullet")
        role = _role(text, place.kind, mark, phrases, heading_words if mark in ("", "label") else HEADING_WORDS)
        if role == "news":
            yield Block(place, text, role, mark or lent, is_headed, is_under and not is_headed, answers)
            lent, is_headed, is_under, answers = "", False, is_under or is_headed, False
        else:
            yield Block(place, text, role, mark)
            is_headed, is_under = is_headed or role == "heading", is_under and role != "announcement"
            answers = role == "question" or (answers and role != "heading")
            if role == "rule":
                lent = lent or "rule"
            elif role in ("heading", "line") and mark not in ("", "label"):
                lent = mark


def _role(text: str, kind: str, mark: str, phrases: Phrases, heading_words: int) -> str:
    if is_rule(text):
        return "rule"
    if kind == "caption" or phrases.notifies(text):
        return "notice"
    if phrases.announces(text):
        return "announcement"
    words = len(text.split())
    if _ASKING.match(text):
        return "question"
    if kind == "heading" or (words <= heading_words and not _ends(text)):
        return "heading"
    return "news" if words >= (MARKED_WORDS if mark else NEWS_WORDS) else "line"


def _ends(text: str) -> bool:
    """Return whether a paragraph ends as a sentence does."""
    return _STOPPED.search(text[-6:]) is not None


def _writes_stops(texts: Sequence[str]) -> bool:
    long = [text for text in texts if len(text.split(maxsplit=NEWS_WORDS)) > NEWS_WORDS]
    return sum(map(_ends, long)) >= WRITES_STOPS * len(long)
