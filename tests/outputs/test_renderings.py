"""What was made or proved once is not made or proved again by publish, proof and sending."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefing.build import verify_files
from briefing.model import Mailing
from briefing.outputs import Job, make_files, pdf_worker, render
from briefing.outputs.renderings import Renderings
from briefing.system.cache import Cache
from tests.editions import imprinted, sound


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
