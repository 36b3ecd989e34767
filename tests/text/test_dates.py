"""Dates are parsed strictly and resolved only against a known day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.dates import dates_in, parse_moment, resolve
from briefing.text.languages import language

WEDNESDAY = date(2022, 1, 19)
CASES = [
    line
    for line in (Path(__file__).parent / "dates.txt").read_text(encoding="utf-8").split("\n")
    if line and not line.startswith("#")
]
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("case", CASES)
def test_the_days_a_sentence_names_are_found_at_their_words(case: str) -> None:
    text, _, expected = case.rpartition(" | ")
    found = [f"{text[start:end]} = {day}" for start, end, day in dates_in(text, WEDNESDAY, language("en"))]
    assert "; ".join(found) == expected.strip()


def test_a_letter_that_becomes_two_in_lower_case_moves_no_day() -> None:
    text = "In İzmir on Tuesday"
    assert [text[a:b] for a, b, _ in dates_in(text, WEDNESDAY, language("en"))] == ["Tuesday"]


def test_an_undated_article_resolves_only_full_dates() -> None:
    text = "On Tuesday, last week and December 18 nothing is known; on 18 December 2021 it is."
    assert [(text[a:b], day) for a, b, day in dates_in(text, None, language("en"))] == [
        ("18 December 2021", date(2021, 12, 18))
    ]


@pytest.mark.parametrize(
    ("text", "moment", "precision"),
    [
        ("2022-02-01", "2022-02-01T00:00", "day"),
        ("2022-02-01T09:30:00+01:00", "2022-02-01T08:30", "minute"),
        ("2022-02-01T09:30:00.123Z", "2022-02-01T09:30", "minute"),
        ("2022-02-01 00:30", "2022-01-31T23:30", "minute"),
        ("Tue, 01 Feb 2022 08:00:00 GMT", "2022-02-01T08:00", "minute"),
        ("1 Feb 2022 08:00 +0200", "2022-02-01T06:00", "minute"),
        ("1 February 2022", "2022-02-01T00:00", "day"),
        ("Feb. 1, 2022", "2022-02-01T00:00", "day"),
        ("Tuesday, February 1st, 2022", "2022-02-01T00:00", "day"),
        ("Tuesday, February 1, 2022 at 9:05 pm", "2022-02-01T20:05", "minute"),
        ("1 February 2022, 14:30 GMT", "2022-02-01T14:30", "minute"),
        ("13/02/2022", "2022-02-13T00:00", "day"),
        ("02/13/2022", "2022-02-13T00:00", "day"),
        ("2/2/2022", "2022-02-02T00:00", "day"),
        ("1.2.2022", "2022-02-01T00:00", "day"),
        ("2022/02/01", "2022-02-01T00:00", "day"),
        ("20220201", "2022-02-01T00:00", "day"),
    ],
)
def test_a_date_is_read_with_its_precision(text: str, moment: str, precision: str) -> None:
    found = parse_moment(text, BERLIN)
    assert found is not None
    assert (found.moment, found.precision) == (datetime.fromisoformat(moment).replace(tzinfo=UTC), precision)


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "Tuesday", "February", "December 18", "2022", "01/02/2022", "30 February 2022", "2022-13-01",
        "0000-00-00T00:00:00Z", "-99999-01-01", "\u0662\u0660\u0662\u0666-\u0661\u0661-\u0662\u0661", "1" * 5000,
        "Sat, 21 Nov 2026 25:61:61 +9999", "2026-11-21T08:00:60Z", "1 February 2022 and more", "2022-02-01T08:00+99:00",
        "0001-01-01T00:00:00+14:00",
    ],
)  # fmt: skip
def test_what_is_no_single_date_is_none(text: str) -> None:
    assert parse_moment(text, BERLIN) is None


MOMENTS = [
    line.rpartition(" | ")[::2]
    for line in (Path(__file__).parent / "moments.txt").read_text(encoding="utf-8").split("\n")
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("stated", "expected"), MOMENTS)
def test_a_stated_date_is_the_moment_it_means_or_none(stated: str, expected: str) -> None:
    found = parse_moment(stated, BERLIN)
    if found is None:
        assert expected == "none"
    elif found.precision == "day":
        assert expected == f"{found.day} day"
    else:
        assert expected == f"{found.moment:%Y-%m-%dT%H:%M}"


def test_eighty_forms_of_dates_are_tried() -> None:
    assert len(MOMENTS) >= 82


def test_a_time_without_a_zone_says_so() -> None:
    found = parse_moment("2022-07-01 12:00", BERLIN)
    assert found is not None
    assert found.zone_assumed
    assert found.moment == datetime(2022, 7, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "future", "day"),
    [
        ("Wednesday", False, date(2022, 1, 19)),
        ("Tuesday", False, date(2022, 1, 18)),
        ("on Thursday", False, date(2022, 1, 13)),
        ("Thursday", True, date(2022, 1, 20)),
        ("Wednesday", True, date(2022, 1, 19)),
        ("December 18", False, date(2021, 12, 18)),
        ("3 February", False, date(2022, 2, 3)),
        ("last month", False, date(2021, 12, 1)),
        ("last year", False, date(2021, 1, 1)),
        ("a week ago", False, date(2022, 1, 12)),
        ("soon", False, None),
        ("", False, None),
    ],
)
def test_an_expression_means_a_day_in_its_article(expression: str, future: bool, day: date | None) -> None:
    assert resolve(expression, WEDNESDAY, future=future) == day


@given(st.text(max_size=120))
def test_no_text_breaks_the_parser(text: str) -> None:
    found = parse_moment(text, BERLIN)
    assert found is None or found.moment.tzinfo is UTC


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_written_date_is_the_date(day: date) -> None:
    for text in (day.isoformat(), f"{day:%d} {day:%B} {day.year}", f"{day:%b}. {day.day}, {day.year}"):
        found = parse_moment(text, UTC)
        assert found is not None
        assert found.day == day


@pytest.mark.parametrize(
    ("code", "text", "days"),
    [
        ("de", "Der Rat tagte gestern und am vergangenen Freitag.", ["2026-03-02", "2026-02-27"]),
        ("de", "Am kommenden Montag wird gewählt, morgen früh nicht.", ["2026-03-09"]),
        ("fr", "Le conseil a siégé hier et mardi dernier.", ["2026-03-02", "2026-02-24"]),
        ("fr", "Il siégera demain ou lundi prochain.", ["2026-03-04", "2026-03-09"]),
        ("es", "El concejo se reunió ayer; votará el próximo lunes por la mañana.", ["2026-03-02", "2026-03-09"]),
        ("uk", "Рада засідала вчора й минулої п’ятниці, завтра голосує.", ["2026-03-02", "2026-02-27", "2026-03-04"]),
        ("ru", "Совет заседал вчера и в прошлую пятницу, завтра голосует.", ["2026-03-02", "2026-02-27", "2026-03-04"]),
        ("de", "Am Dienstag tagt der Rat.", ["2026-03-03"]),
    ],
)
def test_yesterday_and_last_tuesday_are_read_where_a_language_has_them(code: str, text: str, days: list[str]) -> None:
    tuesday = date(2026, 3, 3)
    assert [day.isoformat() for _, _, day in dates_in(text, tuesday, language(code))] == days
    assert dates_in(text, None, language(code)) == ()


@pytest.mark.parametrize(
    ("code", "text", "day"),
    [
        ("de", "Der Rat hat am Dienstag abgestimmt.", "2026-03-03"),
        ("de", "Der Rat wird am Freitag abstimmen.", "2026-03-06"),
        ("de", "Am Donnerstag soll der Vertrag unterzeichnet werden.", "2026-03-05"),
        ("fr", "Le président est arrivé mardi à Halvern.", "2026-03-03"),
        ("fr", "La loi sera votée vendredi.", "2026-03-06"),
        ("es", "El presidente llegó este martes.", "2026-03-03"),
        ("es", "El viernes habrá una cumbre.", "2026-03-06"),
        ("uk", "У вівторок рада ухвалила рішення.", "2026-03-03"),
        ("uk", "Зустріч відбудеться в п’ятницю.", "2026-03-06"),
        ("ru", "В субботу совет проголосовал.", "2026-02-28"),
        ("ru", "Во вторник состоится встреча.", "2026-03-10"),
    ],
)
def test_a_bare_weekday_is_the_last_or_the_next_by_what_its_sentence_speaks_of(code: str, text: str, day: str) -> None:
    found = dates_in(text, date(2026, 3, 4), language(code))
    assert [d.isoformat() for _, _, d in found] == [day]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Das Museum ist jeden Montag geschlossen."),
        ("de", "Der Markt öffnet montags und freitags."),
        ("fr", "Le marché ouvre tous les lundis, chaque mardi."),
        ("es", "El mercado abre los lunes."),
        ("uk", "Музей зачинено кожного вівторка."),
        ("ru", "Музей закрыт каждую субботу."),
    ],
)
def test_a_habit_names_no_day(code: str, text: str) -> None:
    assert dates_in(text, date(2026, 3, 4), language(code)) == ()
