"""Detects sentences that cannot stand alone because they refer back, ask or tease.

English has a list of its own, finer than what a language's data file says; the rule by which an English reference
counts as unresolved is written out in docs/methods.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice

from briefing.text.languages import Language, language
from briefing.text.package_data import data_json, has_data

_WORD = re.compile(r"[\w’'-]+")
_QUESTION = re.compile(r"\?[\"'”’)\]]*$")
_OPENING = "\"'“‘«„([ "
_HE_OR_SHE = frozenset(("he", "she", "his", "her", "him"))
_DETERMINERS = frozenset(("a", "an", "the", "who", "whose"))  # with one of them, somebody has been named
#: A pronoun this near to the start, with nobody named before it, points out of the sentence.
NEAR_THE_START = 4


@dataclass(frozen=True, slots=True)
class Openings:
    """The openings by which a language's sentences refer back; lower case."""

    pronouns: frozenset[str] = frozenset()
    demonstratives: frozenset[str] = frozenset()
    free_after_demonstrative: frozenset[str] = frozenset()
    shell_nouns: frozenset[str] = frozenset()
    grounding_words: frozenset[str] = frozenset()
    connectives: frozenset[str] = frozenset()
    connective_phrases: tuple[str, ...] = ()
    speech_verbs: frozenset[str] = frozenset()
    free_openings: tuple[str, ...] = ()  # that look as if they pointed back and do not: "so far"
    teasers: tuple[str, ...] = ()
    is_fine: bool = False  # a list of its own, not what the language's data file says


_SETS = (
    "pronouns",
    "demonstratives",
    "free_after_demonstrative",
    "shell_nouns",
    "grounding_words",
    "connectives",
    "speech_verbs",
)


@cache
def openings(code: str) -> Openings:
    """Return the openings of a language: from its own list, else the pronouns and phrases of its data file."""
    if not has_data("languages", code, "openings.json"):
        return _of_data_file(language(code))
    data = data_json("languages", code, "openings.json")
    phrases = {name: tuple(data[name]) for name in ("connective_phrases", "free_openings", "teasers")}
    sets = {name: frozenset(data[name]) for name in _SETS}
    return Openings(**sets, **phrases, is_fine=True)  # type: ignore[arg-type]


def _of_data_file(spoken: Language) -> Openings:
    return Openings(
        demonstratives=spoken.pronouns,  # "este lunes", "dieser Montag" point at a day, not back
        free_after_demonstrative=frozenset(spoken.weekdays),
        connectives=frozenset(phrase for phrase in spoken.dangling if " " not in phrase) - spoken.pronouns,
        connective_phrases=tuple(f"{phrase} " for phrase in spoken.dangling if " " in phrase),
    )


def points_back(text: str, known: Openings) -> bool:
    """Return whether a sentence needs an earlier one: who 'he' is, what 'the move' was, what 'but' is against."""
    return leans_on_neighbour(text, known) or bool(bare_noun(text, known))


def leans_on_neighbour(text: str, known: Openings) -> bool:
    """Return whether only the sentence directly before can say what a sentence points back to."""
    opening = text.lstrip(_OPENING)
    cased = _WORD.findall(opening[:160])
    lower = " ".join(cased).lower().replace("’", "'")
    if not cased or lower.startswith(known.free_openings):
        return False
    if f"{lower} ".startswith(known.connective_phrases):
        return True
    first, second = (*lower.split(" ", 2), "")[:2]
    return (
        _stem_of(first) in known.pronouns
        or first in known.connectives
        or (_stem_of(first) in known.demonstratives and second not in known.free_after_demonstrative)
        or _pronoun_before_any_name(cased, known)
        or _speaker_is_a_pronoun(text, known)
        or bool(known.is_fine and _NAMELESS_OPENING.match(opening))
        or bool(known.is_fine and _FIRST_PERSON.match(text))
    )


def _stem_of(word: str) -> str:
    """Return the pronoun of 'he's', "they've", "it'll"."""
    return word.split("'")[0]


