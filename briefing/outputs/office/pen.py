"""Paragraphs, runs, links and bookmarks of a Word file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

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

    def heading(self, text: str, level: int, direction: str = "") -> None:
        """Write a heading, level 1 or 2."""
        self.text(self.paragraph(f"Heading {level}", direction), text)

    def text(self, line: Any, text: str, direction: str = "") -> Any:
        """Write a text at the end of a line and return its run."""
        # A tab is ours; every other white space of a text is one space.
        shown = "\t".join(" ".join(part.split("\n")) for part in printable(text).replace("\r", " ").split("\t"))
        run = _run(line, shown)
        if direction == "rtl":
            run._r.get_or_add_rPr().append(element("w:rtl"))
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
            self.text(line, sentence.text, sentence.direction)
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

    def bookmark(self, line: Any, name: str, text: str) -> None:
        """Write a text that citations lead to."""
        self._bookmarks += 1
        line._p.append(element("w:bookmarkStart", {"w:id": f"{self._bookmarks}", "w:name": name}))
        self.text(line, text).bold = True
        line._p.append(element("w:bookmarkEnd", {"w:id": f"{self._bookmarks}"}))

    def repeat(self, row: Any) -> None:
        """Repeat a table's row on every page."""
        row._tr.get_or_add_trPr().append(element("w:tblHeader"))

    def field(self, line: Any, code: str) -> None:
        """Write a field that the word processor fills in, such as PAGE."""
        run = self.text(line, "1")
        place = element("w:fldSimple", {"w:instr": code})
        run._r.addprevious(place)
        place.append(run._r)


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
