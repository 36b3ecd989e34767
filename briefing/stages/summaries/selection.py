"""Greedy selection of sentences within a budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.model import ScorePart
from briefing.stages.ranking import Material


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a summary may hold: so many sentences, or so many words."""

    count: int | None = None
    words: int | None = None

    def leaves_room(self, lengths: Sequence[int], chosen: Sequence[int], place: int) -> bool:
        """Return whether one more sentence fits; the first one always does, however long."""
        if self.count is not None and len(chosen) >= self.count:
            return False
        return self.words is None or not chosen or sum(lengths[i] for i in (*chosen, place)) <= self.words


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen places of a material, with the score of each."""

    places: tuple[int, ...]
    parts: tuple[tuple[ScorePart, ...], ...]


def lengths(material: Material) -> tuple[int, ...]:
    """Return the words of every sentence, as a word count on a page has them."""
    return tuple(len(s.text.split()) for s in material.sentences)


def take(order: Sequence[int], budget: Budget, sizes: Sequence[int]) -> list[int]:
    """Return the places in order while they fit the budget."""
    chosen: list[int] = []
    for place in order:
        if budget.leaves_room(sizes, chosen, place):
            chosen.append(place)
    return chosen
