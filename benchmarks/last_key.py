"""What follows an editor's last key measured: `publish` and the round that proves and sends, in CPU seconds.

    python benchmarks/last_key.py                       two mornings of invented towns, as the tests have them
    python benchmarks/last_key.py --days OUT/desk       mornings of real articles: OUT/desk/DAY/day.jsonl
    python benchmarks/last_key.py --beside FOLDER       and the same in another checkout of the program, in turns

The first morning goes out; the second is drafted, two items are dropped, and it is signed. Counted are user and system
seconds of `briefing publish` and of `briefing daily` after it (or `briefing send`, with --send), with their
subprocesses; all outputs are made, and two lists and a folder get them. The mail server answers on loopback.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import trustme

from tests.desk import newsroom
from tests.hostile.mail import SCENARIOS, MailServer, certified

SETTINGS = """
[mail]
sender = "desk@y.example"
user = "desk"
password_variable = "DESK_PASSWORD"
server = "127.0.0.1"
port = {port}

[[sources]]
name = "Wire"
kind = "folder"
address = "incoming"

[[lists]]
name = "Everybody"
recipients = ["a@x.example", "b@x.example"]

[[lists]]
name = "Sanctions desk"
theme = "sanctions"
recipients = ["c@x.example"]

[[channels]]
name = "Archive"
kind = "folder"
address = "sent"
"""


def main() -> None:
    """Measure and print a line a round."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=Path, help="Folder of mornings, a folder DAY each; the first two are taken.")
    parser.add_argument("--beside", type=Path, help="Another checkout of the program, measured in turns with this.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--send", action="store_true", help="`briefing send` after `publish` instead of `daily`.")
    args = parser.parse_args()
    programs = [ROOT, *([args.beside] if args.beside else [])]
    taken: dict[Path, list[float]] = {program: [] for program in programs}
    for _ in range(args.rounds):
        for program in programs:
            with tempfile.TemporaryDirectory() as folder:
                seconds = _after_last_key(program, Path(folder), args.days, "send" if args.send else "daily")
            taken[program].append(sum(seconds))
            print(f"{program}: publish {seconds[0]:.2f} s, then {seconds[1]:.2f} s", flush=True)
    here, *others = (statistics.median(taken[program]) for program in programs)
    print(f"median {here:.2f} s" + "".join(f"; beside {other:.2f} s: {here / other:.2f}" for other in others))


def _after_last_key(program: Path, desk: Path, days: Path | None, last: str) -> tuple[float, float]:
    """Return the CPU seconds of `publish` and of the command after it, on the second of two mornings."""
    first, second = sorted(days.iterdir())[:2] if days else _invented(desk / "days")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(desk / "authority.pem")
    environment = {
        **os.environ,
        "PYTHONPATH": str(program),
        "OMP_NUM_THREADS": "1",
        "XDG_CACHE_HOME": str(desk / "cache"),
        "XDG_DATA_HOME": str(desk / "data"),
        "SSL_CERT_FILE": str(desk / "authority.pem"),
        "DESK_PASSWORD": "correct horse",
        "PYTHONDONTWRITEBYTECODE": "",  # as where it is installed
        "PYTHONPYCACHEPREFIX": str(desk / "pycache"),
    }

    def run(*words: str) -> float:
        before = _children()
        done = subprocess.run(
            [sys.executable, "-P", "-m", "briefing", *words], cwd=desk, env=environment, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(f"briefing {' '.join(words)}: {done.returncode}\n{done.stderr}")
        return _children() - before

    with MailServer(SCENARIOS["ok"], certified(authority, "127.0.0.1")) as server:
        (desk / "briefing.toml").write_text(SETTINGS.format(port=server.port), encoding="utf-8")
        (desk / "incoming").mkdir()
        shutil.copy(first / "day.jsonl", desk / "incoming" / "first.jsonl")
        run("daily", "--date", first.name)
        shutil.copy(second / "day.jsonl", desk / "incoming" / "second.jsonl")
        run("collect", "--all")
        run("daily", "--draft", "--date", second.name)
        sheet = desk / "out" / second.name / "edition.md"
        sheet.write_text(edited(sheet.read_text(encoding="utf-8")), encoding="utf-8")
        published = run("publish", str(sheet), "--by", "Edda Kroll")
        return published, run(last, *(["--date"] if last == "daily" else []), second.name)


def edited(sheet: str) -> str:
    """Return a sheet with its second and third item dropped."""
    lines = sheet.split("\n")
    heads = [n for n, line in enumerate(lines) if re.match(r"## \d+\. ", line)]
    for n in heads[1:3]:
        lines[n] = f"- {lines[n]}"
    return "\n".join(lines)


def _invented(folder: Path) -> Sequence[Path]:
    """Write two mornings of invented towns, 45 items on the second, 16 of them without news."""
    old, new = range(16), range(16, 45)
    days = ((newsroom.YESTERDAY, old, "Coast Post"), (newsroom.TODAY, [*old, *new], "Hill Courier"))
    for day, events, outlet in days:
        told = [newsroom.YESTERDAY if n in old else newsroom.TODAY for n in events]
        rows = [newsroom.article(n, day, outlet, on) for n, on in zip(events, told, strict=True)]
        newsroom.write(folder / day.isoformat(), "day", *rows)
    return [folder / day.isoformat() for day, _, _ in days]


def _children() -> float:
    """Return the CPU seconds of subprocesses that have ended, theirs included."""
    usage = getrusage(RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
