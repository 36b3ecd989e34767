"""The objective for short stories: ledes and facts that several articles share before quotations."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import numpy as np

from briefing.stages.ranking import Material
from briefing.stages.ranking.newswire import MaterialCounts, Worth
from briefing.stages.ranking.newswire.counts import Bools, Ints
from briefing.stages.summaries.support import supports
from briefing.text.terms import content_set

#: Most articles of such a story; more of them say by their number what matters.
FEW = 4
#: Points of a lede; a chosen sentence is worth about 8. Judged by eye on agency copies: the data has no such stories.
LEDE = 6.0
#: Points of a sentence that another article says too.
SHARED = 3.0
#: Points taken from a sentence that is all quotation.
QUOTED = 8.0

#: Jaccard of content stems from which two sentences of a brief say the same.
SAME = 0.4


def same_facts(material: Material, places: Ints) -> Bools:
    """Return which pairs of places say the same, (places × places): a brief never holds both of a pair."""
    stems = [content_set(material.sentences[i].text, material.language) for i in places.tolist()]
    numbers = {stem: n for n, stem in enumerate(dict.fromkeys(chain.from_iterable(stems)))}
    held = np.zeros((len(stems), len(numbers)))
    for row, words in enumerate(stems):
        held[row, [numbers[word] for word in words]] = 1.0
    shared, sizes = held @ held.T, held.sum(axis=1)
    either = np.maximum(sizes[:, None] + sizes[None, :] - shared, 1.0)
    same: Bools = shared / either >= SAME
    same[np.diag_indices(len(stems))] = False
    return same


def as_brief(measure: Worth, material: Material, counts: MaterialCounts) -> Worth:
    """Return the worth of sets in which ledes and shared facts count more and quotations less."""
    sentences = tuple(material.sentences[i] for i in measure.places.tolist())
    shared = np.array([bool(s) for s in supports(sentences, material.sentences, material.language)])
    lede = 1.0 / (1.0 + counts.position[measure.places])
    quoted = counts.quoted_share[measure.places]
    return replace(measure, bonus=measure.bonus + LEDE * lede + SHARED * shared - QUOTED * quoted)
