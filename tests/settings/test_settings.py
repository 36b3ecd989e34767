from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import SettingsError
from briefing.settings import (
    LEAST_CONTRAST,
    Settings,
    contrast_on_white,
    default_file,
    locate,
    nearest_readable,
    read_settings,
)
from briefing.stages.themes import DEFAULT_THEMES, DEFAULT_THEMES_TEXT


def written(folder: Path, text: str) -> Path:
    path = folder / "briefing.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        read_settings(written(folder, text), methods=("newswire", "lead"), formats=("pdf", "html"))
    assert caught.value.code == "E_CONFIG"
    return caught.value.message


def test_without_a_file_the_defaults_apply(here: Path) -> None:
    assert read_settings() == Settings()


def test_a_file_beside_the_user_is_read_unasked(here: Path) -> None:
    written(here, '[briefing]\ntitle = "Evening briefing"\n')
    assert read_settings().briefing.title == "Evening briefing"


def test_the_file_that_init_writes_says_what_the_defaults_are(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, default_file(DEFAULT_THEMES_TEXT)))
    assert settings.model_copy(update={"themes": (), "folder": Path()}) == Settings()
    assert tuple(section.theme() for section in settings.themes) == DEFAULT_THEMES


def test_a_user_adds_a_theme_with_a_name_and_plain_words(tmp_path: Path) -> None:
    text = '[[themes]]\nname = "Energy & Gas"\nstrong = ["pipeline*", "oil price"]\n'
    (section,) = read_settings(written(tmp_path, text)).themes
    assert section.theme().slug == "energy-gas"
    assert section.theme().strong == ("pipeline*", "oil price")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '[briefing]\ntitel = "x"\n',
            'briefing.toml:2: briefing.titel is not a setting; did you mean title?\n    titel = "x"',
        ),
        ("[editon]\nx = 1\n", "briefing.toml:1: editon is not a setting."),
        ('\n[briefing]\n\npaper = "A5"\n', "briefing.toml:4: briefing.paper should be 'A4' or 'Letter'."),
        (
            '[summaries]\nmethod = "lexrnak"\n',
            "briefing.toml:2: summaries.method is 'lexrnak'; use one of newswire, lead.",
        ),
        ("[summaries]\nsentences = 0\n", "briefing.toml:2: summaries.sentences should be at least 1."),
        (
            '[summaries]\nsentences = "3"\n',
            "toml:2: summaries.sentences should be a whole number, without quotation marks.",
        ),
        ('[outputs]\nformats = ["pdf", "pfd"]\n', "briefing.toml:2: outputs.formats is 'pfd'; use one of pdf, html."),
        ('[brand]\naccent = "#ff9900"\n', "the nearest that can be read is #aa6600"),
        ('[[themes]]\nname = "A"\n[[themes]]\nstrong = ["x"]\n', "briefing.toml:3: themes.1.name is missing."),
        (
            '[[themes]]\nname = "A"\n\n[[themes]]\nname = "a"\n',
            "briefing.toml:4: two themes have the slug 'a'; rename one.",
        ),
        ('[briefing]\ntime_zone = "Mars/Phobos"\n', "briefing.toml:2: briefing.time_zone is not a time zone"),
        ("[briefing\n", "briefing.toml:1: the bracket of this heading is not closed.\n    [briefing"),
        ('folder = "x"\n', "briefing.toml:1: folder is not a setting."),
        ('"a\\u001b[2J\\nb" = 1\n', "briefing.toml:1: a[2J b is not a setting."),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in refusal(tmp_path, text).replace(str(tmp_path) + "/", "")


def test_a_desk_adds_spellings_of_a_name(tmp_path: Path) -> None:
    text = '[names]\nmariupol = ["Mariupil", "Marioupol"]\n'
    assert read_settings(written(tmp_path, text)).names == {"mariupol": ("Mariupil", "Marioupol")}
    assert "names.mariupol" in refusal(tmp_path, "[names]\nmariupol = 3\n")


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    message = refusal(tmp_path, '[briefing]\npapr = "A4"\npaper = "A5"\n[limits]\npages = -1\n')
    assert len([line for line in message.splitlines() if not line.startswith("    ")]) == 3


