"""What was made or proved once is not made or proved again by publish, proof and sending."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefing.build import make_edition, proving, rereading, verify_files
from briefing.model import Mailing
from briefing.outputs import Job, make_files, pdf_worker, render, render_worker
from briefing.outputs.renderings import Renderings
from briefing.sources import read_inputs
from briefing.system.cache import Cache
from tests.editions import imprinted, sound

ARTICLE = """Title: Ferry to Skarn stays in harbour
Date: 2026-03-02T06:00:00+00:00

The ferry to Skarn will stay in the harbour until Tuesday, its owner said. About 400 commuters travel by bus instead.
"""


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was drawn: the theme of each edition, in this process and without the engine."""
    done: list[str] = []

    def draw(job: Job) -> bytes:
        done.append(job.edition.scope)
        return b"%PDF of " + job.edition.scope.encode()

    monkeypatch.setattr(pdf_worker, "is_off", lambda: True)
    monkeypatch.setattr(pdf_worker, "draw", draw)
    return done


def test_what_was_drawn_is_not_drawn_again_by_proof_and_mail(tmp_path: Path, drawn: list[str]) -> None:
    edition, renderings = sound(), Renderings()
    render(edition, tmp_path, formats=("json", "pdf"), renderings=renderings)
    first = len(drawn)
    assert first == len(set(drawn))
    assert verify_files(edition, tmp_path / edition.name, None, renderings) == ()
    mailed = imprinted(edition, mailing=Mailing("desk@y.example", "desk.y.example", ""))
    make_files(mailed, formats=("pdf",), digests=False, renderings=renderings)
    assert len(drawn) == first


def test_the_next_command_finds_it_in_the_cache(tmp_path: Path, drawn: list[str]) -> None:
    edition = sound()
    for _ in range(2):
        cache = Cache(tmp_path / "cache", date(2026, 3, 2))
        (file,) = make_files(edition, formats=("pdf",), digests=False, renderings=Renderings(cache))
        cache.close()
        assert file[1].startswith(b"%PDF")
    assert len(drawn) == 1


def test_another_edition_or_other_templates_are_drawn_anew(tmp_path: Path, drawn: list[str]) -> None:
    edition, renderings = sound(), Renderings()
    own = tmp_path / "own"
    own.mkdir()
    for one, templates in (
        (edition, None),
        (imprinted(edition, title="Other"), None),
        (edition, own),
    ):
        make_files(one, formats=("pdf",), digests=False, templates=templates, renderings=renderings)
    assert len(drawn) == 2
    (own / "pdf.css.j2").write_text("p { color: red }", encoding="utf-8")
    make_files(edition, formats=("pdf",), digests=False, templates=own, renderings=renderings)
    assert len(drawn) == 3


def test_every_output_but_those_put_together_of_others_is_made_once(
    tmp_path: Path, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    rendered = render_worker.rendered

    def counted(what: str, job: Job) -> bytes:
        asked.append(f"{what} {job.edition.scope}")
        return rendered(what, job)

    monkeypatch.setattr(render_worker, "rendered", counted)
    files = []
    for _ in range(2):
        cache = Cache(tmp_path / "cache", date(2026, 3, 2))
        files.append(make_files(sound(), renderings=Renderings(cache)))
        cache.close()
    assert files[0] == files[1]
    assert len(asked) == len(set(asked)) > 0
    assert len(drawn) == len(set(drawn))


def test_what_was_proved_is_proved_again_only_when_it_or_its_sources_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    edition = make_edition([tmp_path / "a.txt"], day=date(2026, 3, 2))
    inputs = read_inputs([tmp_path / "a.txt"])
    read: list[int] = []
    given_of = rereading.given_of
    monkeypatch.setattr(proving, "given_of", lambda *given: read.append(1) or given_of(*given))
    for _ in range(2):
        cache = Cache(tmp_path / "cache", date(2026, 3, 2))
        proof = proving.prove(edition, inputs, renderings=Renderings(cache))
        cache.close()
        assert proof.ok
        assert proof.sentences > 0
    assert len(read) == 1
    cache = Cache(tmp_path / "cache", date(2026, 3, 2))
    assert proving.prove(imprinted(edition, title="Other"), inputs, renderings=Renderings(cache)).ok
    (tmp_path / "a.txt").write_text(ARTICLE.replace("Tuesday", "Friday"), encoding="utf-8")
    for _ in range(2):  # what has findings is not kept
        assert not proving.prove(edition, read_inputs([tmp_path / "a.txt"]), renderings=Renderings(cache)).ok
    cache.close()
    assert len(read) == 4
