"""Links stories between days: which of a later day report the next step of an earlier one, or the same again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from briefing.model import Article, Story
from briefing.stages.stories.build import by_language, canonical_key, stricter
from briefing.stages.stories.closeness import Closeness
from briefing.stages.stories.comparison import compared
from briefing.stages.stories.facts import EventFacts, FactReader, Facts
from briefing.stages.stories.likeness import LEAD_WORDS
from briefing.stages.stories.ragged import Floats, Indices
from briefing.stages.stories.texts import Texts, Wordbook
from briefing.text.aliases import Names, default
from briefing.text.languages import language as language_named

#: How much counts that two articles are alike; that the later one has the words of the earlier one's headline and
#: opening, for what goes on is told again; and that each has the other's. Names aside: a person is in many stories.
ALIKE, TOLD_AGAIN, BOTH = 0.6, 0.2, 0.2
#: Squared rarities an opening is thought to have beyond its own: a few shared words prove little.
UNSEEN = 100.0
#: Factor of two articles of which one explains and the other reports: background is no next step.
EXPLAINED = 0.5
#: Days apart after which that counts .61, and what must then be left of the likest two articles of two stories.
#: docs/stories.md has the curve.
DAYS = 9.0
FOLLOWS = 0.212
#: What must be left of their similarity alone: a long report of a crisis tells again the headline of any other. What is
#: printed as developing must reach the second: in a replay of 85 links read by hand 4 of 16 wrong ones passed the
#: first, 1 the second, and 24 and 23 of 26 right ones.
SIMILAR, SURELY_SIMILAR = 0.2, 0.23
#: How much each must have of the other's headline and opening, the less of both.
MUTUAL = 0.125
#: Articles so alike need not: most of both is one text.
ONE_TEXT = 0.5
#: Articles less alike are not looked at.
LEAST = 0.08

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Step(Generic[K]):
    """A story of an earlier day that one of today's goes on with."""

    key: K
    is_sure: bool  # sure enough to be printed as developing; else it may merely be of the same development


def follow_stories(
    earlier: Sequence[Story],
    later: Sequence[Story],
    *,
    names: Names | None = None,
    facts: Mapping[str, Facts] | None = None,
) -> tuple[tuple[Story, Story], ...]:
    """Return pairs of the stories given: the later tells the next step of the earlier, or reports it once more.

    In the order of ``later``, for each of them the likest first. Languages are kept apart.

    Args:
        earlier: Stories of earlier days.
        later: Of a later day.
        names: Spellings and actors; None for the shipped ones.
        facts: Article key → its facts; the other articles are read.
    """
    before = {n: story.articles for n, story in enumerate(earlier)}
    found = followed(later, before, names=names, facts=facts)
    return tuple((earlier[step.key], story) for story in later for step in found.get(story.id, ()))


def followed(
    stories: Sequence[Story],
    earlier: Mapping[K, Sequence[Article]],
    *,
    names: Names | None = None,
    facts: Mapping[str, Facts] | None = None,
) -> dict[str, tuple[Step[K], ...]]:
    """Return for each story, by its id, the earlier ones it goes on with, the likest first, if any.

    Args:
        stories: Of a later day.
        earlier: A key → the articles of one story of an earlier day.
        names: Spellings and actors; None for the shipped ones.
        facts: Article key → its facts; the other articles are read.
    """
    keys = list(earlier)
    old = {article.key: article for articles in earlier.values() for article in articles}
    new = {a.key: a for story in stories for a in story.articles if a.id not in dict(story.duplicates)}
    today = {story.id: [a.key for a in story.articles if a.key in new] for story in stories}
    before = {f"{n}": [a.key for a in earlier[key] if a.key not in new] for n, key in enumerate(keys)}
    found: defaultdict[str, list[tuple[float, int, bool]]] = defaultdict(list)
    for code, articles in by_language(sorted([*old.values(), *new.values()], key=canonical_key)).items():
        steps = _Steps.of(articles, code, names or default(), facts or {})
        for one, other, value, is_sure in steps.between(today, before):
            found[one].append((-value, int(other), is_sure))
    return {
        key: tuple(Step(keys[n], is_sure) for _, n, is_sure in sorted(several))
        for key, several in sorted(found.items())
    }


