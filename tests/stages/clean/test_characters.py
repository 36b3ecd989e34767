"""Characters that deceive or break never reach an article; those that languages need do."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Cleaned, RawArticle
from briefing.stages.clean import clean
from briefing.stages.clean.characters import MARKS_PER_LETTER, is_suspect, without_hazards
from briefing.stages.clean.mojibake import is_mojibake, repaired

PROSE = "The council met on Tuesday to discuss the bridge. "


def cleaned(text: str) -> Cleaned:
    return clean(RawArticle(input="a.txt", text=text, kind="text"), today=date(2022, 2, 1), time_zone="UTC")


@pytest.mark.parametrize(
    ("text", "left", "code"),
    [
        ("Deal\0 signed", "Deal signed", "W_CONTROL_REMOVED"),
        ("\x1b]0;owned\x07\x1b[2J\x1b[31mRed\x1b[0m", "Red", "W_CONTROL_REMOVED"),
        ("a\x07b\x9fc\ufffed\ue000e\U0010ffff", "abcde", "W_CONTROL_REMOVED"),
        ("Invoice \u202egpj.exe", "Invoice gpj.exe", "W_BIDI_REMOVED"),
        ("Bank \u2067\u2066\u202bopen", "Bank open", "W_BIDI_REMOVED"),
        ("a\u200b\u00ad\u2060\ufeffb", "ab", "W_INVISIBLE_REMOVED"),
        ("left\u200eright", "leftright", "W_INVISIBLE_REMOVED"),
        ("x\U000e0069\U000e0067n", "xn", "W_INVISIBLE_REMOVED"),
        ("a\u200db", "ab", "W_INVISIBLE_REMOVED"),
        ("x\ufe00\ufe01\ufe02", "x\ufe00", "W_INVISIBLE_REMOVED"),
        ("H" + "\u0301" * 100 + "i", "H" + "\u0301" * MARKS_PER_LETTER + "i", "W_COMBINING_CAPPED"),
    ],
)
def test_what_deceives_is_removed_and_counted(text: str, left: str, code: str) -> None:
    found: Counter[str] = Counter()
    assert without_hazards(text, found) == left
    assert found[code] == len(text) - len(left)
    assert set(found) == {code}


@pytest.mark.parametrize(
    "text",
    [
        "Cafe\u0301 closes",
        "\u05e8\u05d0\u05e9 \u05d4\u05de\u05de\u05e9\u05dc\u05d4\u200f (BBC)",
        "\u0627\u0644\u0631\u0626\u064a\u0633 \u064a\u0648\u0642\u0639\u200f!",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
        "Family \U0001f468\u200d\U0001f469\u200d\U0001f467 day \u2764\ufe0f",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f won",
        "\u6771\u4eac\u3067\u4f1a\u8b70\u304c\u958b\u304b\u308c\u305f\u3002",
        "Việt Nam ký kết",
        "“Kyiv” — 5 € – ‘now’…",
    ],
)
def test_what_languages_need_stays(text: str) -> None:
    found: Counter[str] = Counter()
    assert without_hazards(text, found) == text
    assert not found


def test_a_note_counts_what_was_removed_and_names_the_input() -> None:
    result = cleaned("Deal\0 signed\0\n\n" + PROSE)
    (note,) = result.notes
    assert (note.code, note.message) == ("W_CONTROL_REMOVED", "a.txt: 2 control characters were removed.")


def test_titles_are_cleaned_too() -> None:
    result = clean(
        RawArticle(input="a.txt", text=PROSE, kind="feed", title="Invoice \u202egpj.exe"),
        today=date(2022, 2, 1),
        time_zone="UTC",
    )
    assert result.article is not None
    assert result.article.title == "Invoice gpj.exe"
    assert [note.code for note in result.notes] == ["W_BIDI_REMOVED"]


@pytest.mark.parametrize(
    "text", ["One.\rTwo.", "One.\r\nTwo.", "One.\x85Two.", "One.\u2028Two.", "One.\u2029Two.", "One.\fTwo."]
)
def test_every_line_end_ends_a_paragraph(text: str) -> None:
    result = cleaned(text)
    assert result.article is not None
    assert result.article.body == "One.\nTwo."
    assert not result.notes


@pytest.mark.parametrize(
    "text",
    [
        "Café owners “worried” about €5 tax – minister",
        "It’s Müller’s naïve plan…",
        "Президент підписав закон",
    ],
)
def test_text_read_in_the_wrong_encoding_is_put_right(text: str) -> None:
    broken = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())
    assert broken != text
    assert is_mojibake(broken)
    assert repaired(broken) == text
    assert [note.code for note in cleaned(broken + "\n\n" + PROSE).notes] == ["W_MOJIBAKE"]


def test_a_closing_quote_whose_byte_was_lost_is_closed_again() -> None:
    assert repaired("Owners â€œworriedâ€\ufffd about it") == "Owners “worried” about it"


@pytest.mark.parametrize(
    "text",
    [
        "Il est allé…\u00a0» dit-il.",
        "„CAFÉ“ UND „IDEÉ”",
        "São Paulo, Ângela, Åsa: â, ã, Â",
        "Price: £5, 10 °C, ½ mile",
        "İstanbul’a “hoş geldiniz”",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert not is_mojibake(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = without_hazards(text, Counter())
    assert without_hazards(once, Counter()) == once


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab \u0301\u200b\u200d\u202e\x00\x1b[31m\ue000\U000e0041\ufe0f\U0001f468"), max_size=80))
def test_nothing_that_overrides_or_controls_is_left(text: str) -> None:
    left = without_hazards(text, Counter())
    assert not set(left) & set("\u200b\u202e\x00\x1b\ue000\U000e0041")
    assert "\u0301" * (MARKS_PER_LETTER + 1) not in left


@given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20)))
def test_plain_text_is_never_suspect(text: str) -> None:
    assert not is_suspect(text)
