"""Editions of articles in other languages say nothing untrue of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefing import make_edition, verify
from briefing.model import PAGE_LANGUAGES, Edition, PageLanguage
from briefing.outputs.view import view_of
from briefing.settings import Settings
from briefing.settings.sections import BriefingSection, ThemeSection
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
    printed = {cited.text[:3]: cited.kind for _, cited in built(tmp_path, UKRAINIAN | {"language": "uk"}).walk()}
    assert printed["Мер"] == "official statement"
    assert printed["Опо"] == "attributed claim"


def test_whose_words_a_ukrainian_sentence_is_is_judged(tmp_path: Path) -> None:
    text = (
        "Мер Роман Лисяк повідомив, що переправу відкриють. «Ми все закінчимо до перших морозів». Довжина сто метрів."
    )
    printed = [cited for _, cited in built(tmp_path, {"title": "Міст", "text": text, "language": "uk"}).walk()]
    voices = {cited.text[:3]: cited.verdict.voice for cited in printed if cited.verdict}
    assert voices["Мер"] == "attributed"
    assert voices["«Ми"] == "unmarked"
    assert {cited.words_of.text for cited in printed if cited.words_of} == {"Роман Лисяк"}


def test_words_of_nobody_known_are_not_printed(tmp_path: Path) -> None:
    text = "Der Rat tagte am Montag in Halvern. Er habe genug gehört. Die Brücke bleibt bis Mai geschlossen."
    edition = built(tmp_path, {"title": "Der Rat tagt", "text": text, "language": "de"})
    assert "Er habe genug gehört." not in [cited.text for _, cited in edition.walk()]


def test_the_page_says_once_of_which_languages_nobody_judged_whose_words_it_prints(tmp_path: Path) -> None:
    both = view_of(built(tmp_path / "both", UKRAINIAN | {"language": "uk"}, POLISH | {"language": "pl"}))
    assert both.verbatim.endswith("not whose words they are: Polish.")
    alone = view_of(built(tmp_path / "alone", UKRAINIAN | {"language": "uk"}))
    assert "whose words they are" not in alone.verbatim


def test_a_theme_without_words_in_a_language_says_what_it_did_not_search(tmp_path: Path) -> None:
    both = view_of(built(tmp_path / "both", UKRAINIAN | {"language": "uk"}, POLISH | {"language": "pl"}))
    because = "because the theme has no words in its language: Polish."
    assert both.empty.count(f"in the articles that were searched. 1 article was not searched, {because}") == 3
    alone = view_of(built(tmp_path / "alone", POLISH | {"language": "pl"}))
    assert alone.empty.startswith("Diplomacy: 1 article was not searched")


def test_a_theme_with_words_in_the_articles_language_says_that_there_is_nothing(tmp_path: Path) -> None:
    found = view_of(built(tmp_path, UKRAINIAN | {"language": "uk"}))
    assert "Diplomacy; Arms Shipments; Sanctions" in found.empty
    assert "not searched" not in found.empty


def test_sentences_carry_the_language_that_was_detected(tmp_path: Path) -> None:
    view = view_of(built(tmp_path, UKRAINIAN))
    assert {s.language for section in view.sections for story in section.stories for s in story.sentences} == {"uk"}


def test_what_fits_no_theme_is_headed_in_the_language_of_the_page(tmp_path: Path) -> None:
    settings = Settings(briefing=BriefingSection(language="ru"))
    folder = tmp_path / "ru"
    edition = edition_of(folder, UKRAINIAN | {"language": "uk", "date": "2026-03-03"}, day=DAY, settings=settings)
    assert edition.sections[-1].name == "Другие новости"


ENGLISH = {"title": "Ferry halted", "text": "The ferry to Halvern was halted on Monday. It will run again in May."}


@pytest.mark.parametrize("code", sorted(set(PAGE_LANGUAGES) - {"en"}))
def test_a_page_in_another_language_has_no_english_word_of_ours(tmp_path: Path, code: PageLanguage) -> None:
    """Themes, title, ledger and codes are the page's; what is English is the article's and says so."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "articles" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (tmp_path / "articles" / "ferry.txt").write_text(
        "Date: 2026-03-03 10:00\nLanguage: en\n\nFerry halted\n\nThe ferry to Halvern was halted on Monday.\n",
        encoding="utf-8",
    )
    (tmp_path / "articles" / "same.txt").write_text(
        "Date: 2026-03-03 10:00\nLanguage: en\n\nFerry halted\n\nThe ferry to Halvern was halted on Monday.\n",
        encoding="utf-8",
    )
    settings = Settings(briefing=BriefingSection(language=code))
    edition = make_edition([tmp_path / "articles"], day=DAY, settings=settings)
    view = view_of(edition)
    assert {entry.fate for entry in edition.ledger} >= {"used", "merged", "rejected"}
    own = {entry.reason for entry in edition.ledger} | {n.message for entry in edition.ledger for n in entry.notes}
    own |= {"Morning briefing", "Diplomacy", "Arms Shipments", "Other news"}
    printed = [line.reason for line in view.ledger] + [note for line in view.ledger for note in line.notes]
    printed += [view.imprint.title, view.empty, *(section.name for section in view.sections)]
    assert [text for text in printed if any(english in text for english in own)] == []
    assert {s.language for section in view.sections for story in section.stories for s in story.sentences} == {"en"}


