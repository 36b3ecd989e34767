"""Learns weights of words from example articles, beside the theme's own terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.model import Article, Sentence, Theme
from briefing.stages.themes.aboutness import log_odds
from briefing.stages.themes.reading import Text, lexicon_of, read_article
from briefing.stages.themes.topics import LEAD, RARE, RAREST, REST, TITLE, tone
from briefing.stages.themes.word_forms import WORD, plain_form
from briefing.text.languages import Language, language_of
from briefing.text.terms import stems
from briefing.text.word_counts import stem_rarity

if TYPE_CHECKING:  # the default themes are read by every command; arrays are only learnt with
    import numpy as np

Corpus = Sequence[tuple[Article, Sequence[Sentence]]]

# Chosen on user_themes.dev by draws of ten examples other than those reported.
STRENGTH = 10.0  # inverse of the ridge: how far weights may go from nothing
SHIFT = 1.0  # the same of what is added to every text
KEPT = 120  # words a theme keeps
LEAST, FEW = 2, 5  # texts that hold a word worth learning; texts below which one is enough
SHORTEST = 3  # letters
NAMES = 0.5  # share of capitals inside sentences from which a word is a name: names are of a day, not of a theme
STEPS = 6  # of Newton's method


def learn_theme(
    theme: Theme,
    examples: Corpus,
    against: Corpus = (),
    *,
    strength: float = STRENGTH,
    kept: int = KEPT,
    least: int = LEAST,
) -> Theme:
    """Return a theme with the weights of words learnt from articles that belong to it and from others that do not.

    Logistic regression on the rarity and frequency of stems, with the score of the theme's own terms as a start: only
    what the terms do not know is learnt. Names and numbers are left out. No random numbers: the same articles give the
    same weights.

    Args:
        theme: Whose terms to learn beside; what it learnt before is forgotten.
        examples: Articles of the theme, each with its sentences; none leaves the theme as it is.
        against: Articles that are not about it; without any, a text without a word is taken for one.
        strength: How far weights may go from nothing: more for hundreds of articles than for ten.
        kept: How many words at most.
        least: How many texts must hold a word.
    """
    if not examples:
        return theme

    import numpy as np

    bare = replace(theme, learnt=())
    spoken = Counter(language_of(article) for article, _ in examples).most_common(1)[0][0]
    known = [(a, s) for a, s in (*examples, *against)]
    texts = [read_article(article, sentences, lexicon_of((bare,), spoken)) for article, sentences in known]
    bags = [_bag(text, spoken) for text in texts]
    vocabulary = _vocabulary(texts, bags, spoken, least)
    values = _values(bags, texts, vocabulary, spoken)
    start = np.array([max(-6.0, min(6.0, log_odds(text, 0))) for text in texts])
    target = np.array([1.0] * len(examples) + [0.0] * len(against))
    if not against:
        values, start = np.vstack([values, np.zeros(len(vocabulary))]), np.append(start, min(0.0, start.min()))
        target = np.append(target, 0.0)
    weights, shift = _fit(values, target, start, strength)
    return replace(theme, learnt=_kept(vocabulary, weights, shift, kept))


def _bag(text: Text, spoken: Language) -> dict[str, float]:
    """Return how often each stem of a text counts, by where it stands."""
    bag: dict[str, float] = {}
    lead, rest = text.sentences[: text.lead], text.sentences[text.lead :]
    for weight, said in (
        (TITLE, [text.heading]),
        (LEAD, [s.text for s in lead]),
        (REST, [s.text for s in rest]),
    ):
        for line in said:
            for stem in stems([plain_form(word).lower() for word in WORD.findall(line)], spoken):
                bag[stem] = bag.get(stem, 0.0) + weight
    return bag


def _vocabulary(texts: Sequence[Text], bags: Sequence[Mapping[str, float]], spoken: Language, least: int) -> list[str]:
    """Return the stems worth learning: in two texts, neither stop words nor names nor numbers."""
    held = Counter(stem for bag in bags for stem in bag)
    inside: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for text in texts:
        for sentence in text.sentences:
            words = [plain_form(word) for word in WORD.findall(sentence.text)[1:]]
            for word, stem in zip(words, stems([word.lower() for word in words], spoken), strict=True):
                inside[stem] += 1
                capitals[stem] += word != word.lower()
    least = min(least, len(texts) // FEW + 1)
    stop = frozenset(stems(sorted(spoken.stop_words), spoken))
    names: Callable[[str], bool] = lambda stem: not spoken.capital_nouns and capitals[stem] > NAMES * inside[stem]  # noqa: E731
    return sorted(
        stem
        for stem, count in held.items()
        if count >= least and len(stem) >= SHORTEST and stem.isalpha() and stem not in stop and not names(stem)
    )


def _values(
    bags: Sequence[Mapping[str, float]], texts: Sequence[Text], vocabulary: Sequence[str], spoken: Language
) -> np.ndarray:
    import numpy as np

    rarity = stem_rarity(spoken)
    values = np.zeros((len(bags), len(vocabulary)))
    places = {stem: n for n, stem in enumerate(vocabulary)}
    for row, (bag, text) in enumerate(zip(bags, texts, strict=True)):
        length = len(text.heading.split()) + sum(text.words)
        for stem, times in bag.items():
            if stem in places:
                values[row, places[stem]] = min(rarity(stem), RAREST) / RARE * tone(times, length)
    return values


def _fit(values: np.ndarray, target: np.ndarray, start: np.ndarray, strength: float) -> tuple[np.ndarray, float]:
    """Return the weights and the shift of a ridge logistic regression, by Newton's method on the texts."""
    import numpy as np

    kernel = strength * values @ values.T + SHIFT
    dual = np.zeros(len(target))
    for _ in range(STEPS):
        odds = kernel @ dual + start
        chance = 1.0 / (1.0 + np.exp(-odds))
        curve = np.maximum(chance * (1.0 - chance), 1e-5)
        dual = np.linalg.solve(kernel + np.diag(1.0 / curve), kernel @ dual + (target - chance) / curve)
    return strength * values.T @ dual, float(SHIFT * dual.sum())


def _kept(vocabulary: Sequence[str], weights: np.ndarray, shift: float, most: int) -> tuple[tuple[str, float], ...]:
    rows = [(stem, round(float(weight), 2)) for stem, weight in zip(vocabulary, weights, strict=True)]
    strongest = sorted((row for row in rows if row[1]), key=lambda row: (-abs(row[1]), row[0]))[:most]
    return (("", round(shift, 2)), *sorted(strongest, key=lambda row: (-row[1], row[0])))
