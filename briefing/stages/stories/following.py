"""Links today's stories to those of earlier days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from briefing.model import Article, Story, Strictness
from briefing.stages.stories.build import EVENT, LEAST, REACH, STRICTNESS, by_language, canonical_key
from briefing.stages.stories.closeness import Closeness
from briefing.stages.stories.days import Days
from briefing.stages.stories.likeness import vectors
from briefing.stages.stories.texts import Texts, Wordbook
from briefing.text.aliases import Names, default
from briefing.text.languages import language as language_named

#: Cosine of title and opening that some article of today and some earlier one must reach. Newswire puts first what is
#: new: of 40 pairs judged by hand (benchmarks/replay_links.tsv) 22 of 28 true ones reach it and 5 of 12 false ones.
OPENS_ALIKE = 0.16

K = TypeVar("K", bound=Hashable)


def follow_stories(
    stories: Sequence[Story],
    earlier: Mapping[K, Sequence[Article]],
    *,
    strictness: Strictness = "normal",
    names: Names | None = None,
) -> dict[str, tuple[K, ...]]:
    """Return for each story the earlier reports of its event, the likest first; of those that have any.

    A story and earlier articles are reports of one event when their groups would be merged if all were of one run:
    by the same likeness, the same decay with the days between them and the same cut. Some of them must also open alike.

    Args:
        stories: Today's.
        earlier: A key → the articles of one story of an earlier day.
        strictness: As for `group_stories`.
        names: Spellings and actors; None for the shipped ones.
    """
    keys = list(earlier)
    old = {article.key: article for articles in earlier.values() for article in articles}
    new = {a.key: a for story in stories for a in story.articles if a.id not in dict(story.duplicates)}
    today = {story.id: [a.key for a in story.articles if a.key in new] for story in stories}
    before = {f"{n}": [a.key for a in earlier[key] if a.key not in new] for n, key in enumerate(keys)}
    found: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for code, articles in by_language(sorted([*old.values(), *new.values()], key=canonical_key)).items():
        for one, other, value in _alike(articles, code, today, before, STRICTNESS[strictness], names or default()):
            found[one].append((-value, int(other)))
    return {key: tuple(keys[n] for _, n in sorted(several)) for key, several in sorted(found.items())}


def _alike(
    articles: Sequence[Article],
    code: str,
    today: Mapping[str, Sequence[str]],
    before: Mapping[str, Sequence[str]],
    cut: float,
    names: Names,
) -> Iterator[tuple[str, str, float]]:
    """Yield which groups of article keys, among articles of one language, report one event, and how alike they are."""
    language = language_named(code)
    place = {article.key: n for n, article in enumerate(articles)}
    rows = vectors(Texts.of(articles, Wordbook(names)), language, names)
    pairs = Closeness.of(rows, Days.of(articles, language, {}), least=LEAST, reach=REACH)
    ones, others = (
        {key: places for key, ids in groups.items() if (places := [place[i] for i in ids if i in place])}
        for groups in (today, before)
    )
    yield from pairs.groups_alike(ones, others, replace(EVENT, cut=cut), OPENS_ALIKE)
