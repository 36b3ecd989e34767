"""Articles in, stories out: one story per event, its copies, its independent reports, its wider development."""

from __future__ import annotations

from briefing.stories.build import STRICTNESS, group_stories

__all__ = ["STRICTNESS", "group_stories"]
