"""Kills in the middle of an editor's acts: what was acknowledged is there, and the desk goes on.

    python -m tests.faults.acts                  # SIGKILL at every changing system call of six acts and a sign-off
    python -m tests.faults.acts --every 7        # only every seventh
    python -m tests.faults.acts --only-acts      # without the sign-off, which takes seconds

Prints a line for each thing that was not as it must be, and a count.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from briefing.build import load_edition
from briefing.build.desk import Desk
from briefing.build.desk.results import Done
from briefing.errors import SourceError
from briefing.model.acts import Act
from tests.build.desk.rounds import desk_with_articles
from tests.faults.__main__ import _attached, content

CALLS = ("pwrite64", "write", "fdatasync", "fsync", "unlink", "rename", "ftruncate")
EDITOR = "R. Vane"


def acts_on(desk: Desk) -> list[Act]:
    """Acts of several kinds, each on an item of its own."""
    items = [item for section in desk.board().sections for item in section.items]
    one, two, three, *_ = items
    return [
        Act("drop", story=one.key),
        Act("title", "item", story=two.key, text="Our own headline"),
        Act("line", "cover", text="Read all of it."),
        Act("pin", story=items[-1].key),
        Act("note", story=three.key, text="Ask the harbour office."),
        Act("take back", number=1),
    ]


def work(folder: Path, told: int, *, sign: bool) -> None:
    """Do the acts and sign if that is wanted, each acknowledged by a byte."""
    with desk_with_articles(folder) as desk:
        for act in acts_on(desk):
            done = desk.act(act, editor=EDITOR, based_on=desk.board().version)
            assert isinstance(done, Done), done
            os.write(told, b"a")
            desk.write_sheet()
        if sign:
            assert desk.sign(EDITOR).ok
            os.write(told, b"s")


def killed(folder: Path, call: str, n: int, *, sign: bool) -> tuple[str, bool]:
    """Work on a desk in a fork that is killed at the n-th call of a name; return what was acknowledged, and whether."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        code = 70
        try:
            os.close(reading)
            while "TracerPid:\t0" in Path("/proc/self/status").read_text():
                time.sleep(0.002)
            work(folder, writing, sign=sign)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    tracer = _attached(process, ("-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={n}"))
    told = b""
    while part := os.read(reading, 100):
        told += part
    os.close(reading)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    tracer.wait()
    return told.decode(), code == -signal.SIGKILL


def troubles_after(folder: Path, told: str, *, sign: bool) -> list[str]:
    """Return what is not as it must be on a desk that was killed."""
    found: list[str] = []
    with desk_with_articles(folder) as desk:
        log = desk.store.acts(desk.day)
        if len(log) < told.count("a"):
            found.append(f"{told.count('a')} acts were acknowledged, {len(log)} are there")
        if [entry.number for entry in log] != list(range(1, len(log) + 1)):
            found.append("the acts are not numbered one after the other")
        issue = folder / "out" / desk.day.isoformat() / "briefing.json"
        if "s" in told and not issue.exists():
            found.append("a sign-off was acknowledged, and there is no edition")
        if issue.exists():
            load_edition(issue)  # an error for half an edition
        mistakes = desk.morning().mistakes
        if mistakes:
            found.append(f"the sheet has mistakes: {mistakes}")
        if len(desk.store.acts(desk.day)) != len(log):
            found.append("the sheet was taken for edited")
        try:
            if sign and not desk.sign(EDITOR).ok:
                found.append("it cannot be signed afterwards")
        except SourceError as error:
            found.append(str(error))
        desk.write_sheet()  # what a kill left of a file goes when that file is next written
        left = [name for name in content(folder / "out") if name.endswith(".part")]
        if left:
            found.append(f"it left {left}")
    return found


def main() -> int:
    """Kill at every N of the calls that are asked for; return 1 where something was not as it must be."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--calls", nargs="+", default=CALLS)
    parser.add_argument("--only-acts", action="store_true")
    asked = parser.parse_args()
    kills, troubles = 0, 0
    with tempfile.TemporaryDirectory() as root:
        before = Path(root) / "before"
        before.mkdir()
        with desk_with_articles(before) as desk:
            desk.build()
        for call in asked.calls:
            n = 1
            while True:
                folder = Path(root) / "desk"
                shutil.rmtree(folder, ignore_errors=True)
                shutil.copytree(before, folder)
                told, was_killed = killed(folder, call, n, sign=not asked.only_acts)
                for trouble in troubles_after(folder, told, sign=not asked.only_acts):
                    troubles += 1
                    print(f"{call} {n}: {trouble}", flush=True)
                if not was_killed:
                    break
                kills += 1
                n += asked.every
    print(f"acts: {kills} met, {troubles} troubles")
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
