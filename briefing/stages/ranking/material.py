"""What a ranker is given: the sentences of one or several articles, their words counted once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.model import Article, ScorePart, Sentence
from briefing.text.languages import UNDETERMINED, Language, language, language_of
from briefing.text.terms import stems, tokens


@dataclass(frozen=True, slots=True)
class Material:
    """Sentences to rank, article by article, each article in its own order."""

    articles: tuple[Article, ...]
    sentences: tuple[Sentence, ...]
    language: Language

    def __len__(self) -> int:
        return len(self.sentences)

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the headlines there are."""
        return tuple(a.title for a in self.articles if a.title)

    def words(self) -> list[list[str]]:
        """Return the words of every sentence, lower case, stop words among them."""
        return [tokens(s.text) for s in self.sentences]

    def content(self) -> list[list[str]]:
        """Return the stems of every sentence's words that are no stop words."""
        stop = self.language.stop_words
        return [stems([w for w in words if w not in stop], self.language) for words in self.words()]

    def only(self, places: Sequence[int]) -> Material:
        """Return the same material with the sentences at those places alone."""
        return Material(self.articles, tuple(self.sentences[i] for i in places), self.language)


def gather(articles: Sequence[Article], sentences: Mapping[str, Sequence[Sentence]]) -> Material:
    """Return the rankable sentences of articles, in the order of the articles.

    Captions and headings are never ranked; bullets are when an article has no other text.
    """
    kept = []
    for article in articles:
        found = sentences.get(article.key, ())
        kept += [s for s in found if s.kind == "text"] or [s for s in found if s.kind == "bullet"]
    return Material(tuple(articles), tuple(kept), common_language(articles))


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a ranker makes of material."""

    scores: tuple[float, ...]  # per sentence; higher is better, equal ones are decided by place
    parts: tuple[tuple[ScorePart, ...], ...] = ()  # per sentence; empty when the method gives none


def common_language(articles: Sequence[Article]) -> Language:
    """Return the language most of the articles are in, the earliest one among equals."""
    codes = [language_of(a).code for a in articles]
    return language(max(codes, key=lambda code: (codes.count(code), -codes.index(code)), default=UNDETERMINED))
