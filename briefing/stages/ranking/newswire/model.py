"""A logistic model, applied twice: how probable it is that a human summary holds a word, or a pair of words.

The first look judges every word by itself. The second also knows how much the first thought of the sentences that
hold it. A word's second, third … occurrence is a unit of its own: a summary that has "harbour" twice is one whose
reader expects it twice. The weights are in ``data/ranking/newswire.json``, made by ``training/train_newswire.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from briefing.stages.ranking.newswire.counts import Floats, Ints, MaterialCounts
from briefing.stages.ranking.newswire.features import (
    Named,
    Table,
    over_holders,
    pair_features,
    sentence_features,
    word_features,
)
from briefing.text.package_data import data_json

#: Names of `salience`, in order.
SALIENCE = ("expected words", "expected content", "damped content", "1/(1+rank)")
#: Probability a word that was not judged is given.
UNJUDGED = 0.02
#: Tokens added to a sentence's length, so that a short one is not salient for one probable word.
DAMPING = 18.0
#: The same for content words.
CONTENT_DAMPING = 6.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of a logistic model in the order of its features, the bias last."""

    names: tuple[str, ...]
    values: Floats

    def logits(self, table: Table) -> Floats:
        """Return the log odds of units whose features are named as the weights are."""
        assert table.names == self.names, "the weights belong to other features: train again"
        return np.concatenate([table.values, np.ones((len(table.values), 1))], axis=1) @ self.values


@dataclass(frozen=True, slots=True)
class Model:
    """All that was learned for one kind of material: one article, or several about one event."""

    first: Weights
    second: Weights
    pairs: Weights
    occurrences: tuple[int, ...]  # which occurrences of a word are units: 1, 2, 3 …
    reference_tokens: float  # mean length of the human summaries, in tokens
    pair_share: float  # how much pairs count beside words, 0.0 to 1.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a model expects of the words and pairs of some sentences."""

    words: Ints  # ids in MaterialCounts, ascending
    chances: tuple[tuple[int, Ints, Floats], ...]  # (occurrence, places in ``words``, probabilities)
    pairs: Ints  # ids in MaterialCounts, ascending
    pair_chances: Floats


@cache
def models() -> Mapping[str, Model]:
    """Return the models by kind: "single" and "several"."""
    data = data_json("ranking", "newswire.json")
    return {kind: read_model(data[kind]) for kind in ("single", "several")}


def read_model(data: Mapping[str, Any]) -> Model:
    """Return the model a JSON object holds."""
    return Model(
        **{part: _weights(data[part]) for part in ("first", "second", "pairs")},
        occurrences=tuple(data["occurrences"]),
        reference_tokens=data["reference_tokens"],
        pair_share=data["pair_share"],
    )


def _weights(named: Mapping[str, float]) -> Weights:
    return Weights(tuple(named)[:-1], np.array(list(named.values())))


def chance(logits: Floats) -> Floats:
    """Return probabilities from log odds."""
    clipped: Floats = 1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0)))
    return clipped


@dataclass(frozen=True, slots=True)
class Look:
    """The features of the words of some sentences, ready for either look; training reads the same."""

    counts: MaterialCounts
    rows: Floats  # sentence features
    words: Ints  # ids
    features: Named

    @classmethod
    def at(cls, counts: MaterialCounts, places: Ints) -> Look:
        """Return what is known of the words those sentences hold."""
        rows = sentence_features(counts)
        words = counts.words.within(places, counts.n)
        return cls(counts, rows, words, word_features(counts, words, rows))

    def again(self, chances: Floats) -> Look:
        """Return the same with what the first look's chances say of the sentences that hold each word."""
        seen = salience(self.counts, spread(self.counts, self.words, chances))
        more = over_holders(self.counts.words.of(self.words), seen, SALIENCE)
        return Look(self.counts, self.rows, self.words, [*self.features, *more, ("ln p", np.log(chances + 0.01))])

    def pairs(self, ids: Ints, chances: Floats) -> Named:
        """Return the features of pairs."""
        everywhere = spread(self.counts, self.words, chances)
        seen = salience(self.counts, everywhere)
        return [
            *pair_features(self.counts, ids, everywhere, self.rows),
            *over_holders(self.counts.pairs.of(ids), seen, SALIENCE),
        ]

    def occurring(self, times: int) -> Ints:
        """Return the places in ``words`` of those that occur at least so often."""
        return np.flatnonzero(self.counts.frequency[self.words] >= times)

    def occurrence(self, times: int, all_times: tuple[int, ...], at: Ints) -> Named:
        """Return what is known of words' n-th occurrence beyond what is known of the words."""
        later = float(times > 1)
        frequency = self.counts.frequency[self.words][at].astype(float)
        flags: Named = [(f"occurrence {t}", np.full(len(at), float(t == times))) for t in all_times[1:]]
        return [
            *flags,
            ("later, stop", later * self.counts.stop[self.words][at]),
            ("later, ln(tf/j)", later * np.log(frequency / times)),
        ]


def spread(counts: MaterialCounts, words: Ints, chances: Floats) -> Floats:
    """Return a probability for every word of the material."""
    everywhere = np.full(len(counts.stop), UNJUDGED)
    everywhere[words] = chances
    return everywhere


def salience(counts: MaterialCounts, chances: Floats) -> Floats:
    """Return how much of a summary each sentence is expected to hold, four ways, shape (sentences, 4)."""
    words, content = counts.words, 1.0 - counts.stop
    expected = np.bincount(words.sentence, chances[words.unit], counts.n)
    of_content = np.bincount(words.sentence, (chances * content)[words.unit], counts.n)
    size = np.bincount(words.sentence, content[words.unit], counts.n)
    by_words = expected / (np.maximum(counts.size, 1) + DAMPING)
    rank = np.empty(counts.n)
    rank[np.argsort(-by_words, kind="stable")] = np.arange(counts.n)
    return np.stack(
        [by_words, of_content / np.maximum(size, 1), of_content / (size + CONTENT_DAMPING), 1 / (1 + rank)], axis=1
    )


def judge(counts: MaterialCounts, places: Ints, model: Model) -> Judgement:
    """Return what a model expects of the words and pairs those sentences hold."""
    look = Look.at(counts, places)
    everything = np.arange(len(look.words))
    once = Table.of(look.features).beside(look.occurrence(1, model.occurrences, everything))
    look = look.again(chance(model.first.logits(once)))
    table = Table.of(look.features)
    chances = []
    for times in model.occurrences:
        at = look.occurring(times)
        occurring = table.at(at).beside(look.occurrence(times, model.occurrences, at))
        chances.append((times, at, chance(model.second.logits(occurring))))
    pairs = counts.pairs.within(places, counts.n)
    pair_chances = chance(model.pairs.logits(Table.of(look.pairs(pairs, chances[0][2])))) if len(pairs) else np.zeros(0)
    return Judgement(look.words, tuple(chances), pairs, pair_chances)
