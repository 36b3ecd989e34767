"""Finds what is printed with a chosen sentence: its speaker, or the span further up that names what it points at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from briefing.model import Article, Judgement, Sentence
from briefing.model.verdicts import follows
from briefing.stages.judgement.printing import beside_what_is_printed, permit
from briefing.stages.summaries.fitness import SentenceKey


def set_apart(
    sentences: Sequence[Sentence], judged: Mapping[SentenceKey, Judgement], articles: Sequence[Article]
) -> tuple[Sentence, ...]:
    """Return chosen sentences with the speaker, or the span that names a referent, that is printed with them."""
    by_id = {article.id: article for article in articles}
    found: list[Sentence] = []
    for before, sentence in pairwise((None, *sentences)):
        assert sentence is not None
        behind = before is not None and follows(before, sentence)
        given = permit(judged.get((sentence.article_id, sentence.position)), "summary", behind=behind)
        given = beside_what_is_printed(given, by_id[sentence.article_id], [s.text for s in found])
        found.append(replace(sentence, mark=given.mark, introduced=given.introduced))
    return tuple(found)
