"""Reads who speaks in each sentence of an article, in the way its language is read."""

from __future__ import annotations

from functools import lru_cache

from briefing.model import Article, Sentence
from briefing.stages.claims.cue_words import has_cues
from briefing.stages.claims.cued_reading import read_by_cues
from briefing.stages.claims.english.reading import read_clauses
from briefing.stages.claims.speakers import Read
from briefing.stages.claims.speech import speech_of
from briefing.text.languages import Language, language_of


def is_read(language: Language) -> bool:
    """Return whether a language has data on who says what; without them nothing is said of its sentences."""
    return speech_of(language).full or has_cues(language)


@lru_cache(maxsize=64)  # statements and kinds are asked for one after the other
def read_speech(article: Article, sentences: tuple[Sentence, ...]) -> tuple[Read, ...]:
    """Return the speaker of each sentence of an article, in the order given; nothing where its language is not read."""
    language = language_of(article)
    if has_cues(language):
        return read_by_cues(article, sentences)
    return read_clauses(article, sentences) if is_read(language) else ()
