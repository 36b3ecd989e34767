"""Captions, bylines and origins in every language with a file of them."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.model import RawArticle
from briefing.stages.clean.articles import clean
from briefing.stages.clean.origins import wire_of
from briefing.stages.clean.paragraphs import is_caption
from briefing.stages.clean.titles import byline_name, headline
from briefing.text.dates import states_a_change, without_lead
from briefing.text.layout import layout


@pytest.mark.parametrize(
    "line",
    [
        "This handout photo released by the port shows the ferry in Halvern.",
        "Das Bild zeigt die Fähre im Hafen von Halvern.",
        "Der Minister (links) und sein Gast am Kai von Halvern",
        "Die Fähre im Hafen. Foto: Ada Brill/dpa",
        "Cette photo fournie par le port montre le ferry à Halvern.",
        "Le ministre (à gauche) et son invité sur le quai",
        "Le ferry au port. Crédit : Ada Brill",
        "La imagen muestra el transbordador en el puerto.",
        "El ministro (a la derecha) y su invitado en el muelle",
        "На фото: пором у порту Галверна",
        "Міністр (ліворуч) і його гість на причалі",
        "На снимке видно паром в порту Халверна.",
        "Министр (слева) и его гость на причале",
    ],
)
def test_a_line_that_describes_a_picture_is_a_caption(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "The photo agency closed its office in Halvern on Monday.",
        "Das Bild der Stadt hat sich seit dem Krieg verändert.",
        "Der Minister stand links vom Kanzler, sagte ein Sprecher.",
        "Die Partei (Linke) stimmte gegen das Gesetz.",
        "La photo est le métier de son père, a déclaré le maire.",
        "La imagen del país ha cambiado, dijo el alcalde.",
        "Фото забороняють у музеї з понеділка.",
        "Снимки запретили в музее с понедельника.",
    ],
)
def test_news_on_pictures_is_no_caption(line: str) -> None:
    assert not is_caption(line)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ada Lind and Tom Reed in Halvern", "Ada Lind and Tom Reed in Halvern"),
        ("Von Ada Lind und Tom Reed, Halvern", "Ada Lind und Tom Reed, Halvern"),
        ("By Ada Lind, staff writer", "Ada Lind"),
        ("Par Ada Lind, envoyée spéciale à Halvern", "Ada Lind"),
        ("Por Ada Lind y Tom Reed", "Ada Lind y Tom Reed"),
        ("Автор: Ольга Квітко", "Ольга Квітко"),
        ("Текст: Олег Маренко и Анна Лисова", "Олег Маренко и Анна Лисова"),
        ("By Tuesday the army had left the town", ""),
        ("Von Dienstag an gilt das neue Gesetz", ""),
        ("Par ailleurs le gouvernement se tait", ""),
        ("Текст закона опубликован", ""),
    ],
)
def test_a_line_that_says_who_wrote_it_is_a_byline(line: str, name: str) -> None:
    assert byline_name(line) == name


@pytest.mark.parametrize(
    ("lead", "agency"),
    [
        ("Two ferries collided off Halvern, TASS reported on Monday.", "TASS"),
        (
            "Zwei Fähren sind vor Halvern zusammengestoßen, wie die Nachrichtenagentur TASS am Montag berichtete.",
            "TASS",
        ),
        ("Deux ferries sont entrés en collision au large de Halvern, a rapporté lundi l’agence TASS.", "TASS"),
        ("Dos transbordadores chocaron frente a Halvern, informó el lunes la agencia EFE.", "EFE"),
        ("Два пороми зіткнулися біля Галверна, повідомляє Укрінформ.", "Ukrinform"),
        ("Два парома столкнулись у Халверна, сообщает РИА Новости.", "RIA Novosti"),
        ("Die Fähre gehört zu Reuters.", ""),
        ("Zwei Fähren sind zusammengestoßen, wie TASS unter Berufung auf Interfax berichtet.", ""),
    ],
)
def test_the_agency_that_a_first_paragraph_names_is_its_origin(lead: str, agency: str) -> None:
    assert wire_of([lead]) == agency


@pytest.mark.parametrize("line", ["Quelle: dpa", "Source : AFP", "Fuente: EFE", "Джерело: Укрінформ", "Источник: ТАСС"])
def test_a_line_that_names_the_source_names_the_origin(line: str) -> None:
    assert wire_of(["Something happened."], dropped=[line.replace(" :", ":")])


@pytest.mark.parametrize(
    ("line", "rest", "is_changed"),
    [
        ("Updated on 3 March 2026", "3 March 2026", True),
        ("Veröffentlicht am 3. März 2026", "3. März 2026", False),
        ("Aktualisiert am 3. März 2026", "3. März 2026", True),
        ("Mis à jour le 3 mars 2026", "3 mars 2026", True),
        ("Оновлено 3 березня 2026", "3 березня 2026", True),
    ],
)
def test_when_a_text_was_changed_is_told_from_when_it_was_published(line: str, rest: str, is_changed: bool) -> None:
    assert without_lead(line) == (rest, True)
    assert states_a_change(line) is is_changed


@pytest.mark.parametrize(
    "title", ["Ohne Titel", "Sans titre", "Sin título", "Без назви", "Без названия", "(no subject)"]
)
def test_a_title_that_says_there_is_none_is_none(title: str) -> None:
    assert headline(title) == ""


def test_a_caption_in_ukrainian_is_not_summarised() -> None:
    told = "Міський голова відкрив міст у понеділок."
    text = f"Міст відкрили\n\n{told}\n\nНа фото: мер Роман Лисяк біля мосту\n\nРух почнеться в травні."
    found = clean(RawArticle("a.txt", text=text, kind="text"), today=date(2026, 3, 4), time_zone="UTC").article
    assert found
    assert [p.kind for p in found.paragraphs] == ["text", "caption", "text"]


def test_words_of_every_language_with_a_file_are_known() -> None:
    assert {"NATO", "НАТО", "OTAN", "EILMELDUNG"} <= layout().no_places
