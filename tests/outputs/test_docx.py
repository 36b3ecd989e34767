"""The Word file."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
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
from PIL import Image
from pypdf import PdfReader

from briefing.errors import OutputError
from briefing.model import Brand, Edition
from briefing.outputs import OUTPUTS, Job
from briefing.outputs.office import STYLES
from briefing.outputs.view import view_of
from tests.editions import EDITIONS, imprinted, ordinary
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
    } == {"Briefing Ledger", "Briefing Statement"}


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
    assert [m for m in marks if not m.startswith("_Toc")] == [f"source_{s.number}" for s in ordinary().sources]
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
                assert {c.text for c in root.iter(qn("w:instrText"))} <= {'TOC \\o "1-1" \\h \\z'}


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


def test_headlines_run_on_over_pages_and_no_line_holds_bare_numbers() -> None:
    document = opened(EDITIONS["sixty-articles"]())
    texts = [p.text for p in document.paragraphs]
    at = len(texts) - 1 - texts[::-1].index("Headlines")
    listed = document.paragraphs[at + 1 : at + 20]
    assert not any(p.paragraph_format.keep_with_next is not False for p in listed)
    nameless = imprinted(ordinary())
    sources = tuple(replace(s, outlet="", url="", published=None) for s in nameless.sources)
    assert not [
        text
        for text in lines(opened(replace(nameless, sources=sources)), "Briefing Source Line")
        if re.fullmatch(r"[\d; ]+", text)
    ]


def test_what_stands_above_a_text_stays_on_its_page_and_the_ledgers_columns_fit_their_words() -> None:
    document = opened(ordinary())
    assert document.styles["Briefing Meta"].paragraph_format.keep_with_next
    table = document.tables[-1]
    widths = [column.width.mm for column in table.columns]
    assert sum(widths) == pytest.approx(160, abs=1)
    assert widths[2] < widths[1] < widths[0]
    assert [round(cell.width.mm) for cell in table.rows[1].cells] == [round(width) for width in widths]


# ---- what a Word processor makes of it


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def runs_in(document: Any, language: str) -> list[str]:
    return [
        "".join(run.itertext(f"{W}t"))
        for run in document.element.iter(f"{W}r")
        if language in [said.get(f"{W}val") for said in run.iter(f"{W}lang")]
    ]


def test_what_is_not_in_the_pages_language_says_which_it_is() -> None:
    edition = imprinted(ordinary(), language="de")
    english = runs_in(opened(edition), "en")
    for story in view_of(edition).stories:
        assert any(story.headline in text for text in english)
        assert all(sentence.text in english for sentence in story.sentences)
    assert runs_in(opened(ordinary()), "en") == []


def test_the_contents_are_a_field_that_leads_to_every_main_heading(document: Any) -> None:
    codes = [code.text for code in document.element.iter(f"{W}instrText")]
    assert codes == ['TOC \\o "1-1" \\h \\z']
    kinds = [part.get(f"{W}fldCharType") for part in document.element.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    links = [a for a in document.element.iter(f"{W}hyperlink") if (a.get(f"{W}anchor") or "").startswith("_Toc")]
    assert ["".join(a.itertext(f"{W}t")) for a in links] == lines(document, "Heading 1")
    there = {mark.get(f"{W}name") for mark in document.element.iter(f"{W}bookmarkStart")}
    assert {a.get(f"{W}anchor") for a in links} <= there


def test_who_said_what_is_a_table_whose_head_repeats(document: Any) -> None:
    table = document.tables[0]
    said = view_of(ordinary()).statements
    assert [cell.text for cell in table.rows[0].cells] == ["Speaker", "Statement"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    for row, statement in zip(table.rows[1:], said, strict=True):
        assert row.cells[0].text.startswith(statement.speaker)
        assert row.cells[1].text.startswith(statement.sentence.text)


def test_the_logo_and_the_mark_stand_in_the_head_in_their_colours() -> None:
    png = BytesIO()
    Image.new("RGB", (400, 100), "#1f4e79").save(png, "PNG")
    logo = "data:image/png;base64," + base64.b64encode(png.getvalue()).decode()
    document = opened(imprinted(ordinary(), brand=Brand(logo=logo, mark="TLP:AMBER")))
    first = document.inline_shapes[0]
    assert (round(first.width.mm), round(first.height.mm)) == (56, 14)
    assert first._inline.docPr.get("descr") == "Halden Centre for Security Studies"
    for place in (document.paragraphs[0], document.sections[0].header.paragraphs[0]):
        mark = place.runs[0]
        assert mark.text == "TLP:AMBER"
        assert str(mark.font.color.rgb) == "FFC000"
        assert mark._r.rPr.find(qn("w:shd")).get(qn("w:fill")) == "000000"


def test_nothing_of_the_librarys_own_template_is_left() -> None:
    data = Job(ordinary(), OUTPUTS).made("docx")
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = package.namelist()
        assert not [name for name in names if re.search(r"thumbnail|stylesWithEffects|customXml|numbering", name)]
        assert all(b"Courier" not in package.read(name) for name in names)
        fonts = package.read("word/fontTable.xml")
    assert fonts.count(b"<w:font ") == 2
    styles = {style.name for style in opened(ordinary()).styles}
    assert {"Title", "Heading 1", "Normal", *STYLES} <= styles
    assert len(styles) < 30


def test_a_name_written_from_right_to_left_does_not_part_a_day_from_its_month() -> None:
    document = opened(EDITIONS["foreign-names"]())
    named = [line for line in lines(document, "Briefing Source Line") if "עיתון" in line]
    assert named
    assert all(re.search(r"עיתון הנמל\u200e, \d", line) for line in named)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ordinary", "sixty-articles", "foreign-names", "second-day"])
def test_libreoffice_opens_it_with_every_headline(name: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here; apt-get install libreoffice-writer")
    edition = EDITIONS[name]()
    (tmp_path / "briefing.docx").write_bytes(Job(edition, OUTPUTS).made("docx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "briefing.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    pages = PdfReader(tmp_path / "briefing.pdf").pages
    text = re.sub(r"\W", "", "".join(page.extract_text() for page in pages))
    for story in view_of(edition).stories:
        if not story.direction and story.headline.isascii():
            assert re.sub(r"\W", "", story.headline) in text
    assert "Error" not in text
