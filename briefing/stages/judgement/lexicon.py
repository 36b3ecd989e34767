"""Looks words up: lower-case form, and a bit for every class of words one belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from briefing.text import aliases
from briefing.text.languages import Language
from briefing.text.package_data import data_toml

#: A word as it is looked up, and the bits of its classes.
Word = tuple[str, int]
_WORDS_KEPT = 100_000  # a week of news has about as many
_OWN_ENDING = frozenset(("let's", "it's", "he's", "she's", "that's", "what's", "there's", "here's", "who's"))
_SHOUTED = 3  # letters from which a word in capitals is an acronym
_PAST_FORM = 5  # letters from which "…ed" is taken for a verb's past
#: Classes that no list holds.
_SHAPES = ("speech", "stop word", "day", "capital", "acronym", "all capitals", "digit", "past form", "known name")


class Lexicon(dict[str, Word]):
    """The words of a language met so far: news repeats its words, and looking one up is much quicker than judging it.

    Args:
        language: Whose words.
        cues: Words that are a class of their own: what a model was trained to weigh one by one.
    """

    def __init__(self, language: Language, cues: Iterable[str] = ()) -> None:
        super().__init__()
        self.code = language.code
        lists = {name: frozenset(words.split()) for name, words in _lists(language.code).items()}
        speech = data_toml("languages", language.code, "clauses.toml")
        verbs = language.attribution_verbs | frozenset(speech["more_verbs"].split())
        lists["speech"] = verbs - frozenset(speech["not_verbs"].split()) | frozenset(speech["carrying_on"].split())
        self.verbs = lists["speech"]
        self.offices = frozenset(speech["offices"].split())
        lists["stop word"] = language.stop_words
        lists["day"] = frozenset(
            (*language.weekdays, *language.months, "today", "yesterday", "tomorrow", "week", "month")
        )
        self.cues = tuple(cues)
        self.classes = (*lists, *(s for s in _SHAPES if s not in lists))
        self.bit = {name: 1 << n for n, name in enumerate((*self.classes, *(f"word: {cue}" for cue in self.cues)))}
        self._of: dict[str, int] = {}
        for name, words in (*lists.items(), *((f"word: {cue}", (cue,)) for cue in self.cues)):
            for word in words:
                self._of[word] = self._of.get(word, 0) | self.bit[name]

    def __missing__(self, word: str) -> Word:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        low = looked_up(word)
        found = self[word] = (low, self._of.get(low, 0) | self._shape(word, low))
        return found

    def _shape(self, word: str, low: str) -> int:
        bit, known = self.bit, aliases.name_words(word)
        flags = {
            "capital": word[0].isupper(),
            "acronym": len(word) >= _SHOUTED and word.isupper(),
            "all capitals": len(word) > 1 and word.isupper(),
            "digit": any(map(str.isdigit, word)),
            "past form": len(low) >= _PAST_FORM and low.endswith("ed"),
            "known name": bool(known) and known[0] in aliases.default().mentions,
        }
        return sum(bit[name] for name, holds in flags.items() if holds)


def looked_up(word: str) -> str:
    """Return the form a word is looked up by: lower case, a possessive ending taken off."""
    low = word.lower().replace("’", "'")
    return low[:-2] if low.endswith("'s") and low not in _OWN_ENDING else low


@cache
def _lists(code: str) -> Mapping[str, str]:
    return data_toml("languages", code, "judge_words.toml")
