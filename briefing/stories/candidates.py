"""Which pairs of articles are worth comparing: those that share words few others have."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from briefing.stories.likeness import Floats, Indices, Vectors

#: A word that more articles of the run have than this brings no pair together by itself: it bounds the work of
#: one article, and so makes that of the run grow with the articles and not with their square.
LONGEST_LIST = 400
#: Part of the similarity the rarer words alone must carry before a pair is compared in full.
LEAST_PART = 0.02


def similar_pairs(vectors: Vectors, least: float) -> Iterator[tuple[int, Indices, Floats]]:
    """Yield for each row, in order, the later rows at least ``least`` similar to it and their similarities.

    Complete for up to `LONGEST_LIST` rows. Beyond that a pair is missed when all it shares are words of more
    articles than that, which no two reports of one event do.
    """
    lists = _Lists(vectors)
    scratch = np.zeros(vectors.width)
    for i in range(len(vectors)):
        near = lists.later(i)
        if len(near):
            alike = vectors.similarities(i, near, scratch)
            keep = alike >= least
            yield i, near[keep], alike[keep]


class _Lists:
    """For each column, the rows that have it, in order; the columns of too many rows are left empty."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        owner = np.repeat(np.arange(len(vectors)), np.diff(vectors.starts))
        order = np.argsort(vectors.columns, kind="stable")
        self._rows = owner[order]
        self._weights = vectors.weights[order]
        self._starts = np.searchsorted(vectors.columns[order], np.arange(vectors.width + 1))
        self._short = np.diff(self._starts) <= LONGEST_LIST
        # Where each entry of the matrix stands in its column's list: what follows it are the later rows.
        self._place = np.empty(len(order), np.int64)
        self._place[order] = np.arange(len(order))

    def later(self, i: int) -> Indices:
        """Return the rows after ``i`` that share enough of its rarer columns."""
        here = self._vectors.row(i)
        columns = self._vectors.columns[here]
        useful = self._short[columns]
        firsts = self._place[here][useful] + 1
        lengths = self._starts[columns[useful] + 1] - firsts
        offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        places = np.repeat(firsts, lengths) + offsets
        part = self._weights[places] * np.repeat(self._vectors.weights[here][useful], lengths)
        sums = np.bincount(self._rows[places], weights=part, minlength=0)
        return np.flatnonzero(sums >= LEAST_PART)
