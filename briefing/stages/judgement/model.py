"""Logistic models over named features, one for every question the judge is asked.

The weights are in ``data/languages/en/judge.json``, made by ``training/train_judgement.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from briefing.model import Article, Sentence
from briefing.stages.judgement.columns import Floats
from briefing.stages.judgement.features import Features, Group, features
from briefing.stages.judgement.lexicon import Lexicon
from briefing.stages.judgement.reading import Read, read
from briefing.text.languages import Language, language
from briefing.text.openings import openings
from briefing.text.package_data import data_json, has_data

#: Question → the groups of columns it is answered from.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "no prose": ("saying", "surroundings", "form"),
    "others": ("words", "saying", "surroundings", "article", "opinion"),  # somebody else's words or the author's view
    "attributed": ("words", "saying", "surroundings", "article", "opinion"),  # and not the reporter's
    "opinion": ("words", "saying", "surroundings", "article", "opinion"),  # and not somebody else's words
    "alone": ("words", "saying", "surroundings", "article", "standing"),
    "previous": ("saying", "surroundings", "standing"),  # needs the sentence before, and not more
    "news": ("words", "saying", "surroundings", "standing"),  # 0.0 to 3.0: no probability
}
_DIGITS = 6  # to which answers are rounded: sums in another order end in another last digit


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of a model by the name of a column, and its bias."""

    of: Mapping[str, float]
    bias: float

    def over(self, names: Sequence[str]) -> Floats:
        """Return the weights in the order of some columns, 0.0 for those it does not know."""
        return np.array([self.of.get(name, 0.0) for name in names])


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What was learned of one language."""

    cues: tuple[str, ...]  # words weighed one by one
    whole: Weights  # is the article opinion
    questions: Mapping[str, Weights]
    lexicon: Lexicon
    language: Language

    def read(self, article: Article, sentences: Sequence[Sentence]) -> list[Read]:
        """Return the words of an article's sentences."""
        return read(article, sentences, self.lexicon, self.lexicon.verbs)

    def features(self, article: Article, reads: Sequence[Read]) -> Features:
        """Return what is known of an article's sentences, one at least, how far it is opinion included."""
        found = features(article, reads, self.lexicon, openings(self.language.code))
        return found.with_opinion(self.log_odds(found.whole))

    def log_odds(self, whole: Group) -> float:
        """Return the log odds that an article is opinion."""
        return round(float(whole.values[0] @ self.whole.over(whole.names)) + self.whole.bias, _DIGITS)

    def answers(self, known: Features) -> Answers:
        """Return the answer to every question for every sentence."""
        table = known.table()
        weights = _matrix(self, table.names)
        biases = np.array([w.bias for w in self.questions.values()])
        sums = table.values @ weights + biases
        chances = 1.0 / (1.0 + np.exp(-np.clip(sums, -30.0, 30.0)))
        found = {name: np.round(chances[:, n], _DIGITS) for n, name in enumerate(self.questions)}
        found["news"] = np.round(sums[:, list(self.questions).index("news")], _DIGITS)
        return Answers(found, table, weights, tuple(self.questions))


@dataclass(frozen=True, slots=True)
class Answers:
    """What a model says of an article's sentences, and what made it say so."""

    of: Mapping[str, Floats]  # question → an answer a sentence
    table: Group
    weights: Floats  # shape (columns, questions)
    questions: tuple[str, ...]

    def strongest(self, question: str, *, against: bool = False) -> tuple[str, ...]:
        """Return for each sentence the column that spoke most for a question, or most against it."""
        parts = self.table.values * self.weights[:, self.questions.index(question)]
        best = parts.argmin(axis=1) if against else parts.argmax(axis=1)
        return tuple(self.table.names[column] for column in best.tolist())


@cache
def _matrix(model: Model, names: tuple[str, ...]) -> Floats:
    return np.stack([weights.over(names) for weights in model.questions.values()], axis=1)


@cache
def model_of(code: str) -> Model | None:
    """Return the model of a language; None where nothing was learned of it."""
    if not has_data("languages", code, "judge.json"):
        return None
    return read_model(data_json("languages", code, "judge.json"), code)


def read_model(data: Mapping[str, Any], code: str) -> Model:
    """Return the model a JSON object holds."""
    spoken = language(code)
    return Model(
        cues=tuple(data["words"]),
        whole=_weights(data["article of opinion"]),
        questions={name: _weights(data[name]) for name in QUESTIONS},
        lexicon=Lexicon(spoken, data["words"]),
        language=spoken,
    )


def _weights(named: Mapping[str, float]) -> Weights:
    return Weights({name: value for name, value in named.items() if name != "bias"}, named["bias"])
