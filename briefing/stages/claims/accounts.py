"""Finds accounts that differ: figures on one thing from several sources, side by side; no verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.model import Account, Article, Story
from briefing.stages.claims.figures import Counted
from briefing.text.dates import dates_in
from briefing.text.languages import language_of
from briefing.text.terms import jaccard

FARTHEST = timedelta(days=31)  # between two figures on one standing number, such as troops at a border
SAME_EVENT = timedelta(days=3)  # between two reports of one event
MOST_FIGURES = 6  # of one account
TOLERANCE = 0.05  # of the greater value: 'some 99,000' and '100,000' do not differ
ROUGH_TOLERANCE = 0.1  # where one of the two is 'nearly' or 'about'
MOST_TIMES = 3.0  # figures further apart count different things; tolls of an event do grow so
LEADING = 10  # sentences of an article in which its first figure is on the event itself
FEWEST_SHARED = 3  # stems around two figures on one thing
SAME_PURPOSE = 0.28  # Jaccard for sums of money and running totals, of which a story has many, and without dates
SAME_CONTEXT = 0.2  # Jaccard of the stems around two figures of one story
Stated = Mapping[tuple[str, str], set[float]]
TOLLS = ("dead", "wounded", "missing people")
CURRENCIES = frozenset(("USD", "EUR", "GBP", "RUB", "UAH", "PLN"))


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure with its source and its story."""

    counted: Counted
    article: Article
    source: str  # one per origin
    story: int
    leads: bool  # it is the first of its unit in the article, and stands near its beginning


def find_accounts(
    stories: Sequence[Story], figures: Mapping[str, Sequence[Counted]]
) -> tuple[tuple[Account, tuple[Story, ...]], ...]:
    """Return the figures on which sources differ, with the stories they are from, in the order of the stories.

    Args:
        stories: Of one edition.
        figures: Article id → what `count_figures` finds in it.
    """
    groups: dict[tuple[object, ...], list[_Stated]] = {}
    stated: dict[tuple[str, str], set[float]] = {}  # article id and unit → every value it gives
    for fact in _all_stated(stories, figures):
        stated.setdefault((fact.article.id, fact.counted.figure.unit), set()).add(fact.counted.figure.value)
        for key in _keys(fact, stories):
            groups.setdefault(key, []).append(fact)
    found: dict[frozenset[tuple[str, int, int]], tuple[Account, tuple[int, ...]]] = {}
    for members in groups.values():
        for cluster in _clusters(members):
            for box, numbers in _account(cluster, stated):
                place = frozenset((f.sentence.article_id, f.sentence.position, int(f.value)) for f in box.figures)
                if not any(place <= known for known in found):
                    found[place] = box, numbers
    ordered = sorted(found.values(), key=lambda f: (f[1], f[0].about))
    return tuple((box, tuple(stories[n] for n in numbers)) for box, numbers in ordered)


def _all_stated(stories: Sequence[Story], figures: Mapping[str, Sequence[Counted]]) -> Iterator[_Stated]:
    for n, story in enumerate(stories):
        copies = dict(story.duplicates)
        origin = {i: o.name or o.article_ids[0] for o in story.origins for i in o.article_ids}
        for article in story.articles:
            if article.id in copies:
                continue
            yield from _told_by(article, figures.get(article.key, ()), origin.get(article.id, article.id), n)


def _told_by(article: Article, figures: Sequence[Counted], source: str, story: int) -> Iterator[_Stated]:
    seen: set[str] = set()
    for counted in figures:
        unit = counted.figure.unit
        yield _Stated(counted, article, source, story, unit not in seen and counted.figure.sentence.position < LEADING)
        seen.add(unit)


def _keys(fact: _Stated, stories: Sequence[Story]) -> Iterator[tuple[object, ...]]:
    """Yield the keys under which a figure can be compared: unit, noun, actors, place …"""
    c = fact.counted
    unit = c.figure.unit
    if c.unreal:
        return
    if unit == "people under arms":
        if c.owner and c.near:
            yield (unit, c.owner, c.near, c.more)
    elif unit in TOLLS:
        if not c.total:  # sums over a war or a year differ by where they begin
            yield (unit, c.victims, fact.story, c.more)
            if c.places:
                yield (unit, c.victims, -1, c.places)
    elif c.figure.unit in CURRENCIES:
        yield (unit, fact.story, c.more, c.total, c.each)
    else:
        yield (unit, fact.story, c.which, c.more, c.total, c.each)


