"""Who speaks in each sentence of an article, by the sentence's own words or the quotation it is part of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.model import Article, Sentence
from briefing.stages.claims.voices import read_speech


def speakers_of(article: Article, sentences: Sequence[Sentence]) -> Mapping[int, str]:
    """Return the position of each sentence in which one speaker is certain → the name, as the article prints it."""
    found: dict[int, str] = {}
    for read in read_speech(article, tuple(sentences)):
        names = {speaker.name for speaker in read.speakers}
        if len(names) == 1 and (name := names.pop()) in article.body:
            found |= dict.fromkeys(read.positions, name)
    return found
