"""Kills and failing disks: a command broken at the N-th system call of a name, for every N, and what must hold then.

    python -m tests.faults kill build             # SIGKILL at every state-changing system call of a build
    python -m tests.faults kill publish send      # likewise of a publish, and of a send
    python -m tests.faults random build --times 300
    python -m tests.faults enospc build           # no room from the N-th write on
    python -m tests.faults eio build              # an I/O error at the N-th fsync
    python -m tests.faults fsize build            # no file may grow beyond some sizes
    python -m tests.faults rivals build --times 200 --at-once 8
    python -m tests.faults rivals daily --times 50 --at-once 2
    python -m tests.faults kill build --every 7   # only every seventh N

A desk is made once in each of its states; every run is a fork of this process on a fresh copy of it, with strace
attached. Prints a line for each thing that was not as it must be, and a count.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from briefing.cli import options
from tests.hostile.mail import SCENARIOS, MailServer

DAY = "2022-02-01"
MOMENT = datetime(2022, 2, 1, 6, 40, tzinfo=UTC)
#: System calls that change what is on the disk, or what a server knows.
CHANGES = (
    "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat2", "link", "linkat", "unlink",
    "unlinkat", "mkdir", "rmdir", "chmod", "flock", "sendto", "connect", "fcntl",
)  # fmt: skip
WRITES, SYNCS = ("write", "pwrite64"), ("fsync", "fdatasync")
ARTICLE = """Title: {title}
Outlet: Halvern Courier
Date: 2022-02-01T06:{minute:02}:00+00:00

The car ferry between Port Halvern and Skarn Island stopped running on Monday, the harbour master said.
{more} The line carries {number} passengers a day, according to the company's report for last year.
"""
SETTINGS = """
[store]
path = "briefing.sqlite"
[outputs]
formats = ["json", "html", "text"]
[mail]
sender = "desk@y.example"
server = "127.0.0.1"
port = {port}
security = "none"
[[lists]]
name = "Everybody"
recipients = ["a@x.example", "b@x.example", "c@x.example"]
"""
BUILD = ("build", "in", "--date", DAY)
PUBLISH = ("publish", f"out/{DAY}/edition.md", "--by", "R. Vane")
SEND = ("send", DAY)
DAILY = ("daily", "--date", DAY)
COLLECT = ("collect",)
FORGET = ("forget", "--before", "2030-01-01", "--yes")
BACKUP = ("backup", "copy.sqlite")
COMMANDS = {
    "build": BUILD,
    "publish": PUBLISH,
    "send": SEND,
    "daily": DAILY,
    "collect": COLLECT,
    "forget": FORGET,
    "backup": BACKUP,
}
#: What a command may leave with when it is run again: somebody may be without the mail, the copy may be there already.
AGAIN = {"send": (0, 6), "daily": (0, 6), "backup": (0, 4)}
RECIPIENTS = ("a@x.example", "b@x.example", "c@x.example")
SOURCE = """
[[sources]]
name = "Wire"
kind = "folder"
address = "in"
"""


def content(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder; the lock says who held it last, and is left out."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".briefing.lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@dataclass
class Ended:
    """How a run came out."""

    code: int  # negative: the signal that ended it
    said: str


def run(desk: Path, arguments: tuple[str, ...], *strace: str, before: Callable[[], None] | None = None) -> Ended:
    """Run a command on a desk in a fork of this process, strace attached to it when it is given something to do."""
    (desk / "said").touch()
    process = _forked(desk, arguments, traced=bool(strace), before=before)
    tracer = _attached(process, strace) if strace else None
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if tracer:
        tracer.wait()
    return Ended(code, (desk / "said").read_text(encoding="utf-8", errors="replace"))


def _forked(
    desk: Path,
    arguments: tuple[str, ...],
    *,
    traced: bool = False,
    before: Callable[[], None] | None = None,
    said: str = "said",
) -> int:
    process = os.fork()
    if process:
        return process
    code = 70
    try:
        os.chdir(desk)
        os.environ["XDG_CACHE_HOME"] = str(desk / "cache")
        for number in (1, 2):
            os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666), number)
        while traced and "TracerPid:\t0" in Path("/proc/self/status").read_text():
            time.sleep(0.002)
        if before:
            before()
        from briefing.cli import run as run_command

        code = run_command(arguments)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        try:
            sys.stderr.flush()
        finally:
            os._exit(code)


def _attached(process: int, strace: tuple[str, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(["strace", "-qq", "-f", "-o", "/dev/null", "-p", str(process), *strace])


@dataclass
class Scene:
    """A desk before a command, and what may be found after it."""

    name: str
    arguments: tuple[str, ...]
    before: Path
    old: dict[str, bytes]  # below out/
    new: dict[str, bytes]
    server: MailServer
    troubles: list[str] = field(default_factory=list)
    runs: int = 0

    def copy(self, place: Path) -> Path:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.before, place, symlinks=True)
        self.server.accepted.clear()
        return place

    def expect(self, holds: bool, where: str, what: str) -> None:
        if not holds:
            self.troubles.append(f"{self.name}, {where}: {what}")
            print(self.troubles[-1], flush=True)


def old_or_new(scene: Scene, desk: Path, where: str) -> None:
    """The edition is the old one or the new one, whole; the archive's files each likewise."""
    found = content(desk / "out")
    ours = {name: text for name, text in found.items() if name.startswith(DAY)}
    states = [{name: t for name, t in state.items() if name.startswith(DAY)} for state in (scene.old, scene.new)]
    scene.expect(ours in states, where, "the edition is neither the old one nor the new one")
    for name in ("index.html", "feed.xml"):
        known = [state[name] for state in (scene.old, scene.new) if name in state]
        if name in found:
            scene.expect(found[name] in known, where, f"{name} is neither the old one nor the new one")


