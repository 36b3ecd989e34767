"""The Word file."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from briefing.errors import OutputError
from briefing.model import Edition
from briefing.outputs import OUTPUTS, Job
from briefing.outputs.office import STYLES
from briefing.outputs.view import view_of
from tests.editions import EDITIONS, ordinary
from tests.outputs.hostile_edition import hostile


def opened(edition: Edition, templates: Path | None = None) -> Any:
    return docx.Document(BytesIO(Job(edition, OUTPUTS, templates=templates).made("docx")))


def lines(document: Any, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == style]


@pytest.fixture(scope="module")
def document() -> Any:
    return opened(ordinary())


def test_titles_and_headings_have_the_styles_every_template_knows(document: Any) -> None:
    assert lines(document, "Title") == ["Morning Briefing"]
    assert lines(document, "Subtitle") == ["Tuesday, 1 February 2022"]
    assert lines(document, "Heading 1") == [
        "Key points", "Headlines", "Diplomacy", "Arms Shipments", "Sanctions", "Who said what", "Sources", "Ledger",
    ]  # fmt: skip
    assert lines(document, "Heading 2") == [
        *(f"{s.number}  {s.headline}" for s in ordinary().stories),
        "Also on Sanctions",
    ]


def test_every_paragraph_has_a_named_style_of_ours_or_of_every_template(document: Any) -> None:
    known = {*STYLES, "Title", "Subtitle", "Heading 1", "Heading 2"}
    assert {p.style.name for p in document.paragraphs} <= known
    assert {
        p.style.name for table in document.tables for row in table.rows for c in row.cells for p in c.paragraphs
    } == {"Briefing Ledger"}


@pytest.mark.parametrize("name", EDITIONS)
def test_the_whole_news_is_in_the_file(name: str) -> None:
    edition = EDITIONS[name]()
    text = "\n".join(p.text for p in opened(edition).paragraphs)
    view = view_of(edition)
    for story in view.stories:
        assert f"{story.number}  {story.headline}" in text
        assert all(s.text in text for s in story.sentences)
    assert all(p.sentence.text in text for p in view.key_points)
    assert all(source.title in text for source in view.sources)
    assert view.accounted in text


def test_links_lead_to_the_sources_and_citations_to_the_list(document: Any) -> None:
    outside = {r.target_ref for r in document.part.rels.values() if r.is_external}
    assert outside == {s.url for s in ordinary().sources if s.url}
    anchors = {h.get(qn("w:anchor")) for h in document.element.iter(qn("w:hyperlink"))} - {None}
    marks = [b.get(qn("w:name")) for b in document.element.iter(qn("w:bookmarkStart"))]
    assert marks == [f"source_{s.number}" for s in ordinary().sources]
    assert anchors <= set(marks)
    targets = {h.get(qn("r:id")) for h in document.element.iter(qn("w:hyperlink"))} - {None}
    assert targets <= set(document.part.rels)


def test_the_properties_state_the_day_of_the_edition_and_no_clock(document: Any) -> None:
    properties = document.core_properties
    assert properties.title == "Morning Briefing, 1 February 2022"
    assert properties.author == "Halden Centre for Security Studies"
    assert properties.created == properties.modified
    assert properties.created.isoformat()[:19] == "2022-02-01T00:00:00"
    assert properties.language == "en"


@pytest.mark.parametrize("name", ["ordinary", "foreign-names", "nothing"])
def test_the_same_edition_gives_the_same_bytes(name: str) -> None:
    one, two = (Job(EDITIONS[name](), OUTPUTS).made("docx") for _ in range(2))
    assert one == two
    with zipfile.ZipFile(BytesIO(one)) as packed:
        assert {info.date_time for info in packed.infolist()} == {(2022, 2, 1, 0, 0, 0)}
        assert packed.testzip() is None


def test_what_an_article_says_is_text_in_the_file() -> None:
    document = opened(hostile())
    assert all(r.target_ref.startswith("https://") for r in document.part.rels.values() if r.is_external)
    text = "\n".join(p.text for p in document.paragraphs)
    assert '"><script>alert(1)</script>' in text
    assert "{{ 7*7 }}" in text
    data = Job(hostile(), OUTPUTS).made("docx")
    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert not [name for name in packed.namelist() if "vba" in name.lower() or "embeddings" in name]
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(packed.read(name))
                assert not re.search("[\u202a-\u202e\u2066-\u2069]", "".join(root.itertext()))
                codes = {f.get(qn("w:instr")) for f in root.iter(qn("w:fldSimple"))}
                assert codes <= {"PAGE", "NUMPAGES"}
                assert not list(root.iter(qn("w:instrText")))


def test_text_from_right_to_left_says_so() -> None:
    document = opened(EDITIONS["foreign-names"]())
    runs = [r for r in document.element.iter(qn("w:r")) if r.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None]
    assert runs
    head = next(p for p in document.paragraphs if p.style.name == "Heading 2" and p.text.startswith("2  "))
    assert head._p.pPr.find(qn("w:bidi")) is not None


def test_charts_carry_their_numbers(document: Any) -> None:
    texts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert texts[0] == "Articles per theme: Diplomacy: 4 articles; Arms Shipments: 3 articles; Sanctions: 2 articles"
    assert all(texts)


def test_the_mark_is_on_the_first_page_and_in_the_head_of_every_page(document: Any) -> None:
    assert lines(document, "Briefing Mark") == ["TLP:AMBER"]
    assert document.sections[0].header.paragraphs[0].text.startswith("TLP:AMBER · ")


def test_the_paper_is_that_of_the_edition() -> None:
    a4, letter = opened(ordinary()).sections[0], opened(EDITIONS["cut-short"]()).sections[0]
    assert (round(a4.page_width.mm), round(a4.page_height.mm)) == (210, 297)
    assert (round(letter.page_width.inches, 2), round(letter.page_height.inches, 2)) == (8.5, 11)


def test_a_house_template_keeps_its_styles_and_its_head(tmp_path: Path) -> None:
    house = docx.Document()
    house.styles["Heading 1"].font.size = Pt(33)
    own = house.styles.add_style("Briefing Summary", 1)
    own.font.size = Pt(7)
    house.sections[0].header.paragraphs[0].text = "House of Halden"
    house.add_paragraph("A line of the template that must not be printed.")
    house.save(tmp_path / "briefing.docx")
    document = opened(ordinary(), tmp_path)
    assert document.styles["Heading 1"].font.size == Pt(33)
    assert document.styles["Briefing Summary"].font.size == Pt(7)
    assert document.sections[0].header.paragraphs[0].text == "House of Halden"
    assert "must not be printed" not in "\n".join(p.text for p in document.paragraphs)
    assert lines(document, "Heading 1")[0] == "Key points"


def test_a_house_template_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "briefing.docx").write_bytes(b"no zip")
    with pytest.raises(OutputError, match=r"briefing\.docx is not a DOCX"):
        opened(ordinary(), tmp_path)


def test_a_digest_is_complete_in_itself() -> None:
    document = opened(replace(ordinary()).only("sanctions"))
    assert lines(document, "Title") == ["Sanctions"]
    assert lines(document, "Heading 2")[0].startswith("5  ")
    assert len(lines(document, "Briefing Source")) == 2


def test_what_stands_above_a_text_stays_on_its_page_and_the_ledgers_columns_fit_their_words() -> None:
    document = opened(ordinary())
    assert document.styles["Briefing Meta"].paragraph_format.keep_with_next
    table = document.tables[-1]
    widths = [column.width.mm for column in table.columns]
    assert sum(widths) == pytest.approx(160, abs=1)
    assert widths[2] < widths[1] < widths[0]
    assert [round(cell.width.mm) for cell in table.rows[1].cells] == [round(width) for width in widths]
