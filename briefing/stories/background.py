"""How common a word is in news at large: the day's own articles are too few, and too alike, to tell."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Background:
    """In how many articles of a large collection each word occurs."""

    articles: int
    counts: Mapping[str, int]  # words, lower case; those of fewer than three articles are left out

    def rarity(self, word: str) -> float:
        """Return the inverse document frequency of a word, 0.0 for one that every article has."""
        return math.log((self.articles + 1) / (self.counts.get(word, 0) + 1))


@cache
def background(language: str) -> Background:
    """Return the counts of a language, or an empty collection: every word is then equally rare."""
    path = resources.files("briefing") / "data" / "background" / f"{language}.json.gz"
    if not path.is_file():
        return Background(articles=9000, counts={})
    data = json.loads(gzip.decompress(path.read_bytes()))
    return Background(articles=data["N"], counts=data["df"])
