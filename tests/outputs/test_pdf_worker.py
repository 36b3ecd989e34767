"""PDFs are drawn in processes apart, within limits; the engine runs nowhere else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.cli import run
from briefing.errors import OutputError
from briefing.outputs import OUTPUTS, Job, make_files, page_count, pdf, pdf_worker
from briefing.outputs.pdf_worker import drawn_beside
from briefing.system import sandbox
from briefing.system.sandbox import GoneError, packed, unpacked
from tests.editions import EDITIONS, ordinary
from tests.paths import ROOT

PDF = b'["pdf", "", 1]'
#: Takes the place of the process that draws, and does something to itself at the first question.
IMPOSTOR = """
import os, signal, sys, time
from briefing.system import sandbox
from briefing.system.sandbox import GoneError
requests, answers = sandbox.shut_in(1 << 30)
sandbox.write_message(answers, b"")
sandbox.read_message(requests), sandbox.read_message(requests)
{deed}
"""


@pytest.fixture(autouse=True)
def none_started_before() -> Iterator[None]:
    pdf_worker.close()
    yield
    pdf_worker.close()


def small(name: str = "nothing") -> Job:
    return Job(EDITIONS[name](), OUTPUTS)


def test_what_is_drawn_apart_is_what_the_engine_draws() -> None:
    job = Job(ordinary().only("sanctions"), OUTPUTS)
    assert job.made("pdf") == pdf.make_pdf(job)
    assert page_count(small().edition) == pdf.count_pages(small())


def test_the_engine_is_not_loaded_by_a_build(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Talks in Geneva\n\nMinisters met on Tuesday to discuss sanctions.\n")
    code = """
import sys
from briefing.cli import run
code = run(["build", "a.txt", "--date", "2022-02-01", "--pages", "5"])
assert code == 0, code
print(sorted({name.partition(".")[0] for name in sys.modules} & {"weasyprint", "pydyf", "tinycss2", "fontTools"}))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=_here(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"
    assert (tmp_path / "out" / "2022-02-01" / "briefing.pdf").read_bytes().startswith(b"%PDF")


def _here() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def impostor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str) -> list[int]:
    """Have another program run in the place of the one that draws; return the processes that are started."""
    script = tmp_path / "impostor.py"
    script.write_text(IMPOSTOR.format(deed=deed), encoding="utf-8")
    started: list[int] = []
    popen = subprocess.Popen

    def replaced(command: list[str], **rest: object) -> object:
        process = popen([sys.executable, str(script)], **{**rest, "env": _here()})  # type: ignore[call-overload]
        started.append(process.pid)
        return process

    monkeypatch.setattr(sandbox.subprocess, "Popen", replaced)
    return started


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "was ended by SIGSEGV"),
        ("os.kill(os.getpid(), signal.SIGXCPU)", "used up its processor time"),
        ("sandbox.out_of_memory()", "used up its memory"),
        ("sys.exit(3)", "broke down (exit code 3)"),
        ("time.sleep(60)", "was not done after 1 seconds"),
    ],
)
def test_a_process_that_dies_over_a_page_is_an_error_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str, why: str
) -> None:
    monkeypatch.setattr(pdf_worker, "LIMITS", replace(pdf_worker.LIMITS, wait=1.0))
    started = impostor(tmp_path, monkeypatch, deed)
    with pytest.raises(OutputError) as error:
        make_files(EDITIONS["nothing"](), formats=["json", "pdf"], digests=False)
    assert error.value.message == f"The PDF could not be drawn: the process that draws it {why}."
    assert "--format html,email" in error.value.hint
    assert error.value.code == "E_PDF_LIMIT"
    assert len(started) == 1


