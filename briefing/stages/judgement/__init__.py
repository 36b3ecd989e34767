"""Judges sentences: is it news prose, is it understood alone, whose words is it; and finds the frames of an article."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from briefing.model import Article, Judgement, Sentence, Voice
from briefing.stages.judgement.frames import frames
from briefing.text.package_data import data_text

if TYPE_CHECKING:
    from briefing.stages.judgement.model import Model

__all__ = ["frames", "judge", "judge_version"]

#: Raised when a rule of the judge changes, or of what may be printed: what it said before is then not said again.
RULES = 4
_LEARNED = ("judge.json", "judge_words.toml")


@cache
def judge_version() -> str:
    """Return the version of the judge: the number of its rules, and a hash of what it has learned."""
    learned = "".join(data_text("languages", "en", name) for name in _LEARNED)
    return f"{RULES}-{hashlib.sha256(learned.encode()).hexdigest()[:12]}"


def judge(
    article: Article,
    sentences: Sequence[Sentence],
    said: Mapping[int, str] | None = None,
    model: Model | None = None,
    heard: Mapping[int, Voice] | None = None,
) -> tuple[Judgement, ...]:
    """Return what the judge says of an article's sentences, in order; the arguments are those of `judging.judge`."""
    from briefing.stages.judgement.judging import judge as judged  # numpy: paid for by the first judgement

    return judged(article, sentences, said, model, heard)
