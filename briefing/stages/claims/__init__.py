"""Extracts claims: figures, quotations with their speakers, accounts that differ, kinds of statement."""

from __future__ import annotations

from briefing.stages.claims.accounts import find_accounts
from briefing.stages.claims.choice import by_story, choose_statements
from briefing.stages.claims.figures import Counted, count_figures
from briefing.stages.claims.joining import under_one_name
from briefing.stages.claims.kinds import kinds_of
from briefing.stages.claims.speaking import speakers_of, voices_of
from briefing.stages.claims.statements import find_statements

__all__ = [
    "Counted",
    "by_story",
    "choose_statements",
    "count_figures",
    "find_accounts",
    "find_statements",
    "kinds_of",
    "speakers_of",
    "under_one_name",
    "voices_of",
]
