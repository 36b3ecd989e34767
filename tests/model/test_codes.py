"""The table of codes is what the program says and what the manual explains."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from briefing.model.codes import CODES, declared
from tests.paths import ROOT

#: Codes that editions of earlier versions hold and nothing gives any more: without them those cannot be read.
NO_LONGER_GIVEN: frozenset[str] = frozenset()
CODE = re.compile(r"[EW]_[A-Z0-9]+(?:_[A-Z0-9]+)*")


def given() -> Iterator[str]:
    for path in (ROOT / "briefing").rglob("*.py"):
        if path.name != "codes.py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                    yield node.value


def test_every_code_that_the_source_gives_is_declared_and_every_declared_one_is_given() -> None:
    found = set(given())
    assert found - CODES == set(), "add them to briefing/model/codes.py and to docs/"
    assert CODES - found == NO_LONGER_GIVEN, "keep them in the table and name them in NO_LONGER_GIVEN"


def test_the_manual_explains_every_code_and_no_other() -> None:
    manual = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))
    named = set(re.findall(rf"`({CODE.pattern})`", manual))
    assert (CODES - named, named - CODES) == (set(), set())


def test_a_code_stands_in_the_table_in_alphabetical_order() -> None:
    table = CODE.findall((ROOT / "briefing" / "model" / "codes.py").read_text(encoding="utf-8"))
    listed = [code for code in table if code in CODES]
    assert listed == sorted(CODES)


def test_what_another_process_calls_a_code_is_one_or_none() -> None:
    assert declared("E_LIMIT") == "E_LIMIT"
    assert declared("E_EVERYTHING") == declared("") == ""
