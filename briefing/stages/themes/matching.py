"""Scores articles and stories against themes: one explainable layer, the same for every theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from briefing.model import Article, Sentence, Story, TermHit, Theme, ThemeMatch
from briefing.stages.themes.lexicon import Lexicon, compiled
from briefing.stages.themes.sentence_match import NOTHING, SentenceMatch, read
from briefing.text.languages import UNDETERMINED, Language, language, language_of

LEAD_PARAGRAPHS = 2
LEAD_LEAST = 40  # words: a shorter lead is prolonged by the next paragraphs
LEAD_MOST = 110  # words
MOST_HITS = 8  # of a match's why
SAYS = 0.5  # value from which a headline speaks of a theme: half a strong term, more than two weak ones


class Parts(NamedTuple):
    """The parts of a text's score, each 0.0 to 1.0; also the weights of the layer, which sum to 1.0."""

    title: float  # value of the title
    first: float  # value of the first sentence
    lead: float  # highest value in the lead
    best: float  # highest value anywhere: alone it makes a sure sentence a mention, however long the text
    share: float  # mean value of the sentences, by their words, times three: a third of the text is enough


WEIGHTS = Parts(title=0.2, first=0.2, lead=0.2, best=0.2, share=0.2)


@dataclass(frozen=True, slots=True)
class Text:
    """An article's title and sentences, read for all themes at once."""

    sentences: tuple[Sentence, ...]  # those that count, in reading order
    words: tuple[int, ...]  # of each sentence
    title: tuple[SentenceMatch, ...] | None  # per theme; None for a text without a title
    readings: tuple[tuple[SentenceMatch, ...], ...]  # per sentence, per theme
    lead: int  # how many sentences at the beginning are the lead
    alone: bool = False  # one sentence that stands for nothing but itself


def lexicon_of(themes: Sequence[Theme], spoken: Language) -> Lexicon:
    """Return the compiled themes for a language; English rules where the language is not known."""
    return compiled(tuple(themes), _english() if spoken.code == UNDETERMINED else spoken)


@lru_cache(maxsize=1)
def _english() -> Language:
    return language("en")


def read_article(article: Article, sentences: Sequence[Sentence], lexicon: Lexicon) -> Text:
    """Return an article's title and sentences as the themes read them; captions and headings do not count."""
    counted = tuple(s for s in sentences if s.kind in ("text", "bullet"))
    words = tuple(s.text.count(" ") + 1 for s in counted)
    return Text(
        sentences=counted,
        words=words,
        title=read(article.title, lexicon) if article.title else None,
        readings=tuple(read(s.text, lexicon) for s in counted),
        lead=_lead(counted, words),
    )


def _lead(sentences: Sequence[Sentence], words: Sequence[int]) -> int:
    """Return how many sentences open a text: two paragraphs, prolonged to 40 words, cut at 110."""
    paragraphs: dict[int, None] = {}
    total = 0
    for n, (sentence, count) in enumerate(zip(sentences, words, strict=True)):
        paragraphs[sentence.paragraph] = None
        if n and (total >= LEAD_MOST or (len(paragraphs) > LEAD_PARAGRAPHS and total >= LEAD_LEAST)):
            return n
        total += count
    return len(sentences)


def parts_of(text: Text, theme: int) -> Parts:
    """Return the parts of a text's score for one theme."""
    values = [row[theme].value for row in text.readings]
    total = sum(text.words) or 1
    return Parts(
        title=text.title[theme].value if text.title else 0.0,
        first=values[0] if values else 0.0,
        lead=max(values[: text.lead], default=0.0),
        best=max(values, default=0.0),
        share=min(1.0, 3 * sum(v * w for v, w in zip(values, text.words, strict=True)) / total),
    )


def score_of(text: Text, theme: int) -> float:
    """Return how far a text is about a theme, 0.0 to 1.0: the weighted mean of its parts, of the title if it has one.

    A sentence by itself has its value. A text whose only term is one weak term has 0.0: it counts only beside others.
    """
    if not _counts(text, theme):
        return 0.0
    if text.alone:
        return text.readings[0][theme].value
    skipped = 0 if text.title else 1
    pairs = list(zip(WEIGHTS, parts_of(text, theme), strict=True))[skipped:]
    return round(sum(w * v for w, v in pairs) / sum(w for w, _ in pairs), 4)


