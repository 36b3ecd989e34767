"""The doctor says what a machine lacks, and how to mend it."""

from __future__ import annotations

import os
import sys
import tomllib
from collections import namedtuple
from pathlib import Path

import pytest

from briefing.system import doctor
from tests.paths import ROOT

Version = namedtuple("Version", "major minor micro releaselevel serial")


def check(name: str, out: Path) -> doctor.Check:
    return next(check for check in doctor.examine(out) if check.name == name)


def test_a_machine_that_runs_these_tests_has_everything_but_what_only_limits(tmp_path):
    assert [c for c in doctor.examine(tmp_path) if not c.ok] == []


def test_a_failing_check_ends_with_a_command_and_a_good_one_has_none(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "_load", lambda name: None)
    monkeypatch.setattr(doctor, "_installed", lambda name: None)
    monkeypatch.setattr(doctor, "_has_font", lambda module, file: False)
    monkeypatch.setattr(doctor, "ZoneInfo", raise_os_error)
    failing = [c for c in doctor.examine(tmp_path) if not c.ok]
    assert {c.name for c in failing} == {"Pango", "Fonts of the page", "Libraries", "Time zones"}
    assert all(c.remedy for c in failing)
    assert not [c for c in doctor.examine(tmp_path) if c.ok and c.remedy]


def raise_os_error(name: str) -> None:
    raise OSError(name)


def test_a_missing_pango_names_the_packages_of_the_system(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "_load", lambda name: None)
    monkeypatch.setattr(doctor.shutil, "which", lambda tool: "/usr/bin/apt-get" if tool == "apt-get" else None)
    found = check("Pango", tmp_path)
    assert not found.ok
    assert found.remedy.startswith("apt-get install -y")
    assert "libpango-1.0-0" in found.remedy
    assert "libpangoft2-1.0-0" in found.remedy


def test_the_packages_are_those_that_the_pdf_and_the_setup_name():
    from briefing.outputs import pdf

    named = {word for word in doctor._INSTALL["apt-get"].split() if word.startswith("lib")}
    assert named <= set(pdf.INSTALL.split())
    setup = (ROOT / "scripts" / "setup").read_text(encoding="utf-8")
    assert all(package in setup for package in named)


def test_an_engine_library_that_no_machine_has_is_missing():
    assert doctor._load("libthatnobodyhas-9") is None


def test_an_old_library_is_named_with_its_floor_and_mended_by_pip(tmp_path, monkeypatch):
    installed = {**doctor.LIBRARY_FLOORS, "lxml": "6.0.9"}
    monkeypatch.setattr(doctor, "_installed", installed.get)
    found = check("Libraries", tmp_path)
    assert (found.ok, found.found) == (False, "lxml 6.0.9 (at least 6.1.0)")
    assert found.remedy.endswith("-m pip install 'lxml>=6.1.0'")


def test_a_library_that_nobody_has_to_have_is_held_to_its_floor_where_it_is_installed(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "_installed", doctor.LIBRARY_FLOORS.get)
    assert check("Libraries", tmp_path).ok
    monkeypatch.setattr(doctor, "_installed", {**doctor.LIBRARY_FLOORS, "distributed": "2025.12.0"}.get)
    assert check("Libraries", tmp_path).found == "distributed 2025.12.0 (at least 2026.1.1)"


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("6.1.0", (6, 1, 0)), ("6.1.0rc1", (6, 1, 0)), ("70.0", (70, 0)), ("2.1.post3", (2, 1)), ("10.0", (10, 0))],
)
def test_versions_compare_by_their_numbers(version, numbers):
    assert doctor._numbers(version) == numbers


def test_the_project_asks_for_no_release_below_a_floor():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    floors = {}
    for line in asked:
        name, _, rest = line.replace("==", ">=").partition(">=")
        floors[name.strip().lower()] = rest.split(",")[0].strip()
    for name in doctor.LIBRARY_FLOORS.keys() & floors.keys():
        assert doctor._numbers(floors[name] + ".0.0") >= doctor._numbers(doctor.LIBRARY_FLOORS[name]), name


def test_the_locked_releases_are_at_or_above_the_floors():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower().splitlines()
    locked = dict(line.split("==") for line in lines if "==" in line)
    for name, floor in doctor.LIBRARY_FLOORS.items():
        assert doctor._numbers(locked[name]) >= doctor._numbers(floor), name


def test_a_python_below_its_patch_release_is_a_limit_and_no_failure(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "version_info", Version(3, 11, 2, "final", 0))
    found = check("Python", tmp_path)
    assert found.ok
    assert "limit" in found.found
    assert "3.11.15" in found.found


def test_a_patched_python_has_no_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "version_info", Version(3, 13, 12, "final", 0))
    assert check("Python", tmp_path).found == "3.13.12"


def test_a_python_that_is_too_old_fails(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "version_info", Version(3, 10, 20, "final", 0))
    found = check("Python", tmp_path)
    assert not found.ok
    assert found.remedy


@pytest.mark.parametrize(
    ("version", "limited"),
    [
        ((3, 40, 1), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 53, 0), False),
    ],
)
def test_sqlite_is_limited_unless_its_line_has_the_repair(tmp_path, monkeypatch, version, limited):
    monkeypatch.setattr(doctor.sqlite3, "sqlite_version_info", version)
    found = check("SQLite", tmp_path)
    assert found.ok
    assert ("limit" in found.found) is limited


def test_a_sqlite_without_a_full_text_index_cannot_hold_the_store(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor.sqlite3, "sqlite_version_info", (3, 34, 1))
    assert not check("SQLite", tmp_path).ok
    monkeypatch.undo()
    monkeypatch.setattr(doctor, "_has_full_text", lambda: False)
    assert not check("SQLite", tmp_path).ok
    assert "FTS5" in check("SQLite", tmp_path).found


def test_a_folder_that_does_not_exist_yet_is_fine_and_is_not_made(tmp_path):
    out = tmp_path / "a" / "b"
    assert check("Output folder", out).ok
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_named(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    found = check("Output folder", tmp_path / "out")
    assert not found.ok
    assert str(tmp_path / "out") in found.remedy


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path):
    tmp_path.chmod(0o500)
    found = check("Output folder", tmp_path / "out")
    assert not found.ok
    assert "chown" in found.remedy


def test_a_folder_that_refuses_files_is_named(tmp_path, monkeypatch):
    def refuse(dir: Path) -> None:  # noqa: A002  the standard library's name
        raise PermissionError(13, "Permission denied", str(dir))

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    found = check("Output folder", tmp_path / "it's here")
    assert (found.ok, found.found) == (False, f"cannot write to {tmp_path}: Permission denied")
    assert found.remedy == f'sudo chown "$USER" {tmp_path}'


def test_a_script_that_no_font_covers_is_a_hint_and_no_failure(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "_covers", lambda language: language != "he")
    found = check("Fonts of other scripts", tmp_path)
    assert found.ok
    assert "Hebrew" in found.found
    assert "Korean" not in found.found


def test_a_language_that_no_font_can_have_is_not_covered():
    assert not doctor._covers("xx-nowhere")
