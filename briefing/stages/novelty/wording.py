"""Compares the wording of two sentences: whether they say the same."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.text.languages import Language
from briefing.text.numerals import numbers
from briefing.text.terms import cased_runs, jaccard, stems, tokens

#: Jaccard of content stems from which two sentences say the same, and share of the later one's stems that the printed
#: one has from which the later one adds nothing. Judged on the replay of the pool, see docs/delta.md.
SAME = 0.6
CONTAINED = 0.8
#: Fewer content stems than this are the same only when they are all the same.
FEW = 4


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence as it is compared: stems, figures, names, negation."""

    stems: frozenset[str]  # of the words that are no stop words
    figures: frozenset[str]  # numbers in digits and in words
    negated: bool
    names: frozenset[str]  # words with a capital inside the sentence, lower case
    words: frozenset[str]  # all of them, lower case

    @classmethod
    def of(cls, text: str, language: Language) -> Wording:
        """Return the wording of a sentence."""
        words = tokens(text)
        runs = () if language.capital_nouns else cased_runs(text)[1:]
        return cls(
            frozenset(stems([w for w in words if w not in language.stop_words], language)),
            numbers(text, language) | language.number_words.intersection(words),
            not language.negations.isdisjoint(words) or any(w.endswith("n't") for w in words),
            frozenset(run.lower() for run in runs if run[:1].isupper()),
            frozenset(run.lower() for run in cased_runs(text)),
        )

    def adds_nothing_to(self, printed: Wording) -> bool:
        """Return whether a sentence says what a printed one said, in the same or nearly the same words.

        Never when their figures differ, when one denies and the other does not, or when it names somebody or something
        that the printed one does not.
        """
        if self.figures != printed.figures or self.negated != printed.negated or self.names - printed.words:
            return False
        if min(len(self.stems), len(printed.stems)) < FEW:
            return self.stems == printed.stems
        both = len(self.stems & printed.stems)
        return jaccard(self.stems, printed.stems) >= SAME or both >= CONTAINED * len(self.stems)
