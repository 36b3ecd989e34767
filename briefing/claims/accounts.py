"""Accounts that differ: figures on one thing from several sources, side by side; no verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from briefing.claims.figures import Counted, figures_in
from briefing.claims.units import units_of
from briefing.languages import language_of
from briefing.model import Account, Article, Sentence, Story
from briefing.terms import jaccard

FARTHEST = timedelta(days=31)  # between two figures on one standing number, such as troops at a border
MOST_FIGURES = 6  # of one account
TOLERANCE = 0.05  # of the greater value: 'some 99,000' and '100,000' do not differ
ABOVE = 1.5  # 'more than 100' agrees with values up to this many times as great
SAME_CONTEXT = 0.25  # Jaccard of the stems around two figures of one story
CURRENCIES = frozenset(("USD", "EUR", "GBP", "RUB", "UAH", "PLN"))


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure, the source that tells it, the story it is told in."""

    counted: Counted
    article: Article
    source: str  # one per origin
    story: int


def find_accounts(
    stories: Sequence[Story], sentences: Mapping[str, Sequence[Sentence]]
) -> tuple[tuple[Account, tuple[Story, ...]], ...]:
    """Return the figures on which sources differ, with the stories they are from, in the order of the stories.

    Args:
        stories: Of one edition.
        sentences: By article id.
    """
    groups: dict[tuple[object, ...], list[_Told]] = {}
    for told in _all_told(stories, sentences):
        groups.setdefault(_key(told), []).append(told)
    found = [
        (box, stories_of)
        for members in groups.values()
        for cluster in _clusters(members)
        for box, stories_of in _account(cluster)
    ]
    return tuple((box, tuple(stories[n] for n in numbers)) for box, numbers in sorted(found, key=lambda f: f[1]))


def _all_told(stories: Sequence[Story], sentences: Mapping[str, Sequence[Sentence]]) -> Iterator[_Told]:
    for n, story in enumerate(stories):
        copies = dict(story.duplicates)
        origin = {i: o.name or o.article_ids[0] for o in story.origins for i in o.article_ids}
        for article in story.articles:
            if article.id in copies:
                continue
            language = language_of(article)
            units = units_of(language)
            for sentence in sentences.get(article.id, ()) if units else ():
                if units and sentence.kind in ("text", "bullet"):
                    for counted in figures_in(sentence, units, language):
                        yield _Told(counted, article, origin.get(article.id, article.id), n)


def _key(told: _Told) -> tuple[object, ...]:
    """Return what figures must have alike to count the same thing; those of one story unless the key says enough."""
    c = told.counted
    unit = c.figure.unit
    if unit == "people under arms" and c.owner and c.near:
        return (unit, c.owner, c.near, c.more)
    return (unit, told.story, c.which, c.more, c.total)


def _clusters(members: Sequence[_Told]) -> Iterator[list[_Told]]:
    clusters: list[list[_Told]] = []
    for told in sorted(members, key=_reading):
        if told.counted.unreal:
            continue
        for cluster in clusters:
            if _same_thing(cluster[0], told):
                cluster.append(told)
                break
        else:
            clusters.append([told])
    yield from clusters


def _reading(told: _Told) -> tuple[bool, float, str, int, int]:
    at = told.article.published
    s = told.counted.figure.sentence
    return (at is None, at.timestamp() if at else 0.0, told.article.id, s.position, told.counted.start)


def _same_thing(a: _Told, b: _Told) -> bool:
    if a.counted.figure.unit == "people under arms" and a.counted.near and b.counted.near:
        x, y = a.article.published, b.article.published
        return x is None or y is None or abs(x - y) <= FARTHEST
    return jaccard(a.counted.context, b.counted.context) >= SAME_CONTEXT


def _account(cluster: Sequence[_Told]) -> Iterator[tuple[Account, tuple[int, ...]]]:
    latest = {told.source: told for told in cluster}
    told = [t for t in cluster if latest[t.source] is t]
    values = [t for t in told if any(_differ(t.counted, o.counted) for o in told)]
    if len(values) < 2:
        return
    kept = values[:MOST_FIGURES]
    yield Account(_about(kept), tuple(t.counted.figure for t in kept)), tuple(sorted({t.story for t in kept}))


def _differ(a: Counted, b: Counted) -> bool:
    x, y = sorted((a, b), key=lambda c: c.figure.value)
    low, high = x.figure.value, y.figure.value
    if high - low <= TOLERANCE * high:
        return False
    if x.bound == "least" and high <= ABOVE * low:
        return False
    return y.bound != "most"


def _about(told: Sequence[_Told]) -> str:
    """Return what the figures count in a source's words: the longest phrase after a number."""
    return told[0].counted.figure.unit
