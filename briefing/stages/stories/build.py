"""The steps from articles to stories, in order."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefing.errors import SettingsError
from briefing.model import Article, Origin, Story, Strictness
from briefing.stages.stories.closeness import Closeness, Level, Pairs, spanning
from briefing.stages.stories.comparison import compared
from briefing.stages.stories.conflicts import Conflicts
from briefing.stages.stories.duplicates import find_copies
from briefing.stages.stories.facts import EventFacts, FactReader, Facts
from briefing.stages.stories.links import Reasons
from briefing.stages.stories.origins import Reports
from briefing.stages.stories.texts import Texts, Wordbook
from briefing.text.aliases import Names, default
from briefing.text.languages import UNDETERMINED, language_of
from briefing.text.languages import language as language_named
from briefing.text.word_counts import background

#: Reports of one event. One setting for all data; how it was found and what it scores: docs/stories.md.
EVENT = Level(cut=0.105, crowd=0.1, average=0.5)
#: The event's cut by strictness.
STRICTNESS: Mapping[Strictness, float] = {"strict": 0.14, "normal": EVENT.cut, "loose": 0.08}
#: Factor of all cuts in a language whose words are not counted: there every word is rare, and all texts more alike.
#: English articles without their counts are then joined as precisely as with them; docs/stories.md.
UNCOUNTED = 1.5
#: Pairs less alike than this are not kept: below it nothing is merged, and they are most of all pairs.
LEAST = min(STRICTNESS.values()) / 2


def group_stories(
    articles: Sequence[Article],
    *,
    strictness: Strictness = "normal",
    event_days: Mapping[str, date] | None = None,
    names: Names | None = None,
    facts: Mapping[str, Facts] | None = None,
) -> list[Story]:
    """Return the stories of articles with their origins; order and arguments as `group_events`."""
    stories = group_events(articles, strictness=strictness, event_days=event_days, names=names, facts=facts)
    finder = OriginFinder(articles, names)
    return [replace(story, origins=finder.origins(story)) for story in stories]


def group_events(
    articles: Sequence[Article],
    *,
    strictness: Strictness = "normal",
    event_days: Mapping[str, date] | None = None,
    names: Names | None = None,
    facts: Mapping[str, Facts] | None = None,
) -> list[Story]:
    """Return the stories of articles without their origins, the newest first, ties by id; each article is in one.

    The order of ``articles`` changes nothing. Languages are kept apart, and so are the parts of one round-up.

    Args:
        articles: The day's, cleaned; dated or not.
        strictness: A key of `STRICTNESS`.
        event_days: Article key → day of the event it reports, where that is known better than from its text.
        names: Spellings and actors; None for the shipped ones.
        facts: Article key → what `FactReader.read` found in it; the other articles are read.

    Raises:
        SettingsError: There is no such strictness.
    """
    if strictness not in STRICTNESS:
        raise SettingsError(f"Unknown strictness {strictness!r}.", f"Use one of {', '.join(STRICTNESS)}.")
    ordered = sorted(articles, key=canonical_key)
    stories = []
    for code, part in by_language(ordered).items():
        # An article of no certain language goes with the run's main one, and is read anew in that.
        known = {a.key: facts[a.key] for a in part if facts and a.key in facts and language_of(a).code == code}
        run = _Run.of(part, code, event_days or {}, names or default(), known)
        stories += run.stories(STRICTNESS[strictness], stricter(code))
    return sorted(stories, key=lambda s: (s.newest is None, -(s.newest.timestamp() if s.newest else 0), s.id))


def stricter(code: str) -> float:
    """Return the factor of the cuts in a language: more than 1.0 where its words are not counted."""
    return 1.0 if background(code).counts else UNCOUNTED


def canonical_key(article: Article) -> tuple[str, str, str, float, str, int]:
    """Return the sort key of a run's articles, so that input order does not matter."""
    published = article.published
    moment = published.timestamp() if published else math.inf
    return article.id, article.body, article.title, moment, article.outlet, article.span[0] if article.span else -1


