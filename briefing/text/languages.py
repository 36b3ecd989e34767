"""Loads languages: a folder of data each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from briefing.errors import SettingsError
from briefing.model import Article
from briefing.text.package_data import data_folders, data_toml

UNDETERMINED = "und"  # its folder holds what is true of most languages
#: Codes with a folder of their own, English first: nothing else in the code says which languages there are.
LANGUAGES = tuple(sorted(set(data_folders("languages")) - {UNDETERMINED}, key=lambda code: (code != "en", code)))


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The data of a language: every rule of ours that depends on a language reads it here.

    Abbreviations are without their last full stop and in the case they are printed in. There is one object per code.
    """

    code: str  # ISO 639-1, or "und"
    name: str  # English name, as sumy and the stemmers call it
    stop_words: frozenset[str]  # lower case
    titles: frozenset[str] = frozenset()  # before a name, a sentence never ends there: "Gen", "Sen", "Mr"
    abbreviations: frozenset[str] = frozenset()  # a sentence never ends there: "vs", "e.g"
    numbered: frozenset[str] = frozenset()  # no end before a digit: "No", "Art", "Jan"
    closing: frozenset[str] = frozenset()  # may end a sentence, when a word that opens one follows: "Inc", "Calif"
    final: frozenset[str] = frozenset()  # ends one before a capital, unless a day, month or time zone follows: "p.m"
    zones: frozenset[str] = frozenset()  # time zones and the like, as printed
    marked_names: frozenset[str] = frozenset()  # names that end in "!" or "?", without it
    openers: frozenset[str] = frozenset()  # lower case: words that open a sentence after an abbreviation
    ordinals: bool = False  # "3." is the third: a number and a full stop do not end a sentence
    lettered: frozenset[str] = frozenset()  # lower case: what a single letter may name: "plan", "vitamin"
    roles: frozenset[str] = frozenset()  # lower-case words that stand within a speaker's name and office
    opening_quotes: str = ""
    closing_quotes: str = ""
    months: Mapping[str, int] = field(default_factory=dict)  # lower case, all forms → 1 to 12
    weekdays: Mapping[str, int] = field(default_factory=dict)  # lower case, all forms → 0 (Monday) to 6
    pronouns: frozenset[str] = frozenset()  # lower case: opening a sentence, they refer back
    personal: frozenset[str] = frozenset()  # lower case: pronouns of persons and things that refer back anywhere
    dangling: tuple[str, ...] = ()  # lower case: openings that refer back, longest first
    clause_openers: frozenset[str] = frozenset()  # behind a verb of speech they go on with what is said: "that"
    attribution_verbs: frozenset[str] = frozenset()  # lower case, as found after a quotation: "said", "warned"
    number_words: frozenset[str] = frozenset()  # lower case, as `terms.tokens` has them: "two", "third"
    day_words: Mapping[str, int] = field(default_factory=dict)  # "yesterday" → -1
    last_words: frozenset[str] = frozenset()  # beside a weekday: the one before
    next_words: frozenset[str] = frozenset()  # beside a weekday: the one to come
    this_words: frozenset[str] = frozenset()  # beside a weekday: as if it stood alone
    relative_days: str = ""  # a pattern of other expressions for a day that code of the language resolves
    relative_hints: frozenset[str] = frozenset()  # lower case: one of them is in each such expression
    day_hints: frozenset[str] = frozenset()  # lower case: beside the names of days, they may tell when an event was
    periods: tuple[str, ...] = ()  # ends of an expression for several days: "week"
    ahead_words: frozenset[str] = frozenset()  # lower case: the sentence speaks of what is to come
    ahead_endings: tuple[str, ...] = ()  # of verbs
    ahead_at_once: frozenset[str] = frozenset()  # directly behind a weekday, whatever stands before it: "will"
    back_words: frozenset[str] = frozenset()  # lower case: it speaks of what was
    back_endings: tuple[str, ...] = ()
    infinitive: str = ""  # "to": tells nothing of itself; behind `ahead_before_infinitive` it looks ahead
    ahead_before_infinitive: frozenset[str] = frozenset()
    passive: str = ""  # "be": the word before it decides
    habitual: frozenset[str] = frozenset()  # before a weekday, or for one: a habit, no day
    ordinal_endings: frozenset[str] = frozenset()  # behind the number of a day: "st", "er"
    date_leads: tuple[str, ...] = ()  # lower case: "published on", "as of"; longest first
    changed_words: frozenset[str] = frozenset()  # lower case, in a line that states when a text was changed
    clock_leads: frozenset[str] = frozenset()  # before a time of day: "at"; "_" for a space
    clock_ends: frozenset[str] = frozenset()  # behind one: "o'clock", "Uhr"
    date_joints: frozenset[str] = frozenset()  # between day, month and year: "of", "de"
    day_first: bool = False  # 03/04/2026 is in April
    negations: frozenset[str] = frozenset()  # lower case: "not", "without", "denied"
    decimal_signs: str = ".,"  # before the fraction of a number
    grouping_signs: str = ".,"  # between the thousands of a number
    elisions: frozenset[str] = frozenset()  # lower case, what an apostrophe parts from a word: "l", "d"
    capital_nouns: bool = False  # a capital within a sentence shows no name
    letters: frozenset[str] = frozenset()  # lower case, the letters the language uses beyond a to z
    telling: frozenset[str] = frozenset()  # some of them, without which no text of the language goes far
    enough_share: float = 0.2  # of a text's words, in the stop words, from which it is of the language


@cache
def language(code: str) -> Language:
    """Return the language of an ISO 639-1 code; ``und`` gives rules that suit most languages.

    Raises:
        SettingsError: No folder has that code.
    """
    if code not in (*LANGUAGES, UNDETERMINED):
        raise SettingsError(f"No language has the code {code!r}.", f"Use one of {', '.join(LANGUAGES)}.")
    return _read(code, data_toml("languages", code, "language.toml"))


