"""Feature columns by name: a row for each sentence of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from briefing.stages.judgement.lexicon import Lexicon
from briefing.stages.judgement.reading import Read

Bools = np.ndarray[Any, np.dtype[np.bool_]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
#: Columns by name; a name says in words what its number is.
Named = dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Classes:
    """Which classes of words each sentence holds, 0.0 or 1.0, shape (sentences, classes)."""

    bit: dict[str, int]
    held: Floats

    def __getitem__(self, name: str) -> Floats:
        column: Floats = self.held[:, self.bit[name].bit_length() - 1]
        return column

    @classmethod
    def of(cls, masks: Sequence[int], lexicon: Lexicon) -> Classes:
        """Return the classes that masks of bits stand for."""
        width = (len(lexicon.bit) + 7) // 8
        packed = np.frombuffer(b"".join(mask.to_bytes(width, "little") for mask in masks), dtype=np.uint8)
        held = np.unpackbits(packed.reshape(len(masks), width), axis=1, bitorder="little")
        return cls(lexicon.bit, held.astype(float))


def quoted(reads: Sequence[Read]) -> Floats:
    """Return the share of each sentence that is quotation."""
    return np.array([r.quoted for r in reads])


def before(values: Floats, first: float = 0.0) -> Floats:
    """Return each sentence's value of the sentence before it."""
    shifted = np.empty(len(values))
    shifted[:1], shifted[1:] = first, values[:-1]
    return shifted


def behind(values: Floats, last: float = 0.0) -> Floats:
    """Return each sentence's value of the sentence behind it."""
    shifted = np.empty(len(values))
    shifted[-1:], shifted[:-1] = last, values[1:]
    return shifted
