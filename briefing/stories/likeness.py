"""How alike two articles are: sparse vectors of their words, compared without ever holding all pairs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from briefing.languages import Language
from briefing.model import Article
from briefing.names import Names
from briefing.stories.background import Background, background
from briefing.terms import tokens

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

LEAD_WORDS = 60  # counted twice beside the title: newswire puts the event first
OPENING_WORDS = 200
#: The most a state's or a body's name, capital or leader may weigh (a word of one article in eight): who acts is
#: no news, and in a crisis every article names the same. Without this bound one crisis becomes one story.
ACTOR_RARITY = 2.0
WHOLE, OPENING, FIGURES = 0.45, 0.45, 0.10  # shares of the three views in one similarity


@dataclass(frozen=True, slots=True)
class Vectors:
    """Rows of a sparse matrix, each of length one or zero: the similarity of two articles is their dot product."""

    starts: Indices  # row i is starts[i]:starts[i + 1]
    columns: Indices
    weights: Floats
    width: int  # number of columns

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, i: int) -> slice:
        """Return the place of a row in `columns` and `weights`."""
        return slice(int(self.starts[i]), int(self.starts[i + 1]))

    def similarities(self, i: int, others: Indices, scratch: Floats) -> Floats:
        """Return the similarity of row ``i`` to each of ``others``, 0.0 to 1.0.

        ``scratch`` is a zeroed array of `width`, given back zeroed.
        """
        here = self.row(i)
        scratch[self.columns[here]] = self.weights[here]
        found = self._against(scratch, others)
        scratch[self.columns[here]] = 0.0
        return found

    def _against(self, dense: Floats, others: Indices) -> Floats:
        lengths = self.starts[others + 1] - self.starts[others]
        owner = np.repeat(np.arange(len(others)), lengths)
        offsets = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        places = self.starts[others][owner] + offsets
        products = dense[self.columns[places]] * self.weights[places]
        return np.asarray(np.bincount(owner, weights=products, minlength=len(others)), np.float64)


def vectors(articles: Sequence[Article], language: Language, names: Names) -> Vectors:
    """Return one row per article, in the same order: its words, those of its opening, and its figures.

    A row's parts are scaled so that the dot product of two rows is the weighted mean of three cosines.
    """
    known = background(language.code)
    rows = [_row(article, language, known, names) for article in articles]
    columns: dict[str, int] = {term: n for n, term in enumerate(sorted({term for row in rows for term in row}))}
    return Vectors(
        starts=np.cumsum([0, *map(len, rows)]),
        columns=np.fromiter((columns[term] for row in rows for term in row), np.int64),
        weights=np.fromiter((weight for row in rows for weight in row.values()), np.float64),
        width=len(columns),
    )


def _row(article: Article, language: Language, known: Background, names: Names) -> dict[str, float]:
    title = _content(article.title, language, names)
    body = article.body.split()
    opening = title + _content(" ".join(body[:OPENING_WORDS]), language, names)
    lead = _content(" ".join(body[:LEAD_WORDS]), language, names)
    whole = title + _content(article.body, language, names) + title + lead
    figures = [word for word in opening if any(c.isdigit() for c in word)]
    rarity = _rarity(known, names)
    return {
        **_view("w ", whole, WHOLE, rarity),
        **_view("o ", opening, OPENING, rarity),
        **_view("f ", figures, FIGURES, rarity),
    }


def _content(text: str, language: Language, names: Names) -> list[str]:
    return [word for word in names.canonical(tokens(text)) if word not in language.stop_words]


def _rarity(known: Background, names: Names) -> Callable[[str], float]:
    def rarity(word: str) -> float:
        rare = known.rarity(word)
        return min(rare, ACTOR_RARITY) if word in names.actor_words else rare

    return rarity


def _view(mark: str, words: Iterable[str], share: float, rarity: Callable[[str], float]) -> dict[str, float]:
    weights = {word: (1 + math.log(n)) * rarity(word) for word, n in sorted(Counter(words).items())}
    length = math.sqrt(sum(w * w for w in weights.values()))
    return {mark + word: math.sqrt(share) * w / length for word, w in weights.items() if w}