def test_one_killed_by_the_system_is_replaced_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawer = pdf_worker._taken()
    drawer.start()
    assert drawer._process
    os.kill(drawer._process.process.pid, signal.SIGSTOP)
    killer = threading.Timer(0.3, os.kill, (drawer._process.process.pid, signal.SIGKILL))
    killer.start()
    job = small()
    assert unpacked(drawer.ask(PDF, packed([job.made("json")]))) == [job.made("pdf")]
    drawer.close()
    started = impostor(tmp_path, monkeypatch, "os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(GoneError, match="was ended by SIGKILL"):
        drawer.ask(PDF, packed([job.made("json")]))
    assert len(started) == 1


def test_a_build_whose_pdf_cannot_be_drawn_leaves_the_old_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Talks in Geneva\n\nMinisters met on Tuesday to discuss sanctions.\n")
    build = ["build", "in", "--date", "2022-02-01", "--format", "json,pdf"]
    assert run(build) == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out" / "2022-02-01").iterdir() if path.is_file()}
    pdf_worker.close()
    (tmp_path / "in" / "b.txt").write_text("Snow in Oslo\n\nTrams stopped on Tuesday after a night of snow.\n")
    impostor(tmp_path, monkeypatch, "sandbox.out_of_memory()")
    capsys.readouterr()
    assert run(build) == 5
    said = capsys.readouterr()
    assert "used up its memory" in said.err
    assert "Traceback" not in said.err
    assert before == {
        path.name: path.read_bytes() for path in (tmp_path / "out" / "2022-02-01").iterdir() if path.is_file()
    }
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert run([*build[:-1], "json,html"]) == 0  # as the hint says


@pytest.mark.parametrize("interpreter", ["/bin/false", "/nowhere/python"])
def test_where_no_process_can_be_started_no_pdf_is_drawn(monkeypatch: pytest.MonkeyPatch, interpreter: str) -> None:
    monkeypatch.setattr(sys, "executable", interpreter)
    with pytest.raises(OutputError, match="The PDF could not be drawn"):
        make_files(EDITIONS["undated"](), formats=["pdf"])
    assert make_files(EDITIONS["undated"](), formats=["html"])


def test_a_refusal_is_told_as_it_would_be_here(tmp_path: Path) -> None:
    (tmp_path / "pdf.html.j2").write_text("{{ nothing_of_this_name }}")
    job = Job(EDITIONS["nothing"](), OUTPUTS, templates=tmp_path)
    with pytest.raises(OutputError) as there:
        job.made("pdf")
    with pytest.raises(OutputError) as here:
        pdf.make_pdf(job)
    assert (there.value.message, there.value.hint, there.value.code) == (
        here.value.message,
        here.value.hint,
        here.value.code,
    )
    assert small().made("pdf")  # and the process goes on


def test_templates_of_ones_own_hold_over_there_too(tmp_path: Path) -> None:
    (tmp_path / "pdf.html.j2").write_text(
        '{% extends "default/pdf.html.j2" %}{% block cover %}<h1>Ours</h1>{% endblock %}'
    )
    job = Job(EDITIONS["nothing"](), OUTPUTS, templates=tmp_path)
    assert job.made("pdf") == pdf.make_pdf(job) != small().made("pdf")


def test_several_are_drawn_at_once_and_given_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = EDITIONS["one-article"]()
    monkeypatch.setattr(pdf_worker, "cores", lambda: 1)
    alone = make_files(edition, formats=["pdf"])
    assert len(alone) > 1
    monkeypatch.setattr(pdf_worker, "cores", lambda: 3)
    assert make_files(edition, formats=["pdf"]) == alone
    assert len(pdf_worker._idle) == 1


def test_the_engine_is_loaded_while_the_edition_is_made() -> None:
    pdf_worker.start_early("en")
    (worker,) = pdf_worker._idle
    assert worker._process
    pid = worker._process.process.pid
    pdf_worker.start_early("en")  # there is one
    assert small().made("pdf")
    assert [w._process.process.pid for w in pdf_worker._idle if w._process] == [pid]


def test_who_stops_early_leaves_nothing_running() -> None:
    jobs = [Job(ordinary(), OUTPUTS) for _ in range(3)]
    with pytest.raises(KeyboardInterrupt), drawn_beside(jobs):
        raise KeyboardInterrupt
    assert not any(drawer.is_there() for drawer in pdf_worker._idle)  # ended at its first PDF, not after it
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    pdf_worker.close()
    assert not children.exists() or not [pid for pid in children.read_text().split() if _draws(int(pid))]


def _draws(pid: int) -> bool:
    try:
        return b"briefing.outputs.pdf_process:answered" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def test_it_has_no_network_where_the_system_allows_to_take_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.uname().sysname != "Linux":
        pytest.skip("networks are taken away on Linux only")
    deed = (
        "import json, socket\n"
        "names = [name for _, name in socket.if_nameindex()]\n"
        "sandbox.write_message(answers, b'+' + json.dumps(names).encode())"
    )
    impostor(tmp_path, monkeypatch, deed)
    drawer = pdf_worker._taken()
    names = json.loads(drawer.ask(PDF, b"{}"))
    drawer.close()
    if "eth0" in names:
        pytest.skip("this system lets no process give up its network")
    assert set(names) <= {"lo"}
