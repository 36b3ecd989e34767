"""Tokenises an article's sentences once for everything the judge asks, inside and outside quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import itemgetter, or_

from briefing.model import Article, Sentence
from briefing.stages.judgement.lexicon import Lexicon, Word
from briefing.stages.judgement.stretches import Span, quoted_stretches

_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_bits = itemgetter(1)


@dataclass(frozen=True, slots=True)
class Read:
    """One sentence."""

    sentence: Sentence
    words: tuple[Word, ...]
    classes: int  # bits of all its words
    own: tuple[Word, ...]  # the words outside quotations
    own_classes: int
    quoted: float  # share of its characters that is quotation, 0.0 to 1.0
    begins_inside: bool  # of a quotation that an earlier sentence opened
    ends_inside: bool
    opens_paragraph: bool
    ends_paragraph: bool


def read(article: Article, sentences: Sequence[Sentence], lexicon: Lexicon, verbs: frozenset[str]) -> list[Read]:
    """Return what an article's sentences hold, in order."""
    stretches = quoted_stretches(article, verbs)
    found, at = [], 0
    for n, sentence in enumerate(sentences):
        while at < len(stretches) and stretches[at][1] <= sentence.start:
            at += 1
        words = tuple(map(lexicon.__getitem__, _WORD.findall(sentence.text)))
        classes = reduce(or_, map(_bits, words), 0)
        inside = _within(stretches, at, sentence)
        own, own_classes = words, classes
        if inside:
            own = tuple(map(lexicon.__getitem__, _WORD.findall(_outside(sentence, inside))))
            own_classes = reduce(or_, map(_bits, own), 0)
        found.append(
            Read(
                sentence,
                words,
                classes,
                own,
                own_classes,
                sum(end - start for start, end in inside) / max(1, len(sentence.text)),
                bool(inside) and stretches[at][0] < sentence.start,
                bool(inside) and stretches[at + len(inside) - 1][1] > sentence.end,
                n == 0 or sentences[n - 1].paragraph != sentence.paragraph,
                n + 1 == len(sentences) or sentences[n + 1].paragraph != sentence.paragraph,
            )
        )
    return found


def _within(stretches: Sequence[Span], at: int, sentence: Sentence) -> list[Span]:
    """Return the parts of a sentence, by place in its text, that the stretches from one on cover."""
    inside = []
    while at < len(stretches) and stretches[at][0] < sentence.end:
        start, end = stretches[at]
        inside.append((max(start, sentence.start) - sentence.start, min(end, sentence.end) - sentence.start))
        at += 1
    return inside


def _outside(sentence: Sentence, inside: Sequence[Span]) -> str:
    parts, at = [], 0
    for start, end in inside:
        parts.append(sentence.text[at:start])
        at = end
    return " ".join((*parts, sentence.text[at:]))
