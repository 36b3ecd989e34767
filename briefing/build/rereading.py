"""Runs the stages again on the sources of an edition: what its proof compares the edition with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.model import Article, Edition, Input, Judgement, Sentence, Statement, StatementKind
from briefing.sources import read_inputs
from briefing.stages.claims import find_statements, kinds_of, speakers_of, voices_of
from briefing.stages.claims.counted_units import Units, units_of
from briefing.stages.claims.figures import figures_in
from briefing.stages.clean import all_words, clean_all
from briefing.stages.edition import distinct_articles
from briefing.stages.edition.ledger import account_for
from briefing.stages.judgement import judge
from briefing.stages.proof import Given
from briefing.stages.proof.sources_read import Stated
from briefing.stages.segments import parts_of, segments
from briefing.stages.summaries.support import SAYS_THE_SAME
from briefing.system.program import program_version
from briefing.text.languages import language_of
from briefing.text.sentence_edges import trimmed
from briefing.text.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class _Reread:
    """What the stages make of one article, or of one part of a round-up."""

    statements: tuple[Statement, ...]
    judged: tuple[Judgement, ...]
    kinds: Mapping[tuple[str, int], StatementKind]
    figures: frozenset[Stated]


def read_again(sources: Path | str | Sequence[Path | str], edition: Edition) -> Given:
    """Return what the stages make today of files and folders, for the articles that an edition cites."""
    return given_of(read_inputs(sources), edition)


def given_of(inputs: Sequence[Input], edition: Edition) -> Given:
    """Return what the stages make today of inputs, for the articles that an edition cites."""
    cleaned = clean_all(
        [raw for read in inputs for raw in read.articles], today=edition.day, time_zone=edition.imprint.time_zone
    )
    articles, merged = distinct_articles(cleaned)
    ids = {source.article_id for source in edition.sources}
    named = frozenset() if is_ours(edition) else {source.input for source in edition.sources}
    cited = [a for a in articles if a.id in ids]
    roundups = {a.id: found for a in cited if len(found := segments(a)) > 1}
    reread = {a.id: [_reread(part) for part in parts_of(a, roundups.get(a.id, ()))] for a in cited}
    counted = filter(None, (units_of(language_of(a)) for a in cited))
    return Given(
        articles={a.id: a for a in articles},
        ledger=account_for(inputs, cleaned, merged=merged, copies={}, used={}, left_out={}),
        sentences={a.id: split_sentences(a) for a in cited},
        statements={key: [said for part in parts for said in part.statements] for key, parts in reread.items()},
        judged={key: {j.sentence.start: j for part in parts for j in part.judged} for key, parts in reread.items()},
        kinds={place: kind for parts in reread.values() for part in parts for place, kind in part.kinds.items()},
        figures={key: frozenset().union(*(part.figures for part in parts)) for key, parts in reread.items()},
        roundups=roundups,
        texts={item.raw.input: all_words(item.raw) for item in cleaned if item.raw.input in named},
        units=frozenset(name for units in counted for name in _unit_names(units)),
        says_the_same=SAYS_THE_SAME,
    )


def is_ours(edition: Edition) -> bool:
    """Return whether this very program made an edition, to the last line of its code."""
    return edition.imprint.program == program_version()


def _reread(part: Article) -> _Reread:
    """Return what the stages make of an article; one after the other, so that who speaks in it is read once."""
    printable = trimmed(split_sentences(part))
    stated = [s for s in printable if not s.is_endless]  # as the analysis reads them: those without end state nothing
    return _Reread(
        statements=find_statements(part, stated),
        judged=judge(part, printable, speakers_of(part, stated), heard=voices_of(part, stated)),
        kinds=kinds_of(part, stated),
        figures=_figures(part, stated),
    )


def _figures(part: Article, sentences: Sequence[Sentence]) -> frozenset[Stated]:
    language = language_of(part)
    units = units_of(language)
    found = (c.figure for s in sentences if units for c in figures_in(s, units, language))
    return frozenset((f.sentence.start, f.printed, f.value, f.unit) for f in found)


def _unit_names(units: Units) -> tuple[str, ...]:
    return (*(unit.name for unit in units.units), *units.currencies.values())
