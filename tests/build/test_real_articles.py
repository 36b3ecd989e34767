"""The whole way on the five real articles: what a desk would look for first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

import briefing
from briefing.cli.parser import program
from briefing.model import Edition, EditionStory, Section
from briefing.outputs import page_count
from briefing.settings import Settings
from tests.paths import development

DAY = date(2022, 2, 1)
BOILERPLATE = (
    "Source link",
    "Comments are closed",
    "Source: Read Full Article",
    "Read Full Article",
    "small favor to ask",
    "foreign agent",
    "refuse to be silenced",
    "support us monthly",
    "Support The Moscow Times",
    "Read more",
)

pytestmark = pytest.mark.development


@pytest.fixture(scope="module")
def edition() -> Edition:
    return briefing.make_edition([development("seeds")], day=DAY)


@pytest.fixture(scope="module")
def whole() -> Edition:
    settings = Settings.model_validate({"limits": {"length": "full"}})
    return briefing.make_edition([development("seeds")], day=DAY, settings=settings)


@pytest.fixture(scope="module")
def written(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("out")
    return {
        str(path.relative_to(folder / "2022-02-01")): path
        for path in briefing.render(edition, folder)
        if "2022-02-01" in path.parts
    }


def story_of(edition: Edition, file: str) -> EditionStory:
    (article,) = [s.article_id for s in edition.sources if s.input.startswith(file)]
    (story,) = [s for s in edition.stories if article in s.sources]
    return story


def section(edition: Edition, slug: str) -> Section:
    return next(s for s in edition.sections if s.theme == slug)


def text_of(part: Section) -> str:
    stories = [c.text for story in part.stories for c in story.summary]
    return "\n".join(
        [s.headline for s in part.stories] + stories + [c.text for p in part.passages for c in p.sentences]
    )


def test_all_five_are_used(edition: Edition) -> None:
    assert [entry.fate for entry in edition.ledger] == ["used"] * 5


def test_the_titles_are_the_articles_own_headlines(edition: Edition) -> None:
    titles = {s.input[:3]: (s.title[:40], s.untitled) for s in edition.sources}
    assert titles["000"] == ("US Delivers 500-Ton Weapon Shipment To Ukra"[:40], False)
    assert titles["001"] == ("Blinken to visit Ukraine as US-Russian t", False)
    assert titles["002"] == ("Russia agrees to Ukraine and global secu", False)
    assert titles["003"] == ("U.S. ‘Escalating’ Russia-Ukraine Tension", False)
    assert titles["004"][1]


def test_two_copies_of_one_agency_report_are_one_story_with_one_origin(edition: Edition) -> None:
    story = story_of(edition, "001")
    assert story_of(edition, "004") == story
    assert len(story.sources) == 2
    assert [(o.name, o.kind) for o in story.origins] == [("AP", "agency")]


def test_the_other_three_are_stories_of_their_own(edition: Edition) -> None:
    assert len(edition.stories) == 4
    assert all(len(story_of(edition, file).sources) == 1 for file in ("000", "002", "003"))


def test_arms_shipments_has_the_deliveries(whole: Edition) -> None:
    text = text_of(section(whole, "arms-shipments"))
    assert "500 tons" in text
    assert any("$ 200 million" in s.text for story in whole.stories for s in story.summary)


def test_diplomacy_has_the_visit_and_the_january_talks(edition: Edition) -> None:
    headlines = [s.headline for s in section(edition, "diplomacy").stories]
    assert any(h.startswith("Blinken to visit") for h in headlines)
    assert any(h.startswith("Russia agrees") for h in headlines)


def test_sanctions_is_not_empty_and_quotes_the_banking_system(edition: Edition) -> None:
    part = section(edition, "sanctions")
    assert "SWIFT" in text_of(part)
    assert {edition.source(p.article_id).input[:3] for p in part.passages} == {"002"}


def test_every_printed_sentence_stands_in_its_source(edition: Edition) -> None:
    proof = briefing.verify(edition, [development("seeds")])
    assert proof.findings == ()
    assert proof.sentences > 20


def test_no_output_prints_boilerplate(written: dict[str, Path]) -> None:
    for name, path in written.items():
        if path.suffix == ".pdf":
            text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
        elif path.suffix in (".docx", ".epub"):
            continue
        else:
            text = path.read_text(encoding="utf-8")
        for phrase in BOILERPLATE:
            assert phrase not in " ".join(text.split()), f"{name} prints {phrase!r}"


def test_the_whole_tree_is_written(written: dict[str, Path]) -> None:
    whole = {"briefing.json", "briefing.pdf", "briefing.html", "email.html", "email.txt", "briefing.eml"}
    digests = {
        f"digests/{slug}.{ending}"
        for slug in ("diplomacy", "arms-shipments", "sanctions")
        for ending in ("html", "pdf", "email.html", "email.txt", "eml")
    }
    assert whole | digests <= set(written)


def test_the_same_build_gives_the_same_bytes(edition: Edition, written: dict[str, Path], tmp_path: Path) -> None:
    again = briefing.render(briefing.make_edition([development("seeds")], day=DAY), tmp_path)
    for path in again:
        if "2022-02-01" in path.parts:
            name = str(path.relative_to(tmp_path / "2022-02-01"))
            assert path.read_bytes() == written[name].read_bytes(), name


def test_the_command_line_does_the_same(written: dict[str, Path], tmp_path: Path) -> None:
    from click.testing import CliRunner

    args = ["build", str(development("seeds")), "--date", "2022-02-01", "--out", str(tmp_path), "--format", "json"]
    result = CliRunner().invoke(program, args)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "2022-02-01" / "briefing.json").read_bytes() == written["briefing.json"].read_bytes()


@pytest.mark.slow
def test_two_pages_are_two_pages_with_every_theme_source_and_input_on_them(tmp_path: Path) -> None:
    settings = Settings.model_validate({"limits": {"pages": 2}})
    short = briefing.make_edition([development("seeds")], day=DAY, settings=settings)
    assert page_count(short) == 2
    assert {c.why for c in short.cuts} <= {"pages"}
    assert all(s.stories or s.passages for s in short.sections if s.theme != "other")
    assert len(short.stories) == 4
    assert len(short.sources) == len(short.ledger) == 5
