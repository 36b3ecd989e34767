"""Terms an analyst could add to a theme, from articles that belong to it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefing.model import Article, Sentence
from briefing.text.languages import Language, language_of
from briefing.text.terms import stems

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", re.UNICODE)
_APOSTROPHES = frozenset("'’")
_SHORTEST = 3  # letters of a word worth suggesting
_PRIOR = 0.5  # added to every count, so that a word the background lacks has a finite score
_NAMES = 0.5  # share of capitals inside sentences from which a word is a name: names make poor terms

Corpus = Sequence[tuple[Article, Sequence[Sentence]]]


def suggest_terms(
    articles: Corpus,
    background: Corpus | Mapping[str, int],
    *,
    background_size: int = 0,
    known: Iterable[str] = (),
    limit: int = 30,
) -> tuple[tuple[str, float], ...]:
    """Return words and two-word phrases typical of some articles, with their score, best first, ties by term.

    The score is the log of how much more likely an article of the theme is to hold the term than one of the
    background (each count plus one half), times the share of the theme's articles that hold it: 0.0 and above.

    Args:
        articles: Articles of the theme, each with its sentences; a term must be in two of them when there are three.
        background: Other articles, or how many background articles hold each lower-case word.
        background_size: How many articles the background counts are of; not used for articles.
        known: Terms the theme has already: they and their inflections are not suggested.
        limit: How many at most.
    """
    inside, printed = _document_counts(articles)
    if not articles:
        return ()
    outside, size = _background(background, background_size)
    spoken = language_of(articles[0][0])
    have = {_key(term.strip("=*"), spoken) for term in known}
    least = 2 if len(articles) >= 3 else 1
    scored = []
    for key, count in inside.items():
        if count >= least and key not in have:
            ratio = (
                (count + _PRIOR) / (len(articles) + 1) / ((_outside(key, printed[key], outside) + _PRIOR) / (size + 1))
            )
            scored.append((printed[key], round(max(0.0, math.log(ratio)) * count / len(articles), 4)))
    scored = [row for row in scored if row[1] > 0]
    return tuple(sorted(scored, key=lambda row: (-row[1], row[0]))[:limit])


def _outside(key: str, printed: str, outside: Mapping[str, int]) -> int:
    """Return how many background articles hold a term; of a phrase without a count, as many as its rarer word."""
    counts = [max(outside.get(k, 0), outside.get(p, 0)) for k, p in zip(key.split(), printed.split(), strict=False)]
    return outside.get(key, 0) or (min(counts) if len(counts) == 1 else min(counts) // 10)


def _background(background: Corpus | Mapping[str, int], size: int) -> tuple[Mapping[str, int], int]:
    if isinstance(background, Mapping):
        return background, max(size, *background.values(), 1)
    return _document_counts(background)[0], len(background)


def _document_counts(articles: Corpus) -> tuple[Counter[str], dict[str, str]]:
    """Return in how many articles each term is, by its stems, and its most frequent printed form."""
    counts: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for article, sentences in articles:
        spoken = language_of(article)
        seen: set[str] = set()
        for sentence in sentences:
            if sentence.kind in ("text", "bullet"):
                for key, form in _terms(sentence.text, spoken):
                    seen.add(key)
                    forms.setdefault(key, Counter())[form] += 1
        counts.update(seen)
    best = {key: min(found, key=lambda form: (-found[form], form)) for key, found in forms.items()}
    capitals = {key for key, form in best.items() if _is_name(forms[key])}
    return Counter({k: n for k, n in counts.items() if k not in capitals}), {k: f.lower() for k, f in best.items()}


def _is_name(forms: Counter[str]) -> bool:
    return sum(n for form, n in forms.items() if form != form.lower()) > _NAMES * sum(forms.values())


def _terms(text: str, spoken: Language) -> Iterator[tuple[str, str]]:
    words: list[str] = _WORD.findall(text)
    lowered = [w.lower() for w in words]
    keys = stems(lowered, spoken)
    # With an apostrophe it is a possessive, which its word finds too, or a contraction.
    good = [len(w) >= _SHORTEST and w not in spoken.stop_words and not _APOSTROPHES & set(w) for w in lowered]
    if words:
        words[0] = lowered[0]  # its capital says nothing
    for n, (key, word) in enumerate(zip(keys, words, strict=True)):
        if good[n]:
            yield key, word
            if n + 1 < len(words) and good[n + 1]:
                yield f"{key} {keys[n + 1]}", f"{word} {words[n + 1]}"


def _key(term: str, spoken: Language) -> str:
    return " ".join(stems(term.lower().split(), spoken))