def test_mistakes_are_named_in_the_order_of_the_lines_twins_among_them(tmp_path: Path) -> None:
    text = (
        'folder = "x"\n[limits]\npages = -1\n[[themes]]\nname = "A"\n[[themes]]\nname = "a"\nmain = 7\n'
        '[briefing]\npapr = "A4"\npaper = "A5"\n[[themes]]\nstrong = 3\n'
    )
    said = refusal(tmp_path, text).replace(f"{tmp_path}/", "").splitlines()
    lines = [line for line in said if not line.startswith("    ")]
    assert [int(line.split(":")[1]) for line in lines] == [1, 3, 6, 8, 10, 11, 12, 13]
    assert "two themes have the slug 'a'" in lines[2]


@pytest.mark.parametrize("themes", ["3", "[1, 2]", "{ name = 3 }", '[{ name = 3 }, { name = "a", slug = [] }]'])
def test_themes_that_are_none_are_a_mistake_and_no_crash(tmp_path: Path, themes: str) -> None:
    assert "themes" in refusal(tmp_path, f"themes = {themes}\n")


@pytest.mark.parametrize(
    "title",
    ["Daily\r\nBcc: v@evil.example", "=?utf-8?q?D=0D=0ABcc=3A_v=40evil.example?=", "Daily\u2028Bcc: v", "Daily\0"],
)
def test_a_title_cannot_become_a_header(tmp_path: Path, title: str) -> None:
    escaped = "".join(c if c.isprintable() and c not in '"\\' else f"\\u{ord(c):04x}" for c in title)
    assert "briefing.title must be one line" in refusal(tmp_path, f'[briefing]\ntitle = "{escaped}"\n')


@pytest.mark.parametrize(
    "colour",
    ["red", "red;} body{display:none} x{", "url(http://192.0.2.1/)", "#fff", "#" + "f" * 10_000, "", "\\75rl(x)"],
)
def test_a_colour_is_a_colour_and_nothing_else(tmp_path: Path, colour: str) -> None:
    message = refusal(tmp_path, f"[brand]\naccent = {colour!r}\n")
    assert "brand.accent must be a colour" in message


@pytest.mark.parametrize(
    "sender", ["a@x.example, b@x.example", "no-at-sign", "a@", "@x", "a b@x.example", "\u202ea@x.example"]
)
def test_a_sender_is_one_address(tmp_path: Path, sender: str) -> None:
    assert "mail.sender must be one e-mail address" in refusal(tmp_path, f'[mail]\nsender = "{sender}"\n')


def test_a_file_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "briefing.toml"
    path.write_bytes(b"\xff\xfe\x00binary")
    with pytest.raises(SettingsError, match=r"briefing\.toml is not UTF-8 text"):
        read_settings(path)


def test_a_file_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    assert "not valid TOML" in refusal(tmp_path, "x = " + "[" * 100_000)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="does not exist"):
        read_settings(tmp_path / "none.toml")


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_the_nearest_readable_colour_can_be_read(colour: str) -> None:
    assert contrast_on_white(nearest_readable(colour)) >= LEAST_CONTRAST


def test_contrast_is_that_of_the_standard() -> None:
    # WCAG 2.2: white on white is 1, black on white is 21, and #767676 is the lightest grey that passes 4.5.
    assert contrast_on_white("#ffffff") == pytest.approx(1)
    assert contrast_on_white("#000000") == pytest.approx(21)
    assert contrast_on_white("#767676") >= 4.5 > contrast_on_white("#777777")


def test_a_line_is_found_in_the_second_table_of_a_list() -> None:
    text = '[[themes]]\nname = "A"\n[[themes]]\nname = "B"\nmain = 2\n'
    assert locate(text, ("themes", 1, "main")) == 5
    assert locate(text, ("themes", 1, "missing")) == 3
