"""Finds sentences about a future that has passed: their day is over, or a newer article tells it as done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from briefing.model import Article, Sentence
from briefing.stages.summaries.fitness import SentenceKey
from briefing.text.dates import dates_in
from briefing.text.languages import Language, language_of
from briefing.text.terms import content_set

#: Share of the content stems of an announcement that one sentence of a newer article has too, from which that tells it.
TELLS = 0.5
#: Sentences at the start of the newer article among which it is looked for: what it tells as news stands there.
OPENING = 4
#: English words that announce; of other languages only days tell.
_AHEAD = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were) (?:to|due to|set to|expected to|scheduled to)|plans? to|intends? to)\b"
    r"|[’']ll\b"
)


def expired(
    articles: Sequence[Article], sentences: Mapping[str, Sequence[Sentence]], day: date
) -> frozenset[SentenceKey]:
    """Return the sentences of a story's articles that announce what is over, by (article id, position).

    A day to come, seen from its article, that lies before ``day`` has passed; so has one up to which a newer article
    of the story reaches. Without a day, an announcement is over when a newer article tells nearly the same without
    announcing it. Articles without a date announce nothing that could be told to be over.

    Args:
        articles: Those of one story.
        sentences: Article key → its sentences.
        day: The edition's.
    """
    dated = [(article.published.date(), article) for article in articles if article.published]
    found = set()
    for published, article in dated:
        newer = [(other_day, other) for other_day, other in dated if other_day > published]
        reached = max((other_day for other_day, _ in newer), default=published)
        told = _told([other for _, other in newer], sentences)
        for sentence in sentences.get(article.key, ()):
            if _is_over(sentence.text, published, day, reached, told, language_of(article)):
                found.add((sentence.article_id, sentence.position))
    return frozenset(found)


def _told(newer: Sequence[Article], sentences: Mapping[str, Sequence[Sentence]]) -> list[frozenset[str]]:
    """Return the content stems of what newer articles tell first, without what they announce themselves."""
    return [
        content_set(sentence.text, language_of(article))
        for article in newer
        for sentence in sentences.get(article.key, ())[:OPENING]
        if not _AHEAD.search(sentence.text)
    ]


def _is_over(
    text: str, published: date, day: date, reached: date, told: Sequence[frozenset[str]], language: Language
) -> bool:
    to_come = list(_days_to_come(text, published, language))
    if any(coming < day or coming <= reached for coming in to_come):
        return True
    if not told or not _AHEAD.search(text):
        return False
    own = content_set(text, language)
    return any(len(own & other) >= TELLS * len(own) for other in told)


def _days_to_come(text: str, published: date, language: Language) -> Iterator[date]:
    for start, _, named in dates_in(text, published, language):
        if named > published and _is_a_day(text, start):
            yield named


def _is_a_day(text: str, start: int) -> bool:
    """Return whether a date named at a place is one day: "next week" stands for its first, and is not over with it."""
    return not text[start:].lower().startswith(("next ", "this ", "later "))
