"""Features of whether a paragraph continues those before it: rare words, names, how it opens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefing.text.aliases import Names, default
from briefing.text.languages import Language
from briefing.text.openings import Openings, bare_noun, leans_on_neighbour, openings
from briefing.text.terms import stems, tokens
from briefing.text.word_counts import Background, background

#: Rarity of a word that names a state or a body at most: a whole day's news names them.
ACTOR_RARITY = 1.5
#: Rarity from which a word shows what a text is about.
TELLING = 4.0
#: Rarity added to a paragraph's own before shares are taken: what two short ones share is soon chance.
UNSEEN = 8.0

_CAPITAL = r"[A-ZÀ-ÖØ-ÞА-ЯІЇЄҐ][\w’'-]+"
_WITHIN = re.compile(rf"(?<=[^\s.!?:“\"‘«„(–—-]\s){_CAPITAL}")  # a capital that no sentence begins with
_FULL_NAME = re.compile(rf"\b{_CAPITAL}(?:\s(?:(?:de|van|von|der|al|bin|la)\s)?{_CAPITAL}){{1,4}}")
_FIRST_SENTENCE = re.compile(r".{25,600}?[.!?…][\"”’»)]{0,3}(?=\s|$)", re.S)
_OPENING_CHARACTERS = 400
_WORD = re.compile(r"[\w’'-]+")
_QUOTATION_MARKS = '“"‘„«'


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one paragraph."""

    rarities: Mapping[str, float]  # of its content stems
    names: frozenset[str] = frozenset()  # full names of persons and places
    parts: frozenset[str] = frozenset()  # the words of these
    single: frozenset[str] = frozenset()  # other words written as names within its sentences
    leans: bool = False  # it opens with a pronoun, a connective, a noun nothing explains
    quotes: bool = False  # it opens with a quotation
    is_dated: bool = False  # its first sentence names a day near the report's, or a weekday
    attributes: bool = False  # it says who said so
    is_specific: bool = False  # its first sentence names somebody, some place, a figure or a day
    resumes: frozenset[str] = frozenset()  # stems of the noun of an opening "The …"


@dataclass(slots=True)
class WordingReader:
    """Reads the wording of paragraphs of one language."""

    language: Language
    near: frozenset[str]  # words that put an event near the day of the report
    names: Names = field(default_factory=default)
    _background: Background = field(init=False)
    _openings: Openings = field(init=False)

    def __post_init__(self) -> None:
        self._background = background(self.language.code)
        self._openings = openings(self.language.code)

    def read(self, text: str) -> Wording:
        """Return the wording of a paragraph."""
        named = _without_possessives(_FULL_NAME.findall(text))
        parts = frozenset(word for name in named for word in name.split())
        capitals = frozenset() if self.language.capital_nouns else _without_possessives(_WITHIN.findall(text))
        found = _FIRST_SENTENCE.match(text)
        opening = text[: found.end()] if found else text[:_OPENING_CHARACTERS]
        words = [word.lower() for word in _WORD.findall(opening)]
        dated, figures = not self.near.isdisjoint(words), any(c.isdigit() for c in opening)
        return Wording(
            rarities=self.rarities(text),
            names=frozenset(name for name in named if not self._names_actors(name.split())),
            parts=parts,
            single=frozenset(word for word in capitals - parts if not self._names_actors([word])),
            leans=leans_on_neighbour(text, self._openings) or bool(bare_noun(text, self._openings)),
            quotes=text[:1] in _QUOTATION_MARKS,
            is_dated=dated,
            attributes=not self.language.attribution_verbs.isdisjoint(_WORD.findall(text.lower())),
            is_specific=dated or figures or self.language.capital_nouns or _names_anybody(opening),
            resumes=frozenset(stems(words[1:3], self.language)) if words[:1] == ["the"] else frozenset(),
        )

    def rarities(self, text: str) -> dict[str, float]:
        """Return how rare each content stem of a text is in news at large."""
        words = dict.fromkeys(self.names.canonical(tokens(text)))
        kept = [word for word in words if len(word) > 1 and word not in self.language.stop_words]
        found: dict[str, float] = {}
        for word, stem in zip(kept, stems(kept, self.language), strict=True):
            rare = self._background.rarity(word)
            rare = min(rare, ACTOR_RARITY) if word in self.names.actor_words else rare
            found[stem] = max(found.get(stem, 0.0), rare)
        return found

    def telling(self, text: str) -> frozenset[str]:
        """Return the content stems of a text that show what it is about."""
        return frozenset(stem for stem, rare in self.rarities(text).items() if rare >= TELLING)

    def _names_actors(self, words: Sequence[str]) -> bool:
        return all(word.lower() in self.names.actor_words for word in words)


def shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return what part of the lighter one's rarity two paragraphs share, 0.0 to 1.0."""
    both = sum(min(one[stem], other[stem]) for stem in sorted(one.keys() & other.keys()))
    return both / (min(sum(one.values()), sum(other.values())) + UNSEEN)


def most_shared(wordings: Sequence[Wording]) -> int:
    """Return in how many paragraphs the commonest telling word stands: in most, when they are of one subject."""
    counts = Counter(stem for wording in wordings for stem, rare in wording.rarities.items() if rare >= TELLING)
    return max(counts.values(), default=0)


def _names_anybody(opening: str) -> bool:
    return _WITHIN.search(opening) is not None or _FULL_NAME.match(opening) is not None


def _without_possessives(names: Sequence[str]) -> frozenset[str]:
    return frozenset(name.replace("’s", "").replace("'s", "") for name in names)
