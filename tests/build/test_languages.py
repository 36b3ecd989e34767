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