def test_a_theme_that_the_desk_named_keeps_its_name(tmp_path: Path) -> None:
    named = ThemeSection(slug="sanctions", name="Strafen", strong=("sanctions",), description="Unsere Worte.")
    settings = Settings(briefing=BriefingSection(language="de"), themes=[named])
    edition = edition_of(tmp_path, ENGLISH | {"date": "2026-03-03"}, day=DAY, settings=settings)
    assert (edition.sections[0].name, edition.sections[0].description) == ("Strafen", "Unsere Worte.")


def test_key_points_of_an_article_are_compared_in_its_own_language(tmp_path: Path) -> None:
    """By German stop words the two would share nearly every word of theirs."""
    a = {
        "title": "Міст",
        "text": "Міська рада Тавані у вівторок проголосувала за новий міст через річку.",
        "language": "uk",
    }
    b = {
        "title": "Школа",
        "text": "Уряд Галверна у вівторок вирішив збудувати школу, і це вже третя за рік.",
        "language": "uk",
    }
    settings = Settings(briefing=BriefingSection(language="it"))
    rows = (a | {"date": "2026-03-03"}, b | {"date": "2026-03-03"})
    edition = edition_of(tmp_path, *rows, day=DAY, settings=settings)
    assert len(edition.key_points) == 2


def test_an_item_does_not_open_with_a_pronoun_because_its_first_sentence_repeats_the_headline(tmp_path: Path) -> None:
    text = (
        "Президент Руланда прибыл в Тавань с двухдневным визитом. В аэропорту его встретил премьер Олег Жуков.\n"
        "Стороны подпишут 11 соглашений, в том числе о транзите газа и совместном выпуске паромов."
    )
    edition = built(tmp_path, {"title": "Президент Руланда прибыл в Тавань с визитом", "text": text, "language": "ru"})
    assert edition.stories[0].summary[0].text.startswith("Стороны подпишут")


def test_a_dateline_that_is_a_sentence_is_not_printed_and_the_edition_is_proved(tmp_path: Path) -> None:
    text = (
        "БРЮССЕЛЬ, 3 березня – Укрінформ. Міська рада у вівторок проголосувала за будівництво нового мосту. "
        "Роботи почнуться в жовтні й триватимуть два роки."
    )
    edition = built(tmp_path, {"title": "Рада підтримала міст", "text": text, "language": "uk"})
    assert {cited.text[:6] for _, cited in edition.walk()} == {"Міська", "Роботи"}
    assert verify(edition, tmp_path).findings == ()


def test_an_item_does_not_open_with_a_pronoun_whose_sentence_became_a_key_point(tmp_path: Path) -> None:
    text = (
        "Правительство Норвии одобрило передачу Велланду пятидесяти тысяч снарядов. Их собирали по всему миру, а "
        "заплатили за них Орвель, Брамар и Халверн. По словам главы кабинета Павла Дворжака, поставки завершатся в мае."
    )
    made = built(tmp_path, {"title": "Скарн: снаряды для Велланда уже в пути", "text": text, "language": "ru"})
    items = [[s.text for s in story.summary] for section in made.sections for story in section.stories]
    assert any(items)
    assert not any(sentences and sentences[0].startswith("Их ") for sentences in items)


def test_what_was_announced_for_the_day_before_is_not_printed(tmp_path: Path) -> None:
    text = (
        "Die Minister von Norvia und Velland werden am Dienstag in Skarn ein Abkommen über Getreide unterzeichnen. Die "
        "Häfen von Norvia sind seit Mai für alle Schiffe geschlossen. In den Lagern liegen 40.000 Tonnen Weizen."
    )
    printed = [cited.text for _, cited in built(tmp_path, {"title": "Treffen in Skarn", "text": text}).walk()]
    assert any("40.000 Tonnen" in one for one in printed)
    assert not any("werden am Dienstag" in one for one in printed)


def test_a_report_in_another_language_gives_a_key_point_beside_three_english_ones(tmp_path: Path) -> None:
    english = [
        {
            "title": "Orvel signs grain deal with Norvia",
            "text": "The government of Orvel signed a deal on grain with Norvia on Tuesday, its foreign minister said. "
            "It was approved by 212 votes to 98.",
        },
        {
            "title": "Storm kills four in Halvern",
            "text": "Four people died in Halvern on Tuesday when a storm tore the roofs off 60 houses, police said. "
            "Trains will not run before Thursday.",
        },
        {
            "title": "Court sentences former bank chief to six years",
            "text": "A court in Bramar sentenced the former head of its largest bank to six years in jail on Tuesday. "
            "He was arrested in March, prosecutors said.",
        },
    ]
    german = {
        "title": "Velland sperrt Konten rulischer Banken",
        "text": "Velland hat am Dienstag die Konten von drei rulischen Banken gesperrt, teilte das Finanzministerium "
        "mit. Auf den Konten liegen viele Millionen Kronen.",
    }
    made = built(tmp_path, *english, german)
    found = [made.source(point.sentence.article_id).language for point in made.key_points]
    assert sorted(found) == ["de", "en", "en", "en"]
