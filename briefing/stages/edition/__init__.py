"""Makes up the dated `Edition` from stories, their themes and summaries."""

from briefing.stages.edition.fitting import fit_pages, fit_words
from briefing.stages.edition.ledger import distinct_articles, reason_of
from briefing.stages.edition.lengths import fit_length, lead_words, quoted_words, tells_in_short
from briefing.stages.edition.makeup import make_up
from briefing.stages.edition.parts import Chosen, EditionParts, Layout

__all__ = [
    "Chosen",
    "EditionParts",
    "Layout",
    "distinct_articles",
    "fit_length",
    "fit_pages",
    "fit_words",
    "lead_words",
    "make_up",
    "quoted_words",
    "reason_of",
    "tells_in_short",
]
