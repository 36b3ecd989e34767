"""The words of a run's articles as numbers: read once, used by all that compares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

from briefing.model import Article
from briefing.names import Names
from briefing.terms import tokens

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Texts:
    """Titles and bodies as numbers of words, known variants of a name read as one."""

    words: Sequence[str]  # number n is words[n]; 0 is no word
    titles: Sequence[Indices]
    bodies: Sequence[Indices]

    @classmethod
    def of(cls, articles: Sequence[Article], names: Names) -> Texts:
        """Return the texts of articles, in the same order."""
        numbering: defaultdict[str, int] = defaultdict(count().__next__)
        numbering[""]

        def numbers(text: str) -> Indices:
            return np.array([numbering[word] for word in names.canonical(tokens(text))], np.int64)

        titles = [numbers(article.title) for article in articles]
        bodies = [numbers(article.body) for article in articles]
        return cls(tuple(numbering), titles, bodies)

    def only(self, places: Sequence[int]) -> Texts:
        """Return the texts of some of the articles."""
        return Texts(self.words, [self.titles[n] for n in places], [self.bodies[n] for n in places])
