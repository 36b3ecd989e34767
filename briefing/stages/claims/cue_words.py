"""The vocabulary of speech of a language that is read by cues: verbs, sources, offices; read once from its data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.stages.claims.speakers import naming_words
from briefing.stages.claims.tokens import Token, read_tokens
from briefing.text.languages import Language
from briefing.text.package_data import data_toml, has_data

_FILE = "speech.toml"
Phrase = tuple[str, ...]


class WordList:
    """Words, some known by their beginning ("minister*") or their end ("*minister") alone."""

    def __init__(self, listed: str) -> None:
        words = listed.split()
        self._exact = frozenset(word for word in words if "*" not in word)
        self._starts = tuple(word[:-1] for word in words if word.endswith("*"))
        self._ends = tuple(word[1:] for word in words if word.startswith("*"))

    def __contains__(self, word: str) -> bool:
        return word in self._exact or word.startswith(self._starts) or word.endswith(self._ends)

    def __bool__(self) -> bool:
        return bool(self._exact or self._starts or self._ends)


@dataclass(frozen=True, slots=True)
class Pairing:
    """A word that says something only with another behind it: 'kündigte … an'."""

    other: str
    anywhere: bool  # else the other word ends its clause


@dataclass(frozen=True, slots=True, eq=False)
class CueWords:
    """The words by which a language says who says something; lower case."""

    language: Language
    verbs: frozenset[str]
    paired: Mapping[str, tuple[Pairing, ...]]
    unless: Mapping[str, tuple[Pairing, ...]]
    participles: frozenset[str]
    auxiliaries: frozenset[str]
    participle_ends: bool
    infinitives: frozenset[str]  # of the verbs: forms that are infinitives too, behind a modal verb in their clause
    modals: frozenset[str]
    joins: frozenset[str]  # words that join clauses: 'and', 'or'
    reflexive_verbs: frozenset[str]  # of speech behind a reflexive pronoun alone: 'se plaint'
    reflexive: frozenset[str]
    reflexive_auxiliaries: frozenset[str]
    reflexive_pronouns: frozenset[str]
    sources: Mapping[str, tuple[Phrase, ...]]  # by their first word
    nobody: Mapping[str, tuple[Phrase, ...]]
    comma_before: frozenset[str]
    views: frozenset[str]  # before a person at a sentence's start: 'for the minister, …'
    view_verbs: frozenset[str]  # behind that person, where no comma stands: 'is'
    tag_endings: tuple[str, ...]  # of a verb before its subject at a sentence's end
    not_tag_endings: tuple[str, ...]
    articles: frozenset[str]
    behind: frozenset[str]
    compound_sources: tuple[str, ...]  # ends of words
    compound_after: frozenset[str]
    no_verb_after: frozenset[str]  # passives and infinitives
    first_person: frozenset[str]  # beside a verb: the reporter's own words, or no report
    impersonal: frozenset[str]  # beside a verb: nobody speaks ('man fragt sich')
    passives: frozenset[str]  # before a form that is a participle too, at the end of its clause
    also_nouns: frozenset[str]  # of the verbs: nouns behind a determiner
    determiners: frozenset[str]
    subjunctive: frozenset[str]
    subjunctive_behind: frozenset[str]
    not_subjunctive_after: frozenset[str]
    subjunctive_ending: str  # of any verb in the mood of reported speech
    not_subjunctive_endings: tuple[str, ...]
    not_subjunctive: frozenset[str]  # other words that end so
    he: frozenset[str]
    verb_second: bool
    inflected: bool  # names have cases: only a subject's is as the person is called
    patronymics: tuple[str, ...]  # ends of names that stand between first name and surname
    lead_ins: frozenset[str]
    adverbs: frozenset[str]
    adverb_ending: str
    that: frozenset[str]
    pronouns: Mapping[str, str]  # → "m", "f", "" for several
    feminine: WordList
    sexed_endings: tuple[tuple[str, str], ...]  # of verbs, the longest first, and whose they are
    state_offices: WordList
    state_bodies: WordList
    not_state: WordList
    private: WordList
    other_offices: WordList
    particles: frozenset[str]
    possessives: frozenset[str]
    own_people: WordList  # whom a possessive makes a person's own: his lawyer, her family
    capitals: frozenset[str]
    naming: re.Pattern[str]  # what stands before a name or title in quotation marks
    clitics: tuple[str, ...]

    def is_state(self, word: str) -> bool:
        """Return whether a word names a state's office or body."""
        return (word in self.state_bodies or word in self.state_offices) and word not in self.not_state

    def is_office(self, word: str) -> bool:
        """Return whether a word is what a person or body may be called before the name."""
        return any(
            word in listed for listed in (self.state_offices, self.other_offices, self.state_bodies, self.private)
        )

    def is_filler(self, word: str) -> bool:
        """Return whether a word names nobody: a stop word, an adverb, a day."""
        spoken = self.language
        return (
            word in spoken.stop_words
            or word in self.adverbs
            or word in self.lead_ins
            or word in self.auxiliaries
            or word in spoken.weekdays
            or word in spoken.months
            or word.isdigit()
            or bool(self.adverb_ending and word.endswith(self.adverb_ending))
        )

    def read(self, text: str, quotes: Iterable[tuple[int, int]] = ()) -> list[Token]:
        """Return a text's words and marks, quotations as one, elided and enclitic words apart."""
        return [part for token in read_tokens(text, tuple(quotes)) for part in self._parted(token)]

    def _parted(self, token: Token) -> list[Token]:
        low = token.low.replace("’", "'")
        before, mark, after = low.partition("'")
        if mark and after and before in self.language.elisions:
            at = token.start + len(before)
            rest = Token(token.text[len(before) + 1 :], at + 1, token.end, after)
            return [Token(token.text[: len(before)], token.start, at, before), *self._parted(rest)]
        ending = next((e for e in self.clitics if low.endswith(e) and low not in self.auxiliaries), "")
        if ending and len(low) > len(ending):
            at = token.end - len(ending)
            stem = Token(token.text[: -len(ending)], token.start, at, low.removesuffix(ending))
            return [stem, Token(token.text[-len(ending) :].lstrip("-"), at, token.end, ending.rpartition("-")[2])]
        return [token if low == token.low else token._replace(low=low)]


