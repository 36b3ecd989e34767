"""Nothing that a terminal obeys reaches it, whatever an issue file, an article or a command line holds."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from briefing.cli import run
from briefing.cli.echo import echo, plain, row
from briefing.outputs import render
from tests.editions import ordinary
from tests.paths import ROOT

#: Title of the window, colour, cursor, direction, C1 control, carriage return, Unicode's line ends.
ESCAPES = "\x1b]0;owned\x07\x1b[31m\u202e\x9b2J\r\u2028\x85"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
#: Fields whose value decides whether the file is read at all.
FIXED = {"schema", "day", "language", "paper", "accent", "theme", "scope", "state", "evidence", "outcome", "fate"}
FIXED |= {"code", "method", "precision", "logo", "published", "newest", "kind", "of", "voice", "time_zone", "slug"}


def poisoned(value: Any, key: str = "") -> Any:
    """The same with escapes behind every text that is free."""
    if isinstance(value, dict):
        return {name: poisoned(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [poisoned(one, key) for one in value]
    is_free = isinstance(value, str) and key not in FIXED and not re.fullmatch(r"[\d:TZ+.-]+|[0-9a-f]{16,}|", value)
    return value + ESCAPES if is_free else value


@pytest.fixture
def issue(here: Path) -> Path:
    render(ordinary(), "out", formats=("json",))
    path = Path("out/2022-02-01/briefing.json")
    path.write_text(json.dumps(poisoned(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "command",
    [
        ["verify", "ISSUE"],
        ["verify", "ISSUE", "--sources", "out"],
        ["ledger", "ISSUE"],
        ["render", "ISSUE", "--format", "json,text"],
        ["send", "2022-02-01", "--dry-run"],
        ["explain", "ISSUE"],
        ["summarise", "ISSUE"],
        ["build", "ISSUE", "--date", "2022-02-01", "--format", "json"],
    ],
)
def test_an_issue_file_from_elsewhere_sends_a_terminal_nothing_it_obeys(command, issue, capsys):
    run([str(issue) if word == "ISSUE" else word for word in command])
    said = capsys.readouterr()
    assert said.out + said.err
    assert not OBEYED.search(said.out + said.err)
    assert "Traceback" not in said.err


def test_an_article_sends_a_terminal_nothing_it_obeys_when_it_is_explained(here, capsys):
    body = f"The harbour opened on Monday{ESCAPES} after the storm.\n\nShare this{ESCAPES}\n"
    Path("a.txt").write_text(f"Title: Harbour{ESCAPES} opens\n\n{body}", encoding="utf-8")
    for show in ("clean", "themes", "ranking", "judgement"):
        run(["explain", "a.txt", "--show", show])
    run(["summarise", "a.txt"])
    said = capsys.readouterr()
    assert "harbour opened on Monday" in said.out
    assert not OBEYED.search(re.sub(r"\x1b\[[0-9;]*m", "", said.out + said.err))


@pytest.mark.parametrize(
    "words", [[f"--no-such{ESCAPES}"], [f"none{ESCAPES}"], ["build", f"a{ESCAPES}", "--date", f"x{ESCAPES}"]]
)
def test_a_command_line_with_escapes_is_repeated_without_them(words, capsys):
    assert run(words) != 0
    said = capsys.readouterr()
    assert not OBEYED.search(said.out + said.err)


@pytest.mark.parametrize(
    "words",
    [
        ["build", "a", "--date", "0001-01-01"],
        ["build", "a", "--date", "9999-12-31"],
        ["build", "a", "--from", "0001-01-01", "--to", "9999-12-31"],
        ["build", "a", "--pages", "9" * 5_000],
        ["search", "x", "--limit", "9" * 5_000],
        ["daily", "--date", "9" * 5_000],
    ],
)
def test_days_at_the_ends_of_the_calendar_and_endless_numbers_are_one_short_line(words, capsys):
    assert run(words) == 2
    said = capsys.readouterr().err
    assert "Invalid value" in said
    assert "Traceback" not in said
    assert max(map(len, said.splitlines())) <= 301


def test_a_field_makes_up_no_line_and_no_column(capsys):
    row("used", "a.txt\tforged", "fine\n0 findings.")
    echo("a\nb")
    echo("a\nb", lines=True)
    assert capsys.readouterr().out == "used\ta.txt forged\tfine 0 findings.\na b\na\nb\n"
    assert plain("a\rb\x1b[2Jc") == "a b[2Jc"


def test_nothing_of_the_command_line_prints_but_through_the_one_echo():
    allowed = {
        ("echo.py", "echo"),
        ("__init__.py", "write"),  # the help, and the last word of a program that cannot print
        ("parser.py", "write"),  # into the help
        ("render.py", "write"),  # the function that renders
        ("forget.py", "confirm"),
    }
    found = set()
    for path in (ROOT / "briefing" / "cli").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            of_click = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "click"
            asks = of_click and name in ("echo", "secho", "confirm", "prompt")
            if asks or name in ("print", "write", "writelines"):
                found.add((path.name, name))
    assert found <= allowed
