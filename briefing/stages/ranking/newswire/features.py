"""Features of words, word pairs and sentences for the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from briefing.stages.ranking.newswire.counts import CountedWords, Floats, Ints, MaterialCounts

#: Names of `sentence_features`, in order.
SENTENCE_FEATURES = (
    "repeated words", "words of the first three", "headline words", "quoted", "attribution", "first or second person",
    "looking back", "length", "opens a paragraph",
)  # fmt: skip

Column = np.ndarray[Any, np.dtype[Any]]
Named = list[tuple[str, Column]]


def sentence_features(counts: MaterialCounts) -> Floats:
    """Return what is known of sentences, shape (sentences, `SENTENCE_FEATURES`), each about 0.0 to 1.0."""
    words, n = counts.words, counts.n
    content = 1.0 - counts.stop
    frequency = counts.frequency.astype(float)
    size = np.maximum(counts.size, 1)

    def total(weights: Floats) -> Floats:
        summed: Floats = np.bincount(words.sentence, weights[words.unit], n).astype(float)
        return summed

    early = np.zeros(len(counts.stop))
    early[words.unit[counts.position[words.sentence] < 3]] = 1.0
    titled = counts.titled[0] * content
    paragraphs = [(s.article_id, s.paragraph) for s in counts.material.sentences]
    opens = np.array([True, *(one != other for one, other in pairwise(paragraphs))][:n], dtype=float)
    rows: Floats = np.stack(
        [
            total(frequency * (frequency > 1) * content) / size / 3.0,
            total(early * content) / size,
            total(titled) / max(1.0, float(titled.sum())),
            counts.quoted_share,
            *(total(counts.marks[:, i]) > 0 for i in range(3)),
            np.minimum(counts.size, 60) / 30.0,
            opens,
        ],
        axis=1,
    ).astype(float)
    return rows


def over_holders(units: CountedWords, rows: Floats, names: tuple[str, ...]) -> Named:
    """Return greatest, mean and first value of sentence features over the sentences that hold each unit."""
    held = rows[units.sentence]
    greatest = np.maximum.reduceat(held, units.starts)
    mean = np.add.reduceat(held, units.starts) / units.holders[:, None]
    first = held[units.starts]
    return [
        (f"{how} {name}", values[:, i])
        for how, values in (("greatest", greatest), ("mean", mean), ("first", first))
        for i, name in enumerate(names)
    ]


def word_features(counts: MaterialCounts, ids: Ints, rows: Floats) -> Named:
    """Return the named features of words; those that compare articles come last, for several articles only."""
    words = counts.words.of(ids)
    place = _Places(counts, words)
    f, k, n = place.first, words.holders.astype(float), float(counts.n)
    log_f, log_k = np.log1p(f), np.log(k)
    frequency = np.add.reduceat(words.count, words.starts).astype(float)
    stop, digits, letters, capitals = counts.stop[ids], counts.digits[ids], counts.letters[ids], counts.capitals[ids]
    titled = counts.titled[0][ids]
    one = np.ones(len(ids))
    tokens = max(1.0, float(counts.size.sum()))
    features: Named = [
        ("stop", stop),
        ("ln(1+f)", log_f),
        ("1/(1+f)", 1 / (1 + f)),
        ("f=0", f == 0),
        ("f=1", f == 1),
        ("f=2", f == 2),
        ("f=3", f == 3),
        ("f 4 to 6", (f >= 4) & (f <= 6)),
        ("k=1", k == 1),
        ("k=2", k == 2),
        ("k=3", k == 3),
        ("ln k", log_k),
        ("k/n", k / n),
        ("k/m", k / float(counts.words.holders.max())),
        ("first six", place.share_of(lambda p: p < 6) / 6),
        ("headline", titled),
        ("has headline", one * bool(counts.material.titles)),
        ("headline, no stop", titled * (1 - stop)),
        ("capital", capitals > 0),
        ("ln(1+capitals)", np.log1p(capitals)),
        ("digits", digits),
        ("letters", letters / 8),
        ("last three", place.share_of(lambda p: p >= n - 3) > 0),
        ("second half", place.share_of(lambda p: p >= n / 2) / k),
        ("no stop x ln k", (1 - stop) * log_k),
        ("f=0 x ln k", (f == 0) * log_k),
        ("in second", place.share_of(lambda p: p == 1)),
        ("in third", place.share_of(lambda p: p == 2)),
        ("first three", place.share_of(lambda p: p < 3)),
        ("ln n", one * np.log(n)),
        ("ln N", one * (np.log(tokens) - 6)),
        ("neighbours", counts.neighbours[ids] / frequency),
        ("short", letters <= 2),
        ("ln(1+f) x ln k", log_f * log_k),
        ("f=0, no stop", (f == 0) * (1 - stop)),
        ("headline x ln(1+f)", titled * log_f),
        ("capital x ln k", (capitals > 0) * log_k),
        ("capital x ln(1+f)", (capitals > 0) * log_f),
        ("ln(1+f) x ln n", log_f * np.log(n)),
        ("digits x ln(1+f)", digits * log_f),
    ]
    features += over_holders(words, rows, SENTENCE_FEATURES)
    return features + (place.across_articles(stop) if counts.articles > 1 else [])


def pair_features(counts: MaterialCounts, ids: Ints, p: Floats, rows: Floats) -> Named:
    """Return the named features of pairs, given every word's probability."""
    pairs = counts.pairs.of(ids)
    place = _Places(counts, pairs)
    first, second = (words[ids] for words in counts.pair_words)
    f, k = place.first, pairs.holders.astype(float)
    log_f, log_k = np.log1p(f), np.log(k)
    log_a, log_b = np.log(p[first] + 0.005), np.log(p[second] + 0.005)
    stop_a, stop_b = counts.stop[first], counts.stop[second]
    features: Named = [
        ("ln p1", log_a),
        ("ln p2", log_b),
        ("ln p1 + ln p2", log_a + log_b),
        ("least ln p", np.minimum(log_a, log_b)),
        ("ln(1+f)", log_f),
        ("1/(1+f)", 1 / (1 + f)),
        ("f=0", f == 0),
        ("f=1", f == 1),
        ("f=2", f == 2),
        ("k=1", k == 1),
        ("k=2", k == 2),
        ("ln k", log_k),
        ("headline", counts.titled_pairs(ids)),
        ("first stop", stop_a),
        ("second stop", stop_b),
        ("both stop", stop_a * stop_b),
        ("k/n", k / counts.n),
        ("ln(1+f) x ln k", log_f * log_k),
    ]
    features += [
        (f"first {name}", rows[pairs.sentence[pairs.starts]][:, i]) for i, name in enumerate(SENTENCE_FEATURES)
    ]
    return features + (place.across_articles(stop_a * stop_b) if counts.articles > 1 else [])


