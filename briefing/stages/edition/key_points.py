"""Chooses the key points: the sentences for a reader who reads nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from briefing.model import CitedSentence, EditionStory, Judgement, KeyPoint, Section
from briefing.text.languages import language
from briefing.text.terms import content_set

Judged = Mapping[tuple[str, int], Judgement]  # (article id, start of a sentence) →

SAID_ALREADY = 0.4  # share of the shorter point's words that the other has too; a judgement, see docs/architecture.md
QUOTING = ("“", "‘", '"', "«", "„")
NEXT = 4  # code points between two sentences of which one follows the other
GLANCE, LONGEST = 40, 60  # words: a longer sentence gives way to the headline; a still longer one is no key point
#: Words of a headline that says what happened; a shorter one is a label, a longer one no headline.
HEADLINE = range(5, 25)
_LABELS = ("?", "|", ":", "…")  # a headline with one of them asks, names a column or breaks off
BEHIND = 0.5  # points of the judge's scale of news by which a later sentence must beat the one before it
#: Points of that scale, 0 to 3, below which a sentence gives way to a headline that says what happened, and below which
#: it is no key point; set by eye on 17 articles of one day.
TELLING, WORTH = 1.6, 1.4
#: Share of such a headline's stems that a sentence must have: one with fewer tells something else, a scene perhaps.
OF_THE_HEADLINE = 0.5
#: Points of importance below which a story gives no key point once there are as many as `FEW`; 2 is page two.
FLOOR, FEW = 1.8, 3


def choose_key_points(
    sections: Sequence[Section],
    limit: int,
    code: str = "en",
    judged: Judged | None = None,
    ledes: Mapping[int, Sequence[CitedSentence]] | None = None,
) -> tuple[KeyPoint, ...]:
    """Return up to ``limit`` sentences of the stories that matter most, over all themes; no two say the same.

    Each story gives the best of its lede, another sentence and its headline. A theme without a story of its own gives
    a sentence of its first passage where there is room. Fewer are returned when there is less to say: the list is
    never padded.

    Args:
        sections: With their stories.
        limit: Most of them, 0 or more.
        code: The page's language.
        judged: What the judge says of the sentences; of those missing, that they stand alone where nothing stands right
            before them.
        ledes: Number of a story → the first sentences of its articles, the headline's first.
    """
    known = judged or {}
    ranked = sorted(
        ((story, section.theme) for section in sections for story in section.stories if story.state != "unchanged"),
        key=lambda pair: (-pair[0].importance, pair[0].number),
    )
    offers = [
        (story.importance, KeyPoint(s, story.number, theme))
        for story, theme in ranked
        for s in _of_story(story, (ledes or {}).get(story.number, ()), known, code)
    ]
    offers += [(0.0, point) for section in sections if not section.stories for point in _of_passages(section, known)]
    chosen: list[KeyPoint] = []
    for importance, offer in offers:
        if len(chosen) == limit or (importance < FLOOR and len(chosen) >= FEW):
            break
        if not any(_same(offer.sentence.text, c.sentence.text, code) for c in chosen):
            chosen.append(offer)
    return tuple(chosen)


def without_repeating(story: EditionStory, points: Sequence[KeyPoint], judged: Judged | None = None) -> EditionStory:
    """Return a story that does not open with its key point, where what follows is understood without it."""
    said = {point.sentence.receipt for point in points if point.story == story.number}
    known = judged or {}

    def rest(summary: tuple[CitedSentence, ...]) -> tuple[CitedSentence, ...]:
        goes = len(summary) > 1 and summary[0].receipt in said and _stands(summary[0], summary[1], known)
        return summary[1:] if goes else summary

    views = tuple(replace(view, summary=rest(view.summary)) for view in story.views)
    return replace(story, summary=rest(story.summary), views=views)


def _of_story(
    story: EditionStory, ledes: Sequence[CitedSentence], judged: Judged, code: str
) -> Iterator[CitedSentence]:
    """Yield the key point of a story: the sentence that tells most, else its headline; nothing when neither tells."""
    own = {s.receipt: s for s in (*ledes, *story.summary)}
    fit = [s for s in _fit(tuple(own.values()), judged) if _news(s, judged) >= WORTH]
    tells = _tells(story)
    near = [s for s in fit if not (tells and _is_beside(story.headline, s.text, code))]
    good = [s for s in near if len(s.text.split()) <= GLANCE and not _must_open(s, story, judged)]
    best = _best(good or fit, judged) if fit else None
    if tells and (best is None or not good or _news(best, judged) < TELLING):
        yield CitedSentence(story.headline, story.headline_receipt)
    elif best:
        yield best


def _of_passages(section: Section, judged: Judged) -> Iterator[KeyPoint]:
    for passage in section.passages[:1]:
        fit = list(_fit(passage.sentences, judged))
        if fit:
            yield KeyPoint(_best(fit, judged), passage.story, section.theme)


def _fit(sentences: Sequence[CitedSentence], judged: Judged) -> Iterator[CitedSentence]:
    """Yield the sentences that are news, stand alone and open no quotation; where all of those do, these."""
    alone = [s for before, s in zip((None, *sentences), sentences, strict=False) if _stands(before, s, judged)]
    fit = [s for s in alone if s.kind != "opinion" and len(s.text.split()) <= LONGEST]
    yield from [s for s in fit if not s.text.startswith(QUOTING)] or fit


def _stands(before: CitedSentence | None, sentence: CitedSentence, judged: Judged) -> bool:
    """Return whether a sentence is news prose that is understood without the one printed before it."""
    found = judged.get((sentence.article_id, sentence.receipt.start))
    if found is not None:
        return found.is_prose and found.stands_alone
    return before is None or not 0 <= sentence.receipt.start - before.receipt.end <= NEXT


def _must_open(sentence: CitedSentence, story: EditionStory, judged: Judged) -> bool:
    """Return whether a sentence opens an item of which the next one needs it: as a key point it would stand twice."""
    first, *rest = story.summary or (sentence,)
    return bool(rest) and sentence.receipt == first.receipt and not _stands(first, rest[0], judged)


def _best(sentences: Sequence[CitedSentence], judged: Judged) -> CitedSentence:
    """Return the sentence that tells most; a later one must tell clearly more than those before it."""
    best = sentences[0]
    for sentence in sentences[1:]:
        if _news(sentence, judged) > _news(best, judged) + BEHIND:
            best = sentence
    return best


def _news(sentence: CitedSentence, judged: Judged) -> float:
    """Return how much a sentence tells, 0.0 to 3.0; most where nobody judged it."""
    found = judged.get((sentence.article_id, sentence.receipt.start))
    return found.news if found and found.full else 3.0


def _tells(story: EditionStory) -> bool:
    """Return whether a headline says what happened: it is the source's own, no question, label or quotation."""
    words = story.headline.split()
    plain = not story.headline.startswith(QUOTING) and not any(sign in story.headline for sign in _LABELS)
    return not story.untitled and len(words) in HEADLINE and plain


def _is_beside(headline: str, text: str, code: str) -> bool:
    """Return whether a sentence tells something else than its headline."""
    stems = content_set(headline, language(code))
    return len(stems & content_set(text, language(code))) < OF_THE_HEADLINE * len(stems)


def _same(a: str, b: str, code: str) -> bool:
    one, two = (content_set(text, language(code)) for text in (a, b))
    return len(one & two) > SAID_ALREADY * max(1, min(len(one), len(two)))
