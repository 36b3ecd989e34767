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


def only_addresses_the_reader(reads: Sequence[Read], lexicon: Lexicon, prose: Sequence[bool]) -> bool:
    """Return whether all prose of a short text speaks to its reader, and none of it tells a deed."""
    told = [r for r, is_prose in zip(reads, prose, strict=True) if is_prose]
    you, past = lexicon.bit["second person"], lexicon.bit["past"]
    return 0 < len(told) <= len(reads) <= _STUB and all(r.own_classes & you and not r.own_classes & past for r in told)
