"""Articles in, stories out: one story per event, its copies, its independent reports, its wider development."""

from __future__ import annotations

from briefing.stages.stories.build import STRICTNESS, OriginFinder, group_events, group_stories
from briefing.stages.stories.facts import FactReader, Facts
from briefing.stages.stories.following import follow_stories

__all__ = [
    "STRICTNESS",
    "FactReader",
    "Facts",
    "OriginFinder",
    "follow_stories",
    "group_events",
    "group_stories",
]
