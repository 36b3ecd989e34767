"""What the folders of the program may import: the contracts break where they must, and nothing runs in a circle."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.paths import ROOT

PACKAGE = ROOT / "briefing"
PURE = ("model", "text", "stages")  # no clock, disk, network, database, process or randomness
FORBIDDEN = ("time", "random", "sqlite3", "socket", "subprocess")
#: Imports within a function that would close a circle, and why they may.
LAZY = {("briefing.model.edition", "briefing.model.digest"): "Edition.only makes a digest, which is an edition"}


def name_of(file: Path) -> str:
    *folders, name = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(folders if name == "__init__" else [*folders, name])


MODULES = {name_of(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def imports_of(file: Path) -> Iterator[str]:
    """Every module of the program that a file imports anywhere, but for the sake of types."""
    waiting: list[ast.AST] = [ast.parse(file.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            waiting += node.orelse
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            below = [f"{node.module}.{name.name}" for name in node.names]
            yield from (name if name in MODULES else node.module for name in below)
        else:
            waiting += ast.iter_child_nodes(node)


@cache
def imports() -> dict[str, frozenset[str]]:
    return {name: frozenset(imports_of(file)) for name, file in MODULES.items()}


def circle(let_off: set[tuple[str, str]]) -> list[str]:
    """Return the modules of an import cycle, or nothing."""
    graph = {name: {other for other in others if (name, other) not in let_off} for name, others in imports().items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_import_runs_in_a_circle_not_even_one_within_a_function() -> None:
    assert circle(set(LAZY)) == []


@pytest.mark.parametrize("one", LAZY)
def test_an_import_that_is_let_off_would_close_a_circle(one: tuple[str, str]) -> None:
    assert {*one} <= {*circle(set(LAZY) - {one})}


def test_no_file_of_a_stage_the_text_or_the_model_can_import_what_touches_the_world(tmp_path: Path) -> None:
    """Every file of them gets an import of each forbidden module, in a copy; the contracts have to name all of them."""
    shutil.copytree(PACKAGE, tmp_path / "briefing", ignore=shutil.ignore_patterns("__pycache__", "data"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = [name for name in MODULES if name.startswith(tuple(f"briefing.{band}." for band in PURE))]
    for name in planted:
        file = tmp_path / MODULES[name].relative_to(ROOT)
        file.write_text(file.read_text(encoding="utf-8") + f"\nimport {', '.join(FORBIDDEN)}\n", encoding="utf-8")
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1, done.stdout + done.stderr
    told = {line.split(" (")[0].strip(" -") for line in done.stdout.splitlines() if " -> " in line}
    assert len(planted) > 100
    assert {f"{name} -> {module}" for name in planted for module in FORBIDDEN} - told == set()


def test_no_file_of_tests_imports_another_and_one_alone_knows_where_the_repository_is() -> None:
    texts = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("*.py")}
    assert {
        name for name, text in texts.items() if re.search(r"^\s*(?:from|import) tests\.[\w.]*\btest_", text, re.M)
    } == set()
    upwards = {name for name, text in texts.items() if re.search(r"Path\(__file__\)[\w.()]*\.parents\b", text)}
    assert upwards == {"tests/paths.py"}
