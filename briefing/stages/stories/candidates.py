"""Candidate pairs of similar articles, from an inverted index of rare words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from briefing.stages.stories.likeness import Vectors
from briefing.stages.stories.ragged import Floats, Indices, spread

#: A word that more articles of the run have than this brings no pair together by itself: it bounds the work of
#: one article, and so makes that of the run grow with the articles and not with their square.
LONGEST_LIST = 400
#: What the rarer words alone must add to the similarity by the whole texts' cosine for a full comparison. On the
#: public clusters this spares 72 % of the comparisons that half as much asks for, and misses 1.4 % of the pairs over
#: the cut; those are still judged where their groups meet.
LEAST_PART = 0.02
#: Every article is held against this many of the run, the same for all: enough to tell how alike it is to any.
CROWD = 100
CROWD_SHARE = 0.1  # the quantile that tells
ORDINARY = 0.01  # articles on different subjects are so alike: no crowd


class Postings:
    """An inverted index: for each word the articles that have it, in order."""

    def __init__(self, vectors: Vectors) -> None:
        self.vectors = vectors
        owner = np.repeat(np.arange(len(vectors)), np.diff(vectors.starts))
        order = np.argsort(vectors.columns, kind="stable")
        self._rows = owner[order]
        self._weights = vectors.weights[order]
        self._whole = np.ascontiguousarray(self._weights[:, 0])
        self._starts = np.searchsorted(vectors.columns[order], np.arange(vectors.width + 1))
        self._short = np.diff(self._starts) <= LONGEST_LIST
        # Where each entry of the matrix stands in its word's list: what follows it there are the later articles.
        self._place = np.empty(len(order), np.int64)
        self._place[order] = np.arange(len(order))

    def similar_pairs(self, least: float, published: Floats, reach: float) -> Iterator[tuple[int, Indices, Floats]]:
        """Yield for each article, in order, the later ones at least ``least`` like it, and their similarities.

        Args:
            least: Similarity from which a pair is worth keeping.
            published: Days of publication, NaN where not known.
            reach: Pairs published more days apart are left out.
        """
        scratch = np.zeros((self.vectors.width, 4), np.float32)
        for i in range(len(self.vectors)):
            near = self._later(i)
            near = near[~(np.abs(published[near] - published[i]) > reach)]
            if len(near):
                alike = self.vectors.similarities(i, near, scratch)
                keep = alike >= least
                yield i, near[keep], alike[keep]

    def _later(self, i: int) -> Indices:
        here = self.vectors.row(i)
        columns = self.vectors.columns[here]
        useful = self._short[columns]
        ends = self._starts[columns[useful] + 1]
        firsts = self._place[here][useful] + 1
        places, _ = spread(firsts, ends)
        part = self._whole.take(places)
        part *= np.repeat(self.vectors.weights[here, 0][useful], ends - firsts)
        return np.flatnonzero(np.bincount(self._rows.take(places), weights=part) >= LEAST_PART)

    def crowdedness(self) -> Floats:
        """Return for each article how much more than ordinarily it is like any article of the run, 0.0 to 1.0.

        Nine tenths of its similarities to `CROWD` articles are higher: 0 among many subjects, .1 when all speak of
        one crisis.
        """
        size = len(self.vectors)
        if size < 3:
            return np.zeros(size)
        alike = np.stack([self._all(i) for i in range(min(size, CROWD))])
        held = len(alike)  # these are not held against themselves
        alike[np.arange(held), np.arange(held)] = np.nan
        among, others = np.nanquantile(alike[:, :held], CROWD_SHARE, axis=0), np.zeros(0)
        if held < size:
            others = np.quantile(alike[:, held:], CROWD_SHARE, axis=0)  # the one that skips gaps is slow
        return np.maximum(0.0, np.concatenate((among, others)) - ORDINARY)

    def _all(self, i: int) -> Floats:
        here = self.vectors.row(i)
        columns = self.vectors.columns[here]
        starts, ends = self._starts[columns], self._starts[columns + 1]
        places, _ = spread(starts, ends)
        products = self._weights.take(places, axis=0)
        products *= np.repeat(self.vectors.weights[here], ends - starts, axis=0)
        rows, size = self._rows.take(places), len(self.vectors)
        together = products[:, 0] + products[:, 1] + products[:, 2]
        cosines = np.bincount(rows, weights=together, minlength=size).astype(np.float64)
        shared = np.bincount(rows, weights=products[:, 3], minlength=size).astype(np.float64)
        return self.vectors.combined(i, np.arange(size), cosines, shared)
