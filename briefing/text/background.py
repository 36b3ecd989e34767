"""Document frequencies of words in news at large: the day's own articles are too few, and too alike."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from briefing.text.package_data import data_json, data_text, has_data


@dataclass(frozen=True, slots=True)
class Background:
    """The number of articles of a large collection that each word occurs in."""

    articles: int
    counts: Mapping[str, int]  # words, lower case; those of fewer than three articles are left out
    uncounted: frozenset[str] = frozenset()  # common words that are left out too

    def rarity(self, word: str) -> float:
        """Return the inverse document frequency of a word, 0.0 for one that every article has."""
        return math.log((self.articles + 1) / (self.counts.get(word, 0) + 1))


@cache
def background(language: str) -> Background:
    """Return the document frequencies of a language; empty where unknown: every word is then equally rare."""
    if not has_data("background", f"{language}.json.gz"):
        return Background(articles=9000, counts={})
    data = data_json("background", f"{language}.json.gz")
    lines = data_text("background", f"{language}.uncounted.txt").splitlines()
    uncounted = frozenset(word for line in lines if not line.startswith("#") for word in line.split())
    return Background(data["N"], data["df"], uncounted)
