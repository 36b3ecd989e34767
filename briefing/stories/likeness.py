"""How alike two articles are: sparse vectors of their words, compared without ever holding all pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from briefing.languages import Language
from briefing.names import Names
from briefing.stories.background import background
from briefing.stories.texts import Indices, Texts

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

LEAD_WORDS = 60  # counted twice, the title three times: newswire puts the event first
OPENING_WORDS = 200
#: Shares of the four views in one similarity: cosine of the whole, of title and opening, of the figures in them,
#: and how much of the shorter text the longer one has. docs/stories.md has each of them left out.
WHOLE, OPENING, FIGURES, CONTAINED = 0.3, 0.3, 0.1, 0.3
#: The most that the name, capital or leader of a state may weigh (a word of one article in twelve), and a company:
#: who acts is no news, and in a crisis every article names the same. Without this one crisis becomes one story.
ACTOR_RARITY = 2.5
#: Weight a text is thought to have beyond its words (some eight rare ones): five words shared by chance by a
#: text of ten prove nothing.
UNSEEN_MASS = 300.0


@dataclass(frozen=True, slots=True)
class Vectors:
    """Rows of a sparse matrix, one per article, with the weights of a word in each of the four views."""

    starts: Indices  # row i is starts[i]:starts[i + 1]; no row is empty
    columns: Indices
    weights: Singles  # of shape (entries, 4): whole, opening, figures, rarity
    masses: Floats  # per row, the sum of its squared rarities
    width: int  # number of columns

    def __len__(self) -> int:
        return len(self.masses)

    def row(self, i: int) -> slice:
        """Return the place of a row in `columns` and `weights`."""
        return slice(int(self.starts[i]), int(self.starts[i + 1]))

    def similarities(self, i: int, others: Indices, scratch: Singles) -> Floats:
        """Return the similarity of row ``i`` to each of ``others``, 0.0 to 1.0.

        ``scratch`` is zeroed, of shape (width, 4), and given back zeroed.
        """
        here = self.row(i)
        scratch[self.columns[here]] = self.weights[here]
        places, begins = spread(self.starts[others], self.starts[others + 1])
        products = scratch[self.columns[places]] * self.weights[places]
        sums = np.add.reduceat(products, begins, axis=0)
        scratch[self.columns[here]] = 0.0
        return self.combined(i, others, sums[:, :3].sum(axis=1), sums[:, 3])

    def combined(self, i: int, others: Indices, cosines: Singles | Floats, shared: Singles | Floats) -> Floats:
        """Return similarities from the sum of the three scaled cosines and the shared squared rarities."""
        shorter = np.minimum(self.masses[i], self.masses[others])
        contained = shared / (shorter + UNSEEN_MASS)
        return np.asarray(cosines + CONTAINED * contained, np.float64)


def spread(starts: Indices, ends: Indices) -> tuple[Indices, Indices]:
    """Return the places of several runs, one after the other, and where each run begins in them."""
    lengths = ends - starts
    begins = np.cumsum(lengths) - lengths
    return np.arange(lengths.sum()) + np.repeat(starts - begins, lengths), begins


def vectors(texts: Texts, language: Language, names: Names) -> Vectors:
    """Return one row per text, in the same order."""
    rarities = _rarities(texts.words, language, names)
    figures = np.array([any(c.isdigit() for c in word) for word in texts.words])
    rows = [_row(title, body, rarities, figures) for title, body in zip(texts.titles, texts.bodies, strict=True)]
    lengths = [len(columns) for columns, _ in rows]
    return Vectors(
        starts=np.cumsum([0, *lengths]),
        columns=np.concatenate([columns for columns, _ in rows]) if rows else np.zeros(0, np.int64),
        weights=np.concatenate([weights for _, weights in rows]) if rows else np.zeros((0, 4), np.float32),
        masses=np.array([float((weights[:, 3].astype(np.float64) ** 2).sum()) for _, weights in rows]),
        width=len(texts.words),
    )


def _rarities(words: Sequence[str], language: Language, names: Names) -> Floats:
    known = background(language.code)
    found = []
    for word in words:
        rare = 0.0 if not word or word in language.stop_words else known.rarity(word)
        found.append(min(rare, ACTOR_RARITY) if word in names.actor_words else rare)
    return np.array(found)


def _row(title: Indices, body: Indices, rarities: Floats, figures: npt.NDArray[np.bool_]) -> tuple[Indices, Singles]:
    """Return the columns of a text's words and their weights in the four views; column 0 for a text without any."""
    columns, whole = _counted(np.concatenate((title, title, title, body, body[:LEAD_WORDS])), rarities)
    if not len(columns):
        return np.zeros(1, np.int64), np.zeros((1, 4), np.float32)
    weights = np.zeros((len(columns), 4), np.float32)
    rare = rarities[columns]
    weights[:, 0] = _scaled((1 + np.log(whole)) * rare, WHOLE)
    opened, counts = _counted(np.concatenate((title, body[:OPENING_WORDS])), rarities)
    places = np.searchsorted(columns, opened)
    opening = (1 + np.log(counts)) * rarities[opened]
    weights[places, 1] = _scaled(opening, OPENING)
    weights[places, 2] = _scaled(np.where(figures[opened], opening, 0.0), FIGURES)
    weights[:, 3] = rare
    return columns, weights


def _counted(words: Indices, rarities: Floats) -> tuple[Indices, Indices]:
    """Return the different words that weigh anything, in order of their columns, and how often each occurs."""
    found, counts = np.unique(words, return_counts=True)
    weighty = rarities[found] > 0
    return found[weighty], counts[weighty]


def _scaled(weights: Floats, share: float) -> Floats:
    """Return weights whose dot product with another text's is its cosine times ``share``."""
    length = float(np.sqrt((weights**2).sum()))
    return weights * (share**0.5 / length) if length else weights
