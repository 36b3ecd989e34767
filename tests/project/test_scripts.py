"""Two commands: one that makes the sample briefing, one that runs every check."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.paths import ROOT

SCRIPTS = [*(ROOT / "scripts" / name for name in ("demo", "lock", "same-bytes", "setup", "test")), ROOT / ".ci" / "run"]
TOOLS = ("bash", "cat", "cut", "dirname", "env", "grep", "head", "mktemp", "rm", "sha256sum", "sort", "tail", "uname")


def run(*command: str | Path, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **changes},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_run_and_stops_at_the_first_error(script):
    assert script.stat().st_mode & stat.S_IXUSR
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    commands = [line for line in text.split("\n") if line and not line.startswith("#")]
    assert commands[0] == "set -euo pipefail" or (len(commands) == 1 and commands[0].startswith("exec "))
    assert run("bash", "-n", script).returncode == 0


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_writes_no_colours(script):
    text = script.read_text(encoding="utf-8")
    assert "\\033" not in text
    assert "\\e[" not in text
    assert "tput" not in text


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the scripts beside an environment that only notes what it is asked to do."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    return tmp_path


def tool(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/usr/bin/env bash\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def machine(folder: Path, *, loads: str = "exit 0") -> str:
    """A PATH on which only the given tools are found, with a Python of our own making."""
    tools = folder / "tools"
    tools.mkdir()
    for name in TOOLS:
        (tools / name).symlink_to(str(shutil.which(name)))
    tool(tools, "python3", f'case "$2" in *CDLL*) {loads} ;; *) exit 0 ;; esac')
    return str(tools)


def environment(checkout: Path, asked: Path) -> None:
    """An environment that writes down each call and is taken for sound."""
    folder = checkout / ".venv" / "bin"
    tool(folder, "python", f'[ "$1" = -VV ] && echo Python 3.11.99; [ "$2" != pip ] || echo "$@" >>{asked}; exit 0')
    (folder / "pip").write_text(f"#!{folder}/python\n", encoding="utf-8")


def test_an_unknown_group_is_refused(checkout):
    done = run(checkout / "scripts" / "setup", "everything")
    assert done.returncode == 1
    assert done.stderr.startswith("setup: there is no group 'everything'.")


def test_without_the_right_to_install_the_one_line_to_run_is_printed(checkout):
    path = machine(checkout, loads="exit 1")
    for name, text in {"apt-get": "exit 9", "id": "echo 1000", "sudo": "exit 1"}.items():
        tool(checkout / "tools", name, text)
    done = run(checkout / "scripts" / "demo", PATH=path)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("  hint: sudo sh -c 'apt-get update && apt-get install -y")
    assert "libpango-1.0-0" in last
    assert "python3-venv" not in last


def test_a_system_without_apt_is_told_what_to_install(checkout):
    done = run(checkout / "scripts" / "setup", PATH=machine(checkout, loads="exit 1"))
    assert done.returncode == 1
    assert "dnf install pango" in done.stderr


def test_root_installs_what_cannot_be_loaded_and_nothing_else(checkout):
    path = machine(checkout, loads='case "$*" in *subset*) [ -f done ] ;; *) exit 0 ;; esac')
    asked = checkout / "asked"
    environment(checkout, checkout / "pip")
    tool(checkout / "tools", "apt-get", f'echo "$@" >>{asked}; : >done')
    tool(checkout / "tools", "id", "echo 0")
    done = run(checkout / "scripts" / "setup", PATH=path)
    assert done.returncode == 0, done.stderr
    assert asked.read_text(encoding="utf-8").splitlines() == [
        "update",
        "install -y --no-install-recommends libharfbuzz-subset0",
    ]


def test_the_second_time_nothing_is_installed_until_a_lock_file_changes(checkout):
    path = machine(checkout)
    asked = checkout / "asked"
    environment(checkout, asked)

    def calls() -> int:
        done = run(checkout / "scripts" / "setup", "dev", PATH=path)
        assert done.returncode == 0, done.stderr
        return len(asked.read_text(encoding="utf-8").splitlines())

    assert calls() == 2  # the locked packages, and the program itself
    assert calls() == 2
    with (checkout / "requirements-dev.lock").open("a", encoding="utf-8") as lock:
        lock.write("another==1.0\n")
    assert calls() == 4


def test_an_environment_of_another_folder_is_made_anew(checkout):
    environment(checkout, checkout / "asked")
    shutil.copy(checkout / ".venv" / "bin" / "python", checkout / "fresh")
    (checkout / ".venv" / "bin" / "pip").write_text("#!/elsewhere/.venv/bin/python\n", encoding="utf-8")
    (checkout / ".venv" / "old").touch()
    path = machine(checkout)
    for name in ("mkdir", "cp"):
        (checkout / "tools" / name).symlink_to(str(shutil.which(name)))
    make = "mkdir -p .venv/bin && cp fresh .venv/bin/python"
    tool(checkout / "tools", "python3", f'[ "$2" != venv ] || {{ {make}; }}')
    done = run(checkout / "scripts" / "setup", PATH=path)
    assert done.returncode == 0, done.stderr
    assert not (checkout / ".venv" / "old").exists()
    assert (checkout / ".venv" / ".ready-run").exists()


def test_packages_that_cannot_be_installed_leave_no_mark_of_success(checkout):
    path = machine(checkout)
    folder = checkout / ".venv" / "bin"
    environment(checkout, checkout / "asked")
    tool(folder, "python", '[ "$2" = pip ] && exit 1; exit 0')
    done = run(checkout / "scripts" / "setup", PATH=path)
    assert done.returncode == 1
    assert "hint:" in done.stderr
    assert not list((checkout / ".venv").glob(".ready-*"))


def checks(checkout: Path, *, failing: str = "", pytest_line: str = "3 passed, 1 skipped in 0.01s") -> str:
    """Replace the set-up and every checker; ``failing`` is the one that finds fault."""
    tool(checkout / "scripts", "setup", "exit 0")
    folder = checkout / ".venv" / "bin"
    for name in ("ruff", "mypy", "lint-imports"):
        tool(folder, name, f"echo {name} complains; exit {int(name == failing)}")
    tool(folder, "python", f'echo "$@"; [ "$2" != pytest ] || echo "{pytest_line}"; exit {int(failing == "pytest")}')
    return str(os.environ["PATH"])


def test_the_output_of_the_checks_ends_with_the_line_of_pytest(checkout):
    checks(checkout)
    done = run(checkout / "scripts" / "test")
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1] == "3 passed, 1 skipped in 0.01s"


@pytest.mark.parametrize("failing", ["ruff", "mypy", "lint-imports", "pytest"])
def test_one_check_that_fails_fails_the_whole_and_the_others_still_run(checkout, failing):
    checks(checkout, failing=failing)
    done = run(checkout / "scripts" / "test")
    assert done.returncode == 1
    assert "pytest -rsfE" in done.stdout
    passed, failed = done.stdout.splitlines()[-1].split(", ")
    assert passed.endswith(" passed")
    assert failed == ("2 failed" if failing == "ruff" else "1 failed")  # ruff checks twice


def test_the_slow_groups_run_only_when_asked_for(checkout):
    checks(checkout)
    usual = run(checkout / "scripts" / "test", "-k", "something").stdout
    everything = run(checkout / "scripts" / "test", "--all").stdout
    assert "-m not slow and not browser" in usual
    assert "-k something" in usual
    assert "not slow" not in everything


def test_the_groups_that_are_left_out_are_declared():
    left_out = re.search(r'-m "([^"]+)"', (ROOT / "scripts" / "test").read_text(encoding="utf-8"))
    markers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"][
        "markers"
    ]
    assert left_out
    declared = {marker.split(":")[0] for marker in markers}
    assert set(left_out[1].replace("not ", "").split(" and ")) == declared - {"development"}  # skipped without its data


def test_the_checks_of_a_change_are_those_of_a_contributor():
    assert "scripts/test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
