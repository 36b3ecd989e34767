"""The order of the steps from articles to stories."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from briefing.errors import SettingsError
from briefing.languages import UNDETERMINED, language_of
from briefing.languages import language as language_named
from briefing.model import Article, Link, Origin, Story
from briefing.names import Names, default
from briefing.stories.candidates import similar_pairs
from briefing.stories.duplicates import find_copies
from briefing.stories.grouping import Pair, agglomerate
from briefing.stories.likeness import Vectors, vectors

#: How alike reports of one event are, by strictness. Normal: BCubed F1 .914 on the public clusters (2,096 articles).
STRICTNESS: Mapping[str, float] = {"strict": 0.22, "normal": 0.17, "loose": 0.13}
#: The same for the wider development an event belongs to.
SAGA = 0.20
STORY_DAYS = 2.0  # reports this far apart are .61 as alike as on one day, twice as far .14
SAGA_DAYS = 7.0


def group_stories(
    articles: Sequence[Article],
    *,
    strictness: str = "normal",
    event_days: Mapping[str, date] | None = None,
    names: Names | None = None,
) -> list[Story]:
    """Return the stories of articles, the newest first, ties by id; each article is in exactly one.

    The order of ``articles`` changes nothing. Languages are kept apart.

    Args:
        articles: The day's, cleaned; dated or not.
        strictness: A key of `STRICTNESS`.
        event_days: Article id → day of the event it reports, where that is known better than from its text.
        names: Spellings and actors; None for the shipped ones.

    Raises:
        SettingsError: There is no such strictness.
    """
    if strictness not in STRICTNESS:
        raise SettingsError(f"There is no strictness {strictness!r}.", f"Use one of {', '.join(STRICTNESS)}.")
    ordered = sorted(articles, key=_canonical_key)
    stories = []
    for code, part in _by_language(ordered).items():
        run = _Run(part, code, STRICTNESS[strictness], event_days or {}, names or default())
        stories += run.stories()
    return sorted(stories, key=lambda s: (s.newest is None, -(s.newest.timestamp() if s.newest else 0), s.id))


def _canonical_key(article: Article) -> tuple[str, str, str, float, str]:
    published = article.published
    return article.id, article.body, article.title, published.timestamp() if published else math.inf, article.outlet


def _by_language(articles: Sequence[Article]) -> dict[str, list[Article]]:
    """Return the articles by language; those whose language nothing shows go with the run's main one."""
    codes = [language_of(a).code for a in articles]
    counts = Counter(c for c in codes if c != UNDETERMINED)
    main = min(counts, key=lambda c: (-counts[c], c), default="en")
    parts: defaultdict[str, list[Article]] = defaultdict(list)
    for article, code in zip(articles, codes, strict=True):
        parts[main if code == UNDETERMINED else code].append(article)
    return dict(sorted(parts.items()))


@dataclass
class _Run:
    articles: Sequence[Article]
    language: str
    cut: float
    event_days: Mapping[str, date]
    names: Names

    def stories(self) -> list[Story]:
        copies = find_copies(self.articles)
        self.kept = [n for n in range(len(self.articles)) if n not in copies]
        self.vectors: Vectors = vectors(
            [self.articles[n] for n in self.kept], language_named(self.language), self.names
        )
        self.days = [self._day(self.articles[n]) for n in self.kept]
        floor = min(self.cut, SAGA) / 2
        alike = {
            (i, int(j)): float(value)
            for i, near, values in similar_pairs(self.vectors, floor)
            for j, value in zip(near, values, strict=True)
        }
        self.alike = alike
        self.scratch = np.zeros(self.vectors.width)
        groups = self._grouped([[n] for n in range(len(self.kept))], self.cut, STORY_DAYS)
        wider = self._grouped(groups, SAGA, SAGA_DAYS)
        by_kept: defaultdict[int, list[int]] = defaultdict(list)
        for copy, first in copies.items():
            by_kept[first].append(copy)
        stories = {group[0]: self._story(group, by_kept) for group in groups}
        return self._with_sagas(groups, wider, stories)

    def _day(self, article: Article) -> int | None:
        published = article.published
        return published.date().toordinal() if published else None

    def _grouped(self, groups: Sequence[Sequence[int]], cut: float, days: float) -> list[list[int]]:
        known: dict[Pair, float] = {pair: value * self._nearness(*pair, days) for pair, value in self.alike.items()}
        return agglomerate(groups, known, lambda a, b: self._between(a, b) * self._nearness(a, b, days), cut)

    def _between(self, a: int, b: int) -> float:
        key = (min(a, b), max(a, b))
        if key not in self.alike:
            self.alike[key] = float(self.vectors.similarities(key[0], np.array([key[1]]), self.scratch)[0])
        return self.alike[key]

    def _nearness(self, a: int, b: int, days: float) -> float:
        """Return how near two articles are in time, 1.0 on one day; 1.0 too when one is undated."""
        first, second = self.days[a], self.days[b]
        return 1.0 if first is None or second is None else math.exp(-(((first - second) / days) ** 2) / 2)

    def _story(self, group: Sequence[int], by_kept: Mapping[int, Sequence[int]]) -> Story:
        originals = [self.kept[n] for n in group]
        copies = [(self.articles[c], self.articles[n]) for n in originals for c in by_kept.get(n, ())]
        articles = sorted([self.articles[n] for n in originals] + [c for c, _ in copies], key=_reading_key)
        return Story(
            id=f"story-{articles[0].id}",
            articles=tuple(articles),
            origins=tuple(
                Origin(a.wire or a.outlet, "agency" if a.wire else "own reporting", (a.id,)) for a in articles
            ),
            headline_article=self._headline(group),
            duplicates=tuple(sorted({(c.id, k.id) for c, k in copies if c.id != k.id})),
            links=self._links(group),
        )

    def _headline(self, group: Sequence[int]) -> str:
        """Return the id of the titled article most like the others, the newest among equals."""
        titled = [n for n in group if self.articles[self.kept[n]].title]
        best = max(
            titled,
            key=lambda n: (sum(self._between(n, m) for m in group if m != n), self.days[n] or 0, -n),
            default=None,
        )
        return "" if best is None else self.articles[self.kept[best]].id

    def _links(self, group: Sequence[int]) -> tuple[Link, ...]:
        links, inside = [], [group[0]]
        left = list(group[1:])
        while left:
            value, a, b = max((self._between(x, y), -x, -y) for x in inside for y in left)
            links.append(Link(self.articles[self.kept[-a]].id, self.articles[self.kept[-b]].id, round(value, 3)))
            inside.append(-b)
            left.remove(-b)
        return tuple(links)

    def _with_sagas(
        self, groups: Sequence[Sequence[int]], wider: Sequence[Sequence[int]], stories: Mapping[int, Story]
    ) -> list[Story]:
        from dataclasses import replace

        home = {n: k for k, saga in enumerate(wider) for n in saga}
        inside: defaultdict[int, list[Story]] = defaultdict(list)
        for group in groups:
            inside[home[group[0]]].append(stories[group[0]])
        out = []
        for members in inside.values():
            first = min((s.articles[0] for s in members), key=_reading_key)
            out += [replace(s, saga=f"saga-{first.id}" if len(members) > 1 else "") for s in members]
        return out


def _reading_key(article: Article) -> tuple[bool, float, str]:
    published = article.published
    return published is None, published.timestamp() if published else 0.0, article.id
