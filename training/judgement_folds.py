"""What `judge` and `summarise` say of labelled articles when each is answered by the fold that has not seen it.

For a scorer that takes functions of the public interface from a module of that name; reads the folder of BRIEFING_DATA.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from train_judgement import data_folder, fold_of, models_by_fold

from briefing.model import Article, Judgement, Summary
from briefing.stages.claims import speakers_of
from briefing.stages.judgement import judge as judged
from briefing.stages.judgement.model import Model
from briefing.stages.summaries import summarise as condense
from briefing.text.sentence_edges import trimmed
from briefing.text.sentences import split_sentences


@cache
def _models() -> list[Model]:
    return models_by_fold(data_folder(None))


def judge(article: Article) -> tuple[Judgement, ...]:
    """Return what the model says that has not seen the article."""
    return _judged(article, is_trimmed=False)


@cache
def _judged(article: Article, *, is_trimmed: bool) -> tuple[Judgement, ...]:
    split = split_sentences(article)
    sentences = trimmed(split) if is_trimmed else split
    said = speakers_of(article, [s for s in sentences if not s.is_endless])
    return judged(article, sentences, said, _models()[fold_of(article)])


def summarise(articles: Sequence[Article], *, sentences: int | None = None, words: int | None = None) -> Summary:
    """Return the summary that is chosen by what that model says."""
    split = {a.id: trimmed(split_sentences(a)) for a in articles}
    known = {(j.sentence.article_id, j.sentence.position): j for a in articles for j in _judged(a, is_trimmed=True)}
    return condense(articles, split, count=sentences, words=words, judged=known)
