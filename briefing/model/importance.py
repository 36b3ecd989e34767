"""What a desk holds important beyond the news itself, and how important a story is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ImportanceWeights:
    """What a desk adds to a story's importance, in points of a scale from 0 (no news) to 5 (the lead of the day)."""

    themes: Mapping[str, float] = field(default_factory=dict)  # slug → of stories mainly about it
    outlets: Mapping[str, float] = field(default_factory=dict)  # name → of stories it reports
    words: Mapping[str, float] = field(default_factory=dict)  # word or phrase → of stories whose opening has it
    countries: Mapping[str, float] = field(default_factory=dict)  # name → of stories whose opening names it


@dataclass(frozen=True, slots=True)
class Rating:
    """How important a story is for one day's page."""

    value: float  # points; comparable among the stories of one call
    why: tuple[tuple[str, float], ...]  # what added how much, the most first; they sum to the value
