"""What is said of a settings file that cannot be read: file, line, the line itself, the cause in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import SettingsError
from briefing.settings import read_settings

#: What a person wrote, the line that is to be named, a part of the cause, a part of the way out.
SYNTAX = {
    "a closing quotation mark is forgotten": (
        '[briefing]\ntitle = "Morning\npaper = "A4"\n',
        2,
        "a quotation mark is not closed",
        "Close it",
    ),
    "a closing bracket is forgotten": (
        '[[lists]]\nname = "A"\nrecipients = [\n  "a@x.example",\n  "b@x.example"\ntheme = "x"\n',
        3,
        "the [ in this line is not closed",
        "]",
    ),
    "a closing bracket is forgotten on one line": (
        '[[lists]]\nrecipients = ["a@x.example"\ntheme = "x"\n',
        2,
        "the [ in this line is not closed",
        "]",
    ),
    "a closing brace is forgotten": ("[importance]\nwords = { grain = 1\n\n[brand]\n", 2, "the { in this line", "}"),
    "a comma is forgotten": ('a = ["x" "y"]\n', 1, "a comma is missing", '"one", "two"'),
    "quotation marks of a word processor": (
        "[briefing]\ntitle = “Morning”\n",
        2,
        "“ is not a quotation mark",
        "straight quotation marks",
    ),
    "German quotation marks": ("[[themes]]\nname = „Energy“\n", 2, "„ is not a quotation mark", "straight"),
    "text without quotation marks": (
        "[briefing]\ntime_zone = Europe/Berlin\n",
        2,
        "a text stands without quotation marks",
        'time_zone = "Europe/Berlin"',
    ),
    "a day without quotation marks": ("a = 25.11.2026\n", 1, "without quotation marks", 'a = "25.11.2026"'),
    "a Windows path": (
        '[brand]\nlogo = "C:\\new\\logo.png"\n',
        2,
        "a Windows path needs single",
        "logo = 'C:\\new\\logo.png'",
    ),
    "a Windows path of a user": (
        '[store]\npath = "C:\\Users\\Lena\\briefing.sqlite"\n',
        2,
        "a Windows path needs single quotes",
        "'C:\\Users\\Lena\\briefing.sqlite'",
    ),
    "single brackets, then double ones": (
        '[sources]\nname = "A"\naddress = "https://a.example"\n\n[[sources]]\nname = "B"\n',
        1,
        "there may be several sources",
        "[[sources]]",
    ),
    "single brackets twice": (
        '[lists]\nname = "A"\n[lists]\nname = "B"\n',
        1,
        "there may be several lists",
        "[[lists]]",
    ),
    "a table twice": (
        "[mail]\nport = 25\n[brand]\n[mail]\n",
        4,
        "[mail] stands in the file twice, first in line 1",
        "together",
    ),
    "a key twice": ("[mail]\nport = 25\nport = 26\n", 3, "port is set twice, first in line 2", "Remove"),
    "a colon": ('[briefing]\ntitle: "x"\n', 2, "with =, not :", 'title = "x"'),
    "a key of two words": ('[briefing]\ntime zone = "UTC"\n', 2, "a key is one word", "time_zone = "),
    "a quotation mark inside a text": (
        '[brand]\nfooter = "the "best" news"\n',
        2,
        "inside the text ends it",
        "single quotes",
    ),
    "True": ("[[lists]]\nsend_empty = True\n", 2, "True is not a value", "send_empty = true"),
    "yes": ("[[lists]]\nsend_empty = yes\n", 2, "yes is not a value", "send_empty = true"),
    "no value": ("[mail]\nserver =\nport = 25\n", 2, "server has no value", "remove the line"),
    "a decimal comma": ("[collect]\ndelay = 1,5\n", 2, "a number has a point", "1.5"),
    "a heading that is not closed": ('[[lists]\nname = "a"\n', 1, "the bracket of this heading", "[[lists]]"),
    "a comment of another language": ("// mine\n[mail]\n", 1, "a comment begins with #", "#"),
    "a long text that is not closed": ('[brand]\nfooter = """one\ntwo\n', 2, "three quotation marks", "Close"),
    "a number of 5,000 digits": ("[limits]\npages = " + "9" * 5_000 + "\n", 2, "a number has 5,000 digits", "smaller"),
    "a letter that no key has": ('größe = "x"\n', 1, "a key has letters", "Write the key"),
    "only words": ("[briefing]\nmorning news\n", 2, "neither a heading nor a setting", "key = value"),
}

