"""The PDF: one file that is PDF/A-3a and PDF/UA-1, with the issue file inside."""

from __future__ import annotations

import ctypes.util
import gc
import logging
import os
import re
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from briefing.errors import OutputError
from briefing.outputs.brand import css_string, logo_bytes, mark_colours, mark_css
from briefing.outputs.charts import charts_of
from briefing.outputs.fonts import fontconfig_file
from briefing.outputs.issue import load_reading
from briefing.outputs.markup import load_templates, render_markup
from briefing.outputs.missing_fonts import packages_of, without_glyphs
from briefing.outputs.pdf_setting import balancing, setting_of
from briefing.outputs.pdf_tags import complete_tags
from briefing.outputs.view import EditionView

if TYPE_CHECKING:
    from briefing.outputs.job import Job

INSTALL = (
    "Run: apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libharfbuzz0b"
)
_LOGO = "asset:logo"
_NOTES = re.compile(r"::(?:foot)?note-|float:\s*footnote")  # in CSS: what prints notes
_OBJECTS = 100_000  # new objects between two searches for dead rings, while pages are laid out and drawn


def make_pdf(job: Job) -> bytes:
    """Return the PDF of an edition: tagged, archivable, the same bytes for the same issue file.

    Raises:
        OutputError: The engine is not installed, or it complained about the page.
    """
    html, css = pdf_source(job)
    assets = {_LOGO: logo_bytes(job.edition.imprint.brand.logo)} if job.edition.imprint.brand.logo else {}
    page = Page(html, css, assets, job.made("json"), _attachment_name(job), job.view)
    lines, missing, pdf = _print(page)
    if missing:
        html = without_glyphs(pdf_source(job, missing)[0], missing)
        lines, missing, pdf = _print(replace(page, html=html))
    if lines or missing:
        raise OutputError(
            f"The PDF engine complained: {'; '.join(dict.fromkeys(lines))}.",
            "Take the template back to the program's own, or report this with the issue file.",
            code="E_PDF_ENGINE",
        )
    return pdf


def engine_problem() -> str | None:
    """Return why no PDF can be made on this machine and how to fix it, or None when one can."""
    try:
        _engine()
    except OutputError as error:
        return f"{error.message} {error.hint}"
    return None


def count_pages(job: Job) -> int:
    """Return how many pages the PDF of an edition has; it is laid out, not written.

    Raises:
        OutputError: The engine is not installed.
    """
    html, css = pdf_source(job)
    assets = {_LOGO: logo_bytes(job.edition.imprint.brand.logo)} if job.edition.imprint.brand.logo else {}
    engine = _engine()
    with _listening(), _collecting_seldom():
        return len(_laid_out(html, css, engine, engine.fetcher(assets)).pages)


def pdf_source(job: Job, missing: Collection[int] = ()) -> tuple[str, str]:
    """Return the HTML and the CSS the PDF is made from; ``missing`` are characters that no font has, to be named."""
    view = job.view
    charts = charts_of(view)
    context: dict[str, Any] = {
        "e": view,
        "w": view.words,
        "web": False,
        "permalinks": None,
        "targets": view.targets,
        "logo_src": _LOGO,
        "charts": [chart for chart in charts if chart.name != "origins"],
        "origins_charts": [chart for chart in charts if chart.name == "origins"],
        "mark_class": "tlp" if mark_colours(view.imprint.brand.mark)[0] else "own",
        "paper": view.imprint.paper,
        "setting": setting_of(view),
        "balanced": balancing(view),
        "missing": len(missing),
        "packages": packages_of(missing),
        "accent": view.imprint.brand.accent,
        "page_of": Markup(_page_of(view)),  # noqa: S704  every word went through css_string
        "tlp_css": mark_css(view.imprint.brand.mark),
    }
    return render_markup("pdf.html.j2", context, job.templates), render_markup("pdf.css.j2", context, job.templates)


@dataclass(frozen=True, slots=True)
class Page:
    """What the engine is given."""

    html: str
    css: str
    assets: dict[str, bytes]  # address → PNG
    issue: bytes
    issue_name: str
    view: EditionView


def _print(page: Page) -> tuple[list[str], set[int], bytes]:
    """Return the engine's warnings, the characters no font has, and the PDF."""
    engine = _engine()
    moment = datetime.combine(page.view.imprint.day, time(), UTC)
    fetcher = engine.fetcher(page.assets)
    with _listening() as (lines, missing), _collecting_seldom():
        document = _laid_out(page.html, page.css, engine, fetcher)
        _link_once(document)
        document.metadata.attachments = [
            engine.weasyprint.Attachment(
                string=page.issue,
                url_fetcher=fetcher,
                name=page.issue_name,
                description=page.view.full_title,
                created=moment,
                modified=moment,
                relationship="Source",
            )
        ]
        _declare_both(document.metadata)
        pdf: bytes = document.write_pdf(pdf_variant="pdf/a-3a")
    return lines, missing, pdf


def _laid_out(html: str, css: str, engine: _Engine, fetcher: Any) -> Any:
    sheet = engine.weasyprint.CSS(string=css, url_fetcher=fetcher, font_config=engine.fonts)
    page = engine.weasyprint.HTML(string=html, base_url="asset:/", url_fetcher=fetcher)
    if _NOTES.search(css) is None:
        page._ua_stylesheets = lambda forms=False: [engine.plain]
    return page.render(stylesheets=[sheet], font_config=engine.fonts)


def _link_once(document: Any) -> None:
    """Leave each link the annotation of its own element: the engine makes one more of each element inside it.

    Those are tagged as what they are, a span, which PDF/UA-1 (7.18.5) does not allow, and would be read out again.
    """
    for page in document.pages:
        page.links[:] = [link for link in page.links if link[-1].element is not None and link[-1].element.tag == "a"]


