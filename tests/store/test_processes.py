"""Two processes at one store, and processes that are killed: nothing acknowledged is lost."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefing.errors import StoreError
from briefing.store import Store
from tests.paths import ROOT
from tests.store.writer import A_BATCH, NOON, batch


def writer(path: Path, name: str, batches: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.writer", str(path), name, str(batches)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def articles(store: Store) -> int:
    return len(store.inputs(since=NOON, until=NOON.replace(hour=13)))


def sound(store: Store) -> bool:
    checked = store._database.row("PRAGMA integrity_check") == ("ok",)
    store._database.run("INSERT INTO words (words) VALUES ('integrity-check')")  # raises when it is not
    return checked


def test_two_processes_that_write_at_once_lose_nothing(tmp_path):
    path = tmp_path / "briefing.sqlite"
    writers = [writer(path, name, 15) for name in ("one", "two")]
    for each in writers:
        out, err = each.communicate(timeout=60)
        assert (each.returncode, len(out.split())) == (0, 15), err
    with Store.open(path) as store:
        assert articles(store) == 2 * 15 * A_BATCH
        assert {row.state for row in store.deliveries()} == {"accepted"}
        assert sound(store)


def test_a_process_killed_at_any_moment_leaves_all_it_acknowledged_and_no_half_visit(tmp_path):
    path = tmp_path / "briefing.sqlite"
    said = 0
    for n, patience in enumerate((0.0, 0.02, 0.05), 1):
        process = writer(path, f"writer{n}", 100_000)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(patience)
        process.kill()
        out, _ = process.communicate()
        said += 1 + out.count("\n")
        with Store.open(path) as store:
            kept, begun = articles(store), store.deliveries()
            assert kept % A_BATCH == 0
            assert said <= len(begun) <= kept // A_BATCH <= said + n
            assert {row.state for row in begun} <= {"accepted", "sending"}
            assert sum(row.state == "sending" for row in begun) <= n
            assert sound(store)


def test_a_store_that_another_process_does_not_let_go_of_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("briefing.store.database.PATIENCE", 0.05)
    path = tmp_path / "briefing.sqlite"
    with Store.open(path) as one, Store.open(path) as two:
        with one._database.writing(), pytest.raises(StoreError, match=r"briefing\.sqlite is in use") as error:
            two.add("wire", batch("wire", 0), seen=NOON)
        assert error.value.code == "E_STORE_BUSY"
        assert two.add("wire", batch("wire", 0), seen=NOON).new == A_BATCH
