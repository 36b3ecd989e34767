"""Terms an analyst could add to a theme, from articles that belong to it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefing.model import Article, Sentence
from briefing.stages.themes.subjects import subjects_of
from briefing.text.languages import UNDETERMINED, Language, language, language_of
from briefing.text.terms import stems

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", re.UNICODE)
_APOSTROPHES = frozenset("'’")
_SHORTEST = 3  # letters of a word worth suggesting
_PRIOR = 0.5  # added to every count, so that a word the background lacks has a finite score
_LEAST_LIFT = math.log(3)  # a term of everyday news says nothing: it must be three times as frequent as there
_SHARED = 0.5  # share of the theme's articles that hold a word worth proposing though it is of no subject of theirs
_LEAST_SHARED = 3  # and how many articles, if there are so many: two of one event share any word
_MINOR = 0.4  # of the strongest subject's weight, below which a subject is not the articles'
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
    background (each count plus one half), less the log of three, times the share of the theme's articles that hold
    it: above 0.0. Words are counted by their stems on both sides, names too on the other one.

    Args:
        articles: Articles of the theme, each with its sentences; a term must be in two of them when there are three.
        background: Other articles, or how many background articles hold each lower-case word.
        background_size: How many articles the background counts are of; not used for articles.
        known: Terms the theme has already: they and their inflections are not suggested.
        limit: How many at most.
    """
    if not articles:
        return ()
    spoken = language_spoken(article for article, _ in articles)
    inside, printed = _document_counts(articles, names=False)
    outside, size = _background(background, background_size, spoken)
    have = {_key(term.strip("=*"), spoken) for term in known}
    least = 2 if len(articles) >= 3 else 1
    bar = min(_LEAST_LIFT, math.log((size + 1) / 2)) if size else _LEAST_LIFT  # of few others nothing can be frequent
    scores = {}
    for key, count in inside.items():
        if count >= least:
            here = (count + _PRIOR) / (len(articles) + 1)
            lift = here / ((_outside(key, outside) + _PRIOR) / (size + 1))
            scores[key] = round(max(0.0, math.log(lift) - bar) * count / len(articles), 4)
    # A phrase is as typical as its words are: "different lamps" says no more than "lamps".
    typical = [
        key for key in scores if key not in have and all(scores.get(word, 0) > 0 for word in (key, *key.split()))
    ]
    subjects = _subjects(typical, scores, spoken)
    shared = max(min(_LEAST_SHARED, len(articles)), _SHARED * len(articles))
    fitting = [key for key in typical if inside[key] >= shared or not subjects.isdisjoint(_held(key, spoken))]
    worth = {key: min(scores[part] for part in (key, *key.split())) for key in fitting}
    best = sorted(fitting, key=lambda key: (-worth[key], key.count(" "), printed[key]))
    rows = ((printed[key], worth[key]) for key in best)
    return tuple(_different(rows, spoken))[:limit]


def language_spoken(articles: Iterable[Article]) -> Language:
    """Return the language most of some articles are in: an article too short to tell goes with the others."""
    codes = Counter(language_of(article).code for article in articles)
    told = [(-count, code) for code, count in codes.items() if code != UNDETERMINED]
    return language(min(told)[1] if told else "en")


def _subjects(keys: Iterable[str], scores: Mapping[str, float], spoken: Language) -> frozenset[int]:
    """Return the subjects that typical words belong to, those aside that few of them do."""
    weights: Counter[int] = Counter()
    for key in keys:
        held = _held(key, spoken)
        for subject in held:
            weights[subject] += scores[key] / len(held)  # type: ignore[assignment]
    return frozenset(n for n, weight in weights.items() if weight >= _MINOR * max(weights.values()))


def _held(key: str, spoken: Language) -> frozenset[int]:
    known = subjects_of(spoken).words
    return frozenset(subject for word in key.split() for subject in known.get(word, ()))


def _different(rows: Iterable[tuple[str, float]], spoken: Language) -> Iterator[tuple[str, float]]:
    """Yield terms without those that say nothing new: a phrase whose words, or a word whose phrase, came before."""
    words: set[str] = set()
    for term, score in rows:
        own = set(_key(term, spoken).split())
        if not own <= words:
            words |= own
            yield term, score


def _outside(key: str, outside: Mapping[str, int]) -> int:
    """Return how many background articles hold a term; of a phrase without a count, a tenth of its rarer word's."""
    counts = [outside.get(word, 0) for word in key.split()]
    return outside.get(key, 0) or (min(counts) if len(counts) == 1 else min(counts) // 10)


def _background(background: Corpus | Mapping[str, int], size: int, spoken: Language) -> tuple[Mapping[str, int], int]:
    if not isinstance(background, Mapping):
        return _document_counts(background, names=True)[0], len(background)
    size = max(size, *background.values(), 1)
    together: Counter[str] = Counter()
    for word, count in background.items():
        together[_key(word, spoken)] += count
    return {stem: min(count, size) for stem, count in together.items()}, size


def _document_counts(articles: Corpus, *, names: bool) -> tuple[Counter[str], dict[str, str]]:
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
    capitals = set() if names else {key for key in best if _is_name(forms[key])}
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
