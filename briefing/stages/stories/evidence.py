"""Extracts what separates two events of one form: ordinals, codes, magnitudes, results, sums, places, subjects.

A second and a third shipment, crashes on two roads and one decision of two governments are told in the same words.
Figures that grow, such as a death toll, are no such evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar
from zlib import crc32

from briefing.model import Article
from briefing.stages.stories.likeness import LEAD_WORDS
from briefing.text.aliases import Names, name_words
from briefing.text.datelines import dateline_length
from briefing.text.languages import Language
from briefing.text.package_data import data_toml, has_data
from briefing.text.terms import stems, tokens
from briefing.text.word_counts import background

T = TypeVar("T")

#: Characters in which an article is searched for the states and bodies it names at all.
REACH = 4000
#: Characters of an opening after which its first sentence ends at the next full stop: a shorter one is an exclamation.
FIRST_SENTENCE = 60
#: Words of a name rarer than this tell whose it is: of one article in 55, "Sander" and not "Bank".
RARE = 4.0
#: Share of a headline's words with a capital from which its capitals show no names.
TITLE_CASE = 0.7

#: Words in a row that are compared in quotations, and of how many such runs one is kept: a sentence has a few.
RUN_WORDS, SAMPLED = 4, 3

_CODE = re.compile(r"\b([A-Z]{1,3})-?(\d{1,4})\b")  # A12, KL 123, S-400
_MAGNITUDE = re.compile(
    r"\bmagnitude[\s-]{0,2}(?:of\s|was\s|at\s)?(\d(?:\.\s?\d)?)\b|\b(\d\.\s?\d)[\s-]{0,3}(?:magnitude|quake|earthquake|tremor)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"(?<![\d.,$€£/–-])(\d{1,3})\s?[-–]\s?(\d{1,3})(?![\d%/–-]|\s?[a-z]{0,4}(?:year|month|day|hour|minute)|\s?per)"
)
_MONEY = r"([$€£])\s?(\d[\d,]{0,14}(?:\.\d{1,3})?)\s?-?(million|billion|trillion|mn|bn|m|b)?\b"
_SCALES = {"m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9, "trillion": 1e12, "": 1.0}
_CAPITAL = r"[A-Z][\w’'-]*"
_NAME_INSIDE = re.compile(rf"(?<=[\w,;] )({_CAPITAL})")
_OPENING_NAME = re.compile(rf"(?:The\s)?({_CAPITAL}(?:[\s.]{{1,2}}{_CAPITAL}){{0,3}})")
_QUOTATION = re.compile(r"“[^”]{10,400}”|\"[^\"]{10,400}\"")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]{0,2}\s")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the headline and the opening of an article say of which event it is; words are lower case, spellings one."""

    ordinals: Mapping[str, frozenset[int]]  # stem of what is counted → which ones: "shipment" → 2
    codes: Mapping[str, frozenset[str]]  # letters → figures: "A" → "12", of roads, flights and models
    magnitudes: frozenset[float]  # of earthquakes
    results: frozenset[str]  # of matches and votes: "2-1"
    sums: Mapping[str, frozenset[float]]  # currency → amounts agreed on
    subjects: frozenset[str]  # keys of the states and bodies that the headline or the first sentence begins with
    begins: frozenset[str]  # rare words of other names that one of them begins with
    headline: frozenset[str]  # words of names in the headline
    headline_places: frozenset[str]  # and of places
    places: frozenset[str]  # words of places where it happened, of states aside
    states: frozenset[str]  # keys of states where it happened
    cast: frozenset[str]  # words of all names
    named: frozenset[str]  # keys of the states and bodies that the article names at all; empty when it has none of both
    acts: frozenset[str]  # kinds of what happened: "crash"
    quoted: frozenset[int]  # checksums of runs of words in quotations
    explains: bool  # the headline is of an explainer, not of a report
    announces: bool  # the headline says what is to come


NO_EVIDENCE = Evidence(
    {}, {}, frozenset(), frozenset(), {}, *(frozenset[str](),) * 9, frozenset[int](), explains=False, announces=False
)


