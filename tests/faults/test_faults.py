"""Kills, failing disks and rivals: a sample of what `python -m tests.faults` does at every system call."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.paths import ROOT

pytestmark = pytest.mark.slow


def broken(*how: str, module: str = "tests.faults", least: int = 1) -> str:
    """Break a command, or the acts of an editor, as the long version does; return what it counted.

    Args:
        how: The arguments of the long version.
        module: Its name.
        least: How often something must have been broken.
    """
    traced = module != "tests.faults" or how[0] in ("kill", "enospc", "eio")
    if traced and not shutil.which("strace"):
        pytest.skip("strace is not installed, and nothing else breaks a system call")
    run = subprocess.run(
        [sys.executable, "-m", module, *how],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=1_200,
    )
    if "PTRACE" in run.stderr:
        pytest.skip("the system lets no process trace another")
    assert run.returncode == 0, run.stdout + run.stderr
    print(run.stdout)
    assert int(run.stdout.splitlines()[-1].split(": ")[1].split(" met")[0]) >= least
    return run.stdout


@pytest.mark.parametrize(
    ("command", "calls", "every"),
    [
        ("build", ["rename", "renameat2", "unlink", "ftruncate"], 3),
        ("build", ["pwrite64", "fdatasync"], 20),
        ("publish", ["rename", "renameat2", "linkat"], 3),
        ("send", ["sendto", "fdatasync"], 4),
        ("daily", ["fdatasync"], 3),  # the fourth is in the middle of making the store
        ("collect", ["pwrite64", "unlink"], 9),
        ("forget", ["pwrite64", "fdatasync"], 9),
        ("backup", ["pwrite64", "rename", "unlink"], 5),
    ],
)
def test_killed_at_any_system_call_it_leaves_the_old_or_the_new_and_finishes_when_run_again(command, calls, every):
    broken("kill", command, "--calls", *calls, "--every", str(every))


def test_killed_at_any_time_it_leaves_the_old_or_the_new_and_finishes_when_run_again():
    broken("random", "build", "--times", "10")


@pytest.mark.parametrize("what", ["enospc", "eio"])
def test_where_the_disk_fails_the_old_edition_stays_and_the_message_says_why(what):
    broken(what, "build", "--every", "15")


def test_where_files_may_not_grow_the_old_edition_stays_and_the_message_says_why():
    broken("fsize", "build")


def test_of_eight_builds_at_once_one_works_and_the_others_say_who_and_since_when():
    broken("rivals", "build", "--times", "5", "--at-once", "8")


def test_of_two_daily_rounds_at_once_one_works_and_nobody_is_mailed_twice():
    broken("rivals", "daily", "--times", "5", "--at-once", "2")


def test_killed_in_the_middle_of_an_editors_acts_what_was_acknowledged_is_there():
    how = ("--only-acts", "--every", "3", "--calls", "pwrite64", "fdatasync")
    broken(*how, module="tests.faults.acts", least=11)
