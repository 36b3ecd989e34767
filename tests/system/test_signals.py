"""Asked to stop, the program stops: within two seconds, with nothing half done and nothing left lying about."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefing.outputs import files, folder
from briefing.outputs.folder import replace_folder
from briefing.system import signals
from tests.paths import ROOT

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def content(place: Path) -> dict[str, str]:
    return {p.relative_to(place).as_posix(): p.read_text() for p in place.rglob("*") if p.is_file()}


@pytest.mark.parametrize("number", signals.SIGNALS)
def test_a_signal_stops_what_may_be_broken_off(number: signal.Signals) -> None:
    with signals.heeded():
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)
        assert signals.exit_code() == 128 + number


def test_a_signal_waits_for_what_may_not() -> None:
    done = []

    def work() -> None:
        with signals.unbroken():
            os.kill(os.getpid(), signal.SIGTERM)
            done.append("whole")

    with signals.heeded(), pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["whole"]


def test_a_second_signal_while_it_tidies_up_waits_too() -> None:
    done = []

    def work() -> None:
        with signals.unbroken() as pause:
            os.kill(os.getpid(), signal.SIGTERM)
            try:
                pause()
            finally:
                os.kill(os.getpid(), signal.SIGINT)
                done.append("tidied")

    with signals.heeded(), pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["tidied"]


@pytest.mark.parametrize("when", range(3))
def test_an_edition_that_is_broken_off_leaves_the_old_one_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: int
) -> None:
    replace_folder(tmp_path, "day", [("a", b"1"), ("b", b"1"), ("c", b"1")], stays=lambda name: False)
    real, calls = files.write_file, []

    def write(*given: object, **more: object) -> Path:
        calls.append(given)
        if len(calls) == when + 1:
            os.kill(os.getpid(), signal.SIGTERM)
        return real(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(folder, "write_file", write)
    with signals.heeded(), pytest.raises(KeyboardInterrupt):
        replace_folder(tmp_path, "day", [("a", b"2"), ("b", b"2"), ("c", b"2")], stays=lambda name: False)
    assert content(tmp_path) == {"day/a": "1", "day/b": "1", "day/c": "1"}


def test_a_file_that_a_killed_process_left_half_written_is_removed_by_the_next(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / f".index.html.{gone.pid}-abc_12.part").write_text("half")
    (tmp_path / f".index.html.{os.getppid()}-abc_12.part").write_text("another process is at it")
    (tmp_path / ".other.html.1-x.part").write_text("another file's")
    files.write_file(tmp_path, "index.html", b"whole")
    assert sorted(content(tmp_path)) == sorted(
        ["index.html", f".index.html.{os.getppid()}-abc_12.part", ".other.html.1-x.part"]
    )


def stopped(place: Path, number: signal.Signals, after: float) -> tuple[subprocess.CompletedProcess[str], float]:
    """Build, send a signal after some seconds, and return the result and how long it took from there."""
    command = [sys.executable, "-m", "briefing", "build", "in", "--date", "2022-02-01", "--format", "json,html,text"]
    running = subprocess.Popen(command, cwd=place, env=ENVIRONMENT, stderr=-1, stdout=-1, text=True)
    time.sleep(after)
    began = time.monotonic()
    running.send_signal(number)
    said = running.communicate(timeout=30)
    return subprocess.CompletedProcess(command, running.returncode, *said), time.monotonic() - began


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
@pytest.mark.parametrize("both", [False, True])
def test_where_nothing_can_be_printed_it_says_so_if_it_can_and_shows_no_traceback(tmp_path: Path, both: bool) -> None:
    command = [sys.executable, "-m", "briefing", "themes", "list"]
    with open("/dev/full", "w") as full, open(tmp_path / "said", "w") as said:
        run = subprocess.run(command, env=ENVIRONMENT, stdout=full, stderr=full if both else said, check=False)
    assert run.returncode == 5
    text = (tmp_path / "said").read_text()
    assert text.startswith("" if both else "briefing: Nothing more can be written: No space left on device.")
    assert "Traceback" not in text
    assert "Exception" not in text


@pytest.mark.slow
def test_a_build_stopped_at_any_time_ends_within_two_seconds_and_says_what_to_run(tmp_path: Path) -> None:
    """Signals at 12 random times; what comes before the program listens is the system's to answer."""
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.html").write_text(
            f"<h1>The ferry {name} is halted</h1><article>{'<p>The ferry stopped on Monday, officials said.</p>' * 9}"
        )
    start = time.monotonic()
    plain, _ = stopped(tmp_path, signal.SIGCONT, 0)
    whole = time.monotonic() - start
    assert plain.returncode == 0, plain.stderr
    picked = random.Random(7)
    taken, codes = [], []
    for n in range(12):
        number = signals.SIGNALS[n % 2]
        run, seconds = stopped(tmp_path, number, picked.uniform(0.1, 1.1) * whole)
        taken.append(seconds)
        codes.append(run.returncode)
        # Stopped within an `exec`, such as that of a data class while its module is loaded, Python notes an interrupt
        # that nobody handled, and ends itself by SIGINT after all is said: a shell reports 130.
        assert run.returncode in (0, 128 + number, -number, -signal.SIGINT), run.stderr
        if "Run it again" in run.stderr:
            assert "Traceback" not in run.stderr
            assert "Run it again: briefing build in --date 2022-02-01" in run.stderr
        left = [path for path in tmp_path.rglob("*") if path.suffix in (".part", ".old")]
        assert left == []
        assert (tmp_path / "out" / "2022-02-01" / "briefing.html").exists()
    print(f"{len(codes)} signals: {sum(c > 2 for c in codes)} stopped, longest {max(taken):.2f} s")
    assert max(taken) < 2