@dataclass
class _Steps:
    """Articles of one language, of two days and more."""

    articles: Sequence[Article]
    pairs: Closeness
    openings: Sequence[Indices]  # of each article, the words of its headline and opening
    names: Sequence[Indices]  # and those of the names in them
    rarities: Floats  # by word
    factor: float  # of the cuts in the articles' language

    @classmethod
    def of(cls, articles: Sequence[Article], code: str, names: Names, facts: Mapping[str, Facts]) -> _Steps:
        language = language_named(code)
        book = Wordbook(names)
        texts = Texts.of(articles, book)
        found = EventFacts(articles, FactReader(language, names), facts)
        pairs = compared(articles, texts, book, language, names, events={}, facts=found, least=LEAST)
        rarities = np.zeros(len(texts.words))
        rarities[pairs.vectors.columns] = pairs.vectors.weights[:, 3]
        heads = [
            np.unique([*title, *body[:LEAD_WORDS]]).astype(np.int64)
            for title, body in ((texts.titles[n], texts.bodies[n]) for n in range(len(articles)))
        ]
        numbers = {word: n for n, word in enumerate(texts.words)}
        casts = ((numbers[word] for word in sorted(found[a.key][1].cast) if word in numbers) for a in articles)
        named = [np.fromiter(cast, np.int64) for cast in casts]
        return cls(articles, pairs, heads, named, rarities, stricter(code))

    def between(
        self, today: Mapping[str, Sequence[str]], before: Mapping[str, Sequence[str]]
    ) -> Iterator[tuple[str, str, float, bool]]:
        """Yield which groups of article keys go on with which, how much speaks for it, and whether that is sure."""
        place = {article.key: n for n, article in enumerate(self.articles)}
        ones, others = (
            {key: places for key, ids in groups.items() if (places := [place[i] for i in ids if i in place])}
            for groups in (today, before)
        )
        for one, other in self.pairs.joined(ones, others, LEAST):
            steps = self._steps(ones[one], others[other])
            if steps:
                yield one, other, max(value for value, _ in steps), any(is_sure for _, is_sure in steps)

    def _steps(self, ones: Sequence[int], others: Sequence[int]) -> list[tuple[float, bool]]:
        """Return of the pairs of two groups' articles that are a next step how much speaks for it and if it is sure."""
        decay = self.pairs.days.published_apart(ones, others, DAYS)
        alike = decay * self.pairs.similarities(ones, others)
        pairs = (
            (a, b, float(alike[i, j]), float(decay[i, j])) for i, a in enumerate(ones) for j, b in enumerate(others)
        )
        return [
            (value, similarity >= SURELY_SIMILAR * self.factor)
            for a, b, similarity, days in pairs
            if (value := self._goes_on(a, b, similarity, days))
        ]

    def _goes_on(self, later: int, earlier: int, alike: float, decay: float) -> float:
        """Return how much two articles speak for a next step, 0.0 when too little or something against it."""
        if alike < SIMILAR * self.factor or self.pairs.conflicts.between(later, earlier):
            return 0.0
        named = np.concatenate((self.names[later], self.names[earlier]))
        again = self._has(later, np.setdiff1d(self.openings[earlier], named))
        mutual = min(again, self._has(earlier, np.setdiff1d(self.openings[later], named)))
        value = ALIKE * alike + decay * (TOLD_AGAIN * again + BOTH * mutual)
        if self.pairs.agreement.one_explains(later, earlier):
            value *= EXPLAINED
        follows = value >= FOLLOWS * self.factor and (mutual >= MUTUAL or alike >= ONE_TEXT)
        return value if follows else 0.0

    def _has(self, place: int, words: Indices) -> float:
        """Return how much of some words an article has, by their squared rarities, 0.0 to below 1.0."""
        weights = self.rarities[words] ** 2
        there = np.isin(words, self.pairs.vectors.columns[self.pairs.vectors.row(place)])
        return float(weights[there].sum() / (weights.sum() + UNSEEN))
