"""Web page, mail, Markdown, text and Word file are made in a process of their own, within limits."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from briefing.errors import OutputError
from briefing.outputs import OUTPUTS, Job, render_process, render_worker
from briefing.system.worker import Limits, Worker
from tests.editions import imprinted, ordinary

NAMES = ("html", "email", "text", "markdown", "docx", "epub")


def job(**more) -> Job:
    return Job(ordinary(), OUTPUTS, **more)


@pytest.fixture
def worker(monkeypatch):
    """A worker of this test alone, with the limits and the function it asks for."""

    def install(function: str, limits: Limits = render_worker.LIMITS) -> Worker:
        made = Worker(function, limits, OutputError)
        monkeypatch.setattr(render_worker, "_worker", made)
        workers.append(made)
        return made

    workers: list[Worker] = []
    yield install
    for made in workers:
        made.close()


def hoard(head: bytes, issue: bytes) -> bytes:
    return b"x" * (8 * 1024**3)


def spin(head: bytes, issue: bytes) -> bytes:
    while True:
        pass


def reach_out(head: bytes, issue: bytes) -> bytes:
    import socket

    try:
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    except OSError as error:
        return str(error.errno).encode()
    return b"reached"


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_back_is_what_would_have_been_made_here(name, monkeypatch):
    apart = job().made(name)
    monkeypatch.setenv("BRIEFING_ISOLATION", "off")
    here = job().made(name)
    assert apart == here
    assert len(apart) > 1_000


def test_each_of_them_is_made_in_the_subprocess(monkeypatch):
    def never(*_: object) -> bytes:
        raise AssertionError("it was made in this process")

    for place in ("page.make_page", "text.make_text", "markdown.make_markdown", "epub.make_epub", "mail.fit_mail"):
        monkeypatch.setattr(f"briefing.outputs.{place}", never)
    for name in NAMES:
        assert job().made(name)


def test_a_process_that_hoards_memory_ends_in_an_error_that_names_the_way_on(worker):
    worker(f"{__name__}:hoard")
    with pytest.raises(OutputError, match="used up its memory") as caught:
        job().made("html")
    assert caught.value.code == "E_OUTPUT_LIMIT"
    assert "--format json" in caught.value.hint


@pytest.mark.slow
def test_a_process_that_never_ends_is_ended(worker):
    worker(f"{__name__}:spin", Limits(memory=1024**3, seconds=1, wait=30.0))
    with pytest.raises(OutputError, match=r"used up its processor time|was not done"):
        job().made("html")


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")
def test_it_has_no_network(worker):
    worker(f"{__name__}:reach_out")
    assert job().made("html") != b"reached"


def test_after_the_process_died_the_next_output_is_made_by_another(worker):
    made = worker(render_worker._FUNCTION)
    first = job().made("text")
    assert made._process is not None
    os.kill(made._process.process.pid, signal.SIGKILL)
    assert job().made("text") == first


def test_what_a_template_refuses_is_said_as_it_would_be_here(tmp_path: Path):
    (tmp_path / "briefing.md.j2").write_text("{{ nothing.at.all }}", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        job(templates=tmp_path).made("markdown")
    assert caught.value.code == "E_TEMPLATE_UNDEFINED"


def test_the_page_and_templates_of_one_request_are_not_those_of_the_next():
    named = imprinted(ordinary(), web_address="https://desk.example")
    with_page = Job(named, OUTPUTS).made("text")
    assert b"https://desk.example/2022-02-01/briefing.html" in with_page
    assert b"desk.example/2022" not in job().made("text")
    issue = job().made("json")
    assert render_process.answered(json.dumps(["text", ""]).encode(), issue) == job().made("text")
