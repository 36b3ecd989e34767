"""Chooses the key points: the sentences for a reader who reads nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from briefing.model import CitedSentence, KeyPoint, Section
from briefing.model.verdicts import follows
from briefing.stages.edition.freshness import age
from briefing.text.languages import language
from briefing.text.terms import content_set

SAID_ALREADY = 0.4  # share of the shorter point's words that the other has too; a judgement, see docs/architecture.md
QUOTING = ("“", "‘", '"', "«", "„")
LONGEST = 60  # words; a longer sentence is no key point


#: A sentence as a key point prints it, alone; None where it may not be one.
Alone = Callable[[CitedSentence], CitedSentence | None]


def choose_key_points(
    sections: Sequence[Section], limit: int, day: date, code: str = "en", *, alone: Alone
) -> tuple[KeyPoint, ...]:
    """Return up to ``limit`` sentences, fresh news before old, the themes taking turns, no two saying the same.

    Each story gives its leading sentence; a theme without a story of its own gives its first passage's.
    Fewer are returned when there is less to say: the list is never padded.
    """
    newest = {story.number: story.newest for section in sections for story in section.stories}
    offers = [
        (age(newest.get(point.story), day), section.theme == "other", turn, n, point)
        for n, section in enumerate(sections)
        for turn, point in enumerate(_offers(section, alone))
    ]
    chosen: list[KeyPoint] = []
    for *_, offer in sorted(offers, key=lambda o: o[:-1]):
        if len(chosen) == limit:
            break
        if not any(_same(offer.sentence.text, c.sentence.text, code) for c in chosen):
            chosen.append(offer)
    return tuple(chosen)


def _offers(section: Section, alone: Alone) -> list[KeyPoint]:
    told = [(story.number, story.summary) for story in section.stories]
    told = told or [(passage.story, passage.sentences) for passage in section.passages[:1]]
    return [KeyPoint(s, number, section.theme) for number, sentences in told for s in _leading(sentences, alone)]


def _leading(sentences: Sequence[CitedSentence], alone: Alone) -> tuple[CitedSentence, ...]:
    """Return the key-point candidate among sentences: the first that is news, short enough and no quotation."""
    fit = [s for before, s in pairwise((None, *sentences)) if s and not _leans_on(before, s)]
    fit = [s for s in fit if s.kind != "opinion" and len(s.text.split()) <= LONGEST]
    points = [point for s in fit if (point := alone(s))]
    plain = [s for s in points if not s.text.startswith(QUOTING)]
    return tuple((plain or points)[:1])


def _leans_on(before: CitedSentence | None, sentence: CitedSentence) -> bool:
    """Return whether a sentence that is not judged directly follows another, and so may refer to it."""
    return sentence.verdict is None and before is not None and follows(before.receipt, sentence.receipt)


def _same(a: str, b: str, code: str) -> bool:
    one, two = (content_set(text, language(code)) for text in (a, b))
    return len(one & two) > SAID_ALREADY * max(1, min(len(one), len(two)))
