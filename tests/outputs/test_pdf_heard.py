"""The PDF as a screen reader reads it: its structure tree beside the edition."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from briefing.model import Brand, Edition
from briefing.outputs import OUTPUTS, Job
from briefing.outputs.view import view_of
from tests.editions import EDITIONS, imprinted, ordinary
from tests.outputs import pdfcheck

MARKED = "TLP:AMBER"


@cache
def german() -> tuple[Edition, bytes]:
    edition = imprinted(ordinary(), language="de", brand=Brand(mark=MARKED))
    return edition, Job(edition, OUTPUTS).made("pdf")


def elements(data: bytes) -> list[tuple[str, str, str]]:
    """Tag, language and description of every structure element."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [(str(e.S), str(e.get("/Lang", "")), str(e.get("/Alt", ""))) for e in pdfcheck.structure(pdf)]


def aloud(data: bytes, work: Path) -> str:
    reader = shutil.which("pdfinfo")
    if reader is None:
        pytest.skip("pdfinfo is not here; apt-get install poppler-utils")
    (work / "heard.pdf").write_bytes(data)
    done = subprocess.run([reader, "-struct-text", str(work / "heard.pdf")], capture_output=True, check=True)
    said = re.findall(r'^ *"(.*)"$', done.stdout.decode("utf-8"), re.MULTILINE)
    return " ".join(" ".join(said).split())


def test_english_sentences_on_a_german_page_are_read_in_english() -> None:
    edition, data = german()
    spans = [tag for tag, language, _ in elements(data) if language == "en"]
    printed = sum(len(story.sentences) for story in view_of(edition).stories)
    assert len(spans) > printed


def test_charts_are_described_with_their_numbers() -> None:
    figures = [alt for tag, _, alt in elements(german()[1]) if tag == "/Figure"]
    assert figures
    assert all(re.search(r": .*\d", alt) for alt in figures), figures


def test_links_are_named_in_words_of_the_pages_language() -> None:
    with pikepdf.open(io.BytesIO(german()[1])) as pdf:
        names = {str(a.Contents) for page in pdf.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"}
    assert "Quelle 1" in names
    assert not [name for name in names if re.fullmatch(r"[a-z]+-?\d+|theme-.*", name)]


def test_the_contents_are_tagged_as_contents() -> None:
    tags = [tag for tag, _, _ in elements(Job(ordinary(), OUTPUTS).made("pdf"))]
    assert tags.count("/TOC") == 1
    assert tags.count("/TOCI") > 1


def test_the_handling_mark_is_in_the_title() -> None:
    with pikepdf.open(io.BytesIO(german()[1])) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith(MARKED)


@pytest.mark.slow  # poppler reads the page anew for every element
def test_what_is_heard_begins_with_the_mark_and_holds_every_sentence_in_order(tmp_path: Path) -> None:
    edition, data = german()
    heard = aloud(data, tmp_path)
    assert heard.startswith(MARKED)
    assert " . . " not in heard
    at = 0
    for story in view_of(edition).stories:
        for sentence in story.sentences:
            found = heard.find(sentence.text, at)
            assert found >= 0, sentence.text
            at = found + len(sentence.text)


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITIONS)
def test_every_odd_edition_is_heard_whole(name: str, tmp_path: Path) -> None:
    edition = EDITIONS[name]()
    heard = re.sub(r"\W", "", aloud(Job(edition, OUTPUTS).made("pdf"), tmp_path))
    for story in view_of(edition).stories:
        for sentence in story.sentences:
            if not sentence.direction and sentence.text.isascii():
                assert re.sub(r"\W", "", sentence.text) in heard, sentence.text
