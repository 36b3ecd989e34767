"""The compiled terms of all themes, indexed by their first word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import NamedTuple

from briefing.model import Theme
from briefing.stages.themes.topics import TopicReader
from briefing.stages.themes.word_forms import GAP, TERM_PART, WORD, WordForms, plain_form
from briefing.text.languages import Language
from briefing.text.terms import stems
from briefing.text.word_counts import Background, StemRarity, stem_rarity

LONGEST_GAP = 2  # words a "*" alone may stand for
_MEMORY = 200_000  # runs remembered; a week of news has about as many
_LONGEST_RUN = 60  # characters of a run worth remembering
MOST_FOUND = 200  # terms looked at in one sentence: a long one of news holds 60, a hostile one any number
_MOST_COMPILED = 64
# What a plain term adds to a sentence: one word is evidence, a phrase more, and so is each of its words alone.
WORD_WEIGHT, PHRASE_WEIGHT, PART_WEIGHT = 0.5, 0.8, 0.25
RARE = 6.0  # rarity from which a word counts in full

STRONG, WEAK, LEFT, RIGHT, EXCLUDED, AGAINST, TERM, PART = range(8)


@dataclass(frozen=True, slots=True)
class Term:
    """One term of one theme in one role, ready to be looked for."""

    theme: int  # index in the lexicon's themes
    role: int
    text: str  # as the theme writes it
    weight: float  # the theme's factor for it, 1.0 unless it says otherwise
    words: tuple[int, ...]  # word ids and GAPs
    pair: int = -1  # index of the pair it is a side of


class FoundTerm(NamedTuple):
    """A term and where in a sentence it stands."""

    term: Term
    start: int  # words, half-open
    end: int


class _Token(NamedTuple):
    """The forms of a token that terms may match."""

    ids: tuple[int, ...]  # of all the word forms it fits
    single: tuple[Term, ...]  # terms of one word that it is
    opened: dict[int, tuple[Term, ...]]  # id of the word that must follow → terms of several words that it opens
    topics: tuple[int, ...]  # numbers of the words of subjects and themes that it is, as the topics count them


_NO_TERM: tuple[_Token | None, ...] = (None,)


class _Memory(dict[str, "tuple[_Token | None, ...]"]):
    """A cache of the words of each run between white space; None for a run in no term, which most are.

    "anti-tank" has two words, most runs have one: looking runs up is much faster than finding words anew.
    """

    def __init__(self, words: WordForms, terms: Iterable[Term], topics: TopicReader) -> None:
        super().__init__()
        self._words, self._topics = words, topics
        starts: dict[int, list[Term]] = {}
        for term in terms:
            starts.setdefault(term.words[0], []).append(term)
        self._starts = starts
        self._tokens: dict[str, _Token | None] = {}  # words as printed, without what stands around them

    def __missing__(self, run: str) -> tuple[_Token | None, ...]:
        if len(self) > _MEMORY:
            self.clear()
            self._tokens.clear()
        parts = (run,) if run.isalnum() else WORD.findall(run)
        words = tuple([self._token(part) for part in parts])
        found = _NO_TERM if words == _NO_TERM else words
        if len(run) <= _LONGEST_RUN:
            self[run] = found
        return found

    def _token(self, word: str) -> _Token | None:
        if word in self._tokens:
            return self._tokens[word]
        forms = self._words.forms(word)
        ids, topics = self._words.fitting(forms), self._topics.numbers(forms)
        token = self._tokens[word] = self._meaning(ids, topics) if ids or topics else None
        return token

    def _meaning(self, ids: tuple[int, ...], topics: tuple[int, ...]) -> _Token:
        terms = [term for n in ids for term in self._starts.get(n, ())]
        single = tuple(t for t in terms if len(t.words) == 1)
        opened: dict[int, tuple[Term, ...]] = {}
        for term in terms:
            if len(term.words) > 1:
                opened[term.words[1]] = (*opened.get(term.words[1], ()), term)
        return _Token(ids, single, opened, topics)


class Lexicon:
    """All terms of some themes, in one language."""

    def __init__(self, themes: Sequence[Theme], language: Language, counts: Background | None = None) -> None:
        self.owners = tuple(themes)  # as they were given
        self.themes = tuple(theme.in_language(language.code) for theme in themes)
        self._counts = counts
        self._rarity: StemRarity = stem_rarity(language, counts)
        self._words = WordForms(language)
        self.topics = TopicReader(self.themes, self._words, counts)
        terms = [term for n, theme in enumerate(self.themes) for term in self._terms(n, theme)]
        self._memory = _Memory(self._words, terms, self.topics)

    def _terms(self, number: int, theme: Theme) -> Iterator[Term]:
        factors = dict(theme.weights)
        groups = {f"<{name}>": terms for name, terms in theme.groups}

        def compiled(role: int, texts: Iterable[str], pair: int = -1) -> Iterator[Term]:
            listed = (term for text in texts for term in groups.get(text, (text,)))
            different = {words: text for text in reversed([*listed]) if (words := self._parts(text))}
            for words, text in reversed(different.items()):  # of two that mean the same, the first
                yield Term(number, role, text, factors.get(text, 1.0), words, pair)

        yield from compiled(STRONG, theme.strong)
        yield from compiled(WEAK, theme.weak)
        yield from compiled(EXCLUDED, theme.exclusions)
        yield from compiled(AGAINST, theme.against)
        for index, (left, right) in enumerate(theme.pairs):
            yield from compiled(LEFT, (left,), index)
            yield from compiled(RIGHT, (right,), index)
        for text in dict.fromkeys(theme.terms):
            yield from self._plain(number, text, factors.get(text, 1.0))

    def _plain(self, number: int, text: str, factor: float) -> Iterator[Term]:
        """Yield a term as a user types it, and each word of a phrase."""
        words = self._parts(text)
        if len(words) < 2:
            yield from (Term(number, TERM, text, WORD_WEIGHT * factor * self._worth(text), words) for _ in words)
            return
        yield Term(number, TERM, text, PHRASE_WEIGHT * factor, words)
        for part in dict.fromkeys(TERM_PART.findall(text)):
            if part != "*" and part.strip("=*").lower() not in self._words.language.stop_words:
                weight = PART_WEIGHT * factor * self._worth(part)
                yield Term(number, PART, part, weight, (self._words.learn(part),))

    def _worth(self, word: str) -> float:
        """Return how much of its weight a word keeps by its rarity, 0.0 to 1.0."""
        if word.endswith("*"):
            return 1.0
        (stem,) = stems([plain_form(word.strip("=")).lower()], self._words.language)
        return min(1.0, self._rarity(stem) / RARE)

    def _parts(self, text: str) -> tuple[int, ...]:
        words = [self._words.learn(part) for part in TERM_PART.findall(text)]
        while words and words[0] == GAP:
            words.pop(0)
        while words and words[-1] == GAP:
            words.pop()
        return tuple(words)

    def find(self, text: str) -> tuple[list[FoundTerm], tuple[int, ...]]:
        """Return every term in a text, in order of place, exclusions not applied yet; and the numbers of its words."""
        tokens = list(chain.from_iterable(map(self._memory.__getitem__, text.split())))
        found: list[FoundTerm] = []
        numbers: list[int] = []
        for at, token in compress(enumerate(tokens), tokens):
            if token is None:
                continue
            _, single, opened, topics = token
            numbers += topics
            if not (single or opened) or len(found) > MOST_FOUND:
                continue
            if single:
                found += [FoundTerm(term, at, at + 1) for term in single]
            if opened:
                following = tokens[at + 1] if at + 1 < len(tokens) else None
                for word in (*following.ids, GAP) if following else (GAP,):
                    if word in opened:
                        ends = ((term, _end(tokens, at + 1, term.words, 1)) for term in opened[word])
                        found += [FoundTerm(term, at, end) for term, end in ends if end]
        return found, tuple(numbers)


def _end(tokens: Sequence[_Token | None], at: int, words: tuple[int, ...], n: int) -> int:
    """Return where a term ends whose n-th word is looked for at ``at``; 0 when it does not fit."""
    word = words[n]
    if word == GAP:
        ends = (_end(tokens, at + skipped, words, n + 1) for skipped in range(LONGEST_GAP + 1))
        return next((end for end in ends if end), 0)
    token = tokens[at] if at < len(tokens) else None
    if token is None or word not in token.ids:
        return 0
    return _end(tokens, at + 1, words, n + 1) if n + 1 < len(words) else at + 1


_compiled: dict[tuple[int, ...], Lexicon] = {}


def compiled(themes: tuple[Theme, ...], language: Language, counts: Background | None = None) -> Lexicon:
    """Return the lexicon of some themes in a language, made once.

    They are known by identity: a theme's hash is that of all its terms, and would be asked for with every article.
    """
    key = (id(language), id(counts), *map(id, themes))
    known = _compiled.get(key)
    if known is None:
        if len(_compiled) >= _MOST_COMPILED:
            _compiled.clear()
        # The lexicon holds on to the themes, the language and the counts, so no other object gets their identity.
        known = _compiled[key] = Lexicon(themes, language, counts)
    return known