def match_themes(
    text: Article | Sentence,
    sentences: Sequence[Sentence] | None,
    themes: Sequence[Theme],
    language: Language | None = None,
) -> list[ThemeMatch]:
    """Return the themes a text is mainly about and those it touches on, best first, ties by slug.

    Args:
        text: An article, or one sentence by itself.
        sentences: The article's sentences; not used for a sentence.
        themes: What to look for.
        language: Of the text; None to read it off an article, English for a sentence.
    """
    if isinstance(text, Sentence):
        lexicon = lexicon_of(themes, language or _english())
        whole = Text((text,), (1,), None, (read(text.text, lexicon),), 1, alone=True)
    else:
        lexicon = lexicon_of(themes, language or language_of(text))
        whole = read_article(text, sentences or (), lexicon)
    scored = [(n, theme, score_of(whole, n)) for n, theme in enumerate(lexicon.themes)]
    return sorted((_match(whole, *row) for row in scored if row[2] >= row[1].mention), key=_order)


def _counts(text: Text, number: int) -> bool:
    """Return whether a text has more of a theme than nothing or one weak term, however often."""
    only = ""
    for row in (*text.readings, text.title) if text.title else text.readings:
        for hit in row[number].hits:
            if not hit.weak or only not in ("", hit.term):
                return True
            only = hit.term
    return False


def _match(text: Text, number: int, theme: Theme, score: float) -> ThemeMatch:
    title = text.title[number] if text.title else NOTHING
    values = [row[number].value for row in text.readings]
    best = max(range(len(values)), key=lambda n: (values[n], -n), default=None)
    evidence = None if best is None or title.value > values[best] else text.sentences[best]
    return ThemeMatch(theme, score, score >= theme.main, _why(text, number), evidence)


def _why(text: Text, number: int) -> tuple[TermHit, ...]:
    title = text.title[number] if text.title else NOTHING
    rows = [(-1, title)] + [(s.position, r[number]) for s, r in zip(text.sentences, text.readings, strict=True)]
    best: dict[str, TermHit] = {}
    for place, reading in rows:
        for hit in reading.hits:
            weight = round(hit.weight * reading.actors_factor * (0.5 if reading.against else 1.0), 3)
            if hit.term not in best or weight > best[hit.term].weight:
                best[hit.term] = TermHit(hit.term, place, weight)
    return tuple(sorted(best.values(), key=lambda h: (-h.weight, h.sentence, h.term))[:MOST_HITS])


def _order(match: ThemeMatch) -> tuple[float, str]:
    return -match.score, match.theme.slug


def match_story(story: Story, matches: Mapping[str, Sequence[ThemeMatch]]) -> list[ThemeMatch]:
    """Return a story's themes, the one that leads it first: the mean over its articles of each theme's score.

    A theme no article has counts 0.0 there, so one article of ten cannot lead a story. Of several main themes those
    the story's headline speaks of come first: a minister's visit is in most reports of an arms delivery, and talks at
    length of the visit. The why and the evidence are those of the article that is most about the theme.
    """
    articles = sorted({a.key for a in story.articles} & matches.keys())  # a merged copy has none of its own
    by_slug: dict[str, list[ThemeMatch]] = {}
    for article in articles:
        for match in matches.get(article, ()):
            by_slug.setdefault(match.theme.slug, []).append(match)
    merged = []
    for found in by_slug.values():
        best = max(found, key=lambda m: m.score)
        score = round(sum(m.score for m in found) / len(articles), 4)
        if score >= best.theme.mention:
            merged.append(ThemeMatch(best.theme, score, score >= best.theme.main, best.why, best.evidence))
    headed = _headed(story, [m.theme for m in merged if m.is_main])
    return sorted(merged, key=lambda m: (m.theme.slug not in headed, *_order(m)))


def _headed(story: Story, themes: Sequence[Theme]) -> frozenset[str]:
    """Return the slugs of those themes the title of a story's headline article speaks of."""
    head = next((a for a in story.articles if a.id == story.headline_article), None)
    if not head or len(themes) < 2:
        return frozenset()
    readings = read(head.title, lexicon_of(themes, language_of(head)))
    return frozenset(t.slug for t, reading in zip(themes, readings, strict=True) if reading.value >= SAYS)
