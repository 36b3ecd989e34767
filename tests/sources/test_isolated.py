"""What a hostile file does to its reader stays with its reader: one line of the ledger, and the others are read."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.errors import ArticleError
from briefing.sources import isolated, read_inputs
from briefing.sources.isolated import apart
from briefing.sources.opened import Opened
from briefing.sources.page import read_page
from tests.paths import ROOT, SEEDS

PAGE = "<html><body><h1>Ferry halted</h1><article>%s</article></body></html>" % (
    "<p>The car ferry between Port Halvern and Skarn Island stopped running on Monday, the harbour master said.</p>" * 6
)
#: Put in front of the real reader of pages, in the other process only: a page that names a deed does it.
DEEDS = """
import os, signal, socket, sys, time
if "briefing.sources.isolated:answered" in sys.orig_argv:
    import briefing.sources.page as page
    real = page.read_page

    def read_page(file):
        if b"DO:crash" in file.blob: os.kill(os.getpid(), signal.SIGSEGV)
        if b"DO:leave" in file.blob: os._exit(3)
        if b"DO:raise" in file.blob: raise ZeroDivisionError
        if b"DO:hoard" in file.blob: bytearray(2 << 30)
        if b"DO:spin" in file.blob:
            while True: pass
        if b"DO:sleep" in file.blob: time.sleep(60)
        if b"DO:print" in file.blob: print("no answer" * 100); os.write(1, b"x" * 100)
        if b"DO:write" in file.blob: open(os.environ["TMPDIR"] + "/written", "w").write("x" * 10_000)
        if b"DO:connect" in file.blob: socket.create_connection(("127.0.0.1", int(os.environ["TZ_PORT"])), 5)
        if b"DO:secret" in file.blob: assert "BRIEFING_MAIL_PASSWORD" not in os.environ
        made = real(file)
        if b"DO:lie" not in file.blob: return made
        from dataclasses import replace
        return replace(made, articles=tuple(replace(article, kind="scroll") for article in made.articles))

    page.read_page = read_page
"""
DEADLY = {
    "crash": "was ended by SIGSEGV",
    "leave": "broke down (exit code 3)",
    "raise": "broke down (exit code 1)",
    "hoard": "used up its memory",
    "spin": "used up its processor time",
    "sleep": "was not done after 2 seconds",
    "write": "broke down (exit code 1)",
    "connect": "broke down (exit code 1)",
}


@pytest.fixture
def deeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for inputs, and a process apart in which pages can do harm."""
    (tmp_path / "front").mkdir()
    (tmp_path / "front" / "sitecustomize.py").write_text(DEEDS)
    (tmp_path / "in").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path / "front"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    isolated._worker.close()
    yield tmp_path / "in"
    isolated._worker.close()


def limit(monkeypatch: pytest.MonkeyPatch, **limits: float) -> None:
    monkeypatch.setattr(isolated._worker, "limits", replace(isolated.LIMITS, **limits))  # type: ignore[arg-type]


def put(folder: Path, **pages: str) -> None:
    for name, deed in pages.items():
        (folder / f"{name}.html").write_text(PAGE.replace("<h1>", f"<!-- DO:{deed} --><h1>") if deed else PAGE)


