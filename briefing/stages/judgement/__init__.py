"""Judges sentences: is it news prose, is it understood alone, whose words is it; and finds the frames of an article."""

from __future__ import annotations

from briefing.stages.judgement.frames import frames
from briefing.stages.judgement.judging import judge

__all__ = ["frames", "judge"]
