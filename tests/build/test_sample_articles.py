"""The whole way on the sample articles, which have what real ones have: what a desk would look for first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

import briefing
from briefing.model import Edition, EditionStory, Section
from briefing.outputs import page_count
from briefing.settings import Settings
from tests.cli.running import run
from tests.paths import SEEDS

BOILERPLATE = (
    "Source link",
    "Comments are closed",
    "Read Full Article",
    "Read more",
    "newsletter",
    "cookies",
    "Continue",
)


def story_of(edition: Edition, file: str) -> EditionStory:
    (source,) = [s for s in edition.sources if s.input == file]
    (story,) = [s for s in edition.stories if source.article_id in s.sources]
    return story


def section(edition: Edition, slug: str) -> Section:
    return next(s for s in edition.sections if s.theme == slug)


def text_of(edition: Edition, slug: str) -> str:
    part = section(edition, slug)
    points = [k.sentence.text for k in edition.key_points if k.theme == slug]
    stories = [c.text for story in part.stories for c in story.summary]
    return "\n".join(
        points + [s.headline for s in part.stories] + stories + [c.text for p in part.passages for c in p.sentences]
    )


def test_every_input_is_used_in_full_or_told_in_a_line(sample: Edition) -> None:
    fates = [entry.fate for entry in sample.ledger]
    assert len(fates) == 20
    assert set(fates) <= {"used", "told in a line"}


def test_the_titles_are_the_articles_own_headlines(sample: Edition) -> None:
    titles = {s.input.partition("/")[2]: (s.title[:20], s.untitled) for s in sample.sources}
    assert titles["2021-11-23-kremlin-us-arms.txt"] == ("Kremlin Says U.S. We", False)  # below a slogan
    assert titles["talks-in-january.txt"] == ("Moscow and Washingto", False)
    assert titles["2022-01-19-kyiv-visit-aid.txt"] == ("As Secretary of Stat", True)


def test_a_reprint_of_an_agency_report_is_one_story_and_one_origin_with_it(sample: Edition) -> None:
    story = story_of(sample, "hadderstone-post/blinken-heads-to-kyiv.txt")
    assert story_of(sample, "tarnholt-observer/blinken-kyiv-wire.txt") == story
    assert ("KWP", "agency", 2) in [(o.name, o.kind, len(o.sources)) for o in story.origins]
    assert sum(len(o.sources) for o in story.origins) == len(story.sources)


def test_arms_shipments_has_the_deliveries(sample: Edition) -> None:
    text = text_of(sample, "arms-shipments")
    assert "planeload of American military supplies" in text
    assert "$ 200 million" in text
    assert "$300 million" in text


def test_diplomacy_has_the_visit_and_the_january_talks(sample: Edition) -> None:
    headlines = [s.headline for s in section(sample, "diplomacy").stories]
    assert any(h.startswith("Blinken heads to Kyiv") for h in headlines)
    assert any(h.startswith("First round of US-Russia talks") for h in headlines)
    assert not any(h.startswith("Moscow and Washington to open security talks in January") for h in headlines)


def test_sanctions_has_its_article_and_quotes_the_banking_system_from_others_or_points_there(sample: Edition) -> None:
    part = section(sample, "sanctions")
    assert [s.headline for s in part.stories] == ["White House says who would be hit by Russia sanctions"]
    told = [c.text for story in sample.stories if story.number in part.see for c in story.summary]
    assert any("SWIFT" in text for text in told + [c.text for p in part.passages for c in p.sentences])


def test_every_item_prints_sentences_or_points_or_is_told_in_a_line(sample: Edition) -> None:
    in_a_line = {entry.article_id for entry in sample.ledger if entry.fate == "told in a line"}
    silent = [s for s in sample.stories if not (s.summary or s.see or set(s.sources) <= in_a_line)]
    assert silent == []


def test_no_output_prints_boilerplate(sample_files: dict[str, bytes], tmp_path: Path) -> None:
    printed = {
        name: data.decode("utf-8")
        for name, data in sample_files.items()
        if not name.endswith((".pdf", ".docx", ".epub"))
    }
    (tmp_path / "briefing.pdf").write_bytes(sample_files["briefing.pdf"])
    printed["briefing.pdf"] = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "briefing.pdf").pages)
    assert {(name, p) for name, text in printed.items() for p in BOILERPLATE if p in " ".join(text.split())} == set()


def test_the_whole_tree_is_written(sample_files: dict[str, bytes]) -> None:
    whole = {"briefing.json", "briefing.pdf", "briefing.html", "email.html", "email.txt", "briefing.eml"}
    digests = {
        f"digests/{slug}.{ending}"
        for slug in ("diplomacy", "arms-shipments", "sanctions")
        for ending in ("html", "pdf", "email.html", "email.txt", "eml")
    }
    assert whole | digests <= set(sample_files)


def test_the_command_line_gives_the_same_bytes(sample_files: dict[str, bytes], tmp_path: Path) -> None:
    args = ["build", str(SEEDS), "--date", "2022-02-01", "--format", "json,text", "--no-cache"]
    done = run(*args, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for name in ("briefing.json", "email.txt", "digests/sanctions.email.txt"):
        assert (tmp_path / "out" / "2022-02-01" / name).read_bytes() == sample_files[name], name


@pytest.mark.slow
def test_three_pages_are_three_pages_with_every_theme_source_and_input_on_them() -> None:
    settings = Settings.model_validate({"limits": {"pages": 3}})
    short = briefing.make_edition([SEEDS], day=date(2022, 2, 1), settings=settings)
    assert page_count(short) == 3
    assert {c.why for c in short.cuts} == {"pages"}
    assert all(s.stories or s.passages for s in short.sections if s.theme != "other")
    assert len(short.sources) == len(short.ledger) == 20
