"""The sample edition, word for word: what a change does to the page is read in the diff of tests/golden/.

pytest tests/golden --accept     rewrites it
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from briefing.build import verify
from briefing.model import Edition
from briefing.outputs import make_files
from briefing.outputs.view import view_of
from tests.cli.running import run
from tests.days import second_day
from tests.golden.pinned import GOLDEN, same
from tests.paths import ROOT, SEEDS

TEXTS = ("email.txt", "briefing.md", "digests/sanctions.email.txt")
SECOND_DAY = ("email.txt", "briefing.md", "digests/arms-shipments.email.txt")
PDFS = ("briefing.pdf", "digests/sanctions.pdf")


def outline(pdf: bytes) -> str:
    """Return page count and bookmarks of a PDF, a line each, with the pages they lead to."""
    reader = PdfReader(io.BytesIO(pdf))
    lines = [f"{len(reader.pages)} pages"]

    def walk(items: list, depth: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, depth + 1)
            else:
                lines.append(f"{'  ' * depth}{item.title} ({reader.get_destination_page_number(item) + 1})")

    walk(reader.outline, 0)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", TEXTS)
def test_the_sample_edition_reads_as_it_was_accepted(name: str, sample_files: dict[str, bytes], accept: bool) -> None:
    same(name, sample_files[name].decode("utf-8"), accept=accept)


def test_the_texts_as_they_were_accepted_are_proved_against_their_articles(
    sample: Edition, sample_files: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "digests").mkdir()
    for name in ("briefing.json", *TEXTS):
        kept = GOLDEN / name.replace("/", "-")
        (tmp_path / name).write_bytes(kept.read_bytes() if kept.exists() else sample_files[name])
    assert verify(sample, SEEDS, folder=tmp_path).findings == ()


def test_the_verdicts_that_the_docs_show_are_those_of_the_sample_edition(
    sample_files: dict[str, bytes], accept: bool, tmp_path: Path
) -> None:
    (tmp_path / "briefing.json").write_bytes(sample_files["briefing.json"])
    explained = run("explain", "briefing.json", "--show", "judgement", cwd=tmp_path).stdout
    shown = "".join(f"{line.rstrip()}\n" for line in explained.splitlines())
    page = ROOT / "docs" / "verdicts.md"
    head = page.read_text(encoding="utf-8").partition("```text\n")[0]
    now = f"{head}```text\n{shown}```\n"
    if accept:
        page.write_text(now, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == now


def test_a_sentence_of_two_sources_with_one_report_behind_them_says_so(sample: Edition) -> None:
    view = view_of(sample)
    said = [s for section in view.sections for story in section.stories for s in story.sentences if s.also]
    of_one = [s for s in said if s.kind == "1 origin"]
    assert of_one
    numbers = {source.article_id: source.number for source in sample.sources}
    origins = [{numbers[key] for key in o.sources} for story in sample.stories for o in story.origins]
    assert all(any({s.source, *s.also} <= several for several in origins) == (s in of_one) for s in said)
    assert any("stories with more than one source" in part for part in view.counts)


@pytest.mark.parametrize("name", PDFS)
def test_the_sample_pdf_has_the_pages_and_bookmarks_it_was_accepted_with(
    name: str, sample_files: dict[str, bytes], accept: bool
) -> None:
    same(f"{name}.outline.txt", outline(sample_files[name]), accept=accept)


@pytest.fixture(scope="module")
def second_files() -> dict[str, bytes]:
    return dict(make_files(second_day()[1], formats=("text", "markdown")))


@pytest.mark.parametrize("name", SECOND_DAY)
def test_the_edition_of_a_second_day_reads_as_it_was_accepted(
    name: str, second_files: dict[str, bytes], accept: bool
) -> None:
    same(f"second-day-{name}", second_files[name].decode("utf-8"), accept=accept)
