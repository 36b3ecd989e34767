"""Features of a whole article: is it news or opinion.

Opinion is a property of the article: columns, editorials and letters argue, speak in the first person and quote few.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from briefing.stages.judgement.columns import Classes, Named
from briefing.stages.judgement.reading import Read

_QUOTED = 0.8  # share of a sentence from which it says nothing of its article's author
_WORDS = 4  # sentences of fewer say nothing either
_LONG = 40  # sentences from which an article's length matters no more
_SHARES = (
    "first person", "second person", "argues", "thinks or hears", "may or will", "present", "past", "day", "digit",
    "plain speech", "according", "joins", "this or that", "deed", "looks back", "possessive", "he or she", "document",
)  # fmt: skip
_MEANS = (
    "speaks", "question", "exclamation", "capitals", "length outside quotations", "opens a paragraph", "part quotation",
    "quoted", "plain",
)  # fmt: skip


def whole(reads: Sequence[Read], own: Classes, mine: Named) -> Named:
    """Return the columns on a whole article, in one row: what share of its author's sentences is how."""
    telling = np.array([r.quoted < _QUOTED and len(r.words) >= _WORDS for r in reads])
    if not telling.any():
        telling[:] = True
    shares = {f"share: {name}": own[name][telling].mean() for name in _SHARES}
    means = {f"mean: {name}": mine[name][telling].mean() for name in _MEANS}
    size = {"sentences": min(len(reads), _LONG) / _LONG}
    return {name: np.array([float(value)]) for name, value in (shares | means | size).items()}
