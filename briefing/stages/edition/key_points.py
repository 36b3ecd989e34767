"""Chooses the key points: the sentences for a reader who reads nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from briefing.model import CitedSentence, EditionStory, KeyPoint, Section
from briefing.model.verdicts import follows
from briefing.text.languages import Language
from briefing.text.openings import leans_back
from briefing.text.terms import content_set

SAID_ALREADY = 0.4  # share of the shorter point's words that the other has too; a judgement, see docs/architecture.md
QUOTING = ("“", "‘", '"', "«", "„")
GLANCE, LONGEST = 40, 60  # words: a longer sentence gives way to the headline; a still longer one is no key point
#: Words of a headline that says what happened; a shorter one is a label, a longer one no headline.
HEADLINE = range(5, 25)
_LABELS = ("?", "|", ":", "…")  # a headline with one of them asks, names a column or breaks off
BEHIND = 0.5  # points of the judge's scale of news by which a later sentence must beat the one before it
#: Points of that scale, 0 to 3, below which a sentence gives way to a headline that says what happened, and below which
#: it is no key point, but of the first stories; set by eye on 17 articles of one day.
TELLING, WORTH = 1.6, 1.4
#: Share of such a headline's stems that a sentence must have: one with fewer tells something else, a scene perhaps.
OF_THE_HEADLINE = 0.5
#: Points of importance below which a story gives no key point once there are as many as `FEW`; 2 is page two.
FLOOR, FEW = 2.6, 3
#: Days before the edition's up to which a story is the day's: what is older follows.
FRESH = 1


class Citer(Protocol):
    """Who cites sentences, and knows what the judge says of them."""

    def language(self, article_id: str) -> Language:
        """Return the language of an article."""

    def as_key_point(self, cited: CitedSentence) -> CitedSentence | None:
        """Return a sentence as a key point prints it, alone; None where it may not be one."""

    def news(self, cited: CitedSentence) -> float:
        """Return how much a sentence tells, 0.0 to 3.0; most where nobody judged it."""

    def without(self, summary: Sequence[CitedSentence], gone: CitedSentence) -> tuple[CitedSentence, ...] | None:
        """Return a summary without a sentence; None where what is left is not understood without it."""


Ledes = Mapping[int, Sequence[CitedSentence]]


def choose_key_points(
    sections: Sequence[Section], limit: int, *, cite: Citer, ledes: Ledes, day: date | None = None
) -> tuple[KeyPoint, ...]:
    """Return up to ``limit`` sentences of the stories that matter most, over all themes; no two say the same.

    Each story gives the best of its lede, another sentence and its headline. A theme without a story of its own gives
    a sentence of its first passage where there is room. Fewer are returned when there is less to say: the list is
    never padded.

    Args:
        sections: With their stories.
        limit: Most of them, 0 or more.
        cite: Who cited their sentences.
        day: The edition's: what is older than `FRESH` follows newer news; None where nothing is too old.
        ledes: Number of a story → the first sentences of its articles, the headline's first.
    """
    ranked = sorted(
        ((story, section.theme) for section in sections for story in section.stories if story.state != "unchanged"),
        key=lambda pair: (_is_old(pair[0], day), -pair[0].importance, pair[0].number),
    )
    choose = _Choice(cite)
    offers = [
        (story.importance, KeyPoint(s, story.number, theme))
        for n, (story, theme) in enumerate(ranked)
        for s in choose.of_story(story, ledes.get(story.number, ()), WORTH if n >= FEW else 0.0)
    ]
    offers += [(0.0, point) for section in sections if not section.stories for point in choose.of_passages(section)]
    chosen: list[KeyPoint] = []
    for importance, offer in offers:
        if len(chosen) == limit:
            break
        if importance < FLOOR and len(chosen) >= FEW:
            continue
        if not any(offer.story == c.story or _same(offer.sentence, c.sentence, cite) for c in chosen):
            chosen.append(offer)
    return tuple(chosen)


class _Choice:
    """The choice of one key point a story."""

    def __init__(self, cite: Citer) -> None:
        self._cite = cite

    def of_story(self, story: EditionStory, ledes: Sequence[CitedSentence], worth: float) -> Iterator[CitedSentence]:
        """Yield the key point of a story: the sentence that tells most, else its headline; nothing if neither does."""
        own = {s.receipt: s for s in (*ledes, *story.summary)}
        fit = [s for s in self._fit(tuple(own.values())) if self._cite.news(s) >= worth]
        tells = _tells(story)
        near = [s for s in fit if not (tells and self._is_beside(story, s))]
        good = [s for s in near if len(s.text.split()) <= GLANCE and not self._must_open(s, story)]
        best = self._best(good or fit) if fit else None
        if tells and (best is None or not good or self._cite.news(best) < TELLING):
            yield CitedSentence(story.headline, story.headline_receipt)
        elif best:
            yield best

    def of_passages(self, section: Section) -> Iterator[KeyPoint]:
        """Yield the key point of a theme that has passages alone."""
        for passage in section.passages[:1]:
            fit = self._fit(passage.sentences)
            if fit:
                yield KeyPoint(self._best(fit), passage.story, section.theme)

    def _fit(self, sentences: Sequence[CitedSentence]) -> list[CitedSentence]:
        """Return the sentences that may stand alone and open no quotation; where all of them do, these."""
        free = [s for n, s in enumerate(sentences) if not (n and _leans_on(sentences[n - 1], s))]
        fit = [s for s in free if s.kind != "opinion" and len(s.text.split()) <= LONGEST]
        firm = [s for s in fit if not leans_back(s.text, self._cite.language(s.article_id))]
        points = [point for s in firm if (point := self._cite.as_key_point(s))]
        return [s for s in points if not s.text.startswith(QUOTING)] or points

    def _best(self, sentences: Sequence[CitedSentence]) -> CitedSentence:
        """Return the sentence that tells most; a later one must tell clearly more than those before it."""
        best = sentences[0]
        for sentence in sentences[1:]:
            if self._cite.news(sentence) > self._cite.news(best) + BEHIND:
                best = sentence
        return best

    def _must_open(self, sentence: CitedSentence, story: EditionStory) -> bool:
        """Return whether a sentence opens an item that is not understood without it: it would stand twice."""
        opens = len(story.summary) > 1 and story.summary[0].receipt == sentence.receipt
        return opens and self._cite.without(story.summary, story.summary[0]) is None

    def _is_beside(self, story: EditionStory, sentence: CitedSentence) -> bool:
        """Return whether a sentence tells something else than its headline."""
        stems = content_set(story.headline, self._cite.language(story.headline_receipt.article_id))
        own = content_set(sentence.text, self._cite.language(sentence.article_id))
        return len(stems & own) < OF_THE_HEADLINE * len(stems)


def _is_old(story: EditionStory, day: date | None) -> bool:
    return day is not None and story.newest is not None and (day - story.newest.date()).days > FRESH


def _leans_on(before: CitedSentence, sentence: CitedSentence) -> bool:
    """Return whether a sentence that is not judged directly follows another, and so may refer to it."""
    return sentence.verdict is None and follows(before.receipt, sentence.receipt)


def _tells(story: EditionStory) -> bool:
    """Return whether a headline says what happened: it is the source's own, no question, label or quotation."""
    words = story.headline.split()
    plain = not story.headline.startswith(QUOTING) and not any(sign in story.headline for sign in _LABELS)
    return not story.untitled and len(words) in HEADLINE and plain


def _same(a: CitedSentence, b: CitedSentence, cite: Citer) -> bool:
    one, two = (content_set(s.text, cite.language(s.article_id)) for s in (a, b))
    return len(one & two) > SAID_ALREADY * max(1, min(len(one), len(two)))