def has_cues(language: Language) -> bool:
    """Return whether a language's speech is read by cues."""
    return has_data("languages", language.code, _FILE)


@cache
def cue_words_of(language: Language) -> CueWords:
    """Return the cues of a language that has them."""
    data = data_toml("languages", language.code, _FILE)

    def words(key: str) -> frozenset[str]:
        return frozenset(data.get(key, "").split())

    def made(endings: str) -> set[str]:
        return {stem + ending for stem in words("stems") for ending in words(endings)}

    pronouns = dict.fromkeys(words("they"), "") | dict.fromkeys(words("he"), "m") | dict.fromkeys(words("she"), "f")
    sexed = [(e, sex) for sex, key in (("m", "masculine_endings"), ("f", "feminine_endings")) for e in words(key)]
    elisions, clitics = language.elisions, tuple(sorted(words("clitics"), key=lambda c: (-len(c), c)))
    listed: dict[str, Any] = {key: words(key) for key in _SETS} | {key: WordList(data.get(key, "")) for key in _LISTS}
    return CueWords(
        language=language,
        verbs=words("verbs") | made("endings") | made("infinitive_endings"),
        infinitives=frozenset(made("infinitive_endings")),
        paired=_pairings(data.get("with", "")),
        unless=_pairings(data.get("unless", "")),
        participles=words("participles") | made("participle_endings"),
        participle_ends=data.get("participle_ends", False),
        sources=_phrases(data.get("sources", ""), elisions),
        nobody=_phrases(data.get("nobody", ""), elisions),
        compound_sources=tuple(word.lstrip("*") for word in data.get("compound_sources", "").split()),
        subjunctive_ending=data.get("subjunctive_ending", ""),
        not_subjunctive_endings=tuple(data.get("not_subjunctive_endings", "").split()),
        tag_endings=tuple(data.get("tag_endings", "").split()),
        not_tag_endings=tuple(data.get("not_tag_endings", "").split()),
        verb_second=data.get("verb_second", False),
        inflected=data.get("inflected", False),
        patronymics=tuple(data.get("patronymics", "").split()),
        adverb_ending=data.get("adverb_ending", ""),
        pronouns=pronouns,
        sexed_endings=tuple(sorted(sexed, key=lambda row: (-len(row[0]), row))),
        clitics=clitics,
        naming=naming_words(data.get("naming", "")),
        **listed,
    )


_SETS = (
    "views",
    "view_verbs",
    "articles",
    "modals",
    "joins",
    "reflexive_verbs",
    "auxiliaries",
    "reflexive",
    "reflexive_auxiliaries",
    "reflexive_pronouns",
    "comma_before",
    "behind",
    "compound_after",
    "no_verb_after",
    "first_person",
    "impersonal",
    "passives",
    "also_nouns",
    "determiners",
    "subjunctive",
    "subjunctive_behind",
    "not_subjunctive_after",
    "not_subjunctive",
    "he",
    "lead_ins",
    "adverbs",
    "that",
    "particles",
    "possessives",
    "capitals",
)
_LISTS = ("feminine", "state_offices", "state_bodies", "not_state", "private", "other_offices", "own_people")


def _pairings(text: str) -> dict[str, tuple[Pairing, ...]]:
    found: dict[str, list[Pairing]] = {}
    for line in text.splitlines():
        *forms, other = line.split() or [""]
        for word in forms:
            found.setdefault(word, []).append(Pairing(other.lstrip("+"), other.startswith("+")))
    return {word: tuple(pairings) for word, pairings in found.items()}


def _phrases(text: str, elisions: frozenset[str]) -> dict[str, tuple[Phrase, ...]]:
    """Return phrases by their first word, the longest first."""
    found: dict[str, list[Phrase]] = {}
    for line in text.splitlines():
        words = tuple(part for word in re.split(r"\s+", line.strip()) if word for part in _elided(word, elisions))
        if words:
            found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(rows, key=lambda row: (-len(row), row))) for first, rows in found.items()}


def _elided(word: str, elisions: frozenset[str]) -> tuple[str, ...]:
    before, mark, after = word.partition("'")
    return (before, after) if mark and before in elisions else (word,)
