"""Scores articles and stories against themes: one explainable layer, the same for every theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.model import Article, Sentence, Story, TermHit, Theme, ThemeMatch
from briefing.stages.themes.aboutness import score_of
from briefing.stages.themes.reading import Text, english, lexicon_of, read_article, read_sentence
from briefing.stages.themes.sentence_match import NOTHING, read
from briefing.text.languages import Language, language_of
from briefing.text.word_counts import Background

MOST_HITS = 8  # of a match's why
SAYS = 0.5  # value from which a headline speaks of a theme: half a strong term, more than two weak ones


def match_themes(
    text: Article | Sentence,
    sentences: Sequence[Sentence] | None,
    themes: Sequence[Theme],
    language: Language | None = None,
    counts: Background | None = None,
) -> list[ThemeMatch]:
    """Return the themes a text is mainly about and those it touches on, best first, ties by slug.

    Args:
        text: An article, or one sentence by itself.
        sentences: The article's sentences; not used for a sentence.
        themes: What to look for.
        language: Of the text; None to read it off an article, English for a sentence.
        counts: How common words are in the run's texts, for a language whose news has not been counted.
    """
    if isinstance(text, Sentence):
        whole = read_sentence(text, lexicon_of(themes, language or english(), counts))
    else:
        whole = read_article(text, sentences or (), lexicon_of(themes, language or language_of(text), counts))
    scored = [(n, whole.lexicon.owners[n], score_of(whole, n)) for n in whole.touched()]
    return sorted((_match(whole, *row) for row in scored if row[2] >= row[1].mention), key=_order)


def _match(text: Text, number: int, theme: Theme, score: float) -> ThemeMatch:
    title = text.title[number] if text.title is not None else NOTHING
    values = [max(match.value, match.evidence) for match in text.of(number)]
    best = max(range(len(values)), key=lambda n: (values[n], -n), default=None)
    evidence = None if best is None or max(title.value, title.evidence) > values[best] else text.sentences[best]
    return ThemeMatch(theme, score, score >= theme.main, _why(text, number), evidence)


def _why(text: Text, number: int) -> tuple[TermHit, ...]:
    title = text.title[number] if text.title is not None else NOTHING
    rows = [(-1, title)] + [(s.position, m) for s, m in zip(text.sentences, text.of(number), strict=True)]
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
    return frozenset(t.slug for n, t in enumerate(themes) if max(readings[n].value, readings[n].evidence) >= SAYS)
