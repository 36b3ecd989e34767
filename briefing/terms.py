"""Words, stems and weights of a text, shared by ranking, stories and themes."""

from __future__ import annotations

import re
from functools import cache

import Stemmer

from briefing.languages import Language

# A token keeps what a news word needs: U.S., 120K, S-400, $200, Russia's, Donbas-based, 3.5, 100,000.
_TOKEN = re.compile(r"[$€£]?\w+(?:[.,'’-]\w+)*", re.UNICODE)
# A run is the least a word can be: what scores of summaries count, so "U.S." is two and "Donbas-based" is two.
_RUN = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


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


def numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text that are written in digits, without the commas of thousands."""
    return frozenset(n.replace(",", "") for n in _DIGITS.findall(text))


def _plain(token: str) -> str:
    token = token.replace("’", "'")
    if token.endswith("'s"):
        token = token[:-2]
    return token.replace(".", "") if _is_initials(token) else token


def _is_initials(token: str) -> bool:
    return len(token) > 2 and all(len(part) == 1 and part.isalpha() for part in token.split("."))


@cache
def _stemmer(name: str) -> Stemmer.Stemmer | None:
    return Stemmer.Stemmer(name) if name in Stemmer.algorithms() else None


def stems(words: list[str], language: Language) -> list[str]:
    """Return the stems of words, in the same order; the words themselves where the language has no stemmer."""
    stemmer = _stemmer(language.name)
    return stemmer.stemWords(words) if stemmer else list(words)


def content_stems(text: str, language: Language) -> list[str]:
    """Return the stems of the words that are no stop words, in order."""
    return stems([w for w in tokens(text) if w not in language.stop_words], language)


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the share of stems two sets have in common, 0.0 (none, or both empty) to 1.0 (the same)."""
    return len(a & b) / len(a | b) if a and b else 0.0
