"""The learnt weights: what each feature and each word of an opening or a headline adds to an article's importance."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.stages.importance.features import Reading
from briefing.text.languages import Language
from briefing.text.package_data import data_json

#: The language the weights were learnt in. Of the others what needs no words is weighed by them, and their words count
#: as those of an average news report do: without that every report in them ranks below most English ones.
LEARNT_IN = "en"


@dataclass(frozen=True, slots=True)
class LearntWeights:
    """What a ridge regression learnt of rated articles; `training/train_importance.py` writes it."""

    mean: float  # of the ratings, words apart
    words: float  # what the words of a news report add in the mean
    means: Mapping[str, float]  # feature → its mean: an article that has it adds nothing
    features: Mapping[str, float]  # feature → points for one more of it
    opening: Mapping[str, float]  # stem → points, shared among an opening's known stems
    title: Mapping[str, float]

    def parts(self, reading: Reading, language: Language) -> Iterator[tuple[str, float]]:
        """Yield what adds how much to an article's importance."""
        yield "any news", self.mean
        for name, value in reading.features.items():
            yield name, self.features.get(name, 0.0) * (value - self.means.get(name, 0.0))
        if language.code != LEARNT_IN:
            yield "words of any news", self.words
        else:
            yield from (("word: " + stem, points) for stem, points in spread(self.opening, reading.opening))
            yield from (("word of the headline: " + stem, points) for stem, points in spread(self.title, reading.title))


def spread(weights: Mapping[str, float], stems: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Yield the points of the known stems of a text, as if they were a vector of length one."""
    known = [stem for stem in stems if stem in weights]
    yield from ((stem, weights[stem] / math.sqrt(len(known))) for stem in known)


@cache
def shipped() -> LearntWeights:
    """Return the weights the package ships."""
    return weights_of(data_json("languages", LEARNT_IN, "importance_weights.json"))


def weights_of(data: Mapping[str, Any]) -> LearntWeights:
    """Return the weights of their JSON form."""
    return LearntWeights(data["mean"], data["words"], data["means"], data["features"], data["opening"], data["title"])
