"""The PDF: structure, contents, the gate on the engine's complaints."""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from briefing.errors import OutputError
from briefing.model import Brand, Edition
from briefing.outputs import OUTPUTS, Job, pdf
from briefing.outputs.fonts import font_files
from tests.editions import EDITIONS, imprinted, ordinary
from tests.editions import made as made_up
from tests.outputs import pdfcheck
from tests.outputs.drawn import drawn_everywhere
from tests.paths import ROOT


@cache
def job_of(name: str, theme: str = "") -> Job:
    edition = EDITIONS[name]()
    return Job(edition.only(theme) if theme else edition, OUTPUTS)


def made(edition: Edition) -> bytes:
    return Job(edition, OUTPUTS).made("pdf")


def text_of(data: bytes) -> str:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext is not here; apt-get install poppler-utils")
    done = subprocess.run([reader, "-raw", "-", "-"], input=data, capture_output=True, check=True, timeout=60)
    return " ".join(done.stdout.decode("utf-8").split())


def test_the_pdf_has_no_structural_fault() -> None:
    assert pdfcheck.faults(job_of("ordinary").made("pdf")) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITIONS)
def test_every_odd_edition_has_no_structural_fault(name: str) -> None:
    assert pdfcheck.faults(job_of(name).made("pdf")) == []


def break_language(file: pikepdf.Pdf) -> None:
    del file.Root["/Lang"]


def break_marking(file: pikepdf.Pdf) -> None:
    file.Root.MarkInfo.Marked = False


def break_title(file: pikepdf.Pdf) -> None:
    del file.Root["/ViewerPreferences"]


def break_metadata(file: pikepdf.Pdf) -> None:
    packet = bytes(file.Root.Metadata.read_bytes()).replace(b"<pdfuaid:part>1</pdfuaid:part>", b"")
    file.Root.Metadata = file.make_stream(packet)


def break_intent(file: pikepdf.Pdf) -> None:
    del file.Root["/OutputIntents"]


def break_figure(file: pikepdf.Pdf) -> None:
    next(e for e in pdfcheck.structure(file) if e.S == "/Figure")["/Alt"] = pikepdf.String("")


def break_heading(file: pikepdf.Pdf) -> None:
    next(e for e in pdfcheck.structure(file) if e.S == "/H2")["/S"] = pikepdf.Name("/H4")


def break_table(file: pikepdf.Pdf) -> None:
    for element in pdfcheck.structure(file):
        if element.S == "/TH":
            element["/S"] = pikepdf.Name("/TD")


def first_link(file: pikepdf.Pdf) -> pikepdf.Object:
    return next(note for page in file.pages for note in page.get("/Annots", []))


def break_link_text(file: pikepdf.Pdf) -> None:
    del first_link(file)["/Contents"]


def break_link_place(file: pikepdf.Pdf) -> None:
    del first_link(file)["/StructParent"]


def break_link_target(file: pikepdf.Pdf) -> None:
    note = next(n for page in file.pages for n in page.get("/Annots", []) if "/Dest" in n)
    note["/Dest"] = pikepdf.String("nowhere")


def break_tab_order(file: pikepdf.Pdf) -> None:
    del file.pages[0].obj["/Tabs"]


def break_link_tag(file: pikepdf.Pdf) -> None:
    linked = next(element for element in pdfcheck.structure(file) if element.S == "/Link")
    linked.S = pikepdf.Name("/Span")


def break_font(file: pikepdf.Pdf) -> None:
    font = next(o for o in file.objects if isinstance(o, pikepdf.Dictionary) and "/ToUnicode" in o)
    del font["/ToUnicode"]


def break_image(file: pikepdf.Pdf) -> None:
    image = file.make_stream(b"\0", Type=pikepdf.Name("/XObject"), Subtype=pikepdf.Name("/Image"), Interpolate=True)
    file.Root["/Spare"] = file.make_indirect(image)


def break_action(file: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))
    file.Root["/OpenAction"] = file.make_indirect(action)


def break_attachment(file: pikepdf.Pdf) -> None:
    del file.Root["/AF"]


def break_outline(file: pikepdf.Pdf) -> None:
    del file.Root["/Outlines"]


def break_content(file: pikepdf.Pdf) -> None:
    file.pages[0].contents_add(b"0 0 10 10 re f", prepend=False)


CONTROLS: dict[Callable[[pikepdf.Pdf], None], str] = {
    break_language: "catalog",
    break_marking: "catalog",
    break_title: "catalog",
    break_metadata: "metadata",
    break_intent: "output intent",
    break_figure: "figures",
    break_heading: "headings",
    break_table: "tables",
    break_link_text: "links",
    break_link_place: "links",
    break_link_target: "links",
    break_link_tag: "tags of links",
    break_tab_order: "tags",
    break_font: "fonts",
    break_image: "images",
    break_action: "actions",
    break_attachment: "attachments",
    break_outline: "outline",
    break_content: "content",
}