@dataclass(frozen=True, slots=True, eq=False)
class _Wording:
    """A language's words for it, and the patterns made of them."""

    ordinals: Mapping[str, int]
    uncounted: frozenset[str]
    no_places: frozenset[str]
    ordinal: re.Pattern[str]
    place: re.Pattern[str]
    agreed: tuple[re.Pattern[str], ...]
    result_words: re.Pattern[str]
    acts: Mapping[str, str]  # word → kind of act
    numbered: re.Pattern[str]
    explains: re.Pattern[str]
    announces: re.Pattern[str]


@cache
def _wording(code: str) -> _Wording | None:
    if not has_data("languages", code, "evidence.toml"):
        return None
    words, acts = (_lists(code, f"{name}.toml") for name in ("evidence", "acts"))
    ordinals, agreement = _any(words["ordinals"]), _any(words["agreements"])
    between = rf"(?:(?:{_any(words['directions'])})\s|(?:[a-z]{{1,12}}\s)?(?:{_any(words['kinds_of_place'])})\sof\s)?"
    return _Wording(
        ordinals={word: n for n, word in enumerate(words["ordinals"], start=1)},
        uncounted=frozenset(words["uncounted"]),
        no_places=frozenset(words["no_places"]),
        ordinal=re.compile(
            rf"\b(?:({ordinals})|(\d{{1,2}})(?:st|nd|rd|th))[\s-]((?:[a-z][a-z’']{{0,20}}[\s-]){{0,2}})([a-z]{{3,20}})"
        ),
        place=re.compile(rf"\b(?:{_any(words['places'])})\s(?:the\s)?{between}({_CAPITAL}(?:\s{_CAPITAL}){{0,2}})"),
        agreed=(
            re.compile(rf"{_MONEY}[\s-]{{1,2}}(?:[a-z]{{1,15}}[\s-]){{0,2}}(?:{agreement})\b"),
            re.compile(rf"\b(?:{agreement})s?\s(?:worth|of)\s(?:up\sto\s|about\s)?{_MONEY}"),
        ),
        result_words=re.compile(rf"\b(?:{_any(words['results'])})\b"),
        numbered=re.compile(rf"\b({_any(words['numbered'])})\s(?:[A-Z]{{1,3}}[\s-]?)?(\d{{1,4}})\b", re.IGNORECASE),
        explains=re.compile(rf"^(?:{_any(words['explainers'])})\b|\?|\b(?:{_any(words['explaining'])})\b"),
        announces=re.compile(rf"\b(?:{_any(words['future'])})\b|\b(?:{_any(words['expected'])})\sto\b"),
        acts={word: act for act, several in acts.items() for word in several},
    )


def _lists(code: str, file: str) -> dict[str, list[str]]:
    return {key: text.split() for key, text in data_toml("languages", code, file).items()}


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


