"""What is done in forked children comes back in order; what goes wrong in one is told, and leaves none behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.paths import ROOT

#: A process with a single thread, as the sandbox's are; pytest has several.
PARENT = """
import json, os, signal, sys, time
from briefing.errors import OutputError
from briefing.system.forks import Forks
from briefing.system.sandbox import GoneError, OUT_OF_MEMORY

def work(text):
    {deed}

def left():
    return open(f"/proc/self/task/{{os.getpid()}}/children").read().split()

try:
    made = Forks({at_once}, {seconds}, OutputError).called(work, {works})
    print(json.dumps(["made", [m.decode() for m in made], left()]))
except OutputError as error:
    print(json.dumps(["refused", [error.message, error.hint, error.code], left()]))
except GoneError as gone:
    print(json.dumps(["gone", str(gone), left()]))
"""


def forked(
    deed: str, works: list[bytes], *, at_once: int = 2, seconds: int = 60
) -> tuple[str, list[str] | str, list[str]]:
    """What a process says of a deed done in children, and which children it still has."""
    if not Path("/proc/self/task").is_dir():
        pytest.skip("needs Linux's /proc")
    code = PARENT.format(deed=deed, works=works, at_once=at_once, seconds=seconds)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr
    what, said, children = json.loads(run.stdout)
    return what, said, children


WORKS = [b"a" * n for n in (3, 1, 2, 5, 4)]


@pytest.mark.parametrize("at_once", [1, 2, 9])
def test_results_come_back_in_the_order_of_the_work(at_once: int) -> None:
    what, said, children = forked("return str(len(text)).encode()", WORKS, at_once=at_once)
    assert (what, said, children) == ("made", ["3", "1", "2", "5", "4"], [])
    assert forked("return text", [])[1] == []


def test_each_child_is_another_process_and_what_it_changes_is_gone_with_it() -> None:
    _, said, _ = forked(
        "os.environ['TAKEN'] = os.environ.get('TAKEN', '') + '!'; return os.environ['TAKEN'].encode()", [b"x"]
    )
    assert said == ["!"]
    deed = "time.sleep(0.2); return str(os.getpid()).encode()"
    _, pids, _ = forked(deed, WORKS, at_once=3)
    assert len(set(pids)) == 3


def test_a_large_result_comes_back_whole() -> None:
    _, said, _ = forked("return text * 300_000", [b"ab", b"c"])
    assert said == ["ab" * 300_000, "c" * 300_000]


def test_a_refusal_is_told_and_the_others_are_ended() -> None:
    deed = (
        "if text == b'bad': raise OutputError('No.', 'Try.', code='E_PDF_ENGINE')\n    time.sleep(60)\n    return b''"
    )
    assert forked(deed, [b"bad", b"x"]) == ("refused", ["No.", "Try.", "E_PDF_ENGINE"], [])


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "was ended by SIGSEGV"),
        ("raise MemoryError", "used up its memory"),
        ("raise ValueError", "broke down (exit code 1)"),
        ("while True: pass", "used up its processor time"),
    ],
)
def test_a_child_that_dies_is_told_with_the_reason_and_the_others_are_ended(deed: str, why: str) -> None:
    deed = f"if text == b'x': time.sleep(60)\n    {deed}"
    assert forked(deed, [b"bad", b"x"], seconds=0) == ("gone", why, [])


def test_a_child_has_no_pipe_of_its_parent_but_its_own() -> None:
    deed = "return ' '.join(sorted(os.listdir('/dev/fd'), key=int)).encode()"
    _, said, _ = forked(deed, [b"x"])
    assert len(said[0].split()) <= 6  # three, the queue, its answer, and the listing itself


def test_a_child_does_not_outlive_its_parent(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("asked of the system on Linux only")
    told = tmp_path / "pid"
    deed = f"open({str(told)!r}, 'w').write(str(os.getpid()) + '!'); time.sleep(120); return b''"
    code = PARENT.format(deed=deed, works=[b"x"], at_once=1, seconds=60)
    parent = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)})
    waited_for(lambda: told.exists() and told.read_text().endswith("!"))
    child = int(told.read_text().removesuffix("!"))
    parent.kill()
    parent.wait()
    waited_for(lambda: not runs(child))


def runs(pid: int) -> bool:
    """Whether a process is there and not just waiting to be reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def waited_for(what: Callable[[], bool]) -> None:
    """Wait until something is so, for half a minute at most."""
    until = time.monotonic() + 30
    while not what():
        assert time.monotonic() < until
        time.sleep(0.05)
