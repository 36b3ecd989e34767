"""The fixed words of the page."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from datetime import date

import pytest

from briefing.errors import SettingsError
from briefing.model import PAGE_LANGUAGES
from briefing.model.codes import CODES
from briefing.stages.themes.defaults import shipped_themes
from briefing.text.labels import Words, desk_words, words
from tests.paths import ROOT


def names(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name}


@pytest.mark.parametrize("of", [words, desk_words])
@pytest.mark.parametrize("code", PAGE_LANGUAGES)
def test_every_language_says_the_same_things_with_the_same_names(code: str, of: Callable[[str], Words]) -> None:
    english, other = of("en"), of(code)
    assert {key: names(text) for key, text in other.phrases.items()} == {
        key: names(text) for key, text in english.phrases.items()
    }
    assert set(other.plurals) == set(english.plurals)
    assert set(other.patterns) == set(english.patterns)
    assert set(other.languages) == set(english.languages)
    assert other.themes.keys() == english.themes.keys()
    assert {tuple(theme) for theme in other.themes.values()} == {("name", "description")}
    assert {key: names(text) for key, text in other.issue.items()} == {
        key: names(text) for key, text in english.issue.items()
    }
    assert [len(other.months), len(other.months_short), len(other.weekdays)] == [12, 12, 7]
    forms = 3 if other.plural_rule == "one-few-many" else 2
    assert {len(f) for f in other.plurals.values()} == {forms}


@pytest.mark.parametrize(
    ("code", "n", "said"),
    [
        ("en", 0, "0 articles"),
        ("en", 1, "1 article"),
        ("fr", 0, "0 article"),
        ("fr", 2, "2 articles"),
        ("uk", 1, "1 стаття"),
        ("uk", 3, "3 статті"),
        ("uk", 5, "5 статей"),
        ("uk", 11, "11 статей"),
        ("uk", 12, "12 статей"),
        ("uk", 21, "21 стаття"),
        ("uk", 22, "22 статті"),
        ("uk", 111, "111 статей"),
    ],
)
def test_numbers_agree_with_their_nouns(code: str, n: int, said: str) -> None:
    assert words(code).count("article", n) == said


@pytest.mark.parametrize(
    ("code", "style", "said"),
    [
        ("en", "full", "Tuesday, 1 February 2022"),
        ("de", "full", "Dienstag, 1. Februar 2022"),
        ("fr", "long", "1er février 2022"),
        ("es", "long", "1 de febrero de 2022"),
        ("uk", "full", "вівторок, 1 лютого 2022 року"),
        ("it", "full", "martedì 1º febbraio 2022"),
        ("en", "tiny", "1 Feb"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(code: str, style: str, said: str) -> None:
    assert words(code).day(date(2022, 2, 1), style) == said


def test_a_span_of_one_day_is_that_day() -> None:
    w: Words = words("en")
    assert w.span(date(2022, 2, 1), date(2022, 2, 1)) == "1 February 2022"
    assert w.span(date(2021, 12, 31), date(2022, 1, 1)) == "31 December 2021 – 1 January 2022"


def test_a_language_without_words_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="'xx'"):
        words("xx")


def test_the_english_names_of_shipped_themes_are_those_they_are_shipped_with() -> None:
    assert words("en").themes == {
        theme.slug: {"name": theme.name, "description": theme.description} for theme in shipped_themes()
    }


@pytest.mark.parametrize("code", sorted(set(PAGE_LANGUAGES) - {"en"}))
def test_every_code_that_a_ledger_can_hold_is_explained_in_every_other_language(code: str) -> None:
    rooms = [ROOT / "briefing" / place for place in ("sources", "stages/clean", "text/identity.py", "build/flow.py")]
    files = [path for room in rooms for path in (sorted(room.rglob("*.py")) if room.is_dir() else [room])]
    used = {found for path in files for found in re.findall(r'"([EW]_[A-Z_]+)"', path.read_text(encoding="utf-8"))}
    assert len(used) > 50
    assert used - words(code).codes.keys() == set()
    assert words(code).codes.keys() - CODES == set()
