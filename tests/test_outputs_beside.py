"""A second process draws the digests: the same bytes, or this process draws them itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from briefing.outputs import OUTPUTS, Job, beside, make_files
from briefing.outputs.beside import Beside
from tests.editions import EDITIONS, ordinary


def test_what_the_other_process_draws_is_what_this_one_would_have_drawn() -> None:
    jobs = [Job(ordinary().only(slug), OUTPUTS) for slug in ("sanctions", "diplomacy")]
    other = Beside([job.made("json") for job in jobs])
    try:
        assert [other.next_pdf() for _ in jobs] == [job.made("pdf") for job in jobs]
        assert other.next_pdf() is None
    finally:
        other.close()


def test_what_it_cannot_draw_is_left_to_this_process() -> None:
    good = Job(EDITIONS["nothing"](), OUTPUTS)
    other = Beside([b"{}", good.made("json")])
    try:
        assert other.next_pdf() is None
        assert other.next_pdf() == good.made("pdf")
    finally:
        other.close()


@pytest.mark.parametrize("interpreter", ["/bin/false", "/nowhere/python"])
def test_without_the_other_process_every_file_is_made_all_the_same(
    monkeypatch: pytest.MonkeyPatch, interpreter: str
) -> None:
    alone = make_files(EDITIONS["undated"](), formats=["pdf"])
    monkeypatch.setattr(sys, "executable", interpreter)
    monkeypatch.setattr(beside, "WORTHWHILE", 1)
    monkeypatch.setattr(beside, "cores", lambda: 2)
    assert make_files(EDITIONS["undated"](), formats=["pdf"]) == alone


def test_a_small_edition_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(beside, "Beside", never)
    assert len(make_files(EDITIONS["undated"](), formats=["pdf"])) == 4


def test_closing_it_early_leaves_nothing_running() -> None:
    other = Beside([Job(ordinary(), OUTPUTS).made("json")] * 3)
    process = other._process.process
    other.close()
    assert process.poll() is not None


def test_templates_of_ones_own_hold_over_there_too(tmp_path: Path) -> None:
    (tmp_path / "pdf.html.j2").write_text(
        '{% extends "default/pdf.html.j2" %}{% block cover %}<h1>Ours</h1>{% endblock %}'
    )
    job = Job(EDITIONS["nothing"](), OUTPUTS, templates=tmp_path)
    other = Beside([job.made("json")], tmp_path)
    try:
        assert other.next_pdf() == job.made("pdf") != Job(EDITIONS["nothing"](), OUTPUTS).made("pdf")
    finally:
        other.close()