def sound(scene: Scene, desk: Path, where: str) -> None:
    """The store can be opened and every page of it is well; on a copy, so that looking repairs nothing."""
    look = desk.with_name("look")
    shutil.rmtree(look, ignore_errors=True)
    look.mkdir()
    for file in desk.glob("briefing.sqlite*"):
        shutil.copy2(file, look)
    if (look / "briefing.sqlite").exists():
        with closing(sqlite3.connect(look / "briefing.sqlite")) as db:
            scene.expect(db.execute("PRAGMA quick_check").fetchone() == ("ok",), where, "the store is not sound")


def finishes(scene: Scene, desk: Path, where: str) -> None:
    """The same command, run again, ends well and leaves what it would have left the first time, and nothing else."""
    again = run(desk, scene.arguments)
    scene.expect(
        again.code in AGAIN.get(scene.name, (0,)), where, f"run again, it left with {again.code}: {again.said[-300:]}"
    )
    scene.expect(content(desk / "out") == scene.new, where, "run again, it did not leave the new edition")
    # What a kill left of the cache's journal is played back, and goes, when a build next has something to keep. So does
    # what it left of writing a store anew, whose texts were removed before: there is nothing more to forget then.
    files = [p for p in desk.rglob("*") if p.parent.name != "briefing"]
    if scene.name == "forget":
        files = [p for p in files if not p.name.endswith("-journal")]
    left = [p.name for p in files if re.search(r"\.(part|old)$|-journal$|-wal$", p.name)]
    scene.expect(not left, where, f"run again, it left {left}")
    sound(scene, desk, where)
    kept(scene, desk, where)
    nobody_twice(scene, where)
    if scene.name in ("send", "daily") and again.code == 0:
        scene.expect(len(scene.server.accepted) == 3, where, "said to be sent, and not all have it")


def kept(scene: Scene, desk: Path, where: str) -> None:
    """The store, or its copy, holds the articles' texts; after they are forgotten it holds none."""
    store = desk / ("copy.sqlite" if scene.name == "backup" else "briefing.sqlite")
    with closing(sqlite3.connect(store)) as db:
        whole = db.execute("PRAGMA quick_check").fetchone() == ("ok",)
        found = db.execute("SELECT count(*), count(record), (SELECT count(*) FROM text) FROM version").fetchone()
    scene.expect(whole, where, f"{store.name} is not sound")
    wanted = (2, 0, 0) if scene.name == "forget" else (2, 2, 2)
    if scene.name in ("collect", "forget", "backup"):
        scene.expect(found == wanted, where, f"{store.name} holds {found}, not {wanted}")


def nobody_twice(scene: Scene, where: str) -> None:
    twice = [address for address in RECIPIENTS if scene.server.copies(address) > 1]
    scene.expect(not twice, where, f"mailed twice: {twice}")