class OriginFinder:
    """Finds the independent reports behind stories.

    Args:
        articles: All of the run: those whose language nothing shows are read in the run's main one.
        names: Spellings and actors; None for the shipped ones.
    """

    def __init__(self, articles: Sequence[Article], names: Names | None = None) -> None:
        self._book = Wordbook(names or default())
        self._codes = {a.key: code for code, part in by_language(articles).items() for a in part}
        self._reports: dict[str, Reports] = {}

    def origins(self, story: Story) -> tuple[Origin, ...]:
        """Return the origins of a story, in the order of their first articles."""
        code = self._codes[story.articles[0].key]
        if code not in self._reports:
            self._reports[code] = Reports(language_named(code), self._book)
        return self._reports[code].origins(story.articles, dict(story.duplicates))


def by_language(articles: Sequence[Article]) -> dict[str, list[Article]]:
    """Return the articles by language; those of unknown language go with the run's main one."""
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
    reasons: Reasons

    @classmethod
    def of(
        cls,
        articles: Sequence[Article],
        code: str,
        events: Mapping[str, date],
        names: Names,
        facts: Mapping[str, Facts],
    ) -> _Run:
        language = language_named(code)
        book = Wordbook(names)
        texts = Texts.of(articles, book)
        found = EventFacts(articles, FactReader(language, names), facts)
        apart = Conflicts(lambda n: found[articles[n].key][1], texts, names).between
        merged = find_copies(articles, texts, apart)
        kept = [n for n in range(len(articles)) if n not in merged]
        place = {n: k for k, n in enumerate(kept)}
        copies: defaultdict[int, list[Article]] = defaultdict(list)
        for copy, first in sorted(merged.items()):
            copies[place[first]].append(articles[copy])
        originals = [articles[n] for n in kept]
        pairs = compared(originals, texts.only(kept), book, language, names, events=events, facts=found, least=LEAST)
        reasons = Reasons(language, names, pairs.days.named, facts)
        return cls(originals, copies, pairs, reasons)

    def stories(self, cut: float, factor: float) -> list[Story]:
        event, roundups = replace(EVENT, cut=cut * factor), self._roundups()
        groups = self.pairs.grouped(self.pairs.reports(event, roundups), event, roundups)
        return [self._story(group, pairs) for group, pairs in zip(groups, self.pairs.inside(groups), strict=True)]

    def _roundups(self) -> dict[int, frozenset[str]]:
        """Return the round-ups an article or its copies are parts of, by its place: no story has two of their parts."""
        several = {n: (article, *self.copies.get(n, ())) for n, article in enumerate(self.articles)}
        found = {n: frozenset(a.id for a in held if a.span is not None) for n, held in several.items()}
        return {n: ids for n, ids in found.items() if ids}

    def _story(self, group: Sequence[int], pairs: Pairs) -> Story:
        copies = [(copy, self.articles[n]) for n in group for copy in self.copies.get(n, ())]
        articles = sorted([*(self.articles[n] for n in group), *(copy for copy, _ in copies)], key=reading_key)
        duplicates = {copy.id: kept.id for copy, kept in copies if copy.id != kept.id}
        return Story(
            id=f"story-{articles[0].key}",
            articles=tuple(articles),
            origins=(),
            headline_article=self._headline(group),
            duplicates=tuple(sorted(duplicates.items())),
            links=tuple(
                self.reasons.link(self.articles[a], self.articles[b], alike)
                for a, b, alike in spanning(group[0], pairs)
            ),
        )

    def _headline(self, group: Sequence[int]) -> str:
        """Return the id of the titled article most like the others, the newest among equals."""
        titled = [n for n in group if self.articles[n].title]
        if len(titled) < 2:
            return self.articles[titled[0]].id if titled else ""
        central = dict(zip(group, self.pairs.vectors.centralities(group).tolist(), strict=True))
        return self.articles[max(titled, key=lambda n: (central[n], reading_key(self.articles[n])))].id


def reading_key(article: Article) -> tuple[bool, float, str, int]:
    """Return the sort key of a story's articles: oldest first, undated last, ties by id."""
    published = article.published
    moment = published.timestamp() if published else 0.0
    return published is None, moment, article.id, article.span[0] if article.span else -1
