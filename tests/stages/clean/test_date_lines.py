"""Lines above a text that state its date, in five languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from briefing.model import Article, RawArticle
from briefing.stages.clean import clean_all

BERLIN = ZoneInfo("Europe/Berlin")
TEXTS = {
    "de": "Rat stimmt für neue Brücke\n\n{}\n\nDer Stadtrat hat am Dienstag für den Bau einer neuen Brücke gestimmt. "
    "Die Arbeiten sollen im Oktober beginnen und zwei Jahre dauern.",
    "fr": "Un nouveau pont à Valmorin\n\n{}\n\nLe conseil municipal a voté mardi la construction d’un pont. "
    "Les travaux doivent commencer en octobre et durer deux ans.",
    "es": "Un puente nuevo para Valmora\n\n{}\n\nEl concejo votó el martes la construcción de un puente nuevo. "
    "Las obras empezarán en octubre y durarán dos años.",
    "uk": "Міськрада проголосувала за новий міст\n\n{}\n\nМіська рада у вівторок проголосувала за будівництво мосту. "
    "Роботи почнуться в жовтні й триватимуть два роки.",
    "ru": "Горсовет проголосовал за новый мост\n\n{}\n\nГорсовет во вторник проголосовал за строительство моста. "
    "Работы начнутся в октябре и продлятся два года.",
}


def forms() -> Iterator[tuple[str, str, str]]:
    code = ""
    for line in (Path(__file__).parent / "date_lines.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            code = line[2:]
        elif line and not line.startswith("#"):
            form, _, stated = line.partition("\t")
            yield code, form, stated


def cleaned(code: str, line: str) -> Article:
    raw = RawArticle("a.txt", TEXTS[code].format(line), "text")
    (found,) = clean_all([raw], today=date(2026, 3, 10), time_zone="Europe/Berlin")
    assert found.article is not None
    return found.article


@pytest.mark.parametrize(("code", "form", "stated"), list(forms()))
def test_a_line_that_states_a_date_dates_the_text_and_no_other_line_does(code: str, form: str, stated: str) -> None:
    article = cleaned(code, form)
    if stated == "-":
        assert article.date is None
        return
    assert article.date is not None
    local = article.date.moment if article.date.precision == "day" else article.date.moment.astimezone(BERLIN)
    assert f"{local:%Y-%m-%d %H:%M}".removesuffix(" 00:00") == stated
    assert form not in article.body


def test_in_english_a_day_that_could_be_two_stays_unread() -> None:
    text = "Council votes for a bridge\n\n03/04/2026\n\nThe council voted on Tuesday for a new bridge over the river."
    (found,) = clean_all([RawArticle("a.txt", text, "text")], today=date(2026, 5, 1), time_zone="UTC")
    assert found.article is not None
    assert found.article.date is None


def test_a_headline_with_a_place_and_a_day_is_no_date_line() -> None:
    text = (
        "Halvern, 3. März 2026\n\nDer Stadtrat hat am Dienstag für den Bau einer neuen Brücke über den Fluss gestimmt."
    )
    (found,) = clean_all([RawArticle("a.txt", text, "text")], today=date(2026, 3, 10), time_zone="UTC")
    assert found.article is not None
    assert found.article.title == "Halvern, 3. März 2026"
