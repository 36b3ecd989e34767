"""Numbers written in digits, by the signs of the language."""

from __future__ import annotations

import pytest

from briefing.text.languages import language
from briefing.text.numerals import normalised, numbers


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "100,000 men, 3.5 tons", {"100000", "3.5"}),
        ("en", "1,250,000.50 dollars and $3.2bn", {"1250000.5", "3.2bn"}),
        ("de", "3,2 Milliarden für 15.000 Soldaten", {"3.2", "15000"}),
        ("de", "1.250.000,50 Euro, in Bern 15’000 Franken", {"1250000.5", "15000"}),
        ("fr", "3,2 milliards, 50\u202f000 hommes et 50 000 femmes", {"3.2", "50000"}),
        ("es", "3,2 millones y 15.000 soldados", {"3.2", "15000"}),
        ("uk", "3,2 млрд гривень, 50 000 осіб", {"3.2", "50000"}),
        ("ru", "3,2 млрд рублей, 1 250 000 человек", {"3.2", "1250000"}),
        ("ru", "3,20 процента в 2022 100 раз", {"3.2", "2022", "100"}),
        ("und", "3,2 i 3.2 oraz 15 000 i 15\u00a0000", {"3.2", "15", "000", "15000"}),
        ("de", "am 03.03.2026 um 15.30 Uhr", {"03.03.2026", "15.3"}),
        ("en", "it fell to -5 from 10-15", {"-5", "10", "15"}),
    ],
)
def test_a_number_is_read_by_the_signs_of_its_language(code: str, text: str, expected: set[str]) -> None:
    assert numbers(text, language(code)) == expected


@pytest.mark.parametrize("code", ["en", "de", "fr", "es", "uk", "ru", "und"])
def test_a_decimal_number_is_never_the_one_without_its_sign(code: str) -> None:
    spoken = language(code)
    for sign in ".,":
        assert numbers(f"3{sign}2", spoken) != numbers("32", spoken)
        assert normalised(f"x 3{sign}2 y", spoken) != normalised("x 32 y", spoken)


def test_a_longer_number_does_not_hold_a_shorter_one() -> None:
    spoken = language("en")
    assert normalised("The toll is 15.", spoken) not in normalised("The toll is 150.", spoken)
    assert normalised("5 people died", spoken) not in normalised("15 people died", spoken)


def test_marks_and_zeros_behind_a_decimal_sign_change_nothing() -> None:
    spoken = language("de")
    assert normalised("„Es sind 3,20 Euro“, 15.000 Mal", spoken) == normalised("«es sind 3,2 Euro» 15000 mal", spoken)
