"""An edition's folder is the old one or the new one, whatever happens in between; one writer at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.errors import OutputError
from briefing.outputs import folder as folders
from briefing.outputs import render
from briefing.outputs.folder import replace_folder
from briefing.system import locking
from briefing.system.locking import NAME, held
from tests.editions import imprinted, ordinary
from tests.paths import ROOT

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
NOW = datetime(2022, 2, 1, 6, 40, tzinfo=UTC)


def everything(name: str) -> bool:
    return True


def nothing(name: str) -> bool:
    return False


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(params=["exchange", "no exchange"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "no exchange":
        monkeypatch.setattr(folders, "_exchanged", lambda one, other: False)


@pytest.mark.usefixtures("system")
def test_the_new_folder_takes_the_place_of_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    replace_folder(tmp_path, "day", [("a", b"1"), ("digests/b", b"1")], stays=nothing)
    paths = replace_folder(tmp_path, "day", [("a", b"2")], stays=nothing)
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == ["day/a"]
    assert content(tmp_path) == {"day/a": b"2"}


@pytest.mark.usefixtures("system")
def test_what_stays_is_there_afterwards(tmp_path: Path) -> None:
    replace_folder(tmp_path, "day", [("a", b"1"), ("notes/mine", b"1"), ("other", b"1")], stays=nothing)
    replace_folder(tmp_path, "day", [("a", b"2")], stays=lambda name: name == "notes/mine")
    assert content(tmp_path) == {"day/a": b"2", "day/notes/mine": b"1"}


@pytest.mark.parametrize("step", ["write", "sync", "switch"])
def test_a_failure_at_any_step_keeps_the_old_edition_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    replace_folder(tmp_path, "day", [("a", b"1"), ("b", b"1")], stays=nothing)

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    name = {"write": "write_file", "sync": "sync_folder", "switch": "_switch"}[step]
    monkeypatch.setattr(folders, name, fail)
    with pytest.raises(OutputError, match=r"day cannot be written: No space left") as caught:
        replace_folder(tmp_path, "day", [("a", b"2"), ("b", b"2")], stays=nothing)
    assert caught.value.code == "E_DISK_FULL"
    assert content(tmp_path) == {"day/a": b"1", "day/b": b"1"}


def test_what_a_killed_build_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    replace_folder(tmp_path, "day", [("a", b"1")], stays=nothing)
    (tmp_path / ".day.xyz.part").mkdir()
    (tmp_path / ".day.xyz.part" / "half").write_bytes(b"")
    os.rename(tmp_path / "day", tmp_path / ".day.old")  # killed between the two renames of a system without exchange
    replace_folder(tmp_path, "day", [("b", b"2")], stays=everything)
    assert content(tmp_path) == {"day/a": b"1", "day/b": b"2"}


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "day").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="day is a link"):
        replace_folder(tmp_path, "day", [("a", b"1")], stays=nothing)
    assert content(tmp_path) == {}


def test_files_of_another_edition_do_not_stay_beside_a_new_issue_file(tmp_path: Path) -> None:

    edition = ordinary()
    folder = tmp_path / edition.day.isoformat()
    render(edition, tmp_path, formats=["json", "text", "markdown"], digests=False)
    (folder / "edition-notes.txt").write_text("the desk's own")
    render(edition, tmp_path, formats=["json", "text"], digests=False)
    assert (folder / "briefing.md").exists()  # the same edition: it says the same
    render(imprinted(edition, title="Another"), tmp_path, formats=["json", "text"], digests=False)
    assert sorted(content(folder)) == ["briefing.json", "edition-notes.txt", "email.txt"]


def test_a_held_folder_says_who_holds_it_and_since_when(tmp_path: Path) -> None:
    with held(tmp_path, now=NOW), pytest.raises(OutputError) as caught, held(tmp_path, now=NOW):
        raise AssertionError("two hold it")
    assert caught.value.code == "E_LOCKED"
    assert f"process {os.getpid()} since 2022-02-01 06:40:00 UTC" in caught.value.message
    assert f"kill {os.getpid()}" in caught.value.hint
    with held(tmp_path, now=NOW):
        pass  # given up at the end of the block


AS_NOBODY = """
import os, sys
from briefing.cli import run
from briefing.build import building
given = ["build", sys.argv[1], "--format", "json", "--date", "2022-02-01", "--out"]
assert run([*given, sys.argv[1] + "/first"]) == 0  # all is loaded: nobody may not read Python itself
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
building.read_inputs = None  # nothing is to be read
sys.exit(run([*given, sys.argv[1] + "/out"]))
"""


def test_a_folder_that_may_only_be_read_is_named_before_any_work(in_memory: Path) -> None:
    (in_memory / "a.txt").write_text("The ferry between Port Halvern and Skarn Island stopped running on Monday.")
    in_memory.chmod(0o755)
    (in_memory / "out").mkdir(mode=0o555)
    command = [sys.executable, "-c", AS_NOBODY, str(in_memory)]
    run = subprocess.run(command, cwd=in_memory, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert run.returncode == 5, run.stderr
    assert f"briefing: {in_memory}/out cannot be written: Permission denied." in run.stderr
    assert list((in_memory / "out").iterdir()) == []


def test_a_lock_file_without_a_living_holder_never_blocks(tmp_path: Path) -> None:
    code = (
        "import os, sys, datetime, pathlib; from briefing.system.locking import held\n"
        "with held(pathlib.Path(sys.argv[1]), now=datetime.datetime.now(datetime.UTC)): os.kill(os.getpid(), 9)"
    )
    died = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert died.returncode == -9
    assert (tmp_path / NAME).exists()
    with held(tmp_path, now=NOW):
        pass


def test_a_folder_to_which_nothing_was_written_is_not_left_behind(tmp_path: Path) -> None:
    with held(tmp_path / "out", now=NOW):
        pass
    assert not (tmp_path / "out").exists()
    with held(tmp_path / "out", now=NOW):
        (tmp_path / "out" / "a").write_bytes(b"")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [NAME, "a"]


def test_whoever_comes_before_the_holder_has_signed_is_told_the_holder_all_the_same(tmp_path: Path) -> None:
    code = (
        "import os, sys, datetime, pathlib, time; from briefing.system import locking\n"
        "sign = locking._sign\n"
        "locking._sign = lambda *given: (print('held', flush=True), time.sleep(0.2), sign(*given))\n"
        "with locking.held(pathlib.Path(sys.argv[1]), now=datetime.datetime.now(datetime.UTC)): sys.stdin.read()"
    )
    died = subprocess.Popen([sys.executable, "-c", ""])
    died.wait()
    (tmp_path / NAME).write_text(f'{{"pid": {died.pid}, "since": "2022-02-01T06:00:00+00:00"}}')
    holder = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdin=-1, stdout=-1)
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(OutputError, match=f"process {holder.pid} since"), held(tmp_path, now=NOW):
        raise AssertionError("two hold it")
    holder.communicate()


@pytest.mark.parametrize("signature", [b"", b"{", b"[]", b'{"pid": "x", "since": 1}', b"\xff" * 9000])
def test_a_lock_file_of_any_content_is_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signature: bytes
) -> None:
    monkeypatch.setattr(locking, "_TRIES", 1)
    with held(tmp_path, now=NOW):
        (tmp_path / NAME).write_bytes(signature)
        with pytest.raises(OutputError, match="in use by another process"), held(tmp_path, now=NOW):
            raise AssertionError("two hold it")
