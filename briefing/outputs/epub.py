"""The edition as EPUB 3: a chapter a section, a table of contents, links that lead to sources, the issue file in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from briefing.outputs.brand import logo_bytes, mark_colours, mark_css
from briefing.outputs.charts import charts_of
from briefing.outputs.job import Job
from briefing.outputs.markup import render_markup
from briefing.outputs.view import EditionView

_XHTML, _SVG = "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"
_H = f"{{{_XHTML}}}"
_XMLNS = "{http://www.w3.org/2000/xmlns/}xmlns"
_LOGO, _FRONT = "logo.png", "front"
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever it is made
_CONTAINER = b"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

ElementTree.register_namespace("", _XHTML)
ElementTree.register_namespace("svg", _SVG)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file of the book."""

    name: str  # without its ending; the anchor of its section
    title: str
    body: tuple[ElementTree.Element, ...]
    listed: tuple[tuple[str, str], ...] = ()  # (anchor, headline) of its items

    @property
    def file(self) -> str:
        """Return the file's name inside the book."""
        return f"{self.name}.xhtml"

    @property
    def drawn(self) -> bool:
        """Return whether it holds SVG, which the package must declare."""
        return any(element.tag == f"{{{_SVG}}}svg" for element in self.elements())

    def elements(self) -> Iterator[ElementTree.Element]:
        """Yield every element in document order."""
        for element in self.body:
            yield from element.iter()


def make_epub(job: Job) -> bytes:
    """Return the EPUB 3 of an edition: the same words, marks and receipts as the web page, the same bytes each time."""
    view = job.view
    css = render_markup("epub.css.j2", {"tlp_css": mark_css(view.imprint.brand.mark)}, job.templates)
    chapters = _chapters(_page(job), view)
    _follow_the_book(chapters)
    logo = logo_bytes(view.imprint.brand.logo) if view.imprint.brand.logo else b""
    context: dict[str, Any] = {
        "e": view,
        "w": view.words,
        "chapters": chapters,
        "logo": bool(logo),
        "identifier": f"urn:uuid:{uuid5(NAMESPACE_URL, f'briefing:{job.edition.name}:{view.full_title}')}",
    }
    files = {
        "META-INF/container.xml": _CONTAINER,
        "EPUB/package.opf": render_markup("epub.opf.j2", context, job.templates).encode("utf-8"),
        "EPUB/nav.xhtml": render_markup("epub.nav.j2", context, job.templates).encode("utf-8"),
        "EPUB/epub.css": css.encode("utf-8"),
        "EPUB/briefing.json": job.made("json"),
        **({f"EPUB/{_LOGO}": logo} if logo else {}),
        **{f"EPUB/{chapter.file}": _document(chapter, view) for chapter in chapters},
    }
    return _zipped(files)


def _page(job: Job) -> ElementTree.Element:
    """Return the edition's HTML, parsed as browsers do: a user's template need not be well-formed XML."""
    import tinyhtml5

    view = job.view
    context: dict[str, Any] = {
        "e": view,
        "w": view.words,
        "web": True,
        "permalinks": None,
        "logo_src": _LOGO,
        "charts": charts_of(view),
        "mark_class": "tlp" if mark_colours(view.imprint.brand.mark)[0] else "own",
    }
    page: ElementTree.Element = tinyhtml5.parse(
        render_markup("epub.html.j2", context, job.templates), namespace_html_elements=True
    )
    return page


def _chapters(page: ElementTree.Element, view: EditionView) -> list[Chapter]:
    """Return the front with cover and key points, then a chapter for each section, in the order of the page."""
    headlines = {
        section.anchor: (
            *((story.anchor, story.headline) for story in section.stories),
            *((line.anchor, line.headline) for line in section.lines),
        )
        for section in view.sections
    }
    body = page.find(f"{_H}body")
    assert body is not None  # the parser makes one
    front: list[ElementTree.Element] = []
    chapters: list[Chapter] = []
    marking = body.findall(f"./{_H}p[@class='marking']")  # the handling mark: above every chapter
    for element in body:
        heading = element.find(f".//{_H}h2[@id]") if element.tag == f"{_H}section" else None
        if heading is None or "key-points" in (element.get("class") or "").split():
            (front if not chapters else []).append(element)
            continue
        name = heading.get("id") or ""
        chapters.append(
            Chapter(name, "".join(heading.itertext()).strip(), (*marking, element), headlines.get(name, ()))
        )
    return [Chapter(_FRONT, view.full_title, tuple(front)), *chapters]


def _follow_the_book(chapters: list[Chapter]) -> None:
    """Rewrite what XML writes otherwise than HTML: links between chapters name the file as well as the anchor."""
    home = {name: chapter.file for chapter in chapters for e in chapter.elements() if (name := e.get("id"))}
    for chapter in chapters:
        for element in chapter.elements():
            element.attrib.pop(_XMLNS, None)  # an attribute in HTML, a declaration in XML
            address = element.get("href") or ""
            if address.startswith("#"):
                element.set("href", f"{home.get(address[1:], chapter.file)}{address}")


def _document(chapter: Chapter, view: EditionView) -> bytes:
    page = ElementTree.Element(
        f"{_H}html",
        {"lang": view.imprint.language, "{http://www.w3.org/XML/1998/namespace}lang": view.imprint.language},
    )
    head = ElementTree.SubElement(page, f"{_H}head")
    ElementTree.SubElement(head, f"{_H}title").text = chapter.title
    ElementTree.SubElement(head, f"{_H}link", {"rel": "stylesheet", "type": "text/css", "href": "epub.css"})
    ElementTree.SubElement(page, f"{_H}body").extend(chapter.body)
    written: bytes = ElementTree.tostring(page, encoding="unicode").encode("utf-8")
    return b"<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html>\n" + written


def _zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        # The format wants its type first, uncompressed.
        book.writestr(zipfile.ZipInfo("mimetype", _MOMENT), b"application/epub+zip", zipfile.ZIP_STORED)
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.external_attr = 0o644 << 16
            book.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
