"""Rules on captions and stubs: a credit makes a paragraph a caption, an address to the reader alone is no article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.model import Article
from briefing.stages.judgement.lexicon import Lexicon
from briefing.stages.judgement.reading import Read

_CAPITALISED = r"[^\W\d_a-z][\w’'.-]{0,20}"
_NAME = rf"{_CAPITALISED}(?: {_CAPITALISED}){{1,2}}"
#: "(Ada Brill for The Harbour Post)", "(Ada Brill/AP)", "Ada Brill/AFP via Getty Images" at the very end.
_CREDIT = re.compile(
    rf"\({_NAME} (?:for|via) (?:[Tt]he )?{_CAPITALISED}[^()]{{0,40}}\)$"
    rf"|\({_NAME} ?/ ?{_CAPITALISED}[^()]{{0,40}}\)$"
    rf"|{_NAME} ?/ ?{_CAPITALISED}(?: {_CAPITALISED})? via {_CAPITALISED}(?: {_CAPITALISED})?$"
)
#: "Resources: Here are answers to questions you may have": the page speaks of itself.
_POINTS_AT_MORE = re.compile(
    r"(?:[A-Z][\w’' ]{2,24}: )?"
    r"(?:Here(?: are|(?:[’']s| is) (?:what|how|why|where|a look))|Click here|Read more|Sign up|Follow"
    r"|In (?:the )?[Oo]pinion(?: section)?,|In (?:this|today[’']s) (?:newsletter|briefing|edition|episode))\b"
)
#: "12 Jul 2022 22.48 Ships leave port Ukraine says …" and "01:24 Ships leave": the stamp of a live blog or video,
#: its heading run into its text.
_STAMPED = re.compile(r"(?:From )?\d{1,2} [A-Z][a-z]{2,8} \d{4},? \d{1,2}[.:]\d{2}\b|\d{1,2}[.:]\d{2} [A-Z]")
_END = 120  # code points of a paragraph's end in which its credit stands
#: Sentences up to which an article that but addresses its reader is a call to subscribe.
_STUB = 3


def credited_paragraphs(article: Article) -> frozenset[int]:
    """Return the indices of the paragraphs that end with the credit of a picture."""
    return frozenset(
        n
        for n, place in enumerate(article.paragraphs)
        if _CREDIT.search(article.body[max(place.start, place.end - _END) : place.end].rstrip())
    )


def points_at_more(text: str) -> bool:
    """Return whether a line speaks of what the page offers, answers, a list, a newsletter, or opens with its stamp."""
    return bool(_POINTS_AT_MORE.match(text) or _STAMPED.match(text))


def only_addresses_the_reader(reads: Sequence[Read], lexicon: Lexicon, prose: Sequence[bool]) -> bool:
    """Return whether all prose of a short text speaks to its reader, and none of it tells a deed."""
    told = [r for r, is_prose in zip(reads, prose, strict=True) if is_prose]
    you, past = lexicon.bit["second person"], lexicon.bit["past"]
    return 0 < len(told) <= len(reads) <= _STUB and all(r.own_classes & you and not r.own_classes & past for r in told)
