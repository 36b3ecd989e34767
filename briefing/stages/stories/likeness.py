"""Similarity of articles as sparse vectors of their words, without a matrix of all pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from briefing.stages.stories.ragged import Floats, Indices, Ragged, Singles, spread
from briefing.stages.stories.texts import Texts
from briefing.text.aliases import Names
from briefing.text.languages import Language
from briefing.text.word_counts import background

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
        # `take` on an array it need not bound-check copies rows three times as fast as an index does.
        products = scratch.take(self.columns.take(places), axis=0)
        products *= self.weights.take(places, axis=0)
        scratch[self.columns[here]] = 0.0
        cosines = np.add.reduceat(products[:, 0] + products[:, 1] + products[:, 2], begins)
        return self.combined(i, others, cosines, np.add.reduceat(products[:, 3], begins))

    def openings(self, i: int, others: Indices, scratch: Singles) -> Floats:
        """Return the cosine of row ``i`` with each of ``others`` by title and opening alone; ``scratch`` as above."""
        here = self.row(i)
        scratch[self.columns[here]] = self.weights[here]
        places, begins = spread(self.starts[others], self.starts[others + 1])
        products = scratch[self.columns[places], 1] * self.weights[places, 1]
        scratch[self.columns[here]] = 0.0
        return np.asarray(np.add.reduceat(products, begins) / OPENING, np.float64)

    def centralities(self, rows: Sequence[int]) -> Floats:
        """Return for each of some rows how alike it is to all of them, itself too, together.

        The sum is worked out word by word, so no pair is compared.
        """
        chosen = np.asarray(rows)
        places, begins = spread(self.starts[chosen], self.starts[chosen + 1])
        columns, weights = np.unique(self.columns[places], return_inverse=True)[1], self.weights[places]
        sums = np.stack([np.bincount(columns, weights=weights[:, view]) for view in range(3)], axis=1)
        cosines = np.add.reduceat((weights[:, :3] * sums[columns]).sum(axis=1), begins)
        masses = np.repeat(self.masses[chosen] + UNSEEN_MASS, self.starts[chosen + 1] - self.starts[chosen])
        contained = weights[:, 3].astype(np.float64) ** 2 * _shared_by(columns, masses)
        return np.asarray(cosines + CONTAINED * np.add.reduceat(contained, begins), np.float64)

    def combined(self, i: int, others: Indices, cosines: Singles | Floats, shared: Singles | Floats) -> Floats:
        """Return similarities from the sum of the three scaled cosines and the shared squared rarities."""
        shorter = np.minimum(self.masses[i], self.masses[others])
        contained = shared / (shorter + UNSEEN_MASS)
        return np.asarray(cosines + CONTAINED * contained, np.float64)


def _shared_by(columns: Indices, masses: Floats) -> Floats:
    """Return for each entry the sum over the entries of its column of 1 / the lighter mass of the two."""
    order = np.lexsort((masses, columns))
    ordered = columns[order]
    firsts, ends = (np.searchsorted(ordered, ordered, side=side) for side in ("left", "right"))
    shares = 1 / masses[order]
    running = np.cumsum(shares)
    lighter = running - np.append(0.0, running)[firsts]
    heavier = (ends - np.arange(1, len(order) + 1)) * shares
    found = np.empty(len(order))
    found[order] = lighter + heavier
    return found


def vectors(texts: Texts, language: Language, names: Names) -> Vectors:
    """Return one row per text, in the same order."""
    width, size = len(texts.words), len(texts.bodies)
    rarities = _rarities(texts.words, language, names)
    title, body = _cells(texts.titles, width, rarities), _cells(texts.bodies, width, rarities)
    lead, start = (_cells(texts.bodies, width, rarities, first=most) for most in (LEAD_WORDS, OPENING_WORDS))
    empty = np.setdiff1d(np.arange(size), np.concatenate((title, body)) // width) * width  # no row without an entry
    cells, counts = np.unique(np.concatenate((title, title, title, body, lead, empty)), return_counts=True)
    rows, columns = np.divmod(cells, width)
    rare = rarities[columns]
    weights = np.zeros((len(cells), 4), np.float32)
    weights[:, 0] = _scaled((1 + np.log(counts)) * rare, rows, size, WHOLE)
    weights[:, 3] = rare
    opened, counts = np.unique(np.concatenate((title, start)), return_counts=True)
    places = np.searchsorted(cells, opened)
    opening = (1 + np.log(counts)) * rare[places]
    figures = np.array([any(c.isdigit() for c in word) for word in texts.words])[columns[places]]
    weights[places, 1] = _scaled(opening, rows[places], size, OPENING)
    weights[places, 2] = _scaled(np.where(figures, opening, 0.0), rows[places], size, FIGURES)
    return Vectors(
        starts=np.searchsorted(rows, np.arange(size + 1)),
        columns=columns,
        weights=weights,
        masses=np.bincount(rows, weights=rare**2, minlength=size).astype(np.float64),
        width=width,
    )


def _rarities(words: Sequence[str], language: Language, names: Names) -> Floats:
    known = background(language.code)
    found = []
    for word in words:
        rare = 0.0 if not word or word in language.stop_words else known.rarity(word)
        found.append(min(rare, ACTOR_RARITY) if word in names.actor_words else rare)
    return np.array(found)


def _cells(texts: Ragged, width: int, rarities: Floats, *, first: int = 0) -> Indices:
    """Return the places in a matrix of ``width`` columns of the words that weigh anything, of the ``first`` or all."""
    counted = rarities[texts.values] > 0
    if first:
        counted &= texts.places < first
    return texts.owners[counted] * width + texts.values[counted]


def _scaled(weights: Floats, rows: Indices, size: int, share: float) -> Floats:
    """Return weights with which the dot product of two rows is their cosine times ``share``."""
    lengths = np.sqrt(np.bincount(rows, weights=weights**2, minlength=size))
    lengths[lengths == 0] = 1.0
    return np.asarray(weights * (share**0.5 / lengths)[rows])
