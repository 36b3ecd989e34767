"""Claims: figures and quotations found in sentences, accounts that differ, who said what, kinds of statement."""

from __future__ import annotations

from briefing.claims.accounts import find_accounts
from briefing.claims.choice import by_story, choose_statements
from briefing.claims.figures import Counted, count_figures
from briefing.claims.joining import under_one_name
from briefing.claims.kinds import kinds_of
from briefing.claims.statements import find_statements

__all__ = [
    "Counted",
    "by_story",
    "choose_statements",
    "count_figures",
    "find_accounts",
    "find_statements",
    "kinds_of",
    "under_one_name",
]
