"""Articles in, stories out: one story per event, its copies, its independent reports, its wider development."""

from __future__ import annotations

from briefing.stories.build import STRICTNESS, group_stories
from briefing.stories.facts import FactReader, Facts
from briefing.stories.following import follow_stories

__all__ = ["STRICTNESS", "FactReader", "Facts", "follow_stories", "group_stories"]
