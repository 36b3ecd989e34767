"""Matches an article with all themes in one pass: its sentences, and its words as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.model import Article, Sentence, Theme
from briefing.stages.themes.lexicon import Lexicon, compiled
from briefing.stages.themes.sentence_match import NOTHING, SentenceMatch, SentenceMatches, read
from briefing.stages.themes.topics import Topic, Topics
from briefing.text.languages import UNDETERMINED, Language, language
from briefing.text.word_counts import Background

LEAD_PARAGRAPHS = 2
LEAD_LEAST = 40  # words: a shorter lead is prolonged by the next paragraphs
LEAD_MOST = 110  # words


@dataclass(frozen=True, slots=True)
class Text:
    """An article's title and sentences, read for all themes at once."""

    lexicon: Lexicon
    heading: str  # the title
    sentences: tuple[Sentence, ...]  # those that count, in reading order
    words: tuple[int, ...]  # of each sentence
    title: SentenceMatches | None  # None for a text without a title
    readings: tuple[SentenceMatches, ...]  # per sentence
    lead: int  # how many sentences at the beginning are the lead
    topics: Topics | None = None  # None where no theme asks for them
    alone: bool = False  # one sentence that stands for nothing but itself

    @property
    def rows(self) -> tuple[SentenceMatches, ...]:
        """What title and sentences say, the title first."""
        return self.readings if self.title is None else (self.title, *self.readings)

    def of(self, theme: int) -> list[SentenceMatch]:
        """Return what each sentence says of one theme."""
        return [row[theme] if theme in row.found else NOTHING for row in self.readings]

    def topic(self, theme: int) -> Topic:
        """Return what the words as a whole say of one theme."""
        topics = self.lexicon.topics
        return self.topics.topic(theme, topics.standings[theme].subjects) if self.topics else Topic()

    def touched(self) -> list[int]:
        """Return the numbers of the themes of which anything was found."""
        found = {theme for row in self.rows if row.found for theme in row}
        if self.topics:
            found |= self.topics.evidence.keys() | self.lexicon.topics.wordless
        return sorted(found)


def lexicon_of(themes: Sequence[Theme], spoken: Language, counts: Background | None = None) -> Lexicon:
    """Return the compiled themes for a language; English rules where the language is not known."""
    return compiled(tuple(themes), english() if spoken.code == UNDETERMINED else spoken, counts)


@lru_cache(maxsize=1)
def english() -> Language:
    """Return the language whose rules hold where none is known."""
    return language("en")


def read_article(article: Article, sentences: Sequence[Sentence], lexicon: Lexicon) -> Text:
    """Return an article's title and sentences as the themes read them; captions and headings do not count."""
    counted = tuple(s for s in sentences if s.kind in ("text", "bullet"))
    words = tuple(s.text.count(" ") + 1 for s in counted)
    return _read(article.title, counted, words, lexicon)


def read_sentence(sentence: Sentence, lexicon: Lexicon) -> Text:
    """Return one sentence that stands for nothing but itself."""
    return _read("", (sentence,), (sentence.text.count(" ") + 1,), lexicon, alone=True)


def _read(
    title: str, counted: tuple[Sentence, ...], words: tuple[int, ...], lexicon: Lexicon, *, alone: bool = False
) -> Text:
    lead = _lead(counted, words)
    head, rows = read(title, lexicon) if title else None, tuple([read(s.text, lexicon) for s in counted])
    return Text(
        lexicon=lexicon,
        heading=title,
        sentences=counted,
        words=words,
        title=head,
        readings=rows,
        lead=lead,
        topics=_topics(lexicon, title, head, rows, words, lead) if lexicon.topics.themes else None,
        alone=alone,
    )


def _topics(
    lexicon: Lexicon,
    title: str,
    head: SentenceMatches | None,
    rows: Sequence[SentenceMatches],
    words: Sequence[int],
    lead: int,
) -> Topics:
    length = len(title.split()) + sum(words)
    first, rest = ([row.words for row in part] for part in (rows[:lead], rows[lead:]))
    return lexicon.topics.read(head.words if head is not None else (), first, rest, length)


def _lead(sentences: Sequence[Sentence], words: Sequence[int]) -> int:
    """Return how many sentences open a text: two paragraphs, prolonged to 40 words, cut at 110."""
    paragraphs: dict[int, None] = {}
    total = 0
    for n, (sentence, count) in enumerate(zip(sentences, words, strict=True)):
        paragraphs[sentence.paragraph] = None
        if n and (total >= LEAD_MOST or (len(paragraphs) > LEAD_PARAGRAPHS and total >= LEAD_LEAST)):
            return n
        total += count
    return len(sentences)
