"""Judges sentences: is it news prose, is it understood alone, whose words is it; and finds the frames of an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from briefing.model import Article, Judgement, Sentence
from briefing.stages.judgement.frames import frames

if TYPE_CHECKING:
    from briefing.stages.judgement.model import Model

__all__ = ["frames", "judge"]


def judge(
    article: Article, sentences: Sequence[Sentence], said: Mapping[int, str] | None = None, model: Model | None = None
) -> tuple[Judgement, ...]:
    """Return what the judge says of an article's sentences, in order; the arguments are those of `judging.judge`."""
    from briefing.stages.judgement.judging import judge as judged  # numpy: paid for by the first judgement

    return judged(article, sentences, said, model)
