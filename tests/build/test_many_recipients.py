"""A thousand recipients, and a program that is killed again and again while it sends to them."""

from __future__ import annotations

import os
import random
import signal
import ssl
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from briefing.build.desk_store import open_store
from briefing.cli import run
from briefing.settings import read_settings
from tests.build.mailing import DAY, SECRET, configure, opened, trusted
from tests.hostile.mail import SCENARIOS, MailServer
from tests.paths import ROOT

MANY, KILLS = 1_000, 10
LIST = '[[lists]]\nname = "Everybody"\nrecipients_file = "readers.csv"\nformats = ["text"]\n'


@pytest.fixture
def desk(in_memory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = opened(in_memory, monkeypatch)
    (folder / "readers.csv").write_text("".join(f"reader{n}@x.example\n" for n in range(MANY)), encoding="utf-8")
    return folder


@pytest.fixture
def context(desk: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    return trusted(desk, monkeypatch)


def started() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "briefing", "send", DAY]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def reached(server: MailServer, mails: int, child: subprocess.Popen[bytes]) -> None:
    """Wait until the server took so many mails, or the program is done."""
    while len(server.accepted) < mails and child.poll() is None:
        time.sleep(0.002)


@pytest.mark.slow
def test_killed_again_and_again_a_sending_reaches_everybody_once_or_says_who_is_in_doubt(context, capsys):
    chance = random.Random(20261129)
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server, LIST)
        for _ in range(KILLS):
            with started() as child:
                reached(server, len(server.accepted) + chance.randint(1, MANY // KILLS - 10), child)
                time.sleep(chance.random() / 50)
                child.send_signal(signal.SIGKILL)
        before = len(server.accepted)
        assert 0 < before < MANY  # else it was not killed while it sent
        run(["send", DAY])
        copies = Counter(address for taken in server.accepted for address in taken.recipients)
        with open_store(read_settings()) as store:
            states = {row.recipient: row.state for row in store.deliveries()}
    assert set(copies.values()) == {1}
    assert Counter(states.values())["unknown"] <= KILLS
    assert set(states.values()) <= {"accepted", "unknown"}
    assert {address for address, state in states.items() if state == "accepted"} <= set(copies)
    assert len(states) == MANY


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="no process list to look at")
def test_no_secret_stands_in_the_process_list_while_it_sends(context, desk):
    seen: set[str] = set()
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server, LIST, unsubscribe_address="https://desk.example/leave")
        with started() as child:
            reached(server, 50, child)
            for process in Path("/proc").glob("[0-9]*"):
                try:
                    seen.add((process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
                except OSError:
                    continue
            child.send_signal(signal.SIGTERM)
    assert any("briefing send" in line for line in seen)
    assert not [line for line in seen if SECRET in line or "u1." in line]