def bare_noun(text: str, known: Openings) -> str:
    """Return the noun for anything, lower case, that an opening 'The …' leaves unexplained: 'company'; else ""."""
    words = [w.lower() for w in _WORD.findall(text.lstrip(_OPENING)[:80])]
    if not words or words[0] != "the":
        return ""
    for i, word in enumerate(words[1:3], start=1):
        if word in known.shell_nouns:
            following = words[i + 1] if i + 1 < len(words) else ""
            is_explained = following in known.grounding_words or following in known.shell_nouns
            return "" if is_explained else word
        if word not in ("two", "three", "four", "latest", "same", "whole", "entire", "new"):
            return ""
    return ""


def _pronoun_before_any_name(cased: list[str], known: Openings) -> bool:
    for word in cased[1:NEAR_THE_START]:
        if word[:1].isupper() or word.lower() in _DETERMINERS:
            return False
        if word.lower() in _HE_OR_SHE and word.lower() in known.pronouns:
            return True
    return False


def _speaker_is_a_pronoun(text: str, known: Openings) -> bool:
    """Return whether a quotation's only speaker is 'he' or 'she'."""
    cased = [m.group() for m in islice(_WORD.finditer(_outside_quotations(text)), NEAR_THE_START + 2)]
    words = [w.lower() for w in cased]
    for i, word in enumerate(words[: NEAR_THE_START + 1]):
        if word in _HE_OR_SHE and word in known.pronouns:
            return bool({*words[max(0, i - 1) : i], *words[i + 1 : i + 2]} & known.speech_verbs)
        if word in _DETERMINERS or (i and cased[i][0].isupper()):
            return False
    return False


# For English, which alone has a list of its own. "An engineer by trade, he …", "Based on profiling, they …",
# "Maybe that's why …"; "In this photo …" and "When the police opened the case, they …" say themselves what they mean.
_NAMELESS_OPENING = re.compile(
    r"(?:An? \w+(?: \w+)? by \w+|(?![^,]*\b(?:the|an?|who)\b)[A-Z]?[^A-Z,]{3,60}), (?:he|she|they)\b"
    r"|(?!(?:In|At|On|For|By|During|Of|With|From)\b)\w+ (?:this|these|those|that['’]s|that (?:is|was))\b"
)
# What opens in the first person without a quotation mark is most often the rest of a quotation: whose?
_FIRST_PERSON = re.compile(r"[^\w“\"'‘]*(?:I(?!\.)|[Ww]e|[Mm]y|[Oo]ur)\b")
_QUOTED = re.compile(r"“[^”]{0,900}”|\"[^\"]{0,900}\"|‘[^’]{0,900}’(?!\w)")  # of a sentence: 1,200 characters


def _outside_quotations(text: str) -> str:
    return _QUOTED.sub(" ", text) if "“" in text or '"' in text or "‘" in text else text


def asks_or_teases(text: str, known: Openings) -> bool:
    """Return whether a sentence is a question, or a pointer to something else on the page."""
    plain = text.strip()
    lower = plain.lstrip(_OPENING).lower().replace("’", "'")
    return bool(_QUESTION.search(plain)) or lower.startswith(known.teasers) or plain.endswith((":", "…", "..."))


#: Words of an opening that are compared: as many as the longest phrase that leans back.
_COMPARED = 6


def opens_with_pronoun(text: str, spoken: Language) -> bool:
    """Return whether a sentence's first word is one of its language's pronouns that refer back."""
    return _opening(text).split(" ", 1)[0].split("'", 1)[0].rstrip(",.;:") in spoken.pronouns


_FIRST = 4  # words of a sentence among which a personal pronoun stands for somebody named before it


def leans_back(text: str, spoken: Language) -> bool:
    """Return whether a sentence opens with a word that leans on the one before it, by its language's data file.

    A pronoun, a connective ("Meanwhile") and a phrase ("In response") do, also where a paragraph begins with them.
    """
    if opens_with_pronoun(text, spoken):
        return True
    opening = _opening(text)
    if not spoken.personal.isdisjoint(opening.split()[:_FIRST]):
        return True
    return any(
        opening.startswith(phrase) and not opening[len(phrase) : len(phrase) + 1].isalnum()
        for phrase in spoken.dangling
    )


def _opening(text: str) -> str:
    words = text.lower().lstrip("\"'“‘«„‹»-–—•([ ").replace("’", "'").split(" ", _COMPARED)
    return " ".join(words[:_COMPARED])
