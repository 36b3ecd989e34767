"""Compares today's stories with earlier editions: new, developing, unchanged, gone quiet, corrected."""

from briefing.stages.novelty.corrections import find_withdrawals
from briefing.stages.novelty.quiet import gone_quiet, usual_counts
from briefing.stages.novelty.recall import LATELY, Recollection
from briefing.stages.novelty.states import Standpoint, compare_story, settled

__all__ = [
    "LATELY",
    "Recollection",
    "Standpoint",
    "compare_story",
    "find_withdrawals",
    "gone_quiet",
    "settled",
    "usual_counts",
]
