"""Paragraphs, runs, links and bookmarks of a Word file."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from briefing.outputs.brand import mark_colours
from briefing.outputs.links import printable
from briefing.outputs.office.styles import GREY, SANS
from briefing.outputs.view import EarlierView, SentenceView, SourceView

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Pen:
    """Writes into a document, at its end; every text goes through `links.printable`."""

    def __init__(self, document: Any, accent: str) -> None:
        self.document = document
        self.accent = accent
        self._bookmarks = 0
        self.headings: list[tuple[str, str]] = []  # bookmark and text of those of level 1
        self._ids: dict[str, str] = {}  # of styles by name: the library looks each one up anew, half of the time taken

    def paragraph(self, style: str, direction: str = "") -> Any:
        """Return a new paragraph at the end."""
        line = self.document.add_paragraph()
        self.dress(line, style)
        if direction == "rtl":
            line._p.get_or_add_pPr().append(element("w:bidi"))
        return line

    def dress(self, line: Any, style: str) -> None:
        """Give a paragraph a style."""
        if not self._ids:
            self._ids = {there.name: there.style_id for there in self.document.styles}
        line._p.style = self._ids[style]

    def say(self, style: str, text: str) -> Any:
        """Write a paragraph of one text."""
        line = self.paragraph(style)
        self.text(line, text)
        return line

    def heading(self, text: str, level: int, direction: str = "", language: str = "") -> None:
        """Write a heading, level 1 or 2; the contents lead to those of level 1."""
        line = self.paragraph(f"Heading {level}", direction)
        if level > 1:
            self.text(line, text, direction, language)
            return
        name = f"_Toc{len(self.headings) + 1}"
        self.headings.append((name, text))
        self.bookmark(line, name, text)

    def text(self, line: Any, text: str, direction: str = "", language: str = "") -> Any:
        """Write a text at the end of a line and return its run; ``language`` is empty for the document's own."""
        # A tab is ours; every other white space of a text is one space.
        shown = "\t".join(" ".join(part.split("\n")) for part in printable(text).replace("\r", " ").split("\t"))
        run = _run(line, shown)
        if direction == "rtl":
            run._r.get_or_add_rPr().append(element("w:rtl"))
        if language:
            run._r.get_or_add_rPr().append(
                element("w:lang", dict.fromkeys(_LANG[_kind(language, direction)], language))
            )
        return run

    def small(self, line: Any, text: str) -> None:
        """Write a text in the small grey letters of remarks."""
        from docx.shared import Pt, RGBColor

        run = self.text(line, text)
        run.font.size, run.font.name, run.font.color.rgb = Pt(9), SANS, RGBColor.from_string(GREY.upper())

    def sentences(self, line: Any, sentences: Iterable[SentenceView]) -> None:
        """Write sentences with the numbers of their sources."""
        for n, sentence in enumerate(sentences):
            if n:
                self.text(line, " ")
            if sentence.before:
                self.small(line, f"{sentence.before} ")
            self.text(line, sentence.text, sentence.direction, sentence.language)
            self.cite(line, sentence.marks)
            if sentence.kind:
                self.text(line, f" ({sentence.kind})")

    def earlier(self, line: Any, sentences: Iterable[EarlierView]) -> None:
        """Write sentences of earlier editions, each with where it stood."""
        for n, sentence in enumerate(sentences):
            self.text(line, f" {sentence.text}" if n else sentence.text, sentence.direction)
            self.small(line, f" ({sentence.outlet}; {sentence.printed})")

    def from_sources(self, line: Any, sources: Iterable[SourceView]) -> None:
        """Write where a story is from."""
        for n, source in enumerate(sources):
            self.text(line, f"{'; ' if n else ''}{source.number} ")
            name = source.outlet if source.has_outlet else source.host
            if source.url:
                self.link(line, name, source.url)
            elif name:
                self.text(line, name)
            if source.iso:
                self.text(line, f", {source.when_short}" if name else source.when_short)

    def link(self, line: Any, text: str, url: str) -> None:
        """Write a text that leads to an address; it must have gone through `links.link`."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        target = line.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        self._linked(line, text, "r:id", target)

    def cite(self, line: Any, numbers: Iterable[int]) -> None:
        """Write the numbers of sources, each leading to its entry in the list."""
        for n, number in enumerate(numbers):
            if n:
                self.text(line, ",").font.superscript = True
            self._linked(line, f"{number}", "w:anchor", f"source_{number}").font.superscript = True

    def _linked(self, line: Any, text: str, attribute: str, value: str) -> Any:
        from docx.shared import RGBColor

        run = self.text(line, text)
        link = element("w:hyperlink", {attribute: value, "w:history": "1"})
        run._r.addprevious(link)
        link.append(run._r)
        run.font.color.rgb = RGBColor.from_string(self.accent.lstrip("#").upper())
        run.font.underline = attribute == "r:id"
        return run

    def bookmark(self, line: Any, name: str, text: str) -> Any:
        """Write a text that links lead to, and return its run."""
        self._bookmarks += 1
        line._p.append(element("w:bookmarkStart", {"w:id": f"{self._bookmarks}", "w:name": name}))
        run = self.text(line, text)
        line._p.append(element("w:bookmarkEnd", {"w:id": f"{self._bookmarks}"}))
        return run

    def mark(self, line: Any, mark: str) -> None:
        """Write a handling mark, in the colours prescribed for it."""
        from docx.shared import RGBColor

        run, (letters, ground) = self.text(line, mark), mark_colours(mark)
        run.bold = True
        if letters:
            run.font.color.rgb = RGBColor.from_string(letters.lstrip("#").upper())
            shading = {"w:val": "clear", "w:color": "auto", "w:fill": ground.lstrip("#").upper()}
            run._r.get_or_add_rPr().append(element("w:shd", shading))

    def picture(self, line: Any, png: bytes, name: str, text: str, width: float) -> None:
        """Write a picture ``width`` mm wide with its alternative text."""
        from docx.shared import Mm

        line.paragraph_format.keep_with_next = False
        properties = line.add_run().add_picture(BytesIO(png), Mm(width))._inline.docPr
        properties.set("name", name)
        properties.set("descr", printable(text))

    def contents(self, place: Any) -> None:
        """Write the table of contents behind a paragraph: a field, filled with links to the headings of level 1."""
        lines = []
        for name, text in self.headings:
            line = self.paragraph("Briefing Meta")
            self._linked(line, text, "w:anchor", name)
            lines.append(line)
        if not lines:
            return
        for begin in reversed((("begin", ""), ("", 'TOC \\o "1-1" \\h \\z'), ("separate", ""))):
            lines[0]._p.insert(1, _field_part(*begin))
        lines[-1]._p.append(_field_part("end", ""))
        for line in reversed(lines):
            place._p.addnext(line._p)

    def repeat(self, row: Any) -> None:
        """Repeat a table's row on every page."""
        row._tr.get_or_add_trPr().append(element("w:tblHeader"))

    def field(self, line: Any, code: str) -> None:
        """Write a field that the word processor fills in, such as PAGE."""
        run = self.text(line, "1")
        place = element("w:fldSimple", {"w:instr": code})
        run._r.addprevious(place)
        place.append(run._r)