def killed(scene: Scene, place: Path, call: str, every: int, first: int) -> int:
    """Kill at the N-th call of a name, for every N, until none is left; return how many kills there were."""
    n = first
    while True:
        desk = scene.copy(place)
        ended = run(desk, scene.arguments, "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={n}")
        where = f"{call} {n}"
        old_or_new(scene, desk, where)
        sound(scene, desk, where)
        of_worker = ended.code == 5 and "was ended by SIGKILL" in ended.said  # which the command outlives, and says
        if ended.code != -signal.SIGKILL and not of_worker:
            scene.expect(ended.code == 0, where, f"not killed, and left with {ended.code}: {ended.said[-300:]}")
            return (n - first) // every
        finishes(scene, desk, where)
        n += every


def failing(scene: Scene, place: Path, calls: tuple[str, ...], error: str, every: int, last: str) -> int:
    """Have the N-th call of these names fail, for every N; return how many runs there were that met it."""
    met = 0
    for call in calls:
        n = 1
        while True:
            desk = scene.copy(place)
            inject = f"inject={call}:error={error}:when={n}{last}"
            marks = ("-e", f"trace={call}", "-e", inject)
            ended = run(desk, scene.arguments, *marks)
            where = f"{error} at {call} {n}{last}"
            if ended.code == 0:
                old_or_new(scene, desk, where)
                break
            met += 1
            complained(scene, desk, ended, where)
            n += every
    return met


def complained(scene: Scene, desk: Path, ended: Ended, where: str) -> None:
    """What failed was said in a sentence, the old edition (or the new one) is there, and the next run ends well."""
    scene.expect("Traceback" not in ended.said, where, f"a traceback: {ended.said[-600:]}")
    scene.expect(ended.code in (4, 5, 6), where, f"it left with {ended.code}: {ended.said[-300:]}")
    old_or_new(scene, desk, where)
    sound(scene, desk, where)
    finishes(scene, desk, where)


def at_random(scene: Scene, place: Path, times: int, seed: int) -> int:
    """Kill at random moments of a run; return how many were killed before they had ended."""
    start = time.monotonic()
    run(scene.copy(place), scene.arguments)
    whole, picked, hits = time.monotonic() - start, random.Random(seed), 0
    for n in range(times):
        desk = scene.copy(place)
        process = _forked(desk, scene.arguments)
        time.sleep(picked.uniform(0, whole))
        os.kill(process, signal.SIGKILL)
        hits += os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL
        where = f"random time {n}"
        old_or_new(scene, desk, where)
        sound(scene, desk, where)
        finishes(scene, desk, where)
    return hits


def small_files(scene: Scene, place: Path) -> int:
    """Let no file grow beyond some sizes; return how many runs met the limit."""
    met = 0
    for size in (0, 1, 100, 1_000, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072, 1 << 20, 8 << 20):
        desk = scene.copy(place)
        (desk / "said").write_bytes(b"")
        ended = run(desk, scene.arguments, before=lambda size=size: _limited(size))  # type: ignore[misc]
        if ended.code == 0:
            continue
        met += 1
        if size >= 4_096:  # below that, not even the message can be written to a file
            complained(scene, desk, ended, f"files of at most {size} bytes")
        else:
            old_or_new(scene, desk, f"files of at most {size} bytes")
            finishes(scene, desk, f"files of at most {size} bytes")
    return met


def rivals(scene: Scene, place: Path, times: int, at_once: int) -> tuple[int, int]:
    """Start a command several times at once, round after round; return how many did the work, and were refused."""
    worked = refused = 0
    for n in range(times):
        desk, where = scene.copy(place), f"round {n}"
        gate, opened = os.pipe()
        started = {
            _forked(desk, scene.arguments, before=lambda: _through(gate, opened), said=f"said-{i}"): f"said-{i}"  # noqa: B023
            for i in range(at_once)
        }
        os.close(gate)
        os.close(opened)  # and off they go
        codes = {process: os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in started}
        winners = [process for process, code in codes.items() if code == 0]
        scene.expect(bool(winners), where, "nobody did the work")
        worked, refused = worked + len(winners), refused + len(codes) - len(winners)
        for process in codes.keys() - set(winners):
            said = (desk / started[process]).read_text()
            named = re.search(r"in use by process (\d+) since 2022-02-01 06:40:00 UTC", said)
            scene.expect(codes[process] == 5, where, f"one left with {codes[process]}: {said[-300:]}")
            scene.expect(bool(named) and int(named[1]) in winners, where, f"a wrong holder: {said[-300:]}")  # type: ignore[index]
        scene.expect(content(desk / "out") == scene.new, where, "the edition is not the new one")
        sound(scene, desk, where)
        nobody_twice(scene, where)
    return worked, refused


