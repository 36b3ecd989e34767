"""What a user without the rights of root may not read or write is one sentence and never a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from briefing.system.cache import Cache
from tests.paths import ROOT

NOBODY = 65534
ARTICLE = "Title: Talks in Varde\nDate: 2026-11-28\n\nMinisters met on Saturday in Varde, the harbour office said.\n"
SOURCE = '[outputs]\nformats = ["json"]\n[[sources]]\nname = "F"\nkind = "folder"\naddress = "in"\n'

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files to somebody else")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def ordinary(desk: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a user who may do nothing that the rights of a file do not say."""
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("nothing here gives up the rights of root")
    plain = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(desk / "cache")}
    command = (*plain, sys.executable, "-m", "briefing", *command)
    return subprocess.run(command, cwd=desk, env=environment, capture_output=True, text=True, check=False)


def closed(place: Path, mode: int = 0o700) -> None:
    os.chown(place, NOBODY, NOBODY)
    place.chmod(mode)


def said(done: subprocess.CompletedProcess[str], code: int) -> str:
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == code, done.stderr
    return done.stderr


@as_root
def test_files_and_folders_of_somebody_else_are_a_line_each_and_the_rest_is_read(desk: Path) -> None:
    (desk / "in" / "b.txt").write_text(ARTICLE)
    closed(desk / "in" / "b.txt", 0o600)
    (desk / "in" / "locked").mkdir()
    closed(desk / "in" / "locked")
    text = said(ordinary(desk, "build", "in", "--date", "2026-11-28", "--format", "json"), 0)
    assert "3 inputs: 1 used, 2 rejected" in text
    assert "locked may not be read" in text


@as_root
def test_a_file_below_a_folder_that_may_not_be_listed_is_read(desk: Path) -> None:
    (desk / "x" / "y").mkdir(parents=True)
    (desk / "x" / "y" / "a.txt").write_text(ARTICLE)
    closed(desk / "x", 0o711)
    for given in ("x/y", "x/y/a.txt"):
        assert "1 used" in said(ordinary(desk, "build", given, "--date", "2026-11-28", "--format", "json"), 0)


@as_root
@pytest.mark.parametrize("what", ["folder", "file"])
def test_templates_that_may_not_be_read_are_an_error_that_names_them(desk: Path, what: str) -> None:
    (desk / "tpl").mkdir()
    (desk / "tpl" / "email.txt.j2").write_text("{{ edition.title }}")
    closed(desk / "tpl" if what == "folder" else desk / "tpl" / "email.txt.j2", 0o700 if what == "folder" else 0o600)
    (desk / "briefing.toml").write_text('[outputs]\nformats = ["text"]\ntemplates = "tpl"\n')
    text = said(ordinary(desk, "build", "in", "--date", "2026-11-28"), 5)
    assert "email.txt.j2" in text
    assert "cannot be read (Permission denied)" in text


@as_root
def test_a_store_in_a_folder_that_is_closed_is_an_error_that_names_it(desk: Path) -> None:
    (desk / "st").mkdir()
    (desk / "briefing.toml").write_text(SOURCE + '[store]\npath = "st/s.sqlite"\n')
    said(ordinary(desk, "collect"), 0)
    closed(desk / "st")
    for command in (("build", "--date", "2026-11-28"), ("sources",), ("lists",), ("collect",)):
        assert "st/s.sqlite cannot be written" in said(ordinary(desk, *command), 4)


@as_root
def test_a_cache_of_another_user_is_not_believed(tmp_path: Path) -> None:
    for place in (tmp_path / "folder", tmp_path / "file"):
        place.mkdir(mode=0o700)
    os.chown(tmp_path / "folder", NOBODY, NOBODY)
    cache = Cache(tmp_path / "file", date(2026, 11, 28))
    cache.keep(b"key", b"value")
    cache.close()
    os.chown(tmp_path / "file" / "work.sqlite", NOBODY, NOBODY)
    for name in ("folder", "file"):
        cache = Cache(tmp_path / name, date(2026, 11, 28))
        assert "belongs to another user" in cache.trouble
        assert list(cache.find([b"key"])) == []


def test_a_cache_that_others_may_write_to_or_that_is_a_link_is_not_believed(tmp_path: Path) -> None:
    for mode in (0o777, 0o770):
        folder = tmp_path / oct(mode)
        folder.mkdir()
        folder.chmod(mode)
        assert "other users may write" in Cache(folder, date(2026, 11, 28)).trouble
    (tmp_path / "link").mkdir(mode=0o700)
    (tmp_path / "link" / "work.sqlite").symlink_to(tmp_path / "elsewhere")
    assert Cache(tmp_path / "link", date(2026, 11, 28)).trouble
    assert not (tmp_path / "elsewhere").exists()
