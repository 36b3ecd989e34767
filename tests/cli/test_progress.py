"""What a person at a terminal sees of long work, and what is left when it is broken off. With a real terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.cli.progress import pace
from tests.paths import ROOT

ARTICLES = 240
TOLD = """Ferry {n} halted by storm

The car ferry number {n} between Port Halvern and Skarn Island stopped on Monday, the master of pier {n} said.
It carries {n}00 passengers a day. "We will not sail before Thursday," said Ada Lind, the master of pier {n}.
Repairs will cost $ {n} million, the company said in its report for the year {n}.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for n in range(ARTICLES):
        (tmp_path / "in" / f"{n:03}.txt").write_text(TOLD.format(n=n), encoding="utf-8")
    return tmp_path


def at_a_terminal(
    desk: Path, *arguments: str, until: Callable[[str], bool] = lambda seen: False
) -> tuple[int, str, str]:
    """Run a command whose stderr is a terminal of 100 columns; interrupt it when it shows something.

    Returns:
        Its exit code, what stood on stdout, and all that went to the terminal.
    """
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(desk / "cache"), "COLUMNS": "100"}
    environment["TERM"] = "xterm"
    command = [sys.executable, "-m", "briefing", *arguments]
    process = subprocess.Popen(command, cwd=desk, env=environment, stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(theirs)
    seen, asked, end = b"", False, time.monotonic() + 120
    while time.monotonic() < end:
        if select.select([ours], [], [], 0.05)[0]:
            try:
                seen += os.read(ours, 65536)
            except OSError:  # the terminal is closed
                break
        if not asked and until(plain(seen)):
            process.send_signal(signal.SIGINT)
            asked = True
    os.close(ours)
    out = process.communicate(timeout=30)[0]
    return process.returncode, out, plain(seen)


def plain(seen: bytes) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.decode("utf-8", "replace")).replace("\r", "\n")


def test_each_stage_shows_its_pace_and_the_time_left(desk: Path) -> None:
    code, out, seen = at_a_terminal(desk, "build", "in", "--jobs", "1", "--date", "2022-02-01", "--format", "json")
    assert code == 0, seen
    assert re.search(r"articles .* \d+/240 +[\d.,]+/s, 0:00:\d\d left", seen)
    for stage in ("reading", "cleaning", "articles", "stories", "summaries", "outputs"):
        assert stage in seen
    assert not re.search(r"\d/s", out)
    assert out.splitlines()[0] == "out/2022-02-01/briefing.json"


def test_broken_off_it_says_what_to_run_and_goes_on_from_there(desk: Path) -> None:
    build = ("build", "in", "--jobs", "1", "--date", "2022-02-01", "--format", "json")
    code, out, seen = at_a_terminal(
        desk, *build, until=lambda seen: re.search(r"articles .*[1-9]\d\d/240", seen) is not None
    )
    assert code == 130
    assert out == ""
    assert "What was worked out so far is kept: the next build goes on from there." in seen
    assert f"Run it again: briefing {' '.join(build)}" in seen
    assert "Traceback" not in seen
    assert not (desk / "out" / "2022-02-01").exists()
    _, _, again = at_a_terminal(desk, *build)
    assert min(int(n) for n in re.findall(r"articles .*?(\d+)/240", again) if n != "0") >= 100


@pytest.mark.parametrize(
    ("done", "total", "seconds", "said"),
    [
        (0, 100, 5.0, ""),
        (100, 1000, 2.0, "50/s, 0:00:18 left"),
        (3, 60, 2.0, "1.5/s, 0:00:38 left"),
        (40_000, None, 10.0, "4,000/s"),
        (1000, 1000, 3723.4, "1:02:03"),
    ],
)
def test_pace(done: int, total: int | None, seconds: float, said: str) -> None:
    assert pace(done, total, seconds) == said