def _read(code: str, data: Mapping[str, Any]) -> Language:
    def words(key: str) -> frozenset[str]:
        return frozenset(data.get(key, "").split())

    return Language(
        code=code,
        name=data["name"],
        stop_words=words("stop_words"),
        titles=words("titles"),
        abbreviations=words("abbreviations"),
        numbered=words("numbered"),
        closing=words("closing"),
        final=words("final"),
        zones=words("zones"),
        marked_names=words("marked_names"),
        openers=words("stop_words") | words("openers"),
        ordinals=data.get("ordinals", False),
        lettered=words("lettered"),
        roles=words("roles"),
        opening_quotes=data.get("opening_quotes", "“‘«„"),
        closing_quotes=data.get("closing_quotes", "”’»“"),
        months=_numbers(data.get("months", ()), first=1),
        weekdays=_numbers(data.get("weekdays", ()), first=0),
        pronouns=words("pronouns"),
        personal=words("personal"),
        dangling=tuple(sorted(_lines(data.get("dangling", "")), key=lambda phrase: (-len(phrase), phrase))),
        clause_openers=words("clause_openers"),
        attribution_verbs=words("attribution_verbs"),
        number_words=words("number_words"),
        day_words=dict(data.get("day_words", {})),
        last_words=words("last_words"),
        next_words=words("next_words"),
        this_words=words("this_words"),
        relative_days="".join(data.get("relative_days", "").split("\n")),
        relative_hints=words("relative_hints"),
        day_hints=words("day_hints"),
        periods=tuple(data.get("periods", "").split()),
        ahead_words=words("ahead_words"),
        ahead_at_once=words("ahead_at_once"),
        ahead_endings=tuple(data.get("ahead_endings", "").split()),
        back_words=words("back_words"),
        back_endings=tuple(data.get("back_endings", "").split()),
        infinitive=data.get("infinitive", ""),
        ahead_before_infinitive=words("ahead_before_infinitive"),
        passive=data.get("passive", ""),
        habitual=words("habitual"),
        ordinal_endings=words("ordinal_endings"),
        date_leads=tuple(sorted(_lines(data.get("date_leads", "")), key=lambda phrase: (-len(phrase), phrase))),
        changed_words=words("changed_words"),
        clock_leads=words("clock_leads"),
        clock_ends=words("clock_ends"),
        date_joints=words("date_joints"),
        day_first=data.get("day_first", False),
        negations=words("negations"),
        decimal_signs=data.get("decimal_signs", ".,"),
        grouping_signs=data.get("grouping_signs", ".,"),
        elisions=words("elisions"),
        capital_nouns=data.get("capital_nouns", False),
        letters=frozenset(data.get("letters", "")),
        telling=frozenset(data.get("telling", "")),
        enough_share=float(data.get("enough_share", 0.2)),
    )


def _numbers(names: Iterable[str], *, first: int) -> dict[str, int]:
    return {form: number for number, forms in enumerate(names, first) for form in forms.split()}


def _lines(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines() if line.strip()}


# ---- which language a text is in

_WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 4000  # characters that vote; a news article shows its language well before
ENOUGH_WORDS = 8  # fewer words decide nothing
CLEAR = 1.25  # times the runner-up's share
FOREIGN = 1.0  # stop words that one letter the language does not have outweighs


def detect(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, or "" when unsure: stop words vote, foreign letters vote down.

    Only languages with a data file are told apart; time is linear in the first `SAMPLE` characters.
    """
    words = _WORD.findall(text[:SAMPLE].lower())
    if len(words) < ENOUGH_WORDS:
        return ""
    odd = [c for word in words if not word.isascii() for c in word if c > "z"]
    ranked = sorted(((_vote(words, odd, language(code)), code) for code in LANGUAGES), reverse=True)
    (best, code), (second, _) = ranked[:2]
    return code if best >= language(code).enough_share and best >= CLEAR * second else ""


def _vote(words: list[str], odd: list[str], candidate: Language) -> float:
    if candidate.telling and candidate.telling.isdisjoint(odd):
        return 0.0
    known = sum(map(candidate.stop_words.__contains__, words))
    foreign = len(odd) - sum(map(candidate.letters.__contains__, odd))
    return (known - FOREIGN * foreign) / len(words)


_detected: dict[tuple[str, int], str] = {}
_KEPT = 50_000  # articles whose language is remembered: several days


def language_named(code: str) -> Language:
    """Return the language of a code as articles state it, "de-AT" too; ``und`` where none has that code."""
    code = code[:2].lower()
    return language(code if code in LANGUAGES else UNDETERMINED)


def language_of(article: Article) -> Language:
    """Return an article's language: as it states it, else as detected, else ``und``."""
    return language_named(article.language or _detect_once(article))


def language_stated(stated: str, text: str) -> Language:
    """Return the language of a text that is no article yet: as stated, else as detected, else ``und``."""
    return language_named(stated or detect(text))


def code_of(article: Article) -> str:
    """Return the ISO 639-1 code of an article's language: as stated, else as detected, else ""."""
    spoken = language_of(article).code
    return article.language[:2].lower() if spoken == UNDETERMINED else spoken


def recall(article: Article, code: str) -> None:
    """Set an article's language as `language_of` detected it before, so that it is not detected again."""
    if len(_detected) >= _KEPT:
        _detected.clear()
    _detected[article.id, len(article.body)] = code if code in LANGUAGES else ""


def _detect_once(article: Article) -> str:
    key = (article.id, len(article.body))
    if key not in _detected:
        recall(article, detect(f"{article.title}\n{article.body[:SAMPLE]}"))
    return _detected[key]
