"""Finds sentences about a future that has passed: their day is over, or a newer article tells it as done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from briefing.model import Article, Sentence
from briefing.stages.summaries.announcing import Announcing, announcing_in
from briefing.stages.summaries.fitness import SentenceKey
from briefing.text.dates import dates_in, resolve
from briefing.text.languages import Language, language_of
from briefing.text.terms import content_set

#: Share of the content stems of an announcement that one sentence of a newer article has too, from which that tells it.
TELLS = 0.5
#: Sentences at the start of the newer article among which it is looked for: what it tells as news stands there.
OPENING = 4
#: Stems that an announcement must share with an article of another story: short ones share half of theirs by chance.
SHARED_ELSEWHERE = 5


class Done:
    """What the newest articles of a day tell first, over all stories: what it tells is no longer announced.

    Args:
        articles: Of the day, of any stories.
        sentences: Article key → its sentences.
    """

    def __init__(self, articles: Sequence[Article], sentences: Mapping[str, Sequence[Sentence]]) -> None:
        self._told: list[tuple[date, frozenset[str]]] = []
        self._holders: defaultdict[str, list[int]] = defaultdict(list)  # stem → places in the list
        for article in articles:
            for stems in _told([article], sentences) if article.published else ():
                assert article.published is not None
                for stem in stems:
                    self._holders[stem].append(len(self._told))
                self._told.append((article.published.date(), stems))

    def tells(self, text: str, published: date, language: Language) -> bool:
        """Return whether an article newer than a day tells, as done, what a sentence announces."""
        stems = sorted(content_set(text, language), key=lambda stem: (len(self._holders.get(stem, ())), stem))
        # Whoever has half of the stems has one of the rarer half and one more.
        found = {n for stem in stems[: len(stems) // 2 + 1] for n in self._holders.get(stem, ())}
        own = frozenset(stems)
        least = max(SHARED_ELSEWHERE, TELLS * len(own))
        return any(len(own & self._told[n][1]) >= least for n in found if self._told[n][0] > published)


def headline_is_over(article: Article, day: date) -> bool:
    """Return whether an article's headline announces something for a day that has passed on ``day``."""
    if not article.published:
        return False
    published, spoken = article.published.date(), language_of(article)
    announcing = announcing_in(spoken)
    if _month_is_over(announcing.in_full(article.title), published, day, announcing):
        return True
    ahead = announcing.heads(article.title)
    for start, end, named in dates_in(article.title, published, spoken):
        coming = (resolve(article.title[start:end], published, future=True) or named) if ahead else named
        announced = coming > published or (ahead and coming == published)
        if announced and coming < day and announcing.is_a_day(article.title, start):
            return True
    return False


def expired(
    articles: Sequence[Article],
    sentences: Mapping[str, Sequence[Sentence]],
    day: date,
    done: Done | None = None,
) -> frozenset[SentenceKey]:
    """Return the sentences of a story's articles that announce what is over, by (article id, position).

    A day to come, seen from its article, that lies before ``day`` has passed, the article's own day too; so has one up
    to which a newer article of the story reaches. Without a day, an announcement is over when a newer article, of this
    story or of another one, tells nearly the same without announcing it. Articles without a date announce nothing that
    could be told to be over.

    Args:
        articles: Those of one story.
        sentences: Article key → its sentences.
        day: The edition's.
        done: What the articles of all stories tell; None for those of this story alone.
    """
    dated = [(article.published.date(), article) for article in articles if article.published]
    found = set()
    for published, article in dated:
        newer = [(other_day, other) for other_day, other in dated if other_day > published]
        reached = max((other_day for other_day, _ in newer), default=published)
        told = _told([other for _, other in newer], sentences)
        for sentence in sentences.get(article.key, ()):
            if _is_over(sentence.text, published, day, reached, told, language_of(article), done):
                found.add((sentence.article_id, sentence.position))
    return frozenset(found)


def _told(newer: Sequence[Article], sentences: Mapping[str, Sequence[Sentence]]) -> list[frozenset[str]]:
    """Return the content stems of what newer articles tell first, without what they announce themselves."""
    return [
        content_set(sentence.text, language_of(article))
        for article in newer
        for sentence in sentences.get(article.key, ())[:OPENING]
        if not announcing_in(language_of(article)).announces(sentence.text)
    ]


def _is_over(
    text: str,
    published: date,
    day: date,
    reached: date,
    told: Sequence[frozenset[str]],
    language: Language,
    done: Done | None,
) -> bool:
    announcing = announcing_in(language)
    if _month_is_over(text, published, day, announcing):
        return True
    to_come = list(_days_to_come(text, published, announcing))
    if any(coming < day or published < coming <= reached for coming in to_come):
        return True
    if published >= day or not announcing.announces(text):
        return False
    own = content_set(text, language)
    if any(len(own & other) >= TELLS * len(own) for other in told):
        return True
    return done is not None and done.tells(text, published, language)


def _days_to_come(text: str, published: date, announcing: Announcing) -> Iterator[date]:
    """Yield the days a sentence speaks of as to come, seen from its article's day: that day too, "later on Friday"."""
    for start, end, named in dates_in(text, published, announcing.language):
        is_ahead = named > published or (named == published and announcing.comes(text, start, end))
        if is_ahead and announcing.is_a_day(text, start):
            yield named


def _month_is_over(text: str, published: date, day: date, announcing: Announcing) -> bool:
    """Return whether a text announces something for a month that has passed."""
    for named in announcing.months(text):
        ahead = (named - published.month) % 12
        year, month = divmod(published.year * 12 + published.month - 1 + ahead, 12)
        if (year, month + 1) < (day.year, day.month):
            return True
    return False