#: The same of files that are TOML and no settings.
VALUES = {
    "a singular": ('[briefing]\n\n[[list]]\nname = "A"\n', 3, "did you mean [[lists]]?"),
    "a misspelt table": ('[brnad]\nfooter = "x"\n', 1, "did you mean [brand]?"),
    "a misspelt key": ('[[lists]]\nname = "A"\nrecipient = []\n', 3, "did you mean recipients?"),
    "a key of another table": ('[mail]\ntitle = "x"\n', 2, "it belongs under [briefing]"),
    "a key before any table": ('title = "x"\n', 1, "it belongs under [briefing]"),
    "single brackets once": ('[briefing]\n[sources]\nname = "A"\n', 2, "double brackets: [[sources]]"),
    "double brackets": ('[[briefing]]\ntitle = "x"\n', 1, "single brackets: [briefing]"),
    "a number between quotation marks": ('[mail]\nport = "587"\n', 2, "a whole number, without quotation marks"),
    "a truth between quotation marks": ('[collect]\nloopback = "true"\n', 2, "true or false, without quotation marks"),
    "a logo that is not there": ('[brand]\nlogo = "logo.png"\n', 2, "logo.png is not a file"),
    "a store in memory": ('[store]\npath = ":memory:"\n', 2, "must be the path of a file"),
    "groups that hold each other": (
        '[[themes]]\nname = "A"\nstrong = ["<a>"]\n[themes.groups]\na = ["<b>"]\nb = ["<a>"]\n',
        4,
        "a group holds terms, not other groups",
    ),
    "a number too large for a fraction": ("[collect]\ndelay = 1" + "0" * 400 + "\n", 2, "is too large"),
    "a list with theme and themes": (
        '[[lists]]\nname = "A"\ntheme = "x"\nthemes = ["y"]\n',
        4,
        "stands beside theme",
    ),
    "a mail of attachments alone": ('[[lists]]\nname = "A"\nformats = ["pdf"]\n', 3, "must hold email, text or both"),
}


def refused(folder: Path, text: str) -> SettingsError:
    path = folder / "briefing.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_settings(path)
    return caught.value


@pytest.mark.parametrize("name", SYNTAX)
def test_what_is_no_toml_is_explained(tmp_path: Path, name: str) -> None:
    text, line, cause, way_out = SYNTAX[name]
    error = refused(tmp_path, text)
    head, _, quoted = error.message.partition("\n")
    assert head.startswith(f"{tmp_path}/briefing.toml:{line}: ")
    assert cause in head
    assert quoted.startswith("    " + text.split("\n")[line - 1].strip()[:80])
    assert len(quoted) <= 104
    assert way_out in error.hint


@pytest.mark.parametrize("name", VALUES)
def test_a_value_that_cannot_be_is_explained(tmp_path: Path, name: str) -> None:
    text, line, cause = VALUES[name]
    error = refused(tmp_path, text)
    head, _, quoted = error.message.partition("\n")
    assert head.startswith(f"{tmp_path}/briefing.toml:{line}: ")
    assert cause in head
    assert quoted.startswith("    " + text.split("\n")[line - 1].strip()[:80])


@pytest.mark.parametrize(
    "line", ['password = "hunter2"', 'api_key = "hunter2"', 'Secret="hunter2', 'address = "hunter2"', "token = hunter2"]
)
def test_a_line_that_may_hold_a_password_is_not_repeated(tmp_path: Path, line: str) -> None:
    error = refused(tmp_path, f'[[channels]]\nname = "A"\nkind = "chat"\n{line}\n')
    assert f"{line.partition('=')[0].rstrip()} = …" in error.message
    assert "hunter2" not in error.message + error.hint


def notices(folder: Path, text: str) -> list[str]:
    path = folder / "briefing.toml"
    path.write_text(text, encoding="utf-8")
    read = read_settings(path, default_themes=("diplomacy", "arms-shipments", "sanctions"))
    return [notice.removeprefix(f"{folder}/") for notice in read.notices]


NOTHING = "briefing.toml:{}: no theme has the slug {!r}, so 'A' is sent nothing; {}"
ENERGY = '[[themes]]\nname = "Energy supply"\nterms = ["gas"]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[[lists]]\nname = "A"\ntheme = "sanktions"\n',
            NOTHING.format(3, "sanktions", "did you mean 'sanctions'?"),
        ),
        (
            '[[lists]]\nname = "A"\nthemes = ["sanctions", "x"]\n',
            NOTHING.format(3, "x", "use one of diplomacy, arms-shipments, sanctions."),
        ),
        (
            '[[channels]]\nname = "A"\nkind = "folder"\naddress = "x"\ntheme = "Sanctions"\n',
            NOTHING.format(5, "Sanctions", "did you mean 'sanctions'?"),
        ),
        (
            ENERGY + '[[lists]]\nname = "A"\ntheme = "Energy supply"\n',
            NOTHING.format(6, "Energy supply", "did you mean 'energy-supply'?"),
        ),
        (
            "[importance]\nthemes = { oil = 1 }\n",
            "briefing.toml:2: no theme has the slug 'oil', so its points count nowhere; use one of diplomacy,",
        ),
        (
            ENERGY + '[[themes]]\nname = "Gas"\nexclusions = ["x"]\n',
            "briefing.toml:4: the theme 'Gas' has no terms, so nothing is ever found for it; add terms.",
        ),
        (
            '[[lists]]\nname = "A"\nlink = true\n',
            "briefing.toml:3: 'A' asks for a link, but [outputs] has no web_address.",
        ),
        (
            '[[lists]]\nname = "A"\nrecipients_file = "r.csv"\n',
            "briefing.toml:3: r.csv is not a file: nobody of it is sent 'A'.",
        ),
    ],
)
def test_what_is_possible_and_cannot_be_meant_is_told_and_stops_nothing(tmp_path: Path, text: str, said: str) -> None:
    (notice,) = notices(tmp_path, text)
    assert notice.startswith(said)


def test_settings_that_are_in_order_are_told_nothing_about(tmp_path: Path) -> None:
    lists = '[[lists]]\nname = "A"\ntheme = "energy-supply"\n[[lists]]\nname = "B"\ntheme = "other"\n'
    assert notices(tmp_path, ENERGY + lists) == []
    assert notices(tmp_path, '[[lists]]\nname = "A"\nthemes = ["sanctions", "diplomacy"]\n') == []