@pytest.mark.parametrize("damage", CONTROLS, ids=lambda f: f.__name__)
def test_the_checker_finds_what_was_broken_on_purpose(damage: Callable[[pikepdf.Pdf], None]) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(job_of("ordinary").made("pdf"))) as file:
        damage(file)
        file.save(out, deterministic_id=True)
    assert CONTROLS[damage] in {fault.partition(":")[0] for fault in pdfcheck.faults(out.getvalue())}


def test_every_rule_has_been_seen_to_fail() -> None:
    assert set(CONTROLS.values()) == set(pdfcheck.RULES)


def test_the_issue_file_lies_in_the_pdf_byte_for_byte() -> None:
    job = job_of("ordinary")
    with pikepdf.open(io.BytesIO(job.made("pdf"))) as file:
        assert list(file.attachments) == ["briefing.json"]
        assert file.attachments["briefing.json"].get_file().read_bytes() == job.made("json")


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert made(EDITIONS["one-article"]()) == made(EDITIONS["one-article"]())


#: Of Debian 12 with Pango 1.50 and Debian 13 with Pango 1.56; `scripts/same-bytes` compares editions.
EVERYWHERE = "be0eb39f72c5f27b07f1a57b1a4967237e7317d13124f99c8193cec07be155f8"


def test_every_machine_draws_these_very_bytes() -> None:
    assert drawn_everywhere() == EVERYWHERE


def test_the_bytes_are_the_same_in_a_process_that_has_asked_the_machine_for_its_own_fonts() -> None:
    code = (
        "from pathlib import Path; from briefing.system import doctor; doctor.examine(Path())\n"
        "from tests.outputs.drawn import drawn_everywhere; print(drawn_everywhere())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == EVERYWHERE


def test_the_file_says_who_made_what_and_when() -> None:
    with pikepdf.open(io.BytesIO(job_of("ordinary").made("pdf"))) as file:
        assert str(file.Root.Lang) == "en"
        assert str(file.docinfo.Title) == "TLP:AMBER · Morning Briefing, 1 February 2022"
        assert str(file.docinfo.Author) == "Halden Centre for Security Studies"
        assert str(file.docinfo.CreationDate).startswith("D:20220201000000")
        with file.open_outline() as outline:
            assert [item.title for item in outline.root] == [
                "Key points", "Headlines", "Diplomacy", "Arms Shipments",
                "Sanctions", "Who said what", "Sources", "Ledger",
            ]  # fmt: skip
            assert outline.root[2].children[0].title.startswith("1 Envoys return to Tarnholt")


def test_the_page_prints_everything_the_edition_says() -> None:
    edition, printed = ordinary(), text_of(job_of("ordinary").made("pdf"))
    for story in edition.stories:
        assert story.headline in printed
    for said in (
        "Page 1 of 4",
        "Page 4 of 4",
        "TLP:AMBER",
        "11 inputs in, 11 accounted for",
        "outlet unknown",
        "undated",
    ):
        assert said in printed
    assert "2 articles, 2 origins: Hadderstone Post ×1, Pellhaven Daily ×1" in printed
    assert "1 item has no headline in its source" in printed


def test_letter_paper_is_letter() -> None:
    with pikepdf.open(io.BytesIO(made(imprinted(EDITIONS["one-article"](), paper="Letter")))) as file:
        assert [float(x) for x in file.pages[0].mediabox] == [0, 0, 612, 792]


def test_a_digest_is_complete_in_itself() -> None:
    job = job_of("ordinary", "sanctions")
    assert pdfcheck.faults(job.made("pdf")) == []
    with pikepdf.open(io.BytesIO(job.made("pdf"))) as file:
        assert list(file.attachments) == ["sanctions.json"]
    printed = text_of(job.made("pdf"))
    assert "2 inputs in, 2 accounted for" in printed
    assert "Also on Sanctions" in printed


def test_hostile_text_is_text_and_fetches_nothing() -> None:
    hostile = (
        '</h3><link rel=attachment href="file:///etc/passwd"><img src="http://127.0.0.1:9/x">'
        "<style>@import url(http://127.0.0.1:9/y)</style>\u202egnp.exe\x00\x1b[31m"
    )
    edition = EDITIONS["one-article"]()
    story = replace(edition.sections[0].stories[0], headline=hostile)
    sections = (replace(edition.sections[0], stories=(story,)), *edition.sections[1:])
    source = replace(edition.sources[0], title=hostile, outlet=hostile, url="javascript:alert(1)")
    data = made(imprinted(replace(edition, sections=sections, sources=(source,)), title=hostile, organisation=hostile))
    assert pdfcheck.faults(data) == []
    assert "<link rel=attachment" in text_of(data)


def test_the_fetcher_gives_out_nothing_but_the_images_it_was_handed() -> None:
    fetcher = pdf._engine().fetcher({"asset:logo": b"x"})
    assert fetcher.fetch("asset:logo").read() == b"x"
    for url in ("file:///etc/passwd", "http://127.0.0.1/", "asset:other", "data:text/plain,x", "ftp://127.0.0.1/"):
        with pytest.raises(ValueError, match="refused"):
            fetcher.fetch(url)
    with pytest.raises(ValueError, match="refused"):
        fetcher.open("http://127.0.0.1/")


def test_a_page_the_engine_complains_about_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pdf, "pdf_source", lambda job: ("<html lang=en><title>x</title><h1>x</h1>", "h1 { colour: red }")
    )
    with pytest.raises(OutputError, match="colour"):
        pdf.make_pdf(Job(EDITIONS["nothing"](), OUTPUTS))


