"""Document frequencies of words in news at large: the day's own articles are too few, and too alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from briefing.text.languages import Language
from briefing.text.package_data import data_json, data_text, has_data
from briefing.text.terms import stems, tokens

UNCOUNTED = 0.022  # share of articles that hold a common word the counts leave out: about as many as hold "company"
_PRIOR = 3  # added to a stem's count: forms found in fewer than three articles are not in the counts


@dataclass(frozen=True, slots=True)
class Background:
    """The number of articles of a large collection that each word occurs in."""

    articles: int
    counts: Mapping[str, int]  # words, lower case; those of fewer than three articles are left out
    uncounted: frozenset[str] = frozenset()  # common words that are left out too

    def rarity(self, word: str) -> float:
        """Return the inverse document frequency of a word, 0.0 for one that every article has."""
        return math.log((self.articles + 1) / (self.counts.get(word, 0) + 1))


@dataclass(frozen=True, slots=True)
class StemRarity:
    """Inverse document frequencies of stems: the forms of one counted together."""

    articles: int
    counts: Mapping[str, int]  # stem → articles that hold its forms, a form each

    def __call__(self, stem: str) -> float:
        """Return the inverse document frequency of a stem, 0.0 for one that every article has."""
        return math.log((self.articles + 1) / (min(self.counts.get(stem, 0), self.articles) + _PRIOR))


@cache
def background(language: str) -> Background:
    """Return the document frequencies of a language; empty where unknown: every word is then equally rare."""
    if not has_data("languages", language, "word_counts.json.gz"):
        return Background(articles=9000, counts={})
    data = data_json("languages", language, "word_counts.json.gz")
    lines = data_text("languages", language, "uncounted.txt").splitlines()
    uncounted = frozenset(word for line in lines if not line.startswith("#") for word in line.split())
    return Background(data["N"], data["df"], uncounted)


def count_words(texts: Iterable[str]) -> Background:
    """Return the document frequencies of some texts: of a run, for a language whose news has not been counted."""
    counts: dict[str, int] = {}
    articles = 0
    for text in texts:
        articles += 1
        for word in set(tokens(text)):
            counts[word] = counts.get(word, 0) + 1
    return Background(articles, counts)


@cache
def _known_rarity(language: Language) -> StemRarity:
    return _stem_rarity(background(language.code), language)


def stem_rarity(language: Language, counts: Background | None = None) -> StemRarity:
    """Return the rarity of stems in news of a language; by ``counts`` where the language has none of its own."""
    known = background(language.code)
    return _stem_rarity(counts, language) if counts and not known.counts else _known_rarity(language)


def _stem_rarity(known: Background, language: Language) -> StemRarity:
    together: dict[str, int] = {}
    for word, count in known.counts.items():
        (stem,) = stems([word], language)
        together[stem] = together.get(stem, 0) + count
    for stem in stems(known.uncounted, language):
        together.setdefault(stem, round(UNCOUNTED * known.articles))
    return StemRarity(known.articles, together)
