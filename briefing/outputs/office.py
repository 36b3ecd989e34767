"""The edition as DOCX, for editors: named styles that a house template may redefine, live links, numbered sources."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from briefing.errors import OutputError
from briefing.outputs.charts import chart_png, charts_of
from briefing.outputs.links import printable
from briefing.outputs.view import AccountView, EditionView, LedgerView, SectionView, SentenceView, SourceView, StoryView

if TYPE_CHECKING:
    from briefing.outputs.job import Job

#: The base a user's template folder may hold: its styles, margins, header and footer stay.
HOUSE_TEMPLATE = "briefing.docx"

_SERIF = "Source Serif Pro"
_SANS = "Source Sans Pro"
_PAPER = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}  # mm
_MARGIN = 25.0  # mm
_CHART = 110.0  # mm
_GREY = "4d5661"

#: Our paragraph styles: font, points, bold, colour ("accent" for the brand's), points before and after.
STYLES: dict[str, tuple[str, float, bool, str, float, float]] = {
    "Briefing Mark": (_SANS, 9, True, "000000", 0, 4),
    "Briefing Organisation": (_SANS, 11, True, "accent", 0, 2),
    "Briefing Meta": (_SANS, 9, False, _GREY, 0, 3),
    "Briefing Key Point": (_SERIF, 11, False, "1b1f24", 0, 4),
    "Briefing Summary": (_SERIF, 11, False, "1b1f24", 2, 5),
    "Briefing Known": (_SERIF, 10, False, _GREY, 0, 3),
    "Briefing In Short": (_SERIF, 10, False, "1b1f24", 0, 3),
    "Briefing Account Title": (_SANS, 10, True, "1b1f24", 4, 2),
    "Briefing Account": (_SERIF, 10, False, "1b1f24", 0, 3),
    "Briefing Passage": (_SERIF, 11, False, "1b1f24", 3, 2),
    "Briefing Statement": (_SERIF, 10.5, False, "1b1f24", 0, 4),
    "Briefing Source Line": (_SANS, 9, False, _GREY, 0, 5),
    "Briefing Source": (_SERIF, 10, False, "1b1f24", 0, 4),
    "Briefing Ledger": (_SANS, 9, False, "1b1f24", 0, 3),
}
_INDENTED = {"Briefing In Short": 6.0, "Briefing Account": 6.0, "Briefing Account Title": 6.0, "Briefing Passage": 6.0}
_HANGING = {"Briefing Source": 8.0, "Briefing Key Point": 5.0}


def make_docx(job: Job) -> bytes:
    """Return the DOCX of an edition, the same bytes for the same issue file.

    A ``briefing.docx`` among the user's templates is what it starts from.

    Raises:
        OutputError: The user's ``briefing.docx`` cannot be read.
    """
    writing = _Writing(job)
    writing.edition()
    return _same_every_time(writing.bytes(), job.edition.day.timetuple()[:3])


class _Writing:
    """One document being written."""

    def __init__(self, job: Job) -> None:
        import docx

        self.view: EditionView = job.view
        self.words = self.view.words
        house = job.templates / HOUSE_TEMPLATE if job.templates else None
        self.house = house is not None and house.is_file()
        try:
            self.document: Any = docx.Document(str(house) if self.house else None)
        except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise OutputError(f"{house} is no DOCX file.", "Save it from the word processor as .docx.") from error
        if self.house:
            self._empty()
        else:
            self._page()
        self._styles()
        self.marked = 0

    # ---- the document

    def edition(self) -> None:
        v, w = self.view, self.words
        self._properties()
        self._head()
        if v.key_points:
            self.heading(w.say("key_points"), 1)
            for point in v.key_points:
                line = self.paragraph("Briefing Key Point")
                self.text(line, "•\t")
                self.told(line, [point.sentence])
                if point.item:
                    self.small(line, f" {w.say('item', number=point.item)}")
        self._charts()
        if not v.sources:
            self.say("Briefing Summary", w.say("empty_edition"))
        for section in v.sections:
            self._section(section)
        if v.accounts:
            self.heading(w.say("accounts"), 1)
            for account in v.accounts:
                self._account(account)
        self._statements()
        self._sources()
        self._ledger()

    def _head(self) -> None:
        v = self.view
        if v.mark:
            self.say("Briefing Mark", v.mark)
        if v.organisation or v.scope:
            self.say("Briefing Organisation", " · ".join(filter(None, [v.organisation, v.title if v.scope else ""])))
        self.say("Title", v.scope_name if v.scope else v.title)
        self.say("Subtitle", v.date)
        self.say("Briefing Meta", " · ".join(filter(None, [*v.counts, v.coverage])))
        more = f" {self.words.say('numbers_from_edition')}" if v.scope else ""
        self.say("Briefing Meta", self.words.say("verbatim") + more)

    def _charts(self) -> None:
        from docx.shared import Mm

        for chart in charts_of(self.view):
            self.say("Briefing Account Title", chart.title)
            shape = self.paragraph("Briefing Meta").add_run().add_picture(BytesIO(chart_png(chart.svg)), Mm(_CHART))
            properties = shape._inline.docPr
            properties.set("name", chart.name)
            properties.set("descr", printable(f"{chart.title}: {chart.text}"))

    def _section(self, section: SectionView) -> None:
        v, w = self.view, self.words
        alone = section.also_on if section.passages and not section.stories else w.say("stories_heading")
        self.heading(alone if v.scope else section.name, 1)
        if not section.stories and not section.passages:
            self.say("Briefing Meta", w.say("nothing_on"))
        for story in section.stories:
            self._story(story)
        if section.passages and section.stories:
            self.heading(section.also_on, 2)
        for passage in section.passages:
            self.told(self.paragraph("Briefing Passage"), passage.sentences)
            line = self.paragraph("Briefing Source Line")
            if passage.item and (passage.anchor or v.scope):
                self.text(line, f"{w.say('item', number=passage.item)}: ")
            self._from(line, [passage.source])

    def _story(self, story: StoryView) -> None:
        w = self.words
        self.heading(f"{story.number}  {story.headline}", 2, story.direction)
        note = w.say("untitled_note") if story.untitled else ""
        meta = " · ".join(filter(None, [story.state, story.origin_line, note, story.part_of]))
        if meta:
            self.say("Briefing Meta", meta)
        if story.known:
            line = self.paragraph("Briefing Known")
            self.text(line, f"{w.say('known_before')}: ")
            self.told(line, story.known)
        self.told(self.paragraph("Briefing Summary", story.text_direction), story.sentences)
        for account in story.accounts:
            self._account(account)
        for short in story.in_short:
            line = self.paragraph("Briefing In Short")
            self.text(line, f"{short.source.outlet}: ")
            self.told(line, short.sentences)
        self._from(self.paragraph("Briefing Source Line"), story.sources)

    def _account(self, account: AccountView) -> None:
        self.say("Briefing Account Title", f"{self.words.say('accounts')}: {account.about}")
        for figure in account.figures:
            line = self.paragraph("Briefing Account")
            self.text(line, figure.printed).bold = True
            self.text(line, " – ")
            self.told(line, [figure.sentence])
            self.small(line, f" {figure.source.outlet}, {figure.source.when_short}")

    def _statements(self) -> None:
        if not self.view.statements:
            return
        self.heading(self.words.say("statements"), 1)
        for said in self.view.statements:
            line = self.paragraph("Briefing Statement")
            self.text(line, said.speaker).bold = True
            self.text(line, f", {said.role}: " if said.role else ": ")
            self.told(line, [said.sentence])
            if said.item:
                self.small(line, f" {self.words.say('item', number=said.item)}")

    def _sources(self) -> None:
        if not self.view.sources:
            return
        w = self.words
        self.heading(w.say("sources"), 1)
        for source in self.view.sources:
            line = self.paragraph("Briefing Source")
            self._bookmark(line, f"source_{source.number}", f"{source.number}")
            self.text(line, "\t")
            self.text(line, source.title, source.direction)
            byline = w.say("by", name=source.byline) if source.byline else ""
            when = f"{source.when} ({source.evidence})" if source.evidence else source.when
            missing = f"[{w.say('untitled')}]" if source.untitled else ""
            imprint = ", ".join(filter(None, [source.outlet, byline, source.wire, when]))
            self.small(line, f" {missing} {imprint}, ".replace("  ", " "))
            if source.url:
                self.link(line, source.host, source.url)
            else:
                self.small(line, source.file)

    def _ledger(self) -> None:
        v, w = self.view, self.words
        self.heading(w.say("ledger"), 1)
        colophon = f"{w.say('method', method=v.method)} {w.say('times_in', zone=v.time_zone)}"
        self.say("Briefing Ledger", f"{v.accounted}. {colophon}")
        if v.ledger_rows:
            head = [w.say(key) for key in ("input", "outcome", "fate", "reason")]
            self._table(head, [[e.input, e.outcome, e.fate, _remark(e)] for e in v.ledger_rows])
        if v.ledger_rest:
            names = ", ".join(entry.input for entry in v.ledger_rest)
            self.say("Briefing Ledger", f"{w.say('used_without_remark')}: {names}")
        if v.cuts:
            self.heading(w.say("cuts"), 2)
            for what, why in v.cuts:
                self.say("Briefing Ledger", f"{what}: {why}")

    def _table(self, head: list[str], rows: list[list[str]]) -> None:
        table = self.document.add_table(rows=1, cols=len(head))
        if "Table Grid" in [style.name for style in self.document.styles]:
            table.style = "Table Grid"
        for cells, texts in zip(
            [table.rows[0].cells, *(table.add_row().cells for _ in rows)], [head, *rows], strict=True
        ):
            for cell, text in zip(cells, texts, strict=True):
                cell.paragraphs[0].style = "Briefing Ledger"
                run = self.text(cell.paragraphs[0], text)
                run.bold = texts is head
        self._repeat(table.rows[0])

    # ---- paragraphs and runs

    def paragraph(self, style: str, direction: str = "") -> Any:
        line = self.document.add_paragraph(style=style)
        if direction == "rtl":
            line._p.get_or_add_pPr().append(self._element("w:bidi"))
        return line

    def say(self, style: str, text: str) -> Any:
        line = self.paragraph(style)
        self.text(line, text)
        return line

    def heading(self, text: str, level: int, direction: str = "") -> None:
        self.text(self.paragraph(f"Heading {level}", direction), text)

    def text(self, line: Any, text: str, direction: str = "") -> Any:
        # A tab is ours; every other white space of a text is one space.
        shown = "\t".join(" ".join(part.split("\n")) for part in printable(text).replace("\r", " ").split("\t"))
        run = line.add_run(shown)
        if direction == "rtl":
            run._r.get_or_add_rPr().append(self._element("w:rtl"))
        return run

    def small(self, line: Any, text: str) -> None:
        from docx.shared import Pt, RGBColor

        run = self.text(line, text)
        run.font.size, run.font.name, run.font.color.rgb = Pt(9), _SANS, RGBColor.from_string(_GREY.upper())

    def told(self, line: Any, sentences: Iterable[SentenceView]) -> None:
        for n, sentence in enumerate(sentences):
            self.text(line, f" {sentence.text}" if n else sentence.text, sentence.direction)
            for i, number in enumerate(sentence.marks):
                if i:
                    self.text(line, ",").font.superscript = True
                self._cite(line, number)
            if sentence.kind:
                self.text(line, f" ({sentence.kind})")

    def _from(self, line: Any, sources: Iterable[SourceView]) -> None:
        for n, source in enumerate(sources):
            self.text(line, f"{'; ' if n else ''}{source.number} ")
            if source.url:
                self.link(line, source.outlet, source.url)
            else:
                self.text(line, source.outlet)
            self.text(line, f", {source.when_short}")

    def link(self, line: Any, text: str, url: str) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE

        target = line.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        self._linked(line, text, "r:id", target)

    def _cite(self, line: Any, number: int) -> None:
        self._linked(line, f"{number}", "w:anchor", f"source_{number}").font.superscript = True

    def _linked(self, line: Any, text: str, attribute: str, value: str) -> Any:
        from docx.shared import RGBColor

        run = self.text(line, text)
        link = self._element("w:hyperlink", {attribute: value, "w:history": "1"})
        run._r.addprevious(link)
        link.append(run._r)
        run.font.color.rgb = RGBColor.from_string(self.view.accent.lstrip("#").upper())
        run.font.underline = attribute == "r:id"
        return run

    def _bookmark(self, line: Any, name: str, text: str) -> None:
        self.marked += 1
        line._p.append(self._element("w:bookmarkStart", {"w:id": f"{self.marked}", "w:name": name}))
        self.text(line, text).bold = True
        line._p.append(self._element("w:bookmarkEnd", {"w:id": f"{self.marked}"}))

    def _element(self, name: str, attributes: dict[str, str] | None = None) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        element = OxmlElement(name)
        for key, value in (attributes or {}).items():
            element.set(qn(key), value)
        return element

    def _repeat(self, row: Any) -> None:
        row._tr.get_or_add_trPr().append(self._element("w:tblHeader"))

    # ---- the frame

    def _properties(self) -> None:
        v, properties = self.view, self.document.core_properties
        day = datetime(v.day.year, v.day.month, v.day.day)  # noqa: DTZ001  the format has no zone
        author = printable(v.organisation or v.title)[:255]
        properties.title = printable(f"{v.full_title}, {v.date_long}")[:255]
        properties.author = properties.last_modified_by = author
        properties.created = properties.modified = day
        properties.language, properties.revision, properties.comments = v.language, 1, ""
        properties.keywords = printable(", ".join(s.name for s in v.sections))[:255]

    def _empty(self) -> None:
        body = self.document.element.body
        for child in list(body):
            if not child.tag.endswith("}sectPr"):
                body.remove(child)

    def _page(self) -> None:
        from docx.shared import Mm

        section = self.document.sections[0]
        width, height = _PAPER[self.view.paper]
        section.page_width, section.page_height = Mm(width), Mm(height)
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", Mm(_MARGIN))
        v = self.view
        head = section.header.paragraphs[0]
        head.text = printable(" · ".join(filter(None, [v.mark, v.full_title, v.date_short])))
        foot = section.footer.paragraphs[0]
        before, between, after = self.words.say("page_of", page="\0", pages="\0").split("\0")
        self.text(foot, printable(" · ".join(filter(None, [v.footer or v.organisation, ""]))) + before)
        self._field(foot, "PAGE")
        self.text(foot, between)
        self._field(foot, "NUMPAGES")
        self.text(foot, after)

    def _field(self, line: Any, code: str) -> None:
        field = self._element("w:fldSimple", {"w:instr": code})
        run = self.text(line, "1")
        run._r.addprevious(field)
        field.append(run._r)

    def _styles(self) -> None:
        there = {style.name for style in self.document.styles}
        if not self.house:
            self._own_headings()
        for name, look in STYLES.items():
            if name not in there:
                self._style(name, *look)

    def _style(self, name: str, font: str, size: float, bold: bool, colour: str, before: float, after: float) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Mm

        style = self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self.document.styles["Normal"]
        style.quick_style = True
        self._dress(style, font, size, bold=bold, colour=colour, before=before, after=after)
        layout = style.paragraph_format
        if name in _INDENTED:
            layout.left_indent = Mm(_INDENTED[name])
        if name in _HANGING:
            layout.left_indent, layout.first_line_indent = Mm(_HANGING[name]), -Mm(_HANGING[name])
            layout.tab_stops.add_tab_stop(Mm(_HANGING[name]))

    def _own_headings(self) -> None:
        styles = self.document.styles
        for name, font, size, colour, before in (
            ("Normal", _SERIF, 11, "1b1f24", 0),
            ("Title", _SERIF, 26, "1b1f24", 0),
            ("Subtitle", _SERIF, 14, "1b1f24", 0),
            ("Heading 1", _SANS, 16, "accent", 18),
            ("Heading 2", _SANS, 12.5, "1b1f24", 12),
            ("Header", _SANS, 8.5, _GREY, 0),
            ("Footer", _SANS, 8.5, _GREY, 0),
        ):
            bold = name.startswith("Heading")
            self._dress(styles[name], font, size, bold=bold, colour=colour, before=before, after=4)
        borders = styles["Title"].element.pPr.find(self._element("w:pBdr").tag)
        if borders is not None:
            styles["Title"].element.pPr.remove(borders)
        language = self._element("w:lang", {"w:val": self.view.language})
        run = styles["Normal"].element.get_or_add_rPr()
        for old in run.findall(language.tag):
            run.remove(old)
        run.append(language)

    def _dress(
        self, style: Any, font: str, size: float, *, bold: bool, colour: str, before: float, after: float
    ) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        look, layout = style.font, style.paragraph_format
        look.name, look.size, look.bold, look.italic = font, Pt(size), bold, False
        fonts = style.element.rPr.rFonts
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        accent = self.view.accent.lstrip("#")
        look.color.rgb = RGBColor.from_string((accent if colour == "accent" else colour).upper())
        layout.space_before, layout.space_after = Pt(before), Pt(after)

    def bytes(self) -> bytes:
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()


def _remark(entry: LedgerView) -> str:
    return " ".join([entry.reason, *entry.notes, *([f"{entry.removed}."] if entry.removed else [])]).strip()


def _same_every_time(packed: bytes, day: tuple[int, ...]) -> bytes:
    """Return the package with the edition's day as the time of every file in it."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(packed)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (max(1980, day[0]), day[1], day[2], 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name), compresslevel=6)
    return out.getvalue()
