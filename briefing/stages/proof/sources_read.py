"""What the stages make of the sources today: the reference for the checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefing.model import Article, Judgement, LedgerEntry, Segment, Sentence, Statement, StatementKind

#: A figure as one sentence states it: (start of the sentence, printed, value, unit).
Stated = tuple[int, str, float, str]


@dataclass(frozen=True, slots=True)
class Given:
    """The sources, read, cleaned and analysed again by the stages that build an edition."""

    articles: Mapping[str, Article]  # article id → , one per identity
    ledger: Sequence[LedgerEntry]  # one entry per input, as if nothing were printed
    sentences: Mapping[str, Sequence[Sentence]]  # id of a cited article → its sentences, untrimmed
    statements: Mapping[str, Sequence[Statement]] = field(default_factory=dict)  # id of a cited article →
    kinds: Mapping[tuple[str, int], StatementKind] = field(
        default_factory=dict
    )  # (article id, position) → kind of statement
    judged: Mapping[str, Mapping[int, Judgement]] = field(default_factory=dict)  # cited article → start of a sentence →
    figures: Mapping[str, frozenset[Stated]] = field(default_factory=dict)  # id of a cited article →
    roundups: Mapping[str, tuple[Segment, ...]] = field(default_factory=dict)  # id of an article of several events →
    texts: Mapping[str, str] = field(default_factory=dict)  # input of a cited source → all words read there
    units: frozenset[str] = frozenset()  # what the program counts, such as "dead"
    says_the_same: float = 0.5  # Jaccard of content stems from which a sentence supports another
