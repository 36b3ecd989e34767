"""Groups articles into stories: one per event, with copies, independent reports and wider development."""

from __future__ import annotations

from briefing.stages.stories.build import STRICTNESS, OriginFinder, group_events, group_stories
from briefing.stages.stories.facts import FactReader, Facts
from briefing.stages.stories.following import Step, follow_stories, followed
from briefing.stages.stories.regrouping import Regrouped, regroup, without_themes

__all__ = [
    "STRICTNESS",
    "FactReader",
    "Facts",
    "OriginFinder",
    "Regrouped",
    "Step",
    "follow_stories",
    "followed",
    "group_events",
    "group_stories",
    "regroup",
    "without_themes",
]