#: The attributes of w:lang by kind of script: Word keeps a language for each.
_LANG = {"": ("w:val",), "rtl": ("w:val", "w:bidi"), "east": ("w:val", "w:eastAsia")}


def _kind(language: str, direction: str) -> str:
    return "rtl" if direction == "rtl" else "east" if language in ("zh", "ja", "ko") else ""


def _field_part(kind: str, code: str) -> Any:
    """Return a run that holds a part of a field: its begin, separator or end, or its code."""
    run = element("w:r")
    if code:
        part = element("w:instrText")
        part.set(_SPACE, "preserve")
        part.text = code
    else:
        part = element("w:fldChar", {"w:fldCharType": kind})
    run.append(part)
    return run


def _run(line: Any, text: str) -> Any:
    """Return a new run at the end of a line; the library's own way there takes three times as long."""
    from docx.text.run import Run

    made = line._p.makeelement(_W + "r")
    for n, part in enumerate(text.split("\t")):
        if n:
            made.append(made.makeelement(_W + "tab"))
        if part:
            said = made.makeelement(_W + "t", {} if part.strip() == part else {_SPACE: "preserve"})
            said.text = part
            made.append(said)
    line._p.append(made)
    return Run(made, line)


def element(name: str, attributes: dict[str, str] | None = None) -> Any:
    """Return an element of the format, with its attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key), value)
    return made
