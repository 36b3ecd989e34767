"""Extracts attributed quotations."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.model import Article, Sentence, Statement
from briefing.stages.claims.voices import read_speech


def find_statements(article: Article, sentences: Sequence[Sentence]) -> tuple[Statement, ...]:
    """Return an article's attributed quotations in reading order, none whose speaker is less than certain.

    A quotation that runs over several sentences of a paragraph is given whole, with one span from the first to the
    last as its sentence. 'He', 'she' and 'the department' speak only where the article leaves no doubt who they are.
    """
    return tuple(said for read in read_speech(article, tuple(sentences)) for said in read.statements)
