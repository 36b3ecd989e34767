"""What is read of each sentence of an article: who speaks, and which of its quotations are somebody's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.model import Article, Sentence, Statement
from briefing.stages.claims.quoted import closes_what_it_did_not_open, is_left_open, outside
from briefing.stages.claims.tokens import Speaker
from briefing.text.languages import Language

FEWEST_WORDS = 2  # of a quotation; one word in marks is as often a scare quote as somebody's word
MOST_SENTENCES = 8  # that one quotation may span
LONGEST_PASSAGE = 1200  # characters of the sentences it spans
_WORDS = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Read:
    """The speaker of a sentence, or of the sentences one quotation spans."""

    sentence: Sentence  # of several, one span from the first to the last
    positions: tuple[int, ...]
    statements: tuple[Statement, ...] = ()
    speakers: tuple[Speaker, ...] = ()  # named for certain, of quotations and of reported speech
    verb: str = ""  # of the last of them
    hinted: tuple[Speaker, ...] = ()  # as the words have it, where it is not certain who is meant
    unsure: bool = False  # somebody speaks, and who is not certain
    inside: bool = False  # it lies within a quotation
    cues: tuple[int, ...] = ()  # where in the body words say that somebody speaks; known of languages read by cues


def passages(
    article: Article, sentences: Sequence[Sentence], language: Language
) -> Iterator[tuple[Sentence, tuple[int, ...]]]:
    """Yield each sentence with its position, those that one quotation spans as one."""
    at = 0
    while at < len(sentences):
        first, last = sentences[at], at
        if is_left_open(first.text, language):
            last = _closing(article, sentences, at, language)
        if last > at:
            end = sentences[last].end
            joined = replace(first, end=end, text=article.body[first.start : end])
            yield joined, tuple(s.position for s in sentences[at : last + 1])
        else:
            yield first, (first.position,)
        at = last + 1


def _closing(article: Article, sentences: Sequence[Sentence], first: int, language: Language) -> int:
    """Return the index of the sentence that closes what the first left open; the first when none near does."""
    start = sentences[first].start
    for at in range(first + 1, min(first + MOST_SENTENCES, len(sentences))):
        if sentences[at].paragraph != sentences[first].paragraph or sentences[at].end - start > LONGEST_PASSAGE:
            break
        if not is_left_open(article.body[start : sentences[at].end], language):
            return at
    return first


def is_quotation(text: str, quotes: Sequence[tuple[int, int]]) -> bool:
    """Return whether a sentence is quotation from its first word to its last."""
    return bool(quotes) and not any(c.isalnum() for c in outside(text, quotes))


def is_inside(text: str, quotes: Sequence[tuple[int, int]], before: Read | None, language: Language) -> bool:
    """Return whether a sentence lies within a quotation that is too long to be given whole."""
    if is_left_open(text, language) or closes_what_it_did_not_open(text, quotes, language):
        return True
    return bool(before and before.inside and not closes_what_it_did_not_open(before.sentence.text, (), language))


def naming_words(listed: str) -> re.Pattern[str]:
    """Return the pattern of words that stand before a name or title in quotation marks, parted by commas."""
    words = "|".join(re.escape(word.strip()) for word in listed.split(",") if word.strip())
    return re.compile(rf"(?:{words or '(?!)'})\s*[:,]?\s*$", re.I)


def is_worth_quoting(text: str, start: int, end: int, naming: re.Pattern[str]) -> bool:
    """Return whether a quotation is somebody's words: not one word, not a title, not a name of something.

    ``naming``: of its language, by `naming_words`.
    """
    words = _WORDS.findall(text[start + 1 : end - 1])
    if len(words) < FEWEST_WORDS or naming.search(text[:start]):
        return False
    return not all(w[0].isupper() for w in words if len(w) > 3) or text[end - 2] in ",.?!"
