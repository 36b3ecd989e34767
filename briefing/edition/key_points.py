"""What a reader who reads nothing else must know."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from briefing.languages import language
from briefing.model import CitedSentence, KeyPoint, Section
from briefing.terms import content_stems

SAID_ALREADY = 0.4  # share of the shorter point's words that the other has too; a judgement, see docs/architecture.md
LONGEST = 60  # words; a longer sentence is no key point while a story has a shorter one


def choose_key_points(sections: Sequence[Section], limit: int, code: str = "en") -> tuple[KeyPoint, ...]:
    """Return up to ``limit`` sentences, the themes taking turns, no two of them saying the same.

    Each story gives its leading sentence; a theme without a story of its own gives its first passage's.
    Fewer are returned when there is less to say: the list is never padded.
    """
    turns = zip_longest(*(_offers(section) for section in sections if section.theme != "other"))
    others = (offer for section in sections if section.theme == "other" for offer in _offers(section))
    chosen: list[KeyPoint] = []
    for offer in [*(o for turn in turns for o in turn if o), *others]:
        if len(chosen) == limit:
            break
        if not any(_same(offer.sentence.text, c.sentence.text, code) for c in chosen):
            chosen.append(offer)
    return tuple(chosen)


def _offers(section: Section) -> list[KeyPoint]:
    offers = [KeyPoint(_leading(s.summary), s.number, section.theme) for s in section.stories if s.summary]
    if not offers:
        offers = [KeyPoint(p.sentences[-1], p.story, section.theme) for p in section.passages[:1]]
    return offers


def _leading(summary: Sequence[CitedSentence]) -> CitedSentence:
    return next((s for s in summary if len(s.text.split()) <= LONGEST), summary[0])


def _same(a: str, b: str, code: str) -> bool:
    one, two = (set(content_stems(text, language(code))) for text in (a, b))
    return len(one & two) > SAID_ALREADY * max(1, min(len(one), len(two)))
