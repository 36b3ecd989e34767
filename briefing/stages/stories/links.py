"""Explains why two articles belong together: the names, figures and days both have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import islice

from briefing.model import Article, Link
from briefing.stages.stories.facts import FactReader, Facts
from briefing.text.aliases import Names
from briefing.text.languages import Language
from briefing.text.word_counts import background

MOST = (4, 3)  # names and figures printed for one link


class Reasons:
    """Finds what two articles of one language share; reads each article once.

    Args:
        language: Of the articles.
        names: Their spellings.
        events: Article key → the day of the event its opening names, and its words.
        facts: Article key → its facts, where they are known.
    """

    def __init__(
        self,
        language: Language,
        names: Names,
        events: Mapping[str, tuple[date, str]],
        facts: Mapping[str, Facts],
    ) -> None:
        self._events = events
        self._rarity = background(language.code).rarity
        self._reader = FactReader(language, names)
        self._read = {key: (known.named, known.counted) for key, known in facts.items()}
        self._rarities: dict[str, float] = {}

    def link(self, a: Article, b: Article, similarity: float) -> Link:
        """Return the link between two articles, with what they share as the first one prints it."""
        ours, others = self._events.get(a.key), self._events.get(b.key)
        day, words = ours if ours and others and ours[0] == others[0] else (None, "")
        shared: list[str] = []
        for mine, theirs, most in zip(self._facts(a), self._facts(b), MOST, strict=True):
            both = mine.keys() & theirs.keys()
            rarest = sorted(both, key=self._rarest_first) if len(both) > 1 else both
            shared += [mine[key] for key in islice(_whole(rarest), most)]
        return Link(a.id, b.id, round(similarity, 3), tuple(dict.fromkeys(shared)), day, words)

    def _rarest_first(self, key: str) -> tuple[float, str]:
        if key not in self._rarities:
            self._rarities[key] = -sum(self._rarity(word) for word in key.split())
        return self._rarities[key], key

    def _facts(self, article: Article) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Return the names and figures of an article: what they mean → as first printed."""
        if article.key not in self._read:
            self._read[article.key] = self._reader.named_and_counted(article)
        return self._read[article.key]


def _whole(keys: Collection[str]) -> Iterator[str]:
    """Yield the keys whose words are not part of another: Antony Blinken, not Blinken."""
    longer = [set(key.split()) for key in keys if " " in key]
    return (
        key
        for key in keys
        if not any(words.issuperset(key.split()) and len(words) > key.count(" ") + 1 for words in longer)
    )
