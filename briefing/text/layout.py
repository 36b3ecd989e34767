"""Marks by which pages and agencies show pictures, authors and origins, of all languages: data, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.text.languages import LANGUAGES, UNDETERMINED
from briefing.text.letters import CAPITALS
from briefing.text.package_data import data_toml, has_data

_NEVER = r"(?!)"
_AGENCY = rf"(?P<agency>[{CAPITALS}][\w-]+(?: [{CAPITALS}][\w-]+)?)"


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The marks of every language: a page may speak another language than its article."""

    captions: re.Pattern[str]  # matches at the start of a line that describes a picture
    placed: re.Pattern[str]  # found where brackets point into a picture: "(left)"
    pictured: tuple[str, ...]  # with one of them it is a caption even where it ends as a sentence does
    credits: re.Pattern[str]  # found at the end of a caption
    unstopped_credits: re.Pattern[str]  # found at the end of a caption without a stop
    run_in_credit: re.Pattern[str]  # matches a caption and its credit before a sentence that they ran into
    run_in_heading: re.Pattern[str]  # matches a heading and its colon before the text that it ran into
    dated_ends: re.Pattern[str]  # found at the end of a caption: "on Monday"
    told: re.Pattern[str]  # a word that no caption has
    debris: re.Pattern[str]  # found behind the end of a sentence: what machine rewriting leaves
    dateline_openers: str  # a pattern for a word that opens the sentence behind a dateline that lost its dash
    no_places: frozenset[str]  # words in capitals that are no place
    byline: re.Pattern[str]  # matches a whole line that says who wrote it; group "name"
    byline_word: re.Pattern[str]  # matches a word that the names of a byline may hold
    source_line: re.Pattern[str]  # matches a whole line that says whose report it is; group "agency"
    reported: tuple[re.Pattern[str], ...]  # found at the end of a first paragraph: "…, TASS reported."; group "agency"
    cited: tuple[str, ...]  # before another agency that is quoted in it
    to_the_reader: re.Pattern[str]  # a word with which a line speaks to the reader
    untitled: re.Pattern[str]  # matches what stands where a headline is missing
    version: re.Pattern[str]  # matches an agency's mark of a later version before a headline


@cache
def layout() -> Layout:
    """Return the marks of all languages that have a file of them."""
    codes = (UNDETERMINED, *LANGUAGES)
    files = [data_toml("languages", c, "layout.toml") for c in codes if has_data("languages", c, "layout.toml")]
    return _read(_Marks(files))


class _Marks:
    """The entries of several files under one key, in the order of the files."""

    def __init__(self, files: Iterable[dict[str, Any]]) -> None:
        self._files = tuple(files)

    def patterns(self, key: str) -> str:
        """Return a pattern for any of the listed patterns."""
        return _either(self.listed(key))

    def listed(self, key: str) -> tuple[str, ...]:
        """Return the listed patterns."""
        return tuple(pattern for file in self._files for pattern in file.get(key, ()))

    def words(self, *keys: str) -> tuple[str, ...]:
        """Return the words of texts of words."""
        return tuple(dict.fromkeys(word for file in self._files for key in keys for word in file.get(key, "").split()))

    def phrases(self, key: str) -> tuple[str, ...]:
        """Return the texts that are one phrase a language."""
        return tuple(file[key] for file in self._files if key in file)

    def any_word(self, *keys: str) -> str:
        """Return a pattern for any word of texts of words, the longest first."""
        return _either(re.escape(word) for word in sorted(self.words(*keys), key=lambda word: (-len(word), word)))


def _either(patterns: Iterable[str]) -> str:
    return "|".join(patterns) or _NEVER


def _read(marks: _Marks) -> Layout:
    agency = rf"(?:{marks.patterns('credit_agencies')})"
    return Layout(
        captions=re.compile(marks.patterns("captions")),
        placed=re.compile(rf"\((?:{marks.patterns('placed')})(?!\w)[^)]{{0,80}}\)"),
        pictured=marks.phrases("pictured"),
        credits=re.compile(marks.patterns("credits")),
        unstopped_credits=re.compile(marks.patterns("unstopped_credits")),
        # No two of these match one name: of twenty names in a row there would be a million readings.
        run_in_credit=re.compile(
            rf"(?:[^.!?]{{0,160}}\s)?(?:{marks.patterns('credit_leads')}): [^.!?:“”]{{2,60}}?"
            rf"/(?:{agency}/)*{agency}\s+(?=[{CAPITALS}“\"‘«„])"
        ),
        run_in_heading=re.compile(rf"(?![^:]*\b(?:{marks.any_word('speaks')})\b)[A-Z“\"][^.:!?]{{8,70}}: (?=[A-Z])"),
        dated_ends=re.compile(marks.patterns("dated_ends")),
        told=re.compile(rf"\b(?:{marks.any_word('told')})\b"),
        debris=re.compile(marks.patterns("debris")),
        dateline_openers=marks.any_word("dateline_openers"),
        no_places=frozenset(marks.words("no_places")),
        byline=_byline(marks),
        byline_word=re.compile(rf"(?:[{CAPITALS}][\w.’'-]*|{marks.any_word('byline_joints', 'byline_and')})[,.]?"),
        source_line=re.compile(
            rf"(?:{marks.patterns('source_leads')}):? (?P<agency>[{CAPITALS}][\w. -]{{1,30}})\.?", re.IGNORECASE
        ),
        reported=tuple(
            re.compile(rf",? {pattern.replace('{agency}', _AGENCY)}\.$") for pattern in marks.listed("reported")
        ),
        cited=marks.phrases("cited"),
        to_the_reader=re.compile(rf"\b(?:{marks.any_word('to_the_reader')})\b|>>|www\.|@", re.IGNORECASE),
        untitled=re.compile(rf"\W*(?:{marks.patterns('untitled')})?\W*", re.IGNORECASE),
        version=re.compile(rf"^(?:(?:{marks.any_word('versions')})(?: ?\d{{1,2}})?(?:\s?[-:–—]\s?|(?<=\d)\s))+(?=\S)"),
    )


def _byline(marks: _Marks) -> re.Pattern[str]:
    """Return the pattern of a line such as 'By Ada Lind and Tom Reed in Halvern, staff writer | 3 min'."""
    name = rf"(?:(?-i:[{CAPITALS}])[\w.’'-]*|(?:{marks.any_word('byline_joints')})(?= ))"
    return re.compile(
        rf"(?:{marks.patterns('byline_leads')})[: ] ?"
        rf"(?P<name>{name}(?:(?:,? (?:{marks.any_word('byline_and')}) |, | / |[ ]){name}){{0,11}}"
        rf"(?:,? (?:{marks.any_word('byline_places')}) [{CAPITALS}][\w.’' -]{{1,40}})?)"
        rf"(?:,? (?:{marks.patterns('byline_roles')}))?(?: ?[|·•–—-] ?.{{0,60}})?",
        re.IGNORECASE,
    )