@pytest.mark.parametrize("deed", [deed for deed in DEADLY if deed not in ("sleep", "connect")])
def test_a_page_that_ends_its_reader_is_one_line_and_the_others_are_read(
    deeds: Path, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    if deed == "spin":
        limit(monkeypatch, seconds=0)  # one second; the others are given what they may need under load
    put(deeds, a="", b=deed, c="")
    before, bad, after = read_inputs(deeds)
    assert [note.code for note in bad.notes] == ["E_LIMIT"]
    assert bad.notes[0].message.startswith("b.html could not be read: the process that read it " + DEADLY[deed])
    assert bad.articles == ()
    assert [len(read.articles) for read in (before, after)] == [1, 1]


def test_a_page_that_is_never_done_is_ended_by_the_clock(deeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(deeds, a="")
    read_inputs(deeds)  # what starting takes does not count
    limit(monkeypatch, wait=2.0)
    put(deeds, b="sleep")
    read = read_inputs(deeds)  # the page sleeps for a minute
    assert DEADLY["sleep"] in read[1].notes[0].message


def test_the_reader_reaches_no_address_not_even_of_this_machine(deeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = ["unshare", "-rn", "true"]
    try:
        subprocess.run(alone, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the system gives nobody a network of their own")
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("TZ_PORT", str(server.getsockname()[1]))
        put(deeds, a="connect")
        assert [note.code for note in read_inputs(deeds)[0].notes] == ["E_LIMIT"]
        server.settimeout(0.1)
        with pytest.raises(TimeoutError):
            server.accept()


def test_what_a_library_prints_over_there_is_no_answer(deeds: Path) -> None:
    put(deeds, a="print")
    assert len(read_inputs(deeds)[0].articles) == 1


def test_a_value_outside_its_closed_set_is_not_taken_over(deeds: Path) -> None:
    put(deeds, a="lie", b="")
    lie, other = read_inputs(deeds)
    assert [note.code for note in lie.notes] == ["E_LIMIT"]
    assert "answered with something else than its reader returns" in lie.notes[0].message
    assert (len(lie.articles), len(other.articles)) == (0, 1)


def test_no_password_goes_over(deeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_MAIL_PASSWORD", "hunter2")
    put(deeds, a="secret")
    assert len(read_inputs(deeds)[0].articles) == 1


def test_a_reader_that_was_killed_between_two_files_costs_no_file(deeds: Path) -> None:
    put(deeds, a="")
    read_inputs(deeds)
    assert isolated._worker._process is not None
    isolated._worker._process.process.kill()
    assert len(read_inputs(deeds)[0].articles) == 1


def test_a_reader_that_went_with_the_thread_that_had_started_it_costs_no_file(deeds: Path) -> None:
    put(deeds, a="")
    thread = threading.Thread(target=read_inputs, args=(deeds,))
    thread.start()
    thread.join()
    assert len(read_inputs(deeds)[0].articles) == 1


def test_what_comes_back_is_what_the_reader_made_whatever_its_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    samples = [path for path in sorted((SEEDS).rglob("*")) if path.is_file()]
    away = read_inputs(samples)
    monkeypatch.setenv("BRIEFING_ISOLATION", "off")
    assert away == read_inputs(samples)
    file = Opened("an odd \udc80 name.html", ".html", PAGE.replace("Ferry", "Zelenśkyj 🎈").encode())
    here = apart(read_page, file)
    monkeypatch.delenv("BRIEFING_ISOLATION")
    assert apart(read_page, file) == here


def test_a_page_that_is_none_is_refused_in_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refusal() -> tuple[str, str, str]:
        with pytest.raises(ArticleError) as caught:
            apart(read_page, Opened("a.html", ".html", b"<html></html>"))
        return caught.value.message, caught.value.hint, caught.value.code

    away = refusal()
    monkeypatch.setenv("BRIEFING_ISOLATION", "off")
    assert away == refusal()


def test_where_no_process_can_be_started_the_file_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    isolated._worker.close()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert len(apart(read_page, Opened("a.html", ".html", PAGE.encode())).articles) == 1
    assert not isolated._worker.is_there()


def test_plain_text_starts_no_process(tmp_path: Path) -> None:
    isolated._worker.close()
    (tmp_path / "a.txt").write_text("The ferry stopped running on Monday.")
    assert len(read_inputs(tmp_path)[0].articles) == 1
    assert not isolated._worker.is_there()


def test_the_reader_ends_with_the_program() -> None:
    script = (
        "from briefing.sources import isolated; from briefing.sources.opened import Opened;"
        "from briefing.sources.page import read_page; import os, signal;"
        f"isolated.apart(read_page, Opened('a.html', '.html', {PAGE.encode()!r}));"
        "print(isolated._worker._process.process.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ}
    )
    reader = int(run.stdout)
    for _ in range(50):
        if not Path(f"/proc/{reader}").exists() or "zombie" in Path(f"/proc/{reader}/status").read_text():
            return
        time.sleep(0.1)
    raise AssertionError("the reader outlived the program")
