"""Stories, their themes and summaries → one dated `Edition`."""

from briefing.edition.fitting import fit_pages, fit_words
from briefing.edition.ledger import distinct_articles, reason_of
from briefing.edition.makeup import make_up
from briefing.edition.material import Imprint, Material

__all__ = ["Imprint", "Material", "distinct_articles", "fit_pages", "fit_words", "make_up", "reason_of"]
