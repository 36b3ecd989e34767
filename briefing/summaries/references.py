"""Sentences that cannot stand alone because they point back, ask or tease.

The rule by which a reference counts as unresolved is written out in docs/methods.md.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_WORD = re.compile(r"[\w’'-]+")
_QUESTION = re.compile(r"\?[\"'”’)\]]*$")
_OPENING = "\"'“‘«„([ "
_HE_OR_SHE = frozenset(("he", "she", "his", "her", "him"))
_DETERMINERS = frozenset(("a", "an", "the", "who", "whose"))  # with one of them, somebody has been named
#: A pronoun this near to the start, with nobody named before it, points out of the sentence.
NEAR_THE_START = 4


@dataclass(frozen=True, slots=True)
class Openings:
    """What a language's sentences that point back begin with; lower case."""

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
    """Return the openings of a language; empty ones, which forbid nothing, when no file has them."""
    path = resources.files("briefing") / "data" / "ranking" / f"references.{code}.json"
    if not path.is_file():
        return Openings()
    data = json.loads(path.read_text(encoding="utf-8"))
    phrases = {name: tuple(data[name]) for name in ("connective_phrases", "free_openings", "teasers")}
    sets = {name: frozenset(data[name]) for name in _SETS}
    return Openings(**sets, **phrases)  # type: ignore[arg-type]


def points_back(text: str, known: Openings) -> bool:
    """Return whether a sentence needs the one before it: who 'he' is, what 'the move' was, what 'but' is against."""
    opening = text.lstrip(_OPENING)
    cased = _WORD.findall(opening[:160])
    words = [w.lower().replace("’", "'") for w in cased]
    if not words:
        return False
    lower = " ".join(words)
    if lower.startswith(known.free_openings):
        return False
    if lower.startswith(known.connective_phrases):
        return True
    first, second = words[0], words[1] if len(words) > 1 else ""
    return (
        _stem_of(first) in known.pronouns
        or first in known.connectives
        or (_stem_of(first) in known.demonstratives and second not in known.free_after_demonstrative)
        or (first == "the" and _is_bare_shell(words, known))
        or _pronoun_before_any_name(cased, known)
        or _speaker_is_a_pronoun(text, known)
        or bool(known.pronouns and _NAMELESS_OPENING.match(opening))
        or bool(known.pronouns and _FIRST_PERSON.search(_outside_quotations(text)))
    )


def _stem_of(word: str) -> str:
    """Return the pronoun of 'he's', "they've", "it'll"."""
    return word.split("'")[0]


def _is_bare_shell(words: list[str], known: Openings) -> bool:
    """Return whether 'the …' names something by a word for anything, with nothing after it that says which."""
    for i, word in enumerate(words[1:3], start=1):
        if word in known.shell_nouns:
            following = words[i + 1] if i + 1 < len(words) else ""
            return following not in known.grounding_words and following not in known.shell_nouns
        if i == 1 and not word.isalpha():
            return False
        if word not in ("two", "three", "four", "latest", "same", "whole", "entire", "new"):
            return False
    return False


def _pronoun_before_any_name(cased: list[str], known: Openings) -> bool:
    for word in cased[1:NEAR_THE_START]:
        if word[:1].isupper() or word.lower() in _DETERMINERS:
            return False
        if word.lower() in _HE_OR_SHE and word.lower() in known.pronouns:
            return True
    return False


def _speaker_is_a_pronoun(text: str, known: Openings) -> bool:
    """Return whether a quotation's only speaker is 'he' or 'she'."""
    cased = _WORD.findall(_outside_quotations(text))[: NEAR_THE_START + 2]
    words = [w.lower() for w in cased]
    for i, word in enumerate(words[: NEAR_THE_START + 1]):
        if word in _HE_OR_SHE and word in known.pronouns:
            return bool({*words[max(0, i - 1) : i], *words[i + 1 : i + 2]} & known.speech_verbs)
        if word in _DETERMINERS or (i and cased[i][0].isupper()):
            return False
    return False


# English alone has the list of pronouns these stand for. "An engineer by trade, he …", "Maybe that's why …"
_NAMELESS_OPENING = re.compile(
    r"[A-Z]?[^A-Z,]{3,60}, (?:he|she|they|it)\b|\w+ (?:this|these|those|that['’]s|that (?:is|was))\b"
)
_FIRST_PERSON = re.compile(r"\b(?:I(?!\.)|[Ww]e|us|[Mm]y|[Oo]ur|me)\b")  # whose, unless it is quoted?
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")


def _outside_quotations(text: str) -> str:
    return _QUOTED.sub(" ", text)


def asks_or_teases(text: str, known: Openings) -> bool:
    """Return whether a sentence is a question, or a pointer to something else on the page."""
    plain = text.strip()
    lower = plain.lstrip(_OPENING).lower().replace("’", "'")
    return bool(_QUESTION.search(plain)) or lower.startswith(known.teasers) or plain.endswith((":", "…", "..."))
