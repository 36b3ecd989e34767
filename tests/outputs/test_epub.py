"""The EPUB."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from briefing.model import Brand, Edition
from briefing.outputs import OUTPUTS, Job
from briefing.outputs.printed_text import epub_text
from briefing.outputs.view import view_of
from tests.editions import EDITIONS, imprinted, ordinary
from tests.outputs.hostile_edition import hostile

H = "{http://www.w3.org/1999/xhtml}"


def opened(edition: Edition) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(Job(edition, OUTPUTS).made("epub")))


def chapters(book: zipfile.ZipFile) -> dict[str, etree._Element]:
    return {
        name.removeprefix("EPUB/"): etree.fromstring(book.read(name))
        for name in book.namelist()
        if name.endswith(".xhtml")
    }


def test_the_first_file_is_the_type_uncompressed() -> None:
    first = opened(ordinary()).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


@pytest.mark.parametrize("name", EDITIONS)
def test_every_chapter_is_well_formed_and_every_link_leads_somewhere(name: str) -> None:
    pages = chapters(opened(EDITIONS[name]()))
    ids = {(file, e.get("id")) for file, page in pages.items() for e in page.iter() if e.get("id")}
    for file, page in pages.items():
        assert len({e.get("id") for e in page.iter() if e.get("id")}) == sum(1 for e in page.iter() if e.get("id"))
        for link in page.iter(f"{H}a"):
            address = link.get("href") or ""
            if not address.startswith("http"):
                target, _, anchor = address.partition("#")
                assert target in pages, (file, address)
                assert not anchor or (target, anchor) in ids, (file, address)


def test_it_prints_what_the_web_page_prints() -> None:
    edition = ordinary()
    book = " ".join(" ".join(epub_text(Job(edition, OUTPUTS).made("epub"))).split())
    for story in view_of(edition).stories:
        assert story.headline in book
        for sentence in story.sentences:
            assert sentence.text in book


def test_sections_are_chapters_and_headlines_stand_below_them_in_the_contents() -> None:
    edition = ordinary()
    nav = chapters(opened(edition))["nav.xhtml"]
    listed = [re.sub(r"\s+", " ", "".join(a.itertext())).strip() for a in nav.iter(f"{H}a")]
    wanted = [s.headline for section in view_of(edition).sections for s in section.stories]
    assert [line for line in listed if line in wanted] == wanted
    for section in view_of(edition).sections:
        assert section.name in listed


def test_the_handling_mark_stands_above_every_chapter_and_in_the_title() -> None:
    book = opened(imprinted(ordinary(), brand=Brand(mark="TLP:AMBER")))
    for file, page in chapters(book).items():
        if file != "nav.xhtml":
            assert "TLP:AMBER" in "".join(page.find(f"{H}body").itertext())[:40], file
    assert b"TLP:AMBER" in re.findall(rb"<dc:title>(.*?)</dc:title>", book.read("EPUB/package.opf"))[0]


def test_the_issue_file_lies_inside() -> None:
    job = Job(ordinary(), OUTPUTS)
    assert zipfile.ZipFile(BytesIO(job.made("epub"))).read("EPUB/briefing.json") == job.made("json")


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert Job(ordinary(), OUTPUTS).made("epub") == Job(ordinary(), OUTPUTS).made("epub")


def test_text_of_articles_is_text_and_never_markup_or_a_link() -> None:
    for page in chapters(opened(hostile())).values():
        assert not list(page.iter(f"{H}script")), page
        assert not [e for e in page.iter() if e.get("onerror")]
        assert not [a for a in page.iter(f"{H}a") if (a.get("href") or "").lower().startswith("javascript")]
