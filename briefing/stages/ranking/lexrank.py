"""LexRank, vectorised: the ranking sumy's class gives, without its three nested loops.

Source: Erkan and Radev, LexRank: Graph-based Lexical Centrality as Salience in Text Summarization, JAIR 22 (2004).
Like sumy's it departs from the paper: no damping, and the iteration stops at a change of 0.1.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from briefing.stages.ranking.material import Material, Ranking

#: Cosine from which two sentences are neighbours; sumy's default and the paper's.
THRESHOLD = 0.1
#: Change of the score vector at which sumy stops iterating.
EPSILON = 0.1

Matrix = np.ndarray[Any, np.dtype[np.float64]]


def lexrank(material: Material) -> Ranking:
    """Return LexRank's score of every sentence."""
    return Ranking(tuple(lexrank_scores(material.content())))


def lexrank_scores(sentences: list[list[str]], threshold: float = THRESHOLD) -> list[float]:
    """Return LexRank's scores of sentences given as lists of content stems."""
    if not sentences:
        return []
    neighbours = cosines(sentences) > threshold
    degrees = np.maximum(neighbours.sum(axis=1), 1)
    return power_method((neighbours / degrees[:, None]).T)


def cosines(sentences: list[list[str]]) -> Matrix:
    """Return the idf-modified cosines of all pairs of sentences, shape (sentences, sentences).

    A term's frequency is divided by the largest in its sentence; idf is ln(N / (1 + sentences with it)), squared
    in the product, so that a term of every sentence counts as one of a single sentence nearly does: sumy's formula.
    """
    vectors = _vectors(sentences)
    norms = np.sqrt((vectors * vectors).sum(axis=1))
    shared = vectors[:, (vectors != 0).sum(axis=0) > 1]  # a word of one sentence adds to its length alone
    shared /= np.where(norms == 0, np.inf, norms)[:, None]
    alike: Matrix = shared @ shared.T
    np.fill_diagonal(alike, norms > 0)
    return alike


def _vectors(sentences: list[list[str]]) -> Matrix:
    index: dict[str, int] = {}
    rows, columns, values = [], [], []
    for row, words in enumerate(sentences):
        counts = Counter(words)
        top = max(counts.values(), default=1)
        for word, count in counts.items():
            rows.append(row)
            columns.append(index.setdefault(word, len(index)))
            values.append(count / top)
    holders = np.bincount(columns, minlength=len(index)) if columns else np.zeros(0)
    idf = np.log(len(sentences) / (1.0 + holders))
    vectors = np.zeros((len(sentences), len(index)))
    vectors[rows, columns] = values
    vectors *= idf
    return vectors


def power_method(matrix: Matrix, epsilon: float = EPSILON) -> list[float]:
    """Return the stationary vector of a column-stochastic matrix as sumy's iteration leaves it."""
    vector = np.full(len(matrix), 1.0 / len(matrix))
    change = 1.0
    while change > epsilon:
        following = matrix @ vector
        norm = np.linalg.norm(following)
        if norm == 0 or not np.isfinite(norm):
            return [0.0] * len(matrix)
        following /= norm
        change = float(np.linalg.norm(following - vector))
        vector = following
    return [float(x) for x in vector]
