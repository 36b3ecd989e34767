"""Characters without a font: what is printed for them, and how they are named once with their package."""

from __future__ import annotations

import pytest

from briefing.outputs import OUTPUTS, Job, pdf
from briefing.outputs.missing_fonts import package_of, packages_of, without_glyphs
from tests.editions import ordinary

SHIP, THAI, KOREAN, HINDI, BURMESE = "\U0001f6a2", "สนธิสัญญา", "국경 조약", "सीमा संधि", "နယ်စပ်စာချုပ်"


def codes(*texts: str) -> set[int]:
    return {ord(c) for text in texts for c in text if not c.isspace()}


@pytest.mark.parametrize(
    ("text", "package"),
    [
        (SHIP, "fonts-symbola"),
        ("\U0001f1f3", "fonts-symbola"),
        (KOREAN, "fonts-noto-cjk"),
        ("漢字かな", "fonts-noto-cjk"),
        (THAI, "fonts-noto-core"),
        (HINDI, "fonts-noto-core"),
        (BURMESE, "fonts-noto-core"),
        ("\U0010fffd", ""),
    ],
)
def test_every_script_names_the_package_that_brings_its_font(text: str, package: str) -> None:
    assert {package_of(code) for code in codes(text)} == {package}


def test_a_run_of_letters_is_one_ellipsis_in_brackets() -> None:
    page = f"<p>The word {KOREAN} {KOREAN}, and 12 {THAI}.</p>"
    assert without_glyphs(page, codes(KOREAN, THAI)) == "<p>The word […], and 12 […].</p>"


def test_an_emoji_leaves_nothing_behind_but_where_it_is_all_that_is_said() -> None:
    page = f"<h3>Grain {SHIP}\ufe0f leaves{SHIP}</h3><p>{SHIP}</p>"
    assert without_glyphs(page, codes(SHIP)) == "<h3>Grain leaves</h3><p>[…]</p>"


def test_what_no_package_brings_is_printed_as_its_code() -> None:
    assert without_glyphs("<p>A \U0010fffd</p>", {0x10FFFD}) == "<p>A [U+10FFFD]</p>"


def test_what_is_missing_is_named_once_at_the_end_with_the_command_that_installs_it() -> None:
    html, _ = pdf.pdf_source(Job(ordinary(), OUTPUTS), codes(SHIP, "조"))
    assert html.count("apt-get install fonts-noto-cjk fonts-symbola") == 1
    assert "2 characters have no font on this machine" in html
    assert "apt-get" not in pdf.pdf_source(Job(ordinary(), OUTPUTS))[0]
    assert packages_of(set()) == ()
