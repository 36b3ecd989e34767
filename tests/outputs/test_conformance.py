"""The outputs before the validators of their formats' makers."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from briefing.model import Brand
from briefing.outputs import OUTPUTS, Job
from tests.editions import EDITIONS, imprinted, ordinary
from tests.outputs.hostile_edition import hostile
from tests.outputs.validators import epubcheck, verapdf

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", EDITIONS)
def test_epubcheck_accepts_every_edition(name: str, tmp_path: Path) -> None:
    book = tmp_path / "briefing.epub"
    book.write_bytes(Job(EDITIONS[name](), OUTPUTS).made("epub"))
    assert epubcheck(book) == []


def test_epubcheck_accepts_an_edition_of_attempts(tmp_path: Path) -> None:
    book = tmp_path / "briefing.epub"
    book.write_bytes(Job(hostile(), OUTPUTS).made("epub"))
    assert epubcheck(book) == []


@pytest.mark.parametrize("language", ["en", "de", "uk"])
def test_verapdf_accepts_the_pdf(language: str, tmp_path: Path) -> None:
    edition = imprinted(ordinary(), language=language, brand=Brand(mark="TLP:AMBER"))
    pdf = tmp_path / "briefing.pdf"
    pdf.write_bytes(Job(edition, OUTPUTS).made("pdf"))
    checked, failed = verapdf(pdf, tmp_path)
    assert len(checked) == 2
    assert failed == []


def test_verapdf_notices_a_pdf_that_says_no_language(tmp_path: Path) -> None:
    whole, broken = tmp_path / "briefing.pdf", tmp_path / "broken.pdf"
    whole.write_bytes(Job(ordinary(), OUTPUTS).made("pdf"))
    with pikepdf.open(whole) as document:
        del document.Root.Lang
        document.save(broken)
    assert any("7.2-" in line for line in verapdf(broken, tmp_path)[1])
