"""Tokenises and stems texts, for ranking, stories and themes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

import Stemmer

from briefing.text.languages import Language

# A token keeps what a news word needs: U.S., 120K, S-400, $200, Russia's, Donbas-based, 3.5, 100,000.
_TOKEN = re.compile(r"[$€£]?\w+(?:[.,'’-]\w+)*", re.UNICODE)
# A run is the least a word can be: what scores of summaries count, so "U.S." is two and "Donbas-based" is two.
_RUN = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """Return the words of a text in order, lower case, possessive endings and inner full stops taken off."""
    # Most words are letters alone and need no second look.
    return [t if t.isalpha() else _plain(t) for t in _TOKEN.findall(text.lower())]


def runs(text: str) -> list[str]:
    """Return the runs of letters and digits of a text in order, lower case."""
    return _RUN.findall(text.lower())


def cased_runs(text: str) -> list[str]:
    """Return the runs of letters and digits of a text in order, as written."""
    return _RUN.findall(text)


def _plain(token: str) -> str:
    token = token.replace("’", "'")
    if token.endswith("'s"):
        token = token[:-2]
    return token.replace(".", "") if _is_initials(token) else token


def _is_initials(token: str) -> bool:
    return len(token) > 2 and all(len(part) == 1 and part.isalpha() for part in token.split("."))


_WORDS_KEPT = 100_000  # a week of news has about as many
_TEXTS_KEPT = 8_192  # sentences: of a story of hundreds of articles, each is compared several times


class _Stems(dict[str, str]):
    """A cache of stems: news repeats its words, and a look-up is much quicker than stemming."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._stemmer = Stemmer.Stemmer(name, 0) if name in Stemmer.algorithms() else None

    def __missing__(self, word: str) -> str:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        stem = self[word] = self._stemmer.stemWord(word) if self._stemmer else word
        return stem


@cache
def _stems(name: str) -> _Stems:
    return _Stems(name)


def stems(words: Iterable[str], language: Language) -> list[str]:
    """Return the stems of words, in the same order; the words themselves where the language has no stemmer."""
    return list(map(_stems(language.name).__getitem__, words))


def content_stems(text: str, language: Language) -> list[str]:
    """Return the stems of the words that are no stop words, in order."""
    return stems([w for w in tokens(text) if w not in language.stop_words], language)


@lru_cache(maxsize=_TEXTS_KEPT)
def content_set(text: str, language: Language) -> frozenset[str]:
    """Return the different stems of the words that are no stop words."""
    return frozenset(content_stems(text, language))


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the share of stems two sets have in common, 0.0 (none, or both empty) to 1.0 (the same)."""
    return len(a & b) / len(a | b) if a and b else 0.0
