"""The order of the steps from articles to stories."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefing.errors import SettingsError
from briefing.languages import UNDETERMINED, Language, language_of
from briefing.languages import language as language_named
from briefing.model import Article, Link, Story
from briefing.names import Names, default
from briefing.stories.closeness import Closeness, Level
from briefing.stories.days import Days
from briefing.stories.duplicates import find_copies
from briefing.stories.likeness import Floats, vectors
from briefing.stories.links import Reasons
from briefing.stories.origins import find_origins
from briefing.stories.texts import Texts

#: Reports of one event. One setting for all data; how it was found and what it scores: docs/stories.md.
EVENT = Level(cut=0.14, days=2.5, crowd=0.1, average=0.5)
#: The wider development events belong to.
SAGA = Level(cut=0.19, days=5.0, crowd=0.0, average=1.0)
#: The event's cut by strictness.
STRICTNESS: Mapping[str, float] = {"strict": 0.18, "normal": EVENT.cut, "loose": 0.11}
#: Pairs less alike than this are not kept: below it nothing is merged, and they are most of all pairs.
LEAST = min(*STRICTNESS.values(), SAGA.cut) / 2
#: Days apart beyond which even equal texts stay below every cut: exp(-(12 / 5)² / 2) is .056, LEAST is .055.
REACH = 12.0


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
    ordered = sorted(articles, key=canonical_key)
    stories = []
    for code, part in by_language(ordered).items():
        run = _Run.of(part, code, event_days or {}, names or default())
        stories += run.stories(STRICTNESS[strictness])
    return sorted(stories, key=lambda s: (s.newest is None, -(s.newest.timestamp() if s.newest else 0), s.id))


def canonical_key(article: Article) -> tuple[str, str, str, float, str]:
    """Return what a run's articles are sorted by, whatever order they came in."""
    published = article.published
    return article.id, article.body, article.title, published.timestamp() if published else math.inf, article.outlet


def by_language(articles: Sequence[Article]) -> dict[str, list[Article]]:
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
    """The articles of one language on their way to stories; places count the articles that are no copies."""

    articles: Sequence[Article]
    copies: Mapping[int, Sequence[Article]]  # by the place of what they copy
    pairs: Closeness
    language: Language
    names: Names
    reasons: Reasons

    @classmethod
    def of(cls, articles: Sequence[Article], code: str, events: Mapping[str, date], names: Names) -> _Run:
        language = language_named(code)
        texts = Texts.of(articles, names)
        merged = find_copies(articles, texts)
        kept = [n for n in range(len(articles)) if n not in merged]
        place = {n: k for k, n in enumerate(kept)}
        copies: defaultdict[int, list[Article]] = defaultdict(list)
        for copy, first in sorted(merged.items()):
            copies[place[first]].append(articles[copy])
        originals = [articles[n] for n in kept]
        rows = vectors(texts.only(kept), language, names)
        pairs = Closeness.of(rows, Days.of(originals, language, events), least=LEAST, reach=REACH)
        return cls(originals, copies, pairs, language, names, Reasons(language, names))

    def stories(self, cut: float) -> list[Story]:
        groups = self.pairs.grouped([[n] for n in range(len(self.articles))], replace(EVENT, cut=cut))
        sagas = self.pairs.grouped(groups, SAGA)
        home = {n: k for k, saga in enumerate(sagas) for n in saga}
        inside: defaultdict[int, list[Story]] = defaultdict(list)
        for group in groups:
            inside[home[group[0]]].append(self._story(group))
        return [story for members in inside.values() for story in _with_saga(members)]

    def _story(self, group: Sequence[int]) -> Story:
        copies = [(copy, self.articles[n]) for n in group for copy in self.copies.get(n, ())]
        articles = sorted([*(self.articles[n] for n in group), *(copy for copy, _ in copies)], key=reading_key)
        duplicates = {copy.id: kept.id for copy, kept in copies if copy.id != kept.id}
        alike = self.pairs.similarities(group, group)
        return Story(
            id=f"story-{articles[0].id}",
            articles=tuple(articles),
            origins=find_origins(articles, duplicates, self.language, self.names),
            headline_article=self._headline(group, alike),
            duplicates=tuple(sorted(duplicates.items())),
            links=self._links(group, alike),
        )

    def _headline(self, group: Sequence[int], alike: Floats) -> str:
        """Return the id of the titled article most like the others, the newest among equals."""
        centrality = dict(zip(group, alike.sum(axis=1).tolist(), strict=True))
        titled = [n for n in group if self.articles[n].title]
        best = max(titled, key=lambda n: (centrality[n], reading_key(self.articles[n])), default=None)
        return "" if best is None else self.articles[best].id

    def _links(self, group: Sequence[int], alike: Floats) -> tuple[Link, ...]:
        """Return the links that hold a story together: each article to the one inside that is most like it.

        A maximum spanning tree by Prim's algorithm; ties go to the articles that stand first.
        """
        best = {n: (float(alike[0, n]), 0) for n in range(1, len(group))}
        links = []
        while best:
            n = max(best, key=lambda n: (best[n][0], -n))
            value, inside = best.pop(n)
            links.append(self.reasons.link(self.articles[group[inside]], self.articles[group[n]], value))
            for left in best:
                best[left] = max(best[left], (float(alike[n, left]), n), key=lambda link: link[0])
        return tuple(links)


def _with_saga(stories: Sequence[Story]) -> list[Story]:
    if len(stories) == 1:
        return list(stories)
    oldest = min((story.articles[0] for story in stories), key=reading_key)
    return [replace(story, saga=f"saga-{oldest.id}") for story in stories]


def reading_key(article: Article) -> tuple[bool, float, str]:
    """Return what articles of a story are sorted by: oldest first, undated last, ties by id."""
    published = article.published
    return published is None, published.timestamp() if published else 0.0, article.id