def _clusters(members: Sequence[_Stated]) -> Iterator[list[_Stated]]:
    clusters: list[list[_Stated]] = []
    for fact in sorted(members, key=_reading):
        for cluster in clusters:
            if any(_same_thing(known, fact) for known in cluster):
                cluster.append(fact)
                break
        else:
            clusters.append([fact])
    yield from clusters


def _reading(fact: _Stated) -> tuple[bool, float, str, int, int]:
    at = fact.article.published
    s = fact.counted.figure.sentence
    return (
        at is None,
        at.timestamp() if at else 0.0,
        fact.article.id,
        s.position,
        fact.counted.start,
    )


def _same_thing(a: _Stated, b: _Stated) -> bool:
    x, y = a.article.published, b.article.published
    apart = abs(x - y) if x and y else timedelta(0)
    if a.counted.figure.unit == "people under arms":
        return apart <= FARTHEST
    if apart > SAME_EVENT or not _share_context(a, b):
        return False
    if a.counted.places and b.counted.places and a.counted.places.isdisjoint(b.counted.places):
        return False
    days = _days(a), _days(b)
    return not (days[0] and days[1] and days[0].isdisjoint(days[1]))


def _share_context(a: _Stated, b: _Stated) -> bool:
    x, y = a.counted.context, b.counted.context
    here = a.story == b.story or (a.counted.places and a.counted.places == b.counted.places)
    if a.leads and b.leads and here and a.counted.figure.unit in TOLLS:
        return bool(x & y) or min(len(x), len(y)) < FEWEST_SHARED
    strict = a.counted.figure.unit in CURRENCIES or a.counted.total or not (a.article.published and b.article.published)
    return len(x & y) >= FEWEST_SHARED and jaccard(x, y) >= (SAME_PURPOSE if strict else SAME_CONTEXT)


def _days(fact: _Stated) -> frozenset[date]:
    """Return the days the sentence names."""
    found = dates_in(fact.counted.figure.sentence.text, fact.article.published, language_of(fact.article))
    return frozenset(day for _, _, day in found)


def _account(cluster: Sequence[_Stated], stated: Stated) -> Iterator[tuple[Account, tuple[int, ...]]]:
    latest = {fact.source: fact for fact in cluster}
    facts = [t for t in cluster if latest[t.source] is t]
    values = [t for t in facts if any(_differ(t, o, stated) for o in facts)]
    if len(values) < 2:
        return
    kept = _one_of_each(values)
    yield Account(_about(kept), tuple(t.counted.figure for t in kept)), tuple(sorted({t.story for t in kept}))


def _one_of_each(facts: Sequence[_Stated]) -> list[_Stated]:
    """Return one figure of each value, the best worded, then second sources for the values, up to the most."""
    voices: dict[float, list[_Stated]] = {}
    for t in facts:
        voices.setdefault(t.counted.figure.value, []).append(t)
    first = [rows[0] for rows in voices.values()][:MOST_FIGURES]
    second = [rows[1] for rows in voices.values() if len(rows) > 1][: MOST_FIGURES - len(first)]
    return sorted((*first, *second), key=_reading)


def _differ(a: _Stated, b: _Stated, stated: Stated) -> bool:
    """Return whether two sources give values that do not agree; one that gives both values means two things."""
    x, y = sorted((a.counted, b.counted), key=lambda c: c.figure.value)
    low, high = x.figure.value, y.figure.value
    if high > MOST_TIMES * low and x.figure.unit not in TOLLS:
        return False
    rough = "about" in (x.bound, y.bound)
    if high - low <= (ROUGH_TOLERANCE if rough else TOLERANCE) * high or y.bound == "most" or x.bound == "least":
        return False
    unit = x.figure.unit
    return (
        b.counted.figure.value not in stated[a.article.id, unit]
        and a.counted.figure.value not in stated[b.article.id, unit]
    )


def _about(facts: Sequence[_Stated]) -> str:
    """Return the subject of the figures: the longest words of a source after its number, else the unit."""
    return max((t.counted.noun for t in facts), key=len) or facts[0].counted.figure.unit
