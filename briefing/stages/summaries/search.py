"""Beam search for the set of sentences worth most within a budget, coherent at every step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from briefing.model import ScorePart
from briefing.stages.ranking import Material
from briefing.stages.ranking.newswire import MaterialCounts, Worth, candidates, worth
from briefing.stages.ranking.newswire.counts import Bools, Floats, Ints
from briefing.stages.summaries.asking import as_judged
from briefing.stages.summaries.brief import FEW, as_brief, same_facts
from briefing.stages.summaries.fitness import NONE, Fitness, SentenceKey
from briefing.stages.summaries.prepared import Prepared
from briefing.stages.summaries.selection import Budget, Choice

#: Sets evaluated at a step, about: the beam is as wide as that allows.
EVALUATED = 420
#: Under a budget of words, a summary fills at least this share of it where sentences allow.
FILLS = 0.75
#: Exponent of length that a step's gain is divided by, several articles: more short ledes instead of a few long ones.
SEVERAL_BY_LENGTH = 0.5
#: Points a sentence wholly about the theme is worth beyond what it says; a chosen sentence is worth about 12.
THEME_POINTS = 10.0
#: The same for the story's own lede in a theme's view, if it says anything on the theme.
LEDE_IN_VIEW = 10.0
#: Places in an article after which a sentence on the theme counts half: what stands late is more often background.
EARLY = 4.0
#: Sentences on the theme that are candidates wherever they stand.
ON_THEME = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """The worth of sets of some places, before any theme is considered."""

    worth: Worth
    bundles: Bools  # (bundles × places)
    same: Bools  # (places × places): pairs a brief never holds both of


def best_set(
    prepared: Prepared, fit: Fitness, budget: Budget, relevance: Mapping[SentenceKey, float] | None, pull: float
) -> Choice:
    """Return the coherent set worth most within the budget; empty when nothing is fit.

    With a whole pull the set is a theme's view: it holds a sentence on the theme, or is empty.
    """
    allowed = np.flatnonzero(np.array(fit.fit, dtype=bool))
    about = _relevance(prepared.material, relevance)
    is_view = relevance is not None and pull >= 1.0
    if not len(allowed) or (is_view and not about[allowed].any()):
        return Choice((), ())
    counts = prepared.counts
    if not counts.size[allowed].any():
        return Choice((), ())
    found = candidates(counts, allowed)
    if relevance is not None:
        on_theme = allowed[np.lexsort((allowed, -about[allowed]))][:ON_THEME]
        found = np.union1d(found, on_theme[about[on_theme] > 0])
    measured = _measured(prepared, fit, found, brief=budget.count is not None and 1 < counts.articles <= FEW)
    places = measured.worth.places
    bonus = measured.worth.bonus + pull * _on_theme(about, counts, allowed)[places]
    measure = replace(measured.worth, bonus=bonus)
    sizes = np.array(prepared.sizes)[places]
    search = _Search(measure, measured.bundles, sizes, budget, counts.articles > 1, measured.same)
    chosen = search.run(about[places] > 0 if is_view else None)
    return Choice(tuple(int(i) for i in places[chosen]), _parts(measure, chosen, counts))


def _measured(prepared: Prepared, fit: Fitness, found: Ints, *, brief: bool) -> Measured:
    """Return what sets of some candidates, and of what must stand beside them, are worth; worked out once."""
    key = found.tobytes() + bytes([brief])
    if key not in prepared.measured:
        bundles = _bundles(found, fit)
        places = np.array(sorted({place for bundle in bundles for place in bundle}), dtype=np.int64)
        measure = worth(prepared.material, places, prepared.counts)
        if prepared.judged:
            measure = as_judged(measure, prepared)
        same = np.zeros((len(places), len(places)), dtype=bool)
        if brief:
            measure = as_brief(measure, prepared.material, prepared.counts)
            same = same_facts(prepared.material, places)
        prepared.measured[key] = Measured(measure, _flags(bundles, places), same)
    return prepared.measured[key]


def _on_theme(about: Floats, counts: MaterialCounts, allowed: Ints) -> Floats:
    """Return each sentence's points for its relevance to the theme: early ones more, the story's lede most."""
    points = THEME_POINTS * about / (1.0 + counts.position / EARLY)
    lede = allowed[np.lexsort((allowed, counts.position[allowed]))[0]]
    if about[lede] > 0:
        points[lede] += LEDE_IN_VIEW
    return points


def _relevance(material: Material, relevance: Mapping[SentenceKey, float] | None) -> Floats:
    known = relevance or {}
    return np.array([known.get((s.article_id, s.position), 0.0) for s in material.sentences])


def _bundles(places: Ints, fit: Fitness) -> list[tuple[int, ...]]:
    """Return each place with all places it depends on."""
    found: dict[tuple[int, ...], None] = {}
    for place in places.tolist():
        bundle, wanted = set(), [place]
        while wanted:
            i = wanted.pop()
            if i != NONE and i not in bundle:
                bundle.add(i)
                wanted += [fit.before[i], fit.after[i]]
        found[tuple(sorted(bundle))] = None
    return list(found)


def _flags(bundles: Sequence[tuple[int, ...]], places: Ints) -> Bools:
    flags = np.zeros((len(bundles), len(places)), dtype=bool)
    for row, bundle in enumerate(bundles):
        flags[row, np.searchsorted(places, bundle)] = True
    return flags


class _Search:
    """A beam over sets; a step adds one bundle."""

    def __init__(self, measure: Worth, bundles: Bools, sizes: Ints, budget: Budget, several: bool, same: Bools) -> None:
        self.measure, self.sizes, self.budget = measure, sizes, budget
        self.same = same.astype(np.float32)  # quicker to multiply than flags
        self.bundles = self._affordable(bundles)
        self.width = max(4, EVALUATED // len(self.bundles))
        self.by_length = SEVERAL_BY_LENGTH if several and budget.words is not None else 0.0

    def _affordable(self, bundles: Bools) -> Bools:
        """Return the bundles that keep the budget, else the one sentence that exceeds it least."""
        inside = bundles[self._keeps(bundles)]
        if len(inside):
            return inside
        alone = bundles[bundles.sum(axis=1) == 1]
        rest = alone if len(alone) else bundles
        return rest[[int((rest @ self.sizes).argmin())]]

    def _keeps(self, sets: Bools) -> Bools:
        kept = np.ones(len(sets), dtype=bool)
        if self.budget.count is not None:
            kept &= sets.sum(axis=1) <= self.budget.count
        if self.budget.words is not None:
            kept &= sets @ self.sizes <= self.budget.words
        return kept & ~((sets.astype(np.float32) @ self.same > 0) & sets).any(axis=1) if self.same.any() else kept

    def run(self, wanted: Bools | None) -> Ints:
        """Return the columns of the best set seen, of those that hold a wanted one when any are."""
        beam, seen, values = self.bundles, [], []
        while len(beam):
            worths = self.measure.of(beam)
            seen.append(beam)
            values.append(worths)
            merit = worths / np.maximum(beam @ self.sizes, 1) ** self.by_length
            best = np.argsort(-merit, kind="stable")[: self.width]
            beam = self._grown(beam[best])
        return np.flatnonzero(self._best(np.concatenate(seen), np.concatenate(values), wanted))

    def _grown(self, sets: Bools) -> Bools:
        if self.budget.count is not None:
            sets = sets[sets.sum(axis=1) < self.budget.count]
        joined: Bools = (sets[:, None, :] | self.bundles[None, :, :]).reshape(-1, sets.shape[1])
        larger = joined.sum(axis=1) > np.repeat(sets.sum(axis=1), len(self.bundles))
        kept = joined[np.flatnonzero(larger)]
        kept = kept[self._keeps(kept)]
        if not len(kept):
            return joined[:0]
        rows = np.packbits(kept, axis=1)
        first: dict[bytes, int] = {}  # quicker than sorting rows
        for i, row in enumerate(rows.view(f"V{rows.shape[1]}").ravel().tolist()):
            first.setdefault(row, i)
        grown: Bools = kept[list(first.values())]
        return grown

    def _best(self, sets: Bools, values: Floats, wanted: Bools | None) -> Bools:
        ranked = np.zeros(len(sets))
        if self.budget.words is not None:
            ranked = np.minimum(sets @ self.sizes, FILLS * self.budget.words)
        elif self.budget.count is not None:
            ranked = sets.sum(axis=1).astype(float)
        holds = (sets & wanted).any(axis=1) if wanted is not None else np.ones(len(sets), dtype=bool)
        best: Bools = sets[np.lexsort((-values, -ranked, ~holds))[0]]
        return best


def _parts(measure: Worth, chosen: Ints, counts: MaterialCounts) -> tuple[tuple[ScorePart, ...], ...]:
    """Return what each chosen sentence adds to the set's worth, and its expected worth alone."""
    whole = np.zeros((1, len(measure.places)), dtype=bool)
    whole[0, chosen] = True
    without = np.repeat(whole, len(chosen), axis=0)
    without[np.arange(len(chosen)), chosen] = False
    alone = np.zeros_like(without)
    alone[np.arange(len(chosen)), chosen] = True
    added = measure.of(whole)[0] - measure.of(without)
    words, pairs = measure.parts(alone)
    return tuple(
        (
            ScorePart("newswire", float(added[i])),
            ScorePart("words a summary would share", float(words[i])),
            ScorePart("word pairs a summary would share", float(pairs[i])),
            ScorePart("words", float(measure.tokens[column])),
            ScorePart("place in its article", float(counts.position[measure.places[column]] + 1)),
        )
        for i, column in enumerate(chosen.tolist())
    )
