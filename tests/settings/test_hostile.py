"""Settings made to harm: each is refused before any work, and the refusal names file, line and key.

Translated from hostile configurations of other programs: `theme.*` is `[brand]` here, `edition.*` is `[briefing]`,
`timezone` is `time_zone`. What we have no key for (fonts, recipients, a clock) must be refused as unknown; the tricks
played on recipients are tried on the one address we have, the sender's.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from briefing.cli import run
from briefing.settings import read_settings

COLOURS = [
    "red;} body{display:none} x{",
    "red</style><script>alert(1)</script>",
    "url(http://169.254.169.254/)",
    "#fff;background:url(file:///etc/passwd)",
    "expression(alert(1))",
    "rgb(0,0,0",
    "red/*",
    "\\75rl(x)",
    "#" + "f" * 10000,
    "",
    5,
    ["red"],
]
FONTS = ["'; } @import url(http://127.0.0.1:9/x); {", "file:///etc/passwd", "x" * 5000, "Serif\n}"]
ADDRESSES = [
    "a@x.example\r\nBcc: v@evil.example",
    "a@x.example, b@x.example",
    "a@x.example\nRCPT TO:<v@evil.example>",
    '"a" <a@x.example> <v@evil.example>',
    "alice@example.org)bob@evil.example",
    "no-at-sign",
    "a@",
    "@x",
    "a@b\0c.example",
    "a@" + "x" * 300 + ".example",
    "\u202ea@x.example",
    "a b@x.example",
]
TITLES = [
    "Daily\r\nBcc: v@evil.example",
    "=?utf-8?q?D=0D=0ABcc=3A_v=40evil.example?=",
    "Daily\u2028Bcc: v",
    "Daily\0",
]
ZONES = ["Mars/Phobos", "../../etc/localtime", "", "UTC+25", "Europe/Berlin\0"]
CLOCKS = [
    ("Europe/Berlin", "2026-03-29T02:30"),
    ("Europe/Berlin", "2026-10-25T02:30"),
    ("Pacific/Apia", "2011-12-30T12:00"),
    ("Pacific/Kiritimati", "2026-11-22T00:30"),
    ("Asia/Kathmandu", "2026-11-22T00:10"),
    ("America/St_Johns", "2026-03-08T02:15"),
    ("UTC", "2026-02-30T00:00"),
    ("UTC", "2026-12-31T23:59:60"),
]
#: A value made to harm: section, key, value.
VALUES = [
    *(("brand", "accent", value) for value in COLOURS),
    *(("brand", "font", value) for value in FONTS),
    *(("mail", "to", [value]) for value in ADDRESSES),
    *(("mail", "sender", value) for value in ADDRESSES),
    *(("briefing", "title", value) for value in TITLES),
    *(("briefing", "organisation", value) for value in TITLES),
    *(("brand", "footer", value) for value in TITLES),
    *(("brand", "mark", value) for value in TITLES),
    *(("mail", "list_id", value) for value in TITLES),
    *(("mail", "list_unsubscribe", value) for value in TITLES),
    *(("outputs", "templates", value) for value in ("a\nb", "\u202ea")),
    *(("briefing", "time_zone", value) for value in ZONES),
    *(("briefing", "now", value) for _, value in CLOCKS),
    ("editon", "titel", "x"),
    ("briefing", "titel", "x"),
]
#: A whole file made to harm, and what of it the refusal must name.
FILES = {
    "yaml aliases": (b"a: &a [x,x,x]\nb: &b [*a,*a]\n", "toml:1: "),
    "yaml object": (b"theme: !!python/object/apply:os.system ['touch pwned']\n", "toml:1: "),
    "broken": (b"[edition\ntitle = ", "toml:1: "),
    "json": (b'{"theme": {"accent": "red"}}', "toml:1: "),
    "binary": (random.Random(20261122).randbytes(2000), "UTF-8"),
    "deep": (b"a = " + b"[" * 100_000, "nested too deeply"),
    "deep tables": (b"[" + b".".join([b"a"] * 100_000) + b"]", "nested too deeply"),
    "deep keys": (b'[briefing]\n"a" . ' + b"'b' . " * 100_000 + b"a = 1", "briefing.toml:2 is nested too deeply"),
    "large": (b"#" * 1_000_001, "too large"),
    "twice": (b'[briefing]\ntitle = "a"\ntitle = "b"\n', "toml:3: title is set twice, first in line 2"),
}


def toml(value: object) -> str:
    """A TOML value, every character outside printable ASCII written as an escape."""
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, int):
        return str(value)
    escaped = "".join(c if " " <= c <= "~" and c not in '"\\' else f"\\U{ord(c):08x}" for c in str(value))
    return f'"{escaped}"'


def refused(here: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> str:
    (here / "briefing.toml").write_bytes(content)
    assert run(["build", "not-there.txt", "--date", "2026-11-22"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", told.err)
    assert not (here / "out").exists()
    assert not (here / "pwned").exists()
    return told.err


@pytest.mark.parametrize(("section", "key", "value"), VALUES, ids=range(len(VALUES)))
def test_a_value_made_to_harm_is_refused_with_file_line_and_key(
    here: Path, capsys: pytest.CaptureFixture[str], section: str, key: str, value: object
) -> None:
    told = refused(here, capsys, f"# a comment\n[{section}]\n{key} = {toml(value)}\n".encode())
    named = rf"briefing: briefing\.toml:(2: {section}|3: {section}\.{key}) "
    assert re.match(named, told), told
    assert len(told) < 1000


@pytest.mark.parametrize("name", FILES)
def test_a_file_made_to_harm_is_refused(here: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    content, said = FILES[name]
    told = refused(here, capsys, content)
    assert told.startswith("briefing: briefing.toml")
    assert said in told
    assert len(told) < 1000


@pytest.mark.parametrize("zone", sorted({zone for zone, _ in CLOCKS}))
def test_the_zones_that_exist_are_accepted(here: Path, zone: str) -> None:
    (here / "briefing.toml").write_text(f"[briefing]\ntime_zone = {toml(zone)}\n", encoding="utf-8")
    assert read_settings().briefing.time_zone == zone
