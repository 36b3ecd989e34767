"""What `judge` and `summarise` say of labelled articles when each is answered by the fold that has not seen it.

For a scorer that takes functions of the public interface from a module of that name; reads the folder of BRIEFING_DATA.
"""

from __future__ import annotations

from functools import cache

from train_judgement import data_folder, fold_of, models_by_fold

from briefing.model import Article, Judgement
from briefing.stages.claims import speakers_of
from briefing.stages.judgement import judge as judged
from briefing.stages.judgement.model import Model
from briefing.text.sentences import split_sentences


@cache
def _models() -> list[Model]:
    return models_by_fold(data_folder(None))


def judge(article: Article) -> tuple[Judgement, ...]:
    """Return what the model says that has not seen the article."""
    sentences = split_sentences(article)
    said = speakers_of(article, [s for s in sentences if not s.is_endless])
    return judged(article, sentences, said, _models()[fold_of(article)])
