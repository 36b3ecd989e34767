"""Editions of articles in other languages say nothing untrue of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from briefing.model import Edition
from briefing.outputs.view import view_of
from tests.build.rows import edition_of

DAY = date(2026, 3, 4)
POLISH = {
    "title": "Most w Halwernie zamknięty",
    "text": "Rzecznik ministerstwa powiedział, że most w Halwernie zostanie zamknięty do maja. Prace potrwają rok.",
}
UKRAINIAN = {
    "title": "Мер пообіцяв новий міст",
    "text": "Мер Роман Лисяк повідомив, що міст через Тавань відкриють у жовтні. Опозиція стверджує, що грошей немає.",
}


def built(folder: Path, *rows: dict[str, str]) -> Edition:
    dated = [row | {"date": "2026-03-03T10:00:00Z"} for row in rows]
    return edition_of(folder, *dated, day=DAY)


def test_what_a_ministry_claims_in_ukrainian_is_no_reported_fact(tmp_path: Path) -> None:
    (story,) = built(tmp_path, UKRAINIAN | {"language": "uk"}).stories
    assert [cited.kind for cited in story.summary] == ["official statement", "attributed claim"]


def test_the_page_says_once_whose_sentences_have_no_marks(tmp_path: Path) -> None:
    edition = built(tmp_path, UKRAINIAN | {"language": "uk"}, POLISH | {"language": "pl"})
    polish = next(source for source in edition.sources if source.title == POLISH["title"])
    assert view_of(edition).marks.endswith(f"carry no marks at all: {polish.number}.")


def test_of_languages_that_are_read_the_page_says_nothing(tmp_path: Path) -> None:
    assert "carry no marks" not in view_of(built(tmp_path, UKRAINIAN | {"language": "uk"})).marks


def test_a_theme_without_words_in_a_language_says_what_it_did_not_search(tmp_path: Path) -> None:
    both = view_of(built(tmp_path / "both", UKRAINIAN | {"language": "uk"}, POLISH | {"language": "pl"}))
    said = {section.nothing for section in both.sections if section.nothing}
    assert said == {
        "Nothing on this in the articles that were searched. 1 article was not searched, because the theme has no "
        "words in its language: Polish."
    }
    alone = view_of(built(tmp_path / "alone", POLISH | {"language": "pl"}))
    assert alone.sections[0].nothing.startswith("1 article was not searched")


def test_a_theme_with_words_in_the_articles_language_says_that_there_is_nothing(tmp_path: Path) -> None:
    sections = view_of(built(tmp_path, UKRAINIAN | {"language": "uk"})).sections
    assert {section.nothing for section in sections if section.nothing} == {"Nothing in today’s articles on this."}