class EvidenceReader:
    """Reads the evidence of articles of one language; of one without a data file there is none.

    Args:
        language: Of the articles.
        names: Spellings and actors.
    """

    def __init__(self, language: Language, names: Names) -> None:
        self._language, self._names = language, names
        self._wording = _wording(language.code)
        self._rarity = background(language.code).rarity
        self._no_names = language.stop_words | language.weekdays.keys() | language.months.keys()

    def read(self, article: Article) -> Evidence:
        """Return the evidence of an article."""
        wording = self._wording
        if wording is None:
            return NO_EVIDENCE
        opening = " ".join(article.text[: 12 * LEAD_WORDS].split()[:LEAD_WORDS])
        opening = opening[dateline_length(opening) :]
        end = _SENTENCE_END.search(opening, FIRST_SENTENCE)
        first = f"{article.title} . {opening[: end.end()] if end else opening}"
        early = f"{article.title} . {opening}"
        is_title_case = _is_title_case(article.title)
        cased = f"{'' if is_title_case else article.title} . {opening}"
        inside = self._cast(article.text[:REACH])
        places, states = self._places(cased, wording)
        subjects = frozenset(self._subjects(article.title, opening))
        whole = f"{article.title} . {article.text[:REACH]}" if subjects or states else ""
        return Evidence(
            ordinals=_gathered(self._ordinals(first.lower(), wording)),
            codes=_gathered(_codes(early, wording)),
            magnitudes=frozenset(float((m[1] or m[2]).replace(" ", "")) for m in _MAGNITUDE.finditer(early)),
            results=_results(early, wording),
            sums=_gathered(_sums(first, wording)),
            subjects=subjects,
            begins=frozenset(self._begins(article.title, opening, inside)),
            headline=self._words(article.title) & inside,
            headline_places=self._places("" if is_title_case else article.title, wording)[0] & inside,
            places=places,
            states=states,
            cast=self._cast(cased) - wording.no_places,
            named=frozenset(self._names.actors(whole)),
            acts=frozenset(wording.acts[word] for word in tokens(early) if word in wording.acts),
            quoted=frozenset(_quoted(article.text[:REACH])),
            explains=wording.explains.search(article.title.lower()) is not None,
            announces=wording.announces.search(article.title.lower()) is not None,
        )

    def _ordinals(self, text: str, wording: _Wording) -> Iterator[tuple[str, int]]:
        """Yield what an ordinal counts and which one it is; of "third arms shipment" both words are counted."""
        for found in wording.ordinal.finditer(text):
            number = wording.ordinals[found[1]] if found[1] else int(found[2])
            words = [*re.split(r"[\s-]", found[3].strip(" -")), found[4]] if found[3] else [found[4]]
            if words[0] not in wording.uncounted and words[-1] not in wording.uncounted:
                counted = [word for word in words if word and word not in self._language.stop_words]
                yield from ((stem, number) for stem in stems(counted, self._language))

    def _places(self, text: str, wording: _Wording) -> tuple[frozenset[str], frozenset[str]]:
        places: set[str] = set()
        states: set[str] = set()
        for found in wording.place.finditer(text):
            actors = self._names.actors(found[1])
            states.update(actors)
            if not actors:
                places |= self._words(found[1]) - wording.no_places
        return frozenset(places), frozenset(states)

    def _subjects(self, *texts: str) -> Iterator[str]:
        for text in texts:
            found = _OPENING_NAME.match(text)
            if found:
                yield from self._names.actors(" ".join(found[1].split()[:2]))[:1]

    def _begins(self, title: str, opening: str, inside: frozenset[str]) -> Iterator[str]:
        """Yield the rare words of a name that the headline or the opening begins with.

        One word with a capital is a name when it has it inside a sentence too, two and more are one.
        """
        for text in (title,) * (not _is_title_case(title)) + (opening,):
            found = _OPENING_NAME.match(text)
            if found and not self._names.actors(" ".join(found[1].split()[:2])):
                words = self._words(found[1])
                yield from (w for w in words if self._rarity(w) >= RARE and (len(words) > 1 or w in inside))

    def _cast(self, text: str) -> frozenset[str]:
        return self._words(" ".join(_NAME_INSIDE.findall(text)))

    def _words(self, name: str) -> frozenset[str]:
        return frozenset(self._names.canonical([word.lower() for word in name_words(name)])) - self._no_names


def _is_title_case(title: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", title)[1:] if len(word) > 3]
    return len(words) > 1 and sum(word[0].isupper() for word in words) > TITLE_CASE * len(words)


def _codes(text: str, wording: _Wording) -> Iterator[tuple[str, str]]:
    yield from ((found[1], found[2]) for found in _CODE.finditer(text))
    yield from ((found[1].lower(), found[2]) for found in wording.numbered.finditer(text))


def _results(text: str, wording: _Wording) -> frozenset[str]:
    if not wording.result_words.search(text.lower()):
        return frozenset()
    return frozenset(f"{found[1]}-{found[2]}" for found in _RESULT.finditer(text))


def _sums(text: str, wording: _Wording) -> Iterator[tuple[str, float]]:
    for pattern in wording.agreed:
        for sign, digits, scale in pattern.findall(text):
            yield sign, float(digits.replace(",", "")) * _SCALES[scale]


def _quoted(text: str) -> Iterator[int]:
    """Yield checksums of one in `SAMPLED` of the runs of `RUN_WORDS` words within quotations."""
    for quotation in _QUOTATION.finditer(text):
        words = tokens(quotation[0])
        for n in range(len(words) - RUN_WORDS + 1):
            run = crc32(" ".join(words[n : n + RUN_WORDS]).encode("utf-8", "surrogatepass"))
            if run % SAMPLED == 0:
                yield run


def _gathered(pairs: Iterable[tuple[str, T]]) -> dict[str, frozenset[T]]:
    found: dict[str, set[T]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}
