"""Finds what is printed with a chosen sentence: its speaker, or the span further up that names what it points at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from briefing.model import Judgement, Sentence
from briefing.stages.summaries.fitness import SentenceKey

#: Chance of standing where it is printed below which a sentence has its referent printed with it.
STANDS = 0.8


def set_apart(sentences: Sequence[Sentence], judged: Mapping[SentenceKey, Judgement]) -> tuple[Sentence, ...]:
    """Return chosen sentences with the speaker, or the span that names a referent, that is printed with them."""
    chosen = {(s.article_id, s.position) for s in sentences}
    return tuple(_set_apart(s, judged.get((s.article_id, s.position)), chosen) for s in sentences)


def _set_apart(sentence: Sentence, judgement: Judgement | None, chosen: Collection[SentenceKey]) -> Sentence:
    if judgement is None or not judgement.full:
        return sentence
    behind = (sentence.article_id, sentence.position - 1) in chosen
    stands = judgement.behind if behind else judgement.standing
    mark = judgement.speaker if judgement.voice == "unmarked" else ""
    return replace(sentence, mark=mark, introduced=judgement.referent if stands < STANDS else None)
