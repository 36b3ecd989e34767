"""Judgement: of each sentence, is it news prose, is it understood alone, whose words are they; and the frames of an article."""

from __future__ import annotations

from briefing.stages.judgement.frames import frames
from briefing.stages.judgement.judging import judge

__all__ = ["frames", "judge"]
