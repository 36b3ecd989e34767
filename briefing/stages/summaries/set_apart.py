"""Finds what is printed with a chosen sentence: its speaker, or the span further up that names what it points at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from briefing.model import Judgement, Sentence
from briefing.model.verdicts import follows
from briefing.stages.judgement.printing import PrintedIn, permit
from briefing.stages.summaries.fitness import SentenceKey


def set_apart(
    sentences: Sequence[Sentence], judged: Mapping[SentenceKey, Judgement], printed_in: PrintedIn
) -> tuple[Sentence, ...]:
    """Return chosen sentences with the speaker, or the span that names a referent, that is printed with them."""
    found = []
    for before, sentence in pairwise((None, *sentences)):
        assert sentence is not None
        behind = before is not None and follows(before, sentence)
        given = permit(judged.get((sentence.article_id, sentence.position)), printed_in, behind=behind)
        found.append(replace(sentence, mark=given.mark, introduced=given.introduced))
    return tuple(found)
