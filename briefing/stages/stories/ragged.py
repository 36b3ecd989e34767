"""Ragged arrays: rows of different lengths in one array, for vectorised work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]  # of words: half the memory of indices, and as many as any run has
Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ragged:
    """A ragged array: rows of numbers, one after the other."""

    values: Numbers
    starts: Indices  # row i is values[starts[i]:starts[i + 1]]; one more than there are rows

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Numbers:
        return self.values[self.starts[row] : self.starts[row + 1]]

    @property
    def lengths(self) -> Indices:
        """Return how many numbers each row has."""
        return np.diff(self.starts)

    @property
    def owners(self) -> Indices:
        """Return for each number its row."""
        return np.repeat(np.arange(len(self)), self.lengths)

    @property
    def places(self) -> Indices:
        """Return for each number its place in its row, from 0."""
        return np.arange(len(self.values)) - np.repeat(self.starts[:-1], self.lengths)

    def only(self, rows: Sequence[int] | Indices) -> Ragged:
        """Return some of the rows."""
        chosen = np.asarray(rows, np.int64)
        if len(chosen) == len(self) and np.array_equal(chosen, np.arange(len(self))):
            return self
        places, begins = spread(self.starts[chosen], self.starts[chosen + 1])
        return Ragged(self.values[places], np.append(begins, len(places)))

    def replaced(self, rows: Sequence[int], others: Ragged) -> Ragged:
        """Return the rows with some replaced by others, in the same order."""
        new = dict(zip(rows, range(len(others)), strict=True))
        parts = [others[new[n]] if n in new else self[n] for n in range(len(self))]
        return Ragged(np.concatenate(parts), np.cumsum([0, *map(len, parts)]))


def spread(starts: Indices, ends: Indices) -> tuple[Indices, Indices]:
    """Return the places of several runs, one after the other, and where each run begins in them."""
    lengths = ends - starts
    begins = np.cumsum(lengths) - lengths
    return np.arange(lengths.sum()) + np.repeat(starts - begins, lengths), begins
