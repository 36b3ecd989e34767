"""What every regular expression of the program has to keep to."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys

import pytest

from tests.paths import ROOT
from tests.project.expressions import WHOLE, Expression, attacks, held_to, seconds, too_slow, watched

POSSESSIVE_GROUP = re.compile(r"\)(?:\{\{?[0-9,]+\}\}?|[*?+])\+")


def test_no_group_is_possessive_since_python_before_3_11_5_matches_those_wrongly() -> None:
    files = [*ROOT.glob("briefing/**/*.py"), *ROOT.glob("briefing/data/**/*.toml")]
    assert files
    found = {str(f.relative_to(ROOT)) for f in files if POSSESSIVE_GROUP.search(f.read_text(encoding="utf-8"))}
    assert found == set()


def held(*options: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.project.expressions", *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_no_expression_is_lost_in_a_short_text() -> None:
    """What explodes would take longer than any computer has; ten seconds are not reached under any load."""
    said = held("--longest", "500", "--flood", "500", "--moment", "10")
    assert int(said.split()[0]) >= expressions_in_the_source()


def expressions_in_the_source() -> int:
    """Return how many calls of `re.compile` stand in the modules of the program."""
    calls = 0
    for file in ROOT.glob("briefing/**/*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile":
                calls += isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
    return calls


@pytest.mark.slow
def test_no_expression_takes_long_for_a_million_characters() -> None:
    held("--longest", str(WHOLE))


def test_an_expression_whose_time_explodes_is_found() -> None:
    for hostile in (r"(?:x+x+)+y", r"(?:Getty Images/|[A-Z]\w+ Images/)*Reuters", r"\s+$", r"a.*b.*c"):
        found = Expression(re.compile(hostile), "here:1", {"search": 10})
        assert next(too_slow(found, 32_000), ""), hostile


@pytest.mark.slow  # timed
def test_an_expression_whose_time_grows_evenly_is_not() -> None:
    for fair in (r"[a-z]+", r"\d{1,4}-\d", r"^\s*+x"):
        assert not list(too_slow(Expression(re.compile(fair), "here:1", {"search": 10}), 32_000)), fair


def test_a_text_that_takes_for_ever_is_broken_off() -> None:
    assert seconds(Expression(re.compile(r"(?:a|a)*b"), "here:1"), "match", "a" * 60) == float("inf")


def test_the_program_is_watched_and_nothing_else_is() -> None:
    code = "import re\nfound = re.compile('ours+')\nfound.search('ooours')"
    with watched() as found:
        re.compile("a pattern of this test")
        exec(compile(code, str(ROOT / "briefing" / "x.py"), "exec"))
    assert [(e.pattern.pattern, e.place, e.longest) for e in found.values()] == [("ours+", "x.py:2", {"search": 6})]
    assert re.compile("plain").search("plain")


def test_one_that_is_handed_little_is_held_to_four_times_that() -> None:
    short, whole = Expression(re.compile("a"), "", {"match": 900}), Expression(re.compile("a"), "", {"match": 90_000})
    assert held_to(short, 100_000, WHOLE) == 3_600
    assert held_to(whole, 100_000, WHOLE) == WHOLE


def test_what_an_expression_repeats_is_among_its_attacks() -> None:
    found = {(before, unit) for before, unit, _ in attacks(re.compile(r"Photo: (?:[A-Z]\w+/)*$"))}
    assert ("Photo: ", "Aa/") in found
