"""Chooses the key points: the sentences for a reader who reads nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from briefing.model import CitedSentence, EditionStory, KeyPoint, Section
from briefing.stages.edition.freshness import age
from briefing.text.languages import language
from briefing.text.quote_marks import breaks_off
from briefing.text.terms import content_set

SAID_ALREADY = 0.4  # share of the shorter point's words that the other has too; a judgement, see docs/architecture.md
QUOTING = ("“", "‘", '"', "«", "„")
NEXT = 4  # code points between two sentences of which one follows the other
LONGEST = 60  # words; a longer sentence is no key point


def choose_key_points(sections: Sequence[Section], limit: int, day: date, code: str = "en") -> tuple[KeyPoint, ...]:
    """Return up to ``limit`` sentences, fresh news before old, the themes taking turns, no two saying the same.

    Each story gives its leading sentence; a theme without a story of its own gives its first passage's.
    Fewer are returned when there is less to say: the list is never padded.
    """
    newest = {story.number: story.newest for section in sections for story in section.stories}
    offers = [
        (age(newest.get(point.story), day), section.theme == "other", turn, n, point)
        for n, section in enumerate(sections)
        for turn, point in enumerate(_offers(section))
    ]
    chosen: list[KeyPoint] = []
    for *_, offer in sorted(offers, key=lambda o: o[:-1]):
        if len(chosen) == limit:
            break
        if not any(_same(offer.sentence.text, c.sentence.text, code) for c in chosen):
            chosen.append(offer)
    return tuple(chosen)


def _offers(section: Section) -> list[KeyPoint]:
    offers = [KeyPoint(s, story.number, section.theme) for story in section.stories for s in _leading(story)]
    if not section.stories:
        first = (p for p in section.passages[:1] if not breaks_off(p.sentences[0].text))
        offers = [KeyPoint(p.sentences[0], p.story, section.theme) for p in first]
    return offers


def _leading(story: EditionStory) -> tuple[CitedSentence, ...]:
    """Return the key-point candidate of a story: its first whole, short sentence of news, if possible no quotation."""
    alone = [s for before, s in pairwise((None, *story.summary)) if s and not _leans_on(before, s)]
    fit = [s for s in alone if s.kind != "opinion" and len(s.text.split()) <= LONGEST and not breaks_off(s.text)]
    plain = [s for s in fit if not s.text.startswith(QUOTING)]
    return tuple((plain or fit)[:1])


def _leans_on(before: CitedSentence | None, sentence: CitedSentence) -> bool:
    """Return whether a sentence directly follows the one before it in their article, and so may refer to it."""
    return before is not None and 0 <= sentence.receipt.start - before.receipt.end <= NEXT


def _same(a: str, b: str, code: str) -> bool:
    one, two = (content_set(text, language(code)) for text in (a, b))
    return len(one & two) > SAID_ALREADY * max(1, min(len(one), len(two)))