class _Places:
    """Where units stand in their articles."""

    def __init__(self, counts: MaterialCounts, units: CountedWords) -> None:
        self.units = units
        self.articles = counts.articles
        self.position = counts.position[units.sentence]  # per row
        self.first = np.minimum.reduceat(self.position, units.starts).astype(float)  # per unit
        article = counts.article[units.sentence]
        begins = np.ones(len(article), dtype=bool)
        begins[1:] = (article[1:] != article[:-1]) | (units.unit[1:] != units.unit[:-1])
        self.opening = begins  # rows of a unit's first sentence in an article

    def share_of(self, test: Callable[[Ints], object]) -> Floats:
        """Return per unit how many of the sentences that hold it stand at such a place."""
        return np.add.reduceat(np.asarray(test(self.position), dtype=float), self.units.starts)

    def across_articles(self, stop: Floats) -> Named:
        """Return how many articles hold each unit, and how early."""
        total = float(self.articles)
        held = np.add.reduceat(self.opening.astype(float), self.units.starts)
        early = np.add.reduceat(self.opening / (1.0 + self.position), self.units.starts)
        in_three = np.add.reduceat((self.opening & (self.position < 3)).astype(float), self.units.starts)
        return [
            ("a/A", held / total),
            ("a=1", held == 1),
            ("a=A", held == total),
            ("ln a", np.log(held)),
            ("mean 1/(1+place)", early / held),
            ("sum 1/(1+place) / A", early / total),
            ("early articles", in_three / total),
            ("(a-1)/(A-1)", (held - 1) / max(1.0, total - 1)),
            ("a/A, no stop", held / total * (1 - stop)),
        ]


@dataclass(frozen=True, slots=True)
class Table:
    """Features as the columns of one array."""

    names: tuple[str, ...]
    values: Floats  # shape (units, names)

    @classmethod
    def of(cls, named: Named) -> Table:
        """Return the table of named features, one at least."""
        values = np.empty((len(named[0][1]), len(named)))
        for column, (_, found) in enumerate(named):
            values[:, column] = found
        return cls(tuple(name for name, _ in named), values)

    def at(self, units: Ints) -> Table:
        """Return the rows of some units."""
        return Table(self.names, self.values[units])

    def beside(self, more: Named) -> Table:
        """Return the table with more features behind."""
        other = Table.of(more)
        return Table((*self.names, *other.names), np.concatenate([self.values, other.values], axis=1))