def _through(gate: int, opened: int) -> None:
    """Wait until the parent opens the gate by closing its end."""
    os.close(opened)
    os.read(gate, 1)


def _limited(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def scenes(root: Path, server: MailServer, names: list[str]) -> Iterator[Scene]:
    """Yield each command with a desk that is about to run it."""
    options.now = lambda: MOMENT  # type: ignore[assignment]  # the commands take it from there when they are loaded
    from briefing.outputs.mail import message

    message.engine_problem = lambda: "not wanted here"  # a PDF takes a second
    for name in names:
        desk = root / name
        (desk / "in").mkdir(parents=True)
        settings = SETTINGS.format(port=server.port) + (SOURCE if name in ("daily", "collect") else "")
        (desk / "briefing.toml").write_text(settings)
        write(desk, "", 900)
        arguments = COMMANDS[name]
        if name in ("daily", "collect"):
            (desk / "said").touch()
        else:
            _well(desk, BUILD)
        if name in ("build", "publish"):
            write(desk, "Repairs will take a week, the company said on Tuesday.", 950)
        if name == "publish":
            _well(desk, (*BUILD, "--draft"))
        (desk / "said").unlink()
        old = content(desk / "out")
        after = root / f"{name}-after"
        shutil.copytree(desk, after)
        _well(after, arguments)
        yield Scene(name, arguments, desk, old, content(after / "out"), server)


def write(desk: Path, more: str, number: int) -> None:
    for n, title in enumerate(("Harbour ferry halted by storm", "Skarn Island ferry stops running")):
        text = ARTICLE.format(title=title, minute=10 + n, more=more, number=number + n)
        (desk / "in" / f"{n}.txt").write_text(text, encoding="utf-8")


def _well(desk: Path, arguments: tuple[str, ...]) -> None:
    from briefing.cli import run as run_command

    before = os.getcwd()
    os.chdir(desk)
    os.environ["XDG_CACHE_HOME"] = str(desk / "cache")
    try:
        with open("said", "a", encoding="utf-8") as said:
            kept = sys.stdout, sys.stderr
            sys.stdout = sys.stderr = said
            try:
                code = run_command(arguments)
            finally:
                sys.stdout, sys.stderr = kept
        assert code == 0, (desk / "said").read_text()
    finally:
        os.chdir(before)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("kill", "random", "enospc", "eio", "fsize", "rivals"))
    parser.add_argument("commands", nargs="+", choices=list(COMMANDS))
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th call")
    parser.add_argument("--first", type=int, default=1, metavar="N", help="the first call that is broken")
    parser.add_argument("--times", type=int, default=300, help="of random kills, or rounds of rivals")
    parser.add_argument("--at-once", type=int, default=8, help="rivals a round")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calls", nargs="+", default=CHANGES, help="names of system calls that are killed at")
    asked = parser.parse_args()
    os.environ["TZ"] = "UTC"
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    bad = 0
    with (
        tempfile.TemporaryDirectory(dir=memory, prefix="briefing-faults-") as folder,
        MailServer(SCENARIOS["ok"], None) as server,  # type: ignore[arg-type]
    ):
        root = Path(folder)
        for scene in scenes(root, server, asked.commands):
            place, start = root / "desk", time.monotonic()
            if asked.what == "kill":
                counts = {call: killed(scene, place, call, asked.every, asked.first) for call in asked.calls}
                done = ", ".join(f"{call} {count}" for call, count in counts.items() if count)
                total = sum(counts.values())
            elif asked.what == "random":
                total, done = at_random(scene, place, asked.times, asked.seed), f"of {asked.times} times"
            elif asked.what == "rivals":
                total, refused = rivals(scene, place, asked.times, asked.at_once)
                done = f"{refused} refused by name, {asked.times} rounds of {asked.at_once}"
            elif asked.what == "fsize":
                total, done = small_files(scene, place), "sizes"
            else:
                calls, error = (WRITES, "ENOSPC") if asked.what == "enospc" else (SYNCS, "EIO")
                total = failing(scene, place, calls, error, asked.every, "+" if error == "ENOSPC" else "")
                done = " and ".join(calls)
            bad += len(scene.troubles)
            took = time.monotonic() - start
            print(f"{asked.what} {scene.name}: {total} met ({done}), {len(scene.troubles)} wrong; {took:.0f} s")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