def test_a_character_without_a_font_is_printed_as_its_code() -> None:
    edition = imprinted(EDITIONS["nothing"](), title="Report \U0010fffd")
    data = made(edition)
    assert "Report [U+10FFFD]" in text_of(data)
    assert pdfcheck.faults(data) == []


def test_a_logo_is_drawn_without_interpolation() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "#1f4e79").save(picture, "PNG")
    logo = "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()
    data = made(imprinted(EDITIONS["nothing"](), brand=Brand(logo=logo)))
    assert pdfcheck.faults(data) == []
    with pikepdf.open(io.BytesIO(data)) as file:
        assert any(isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image" for o in file.objects)


def test_a_missing_library_is_one_line_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf._engine.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    try:
        problem = pdf.engine_problem()
    finally:
        pdf._engine.cache_clear()
    assert problem is not None
    assert "apt-get install" in problem
    assert "libpango-1.0-0" in problem


def test_only_pinned_faces_draw_latin_and_cyrillic() -> None:
    for name in ("ordinary", "ukrainian"):
        with pikepdf.open(io.BytesIO(job_of(name).made("pdf"))) as file:
            faces = {
                str(o.BaseFont).partition("+")[2]
                for o in file.objects
                if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
            }
        assert faces
        assert all(face.startswith(("Source-Serif", "Source-Sans", "SourceSerif", "SourceSans")) for face in faces), (
            faces
        )


@pytest.mark.parametrize("name", ["ordinary", pytest.param("sixty-articles", marks=pytest.mark.slow)])
def test_lines_are_full_and_a_source_number_stays_with_its_sentence(name: str) -> None:
    """No line ends although the next word, with the source number that belongs to it, would have fitted."""
    early, lonely, lines = set_lines(job_of(name))
    assert lines > 10
    assert early == []
    assert lonely == []


def set_lines(job: Job) -> tuple[list[str], list[str], int]:
    from fontTools.ttLib import TTFont
    from weasyprint.formatting_structure import boxes

    face = TTFont(font_files()[0])
    widths, letters, unit = face["hmtx"], face.getBestCmap(), face["head"].unitsPerEm

    def leaves(box: object) -> list[boxes.TextBox]:
        if isinstance(box, boxes.TextBox):
            return [box]
        return [leaf for child in getattr(box, "children", ()) for leaf in leaves(child)]

    def need(line: list[boxes.TextBox]) -> float:
        """Return the width of a line's first word, the source number after it included."""
        size = line[0].style["font_size"]
        word, space, _ = line[0].text.partition(" ")
        width = sum(widths[letters[ord(c)]][0] for c in word) * size / unit
        return width if space else width + sum(box.width for box in line[1:3])

    engine, source = pdf._engine(), pdf.pdf_source(job)
    document = pdf._laid_out(*source, engine, engine.fetcher({}))
    early, lonely, count = [], [], 0
    for page in document.pages:
        for box in page._page_box.descendants():
            if not isinstance(box, boxes.BlockBox) or box.element is None or box.element.get("class") != "text":
                continue
            set_ = [leaves(line) for line in box.children if isinstance(line, boxes.LineBox)]
            for line, following in pairwise(set_):
                count += 1
                right = max(leaf.position_x + leaf.width for leaf in line)
                room = box.content_box_x() + box.width - right
                if following[0].text.startswith("\xa0"):
                    lonely.append(following[0].text)
                space = 0.25 * following[0].style["font_size"]
                if need(following) + space < room - 1:
                    early.append("".join(leaf.text for leaf in line)[-40:])
    return early, lonely, count


def laid_out(edition: Edition) -> list[list[object]]:
    """Return the boxes of every page of an edition's PDF."""
    engine, source = pdf._engine(), pdf.pdf_source(Job(edition, OUTPUTS))
    return [list(page._page_box.descendants()) for page in pdf._laid_out(*source, engine, engine.fetcher({})).pages]


def elements(page: list[object], kind: str) -> dict[int, object]:
    """Return the elements of a tag or a class on a page, by identity."""
    found = [box.element for box in page if getattr(box, "element", None) is not None]
    return {id(e): e for e in found if kind in (e.tag, e.get("class"))}


def with_points(points: int, stories: int = 9) -> Edition:
    edition = made_up(stories)
    many = [edition.key_points[n % len(edition.key_points)] for n in range(points)]
    return replace(edition, key_points=tuple(many))


@pytest.mark.parametrize("points", [14, 30])
def test_the_contents_stand_whole_on_one_page(points: int) -> None:
    pages = laid_out(with_points(points))
    assert sum(bool(elements(page, "contents")) for page in pages) == 1


def test_every_item_is_a_line_of_the_headlines_however_many_key_points_there_are() -> None:
    assert [len(elements(contents_page(n), "of-item")) for n in (4, 20, 36)] == [9, 9, 9]


def contents_page(points: int) -> list[object]:
    pages = laid_out(with_points(points))
    place, page = next((n, page) for n, page in enumerate(pages) if elements(page, "contents"))
    assert place == (1 if points > 30 else 0)
    return page


@pytest.mark.slow
def test_no_table_leaves_one_row_alone_at_a_pages_end_and_no_list_point_runs_over_it() -> None:
    parted = 0
    for padding in range(1, 7):
        edition = replace(made_up(6, per_story=2), key_points=())
        sections = tuple(
            replace(s, stories=s.stories[: padding % 3 + (i == 0)]) for i, s in enumerate(edition.sections)
        )
        statements = tuple(ordinary().statements) * 14
        first = edition.stories[0]
        said = tuple(replace(s, sentence=first.summary[n % 2]) for n, s in enumerate(statements[: 8 + 3 * padding]))
        pages = laid_out(replace(edition, sections=sections, statements=said))
        rows = [statement_rows(page) for page in pages]
        parted += sum(bool(n) for n in rows) > 1
        assert 1 not in rows
        for kind in ("in-short", "source-list"):
            assert shared(pages, kind) == 0
    assert parted


def statement_rows(page: list[object]) -> int:
    tables = elements(page, "statements").values()
    rows = elements(page, "tr")
    return sum(id(row) in rows for table in tables for row in table.iterfind(".//tbody/tr"))


def shared(pages: list[list[object]], kind: str) -> int:
    """Return how many points of a list stand on two pages."""
    points = [{id(li) for li in elements(page, "li").values()} for page in pages]
    lists = [{id(li) for ul in elements(page, kind).values() for li in ul.iterfind("li")} for page in pages]
    return sum(len(one & two & any_) for (one, two), any_ in zip(pairwise(points), lists, strict=False))


@pytest.mark.slow
def test_qpdf_finds_nothing_to_complain_about(tmp_path: Path) -> None:
    checker = shutil.which("qpdf")
    if checker is None:
        pytest.skip("qpdf is not here; apt-get install qpdf")
    path = tmp_path / "briefing.pdf"
    path.write_bytes(job_of("ordinary").made("pdf"))
    done = subprocess.run([checker, "--check", str(path)], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stdout.decode()


def test_print_css_uses_neither_flex_nor_grid_nor_opacity() -> None:
    css = pdf.pdf_source(job_of("nothing"))[1]
    for slow in ("flex", "grid", "opacity", "columns:"):
        assert slow not in css, slow


def test_a_template_of_ones_own_may_print_footnotes(tmp_path: Path) -> None:
    own = (ROOT / "templates" / "pdf.css.j2").read_text(encoding="utf-8")
    (tmp_path / "pdf.css.j2").write_text(own + "\n.verbatim { float: footnote }\n", encoding="utf-8")
    data = Job(EDITIONS["one-article"](), OUTPUTS, templates=tmp_path).made("pdf")
    assert "1. Every sentence is quoted word for word" in text_of(data)


def test_the_engines_sheet_without_notes_has_all_its_other_rules() -> None:
    from weasyprint.html import UA_STYLESHEET

    kinds = [[rule[3] for rule in sheet.matcher.other_selectors] for sheet in (UA_STYLESHEET, pdf._engine().plain)]
    notes = {kind for kind in kinds[0] if kind and "note-" in kind}
    assert len(notes) == 5
    assert kinds[1] == [kind for kind in kinds[0] if kind not in notes]
