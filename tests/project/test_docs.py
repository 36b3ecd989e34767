"""The documentation leads somewhere and names what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.paths import ROOT, SEEDS

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+?)\s*#*$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The names under which a page's headings can be linked to, as the common renderers make them."""
    headings = HEADING.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links(page: Path) -> list[str]:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    dead = []
    for target in (a or b for a, b in LINK.findall(text)):
        file, _, anchor = target.partition("#")
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue  # another site: not asked while testing
        place = (page.parent / file).resolve() if file else page
        if not place.exists() or (anchor and place.suffix == ".md" and anchor not in anchors(place)):
            dead.append(target)
    return dead


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_a_file_and_a_heading(page):
    assert dead_links(page) == []


def test_a_dead_link_would_be_noticed(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# One two\n\n[a](page.md#one-two) [b](#three) [c](gone.md) ![d](gone.png)\n", encoding="utf-8")
    assert dead_links(page) == ["#three", "gone.md", "gone.png"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_no_script_that_is_not_there(page):
    named = set(re.findall(r"\bscripts/([a-z_-]+)\b", page.read_text(encoding="utf-8")))
    assert {name for name in named if not (ROOT / "scripts" / name).exists()} == set()


def test_every_sample_article_is_in_the_table_of_the_samples():
    text = (ROOT / "docs" / "seeds.md").read_text(encoding="utf-8")
    there = {str(path.relative_to(SEEDS)) for path in (SEEDS).rglob("*") if path.is_file()}
    assert set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)) == there


def test_the_doctors_checks_are_in_the_page_on_installing(tmp_path):
    from briefing.system.doctor import examine

    text = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    assert [check.name for check in examine(tmp_path) if f"| {check.name} |" not in text] == []


def test_the_picture_of_the_rooms_names_every_folder_of_the_package():
    drawn = re.findall(r">([a-z]+)</text>", (ROOT / "docs" / "rooms.svg").read_text(encoding="utf-8"))
    rooms = {path.parent.name for path in (ROOT / "briefing").glob("*/__init__.py")}
    assert rooms - set(drawn) == set()
    assert {name for name in drawn if not [*(ROOT / "briefing").glob(f"**/{name}")]} == {"edges"}


def test_the_way_of_a_sentence_goes_through_files_that_are_there():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    hops = re.findall(r"^\| (\d+) \| `([^`]+)` \|", text, re.MULTILINE)
    assert [int(number) for number, _ in hops] == [*range(1, len(hops) + 1)]
    assert len({file for _, file in hops}) == len(hops) > 20
    assert [file for _, file in hops if not (ROOT / "briefing" / file).is_file()] == []