@dataclass(frozen=True, slots=True)
class _Engine:
    weasyprint: Any
    fetcher: Any
    fonts: Any
    plain: Any  # the engine's own style sheet without its rules for notes


@cache
def _engine() -> _Engine:
    """Return the PDF engine, imported lazily; one font configuration serves the whole process."""
    # fontconfig reads this when the engine is imported; without a single font it would crash the process.
    os.environ["FONTCONFIG_FILE"] = str(fontconfig_file())
    try:
        import pydyf

        with _libraries_by_the_loader():
            import weasyprint
        from weasyprint.pdf import tags
        from weasyprint.text.ffi import ffi, fontconfig
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (OSError, ImportError) as error:
        raise OutputError("The libraries that draw the PDF are missing.", INSTALL, code="E_NO_PDF_ENGINE") from error
    # Whatever asked for a font before us in this process made fontconfig read the machine's own configuration.
    ffi.cdef("int FcInitReinitialize(void);", override=True)  # the engine may be loaded anew
    fontconfig.FcInitReinitialize()

    class DenyFetcher(URLFetcher):  # type: ignore[misc]
        """Gives out the images handed to it, and refuses everything else: files, addresses, redirects."""

        def __init__(self, assets: dict[str, bytes]) -> None:
            super().__init__(timeout=1, allowed_protocols=frozenset({"asset"}), allow_redirects=False)
            self._assets = assets

        def fetch(self, url: str, headers: object = None) -> object:
            if url in self._assets:
                return URLFetcherResponse(url, self._assets[url], {"Content-Type": "image/png"})
            raise ValueError(f"refused: {url[:200]}")

        def open(self, *args: object, **kwargs: object) -> object:
            raise ValueError("refused")

    complete_tags(tags, pydyf)
    return _Engine(weasyprint, DenyFetcher, FontConfiguration(), _without_notes(weasyprint))


@contextmanager
def _libraries_by_the_loader() -> Iterator[None]:
    """Have shared libraries found by the dynamic loader alone while the engine is imported.

    It tries the names that they have on other systems first, and for each of those Python starts ldconfig, a compiler
    and a linker: 50 processes, 0.1 s of CPU, none of which finds anything on Linux.
    """
    if sys.platform != "linux":
        yield
        return
    asking = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = asking


#: Types of the engine's foreign functions that each first page has parsed, in the time that twenty lines take to set.
_FOREIGN = ("PangoFcFontMap *", "char[]", "PangoRectangle *", "PangoLogAttr[]", "unsigned int *", "hb_tag_t[100]")


def load(language: str) -> None:
    """Load the engine, and what it loads at the first page: our templates, types, and where a language's words break.

    Raises:
        OutputError: The engine is not installed.
    """
    hyphens = _engine().weasyprint.text.line_break.pyphen
    known = hyphens.language_fallback(language) if language else None
    if known:
        hyphens.Pyphen(lang=known)
    foreign = _engine().weasyprint.text.ffi.ffi
    for kind in _FOREIGN:
        foreign.typeof(kind)
    load_templates("pdf.html.j2", "pdf.css.j2", "edition.html.j2", "parts.html.j2", markup=True)
    load_reading()


def _without_notes(weasyprint: Any) -> Any:
    """Return the engine's style sheet without its rules for the five pseudo-elements of notes.

    They match every element, so that each gets five styles more, of which none is printed: a fifth of the memory of a
    long PDF. The engine has no setting for its own sheet; its version is pinned, and what comes out is the same.
    """
    from weasyprint.html import UA, UA_COUNTER_STYLE

    rules = "".join(line for line in UA.splitlines(keepends=True) if not _NOTES.match(line))
    return weasyprint.CSS(string=rules, counter_style=UA_COUNTER_STYLE)


@contextmanager
def _listening() -> Iterator[tuple[list[str], set[int]]]:
    """Collect what the engine logs: a page with warnings is not handed out."""
    lines: list[str] = []
    missing: set[int] = set()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
                missing.update(a for a in record.args if isinstance(a, int))
            else:
                lines.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    listener, before, passing = Listener(logging.WARNING), list(logger.handlers), logger.propagate
    logger.handlers, logger.propagate = [listener], False
    try:
        yield lines, missing
    finally:
        logger.handlers, logger.propagate = before, passing


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Run Python's garbage collector less often: the boxes of a page all live until it is drawn.

    Looking after every 700 new objects, as Python does, costs an eighth of the time of a PDF.
    """
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _attachment_name(job: Job) -> str:
    return f"{job.edition.scope}.json" if job.edition.scope else "briefing.json"


def _page_of(view: EditionView) -> str:
    before, between, after = view.words.say("page_of", page="\0", pages="\0").split("\0")
    parts = [css_string(before), "counter(page)", css_string(between), "counter(pages)", css_string(after)]
    return " ".join(part for part in parts if part != '""')


# PDF/A wants every XMP schema it does not know described; without this the UA mark would break the A mark.
_UA_SCHEMA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"\
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def _declare_both(metadata: Any) -> None:
    """Declare the file as PDF/UA-1 as well as PDF/A-3a.

    The engine writes one variant's XMP; its ``xmp_metadata`` option appends a second rdf:RDF, which neither standard
    allows. This wraps a method that is no public hook, so the engine's version is pinned and tests read the result.
    """
    generate = metadata.generate_rdf_metadata

    def both(*args: object) -> bytes:
        xmp: bytes = generate(*args)
        before, end, after = xmp.rpartition(b"</rdf:RDF>")
        if not end:
            raise OutputError("The PDF engine's metadata has an unknown form.", "Install weasyprint==70.0.")
        return before + _UA_SCHEMA + end + after

    metadata.generate_rdf_metadata = both
