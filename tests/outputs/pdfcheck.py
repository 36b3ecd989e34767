"""What PDF/A-3a and PDF/UA-1 ask of a file's structure, as far as it can be read off without a validator."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pikepdf

Fault = Iterator[str]

_SHOWN = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do"}
_HEADINGS = {"/H1": 1, "/H2": 2, "/H3": 3, "/H4": 4, "/H5": 5, "/H6": 6}


def faults(data: bytes) -> list[str]:
    """Return what is wrong with a PDF, nothing for a sound one."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [f"{name}: {fault}" for name, rule in RULES.items() for fault in rule(pdf)]


def structure(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Return every structure element, in reading order."""

    def below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from below(kid)

    yield from below(pdf.Root.StructTreeRoot)


def xmp(pdf: pikepdf.Pdf) -> str:
    """Return the metadata packet."""
    return bytes(pdf.Root.Metadata.read_bytes()).decode("utf-8")


def _catalog(pdf: pikepdf.Pdf) -> Fault:
    root = pdf.Root
    if pdf.pdf_version != "1.7":
        yield f"version {pdf.pdf_version}"
    if pdf.is_encrypted:
        yield "encrypted"
    if "/ID" not in pdf.trailer:
        yield "no ID"
    if not str(root.get("/Lang", "")):
        yield "no language"
    if "/MarkInfo" not in root or not root.MarkInfo.get("/Marked", False):
        yield "not marked"
    if not root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle", False):
        yield "the title is not displayed"
    if not str(pdf.docinfo.get("/Title", "")):
        yield "no title"


def _metadata(pdf: pikepdf.Pdf) -> Fault:
    if "/Metadata" not in pdf.Root:
        yield "none"
        return
    packet = xmp(pdf)
    for needed in ('pdfaid:part="3"', 'pdfaid:conformance="A"', "<pdfuaid:part>1</pdfuaid:part>", "pdfaSchema:schema"):
        if needed not in packet:
            yield f"{needed} is missing"
    if packet.count("<rdf:RDF") != 1:
        yield "not one rdf:RDF"
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<]+", packet, re.DOTALL):
        yield "no dc:title"


def _output_intent(pdf: pikepdf.Pdf) -> Fault:
    intents = pdf.Root.get("/OutputIntents", [])
    if len(intents) != 1 or intents[0].S != "/GTS_PDFA1" or "/DestOutputProfile" not in intents[0]:
        yield "no single PDF/A output intent with a profile"


def _tags(pdf: pikepdf.Pdf) -> Fault:
    if "/StructTreeRoot" not in pdf.Root:
        yield "no structure tree"
        return
    if "/ParentTree" not in pdf.Root.StructTreeRoot:
        yield "no parent tree"
    for number, page in enumerate(pdf.pages, 1):
        if "/StructParents" not in page:
            yield f"page {number} has no place in the structure"
        if page.get("/Tabs") != "/S":
            yield f"page {number}: tab order does not follow the structure"


def _figures(pdf: pikepdf.Pdf) -> Fault:
    for element in structure(pdf):
        if element.S == "/Figure" and not str(element.get("/Alt", "")):
            yield "a figure has no alternative text"


def _headings(pdf: pikepdf.Pdf) -> Fault:
    levels = [_HEADINGS[str(e.S)] for e in structure(pdf) if str(e.S) in _HEADINGS]
    if not levels or levels[0] != 1:
        yield "the first heading is not H1"
    for before, level in pairwise(levels):
        if level > before + 1:
            yield f"H{before} is followed by H{level}"


def _tables(pdf: pikepdf.Pdf) -> Fault:
    for table in (e for e in structure(pdf) if e.S == "/Table"):
        cells = [e for e in _below(table) if e.S in ("/TH", "/TD")]
        if cells and not any(e.S == "/TH" for e in cells):
            yield "a table has no header cell"


def _below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _below(kid)


def _links(pdf: pikepdf.Pdf) -> Fault:
    names = {str(key) for key in _names(pdf)}
    for number, page in enumerate(pdf.pages, 1):
        for note in page.get("/Annots", []):
            if note.Subtype != "/Link":
                yield f"page {number} has an annotation of kind {note.Subtype}"
                continue
            if "/StructParent" not in note:
                yield f"page {number}: a link has no place in the structure"
            if not str(note.get("/Contents", "")):
                yield f"page {number}: a link says nothing"
            if int(note.get("/F", 0)) & 4 == 0:
                yield f"page {number}: a link is not printed"
            if "/Dest" in note and str(note.Dest) not in names:
                yield f"page {number}: a link leads nowhere ({note.Dest})"
            if "/A" in note and not str(note.A.get("/URI", "")).startswith(("http://", "https://")):
                yield f"page {number}: a link leads to {note.A.get('/URI', note.A.S)}"


def _link_tags(pdf: pikepdf.Pdf) -> Fault:
    for element in structure(pdf):
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR" and element.S != "/Link":
                yield f"a link to {kid.Obj.get('/Dest', kid.Obj.get('/A'))} is tagged as {element.S}"


def _names(pdf: pikepdf.Pdf) -> Iterator[Any]:
    tree = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if tree is not None:
        yield from list(pikepdf.NameTree(tree))


def _fonts(pdf: pikepdf.Pdf) -> Fault:
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/Font":
            name = obj.get("/BaseFont", "?")
            if "/DescendantFonts" in obj and "/ToUnicode" not in obj:
                yield f"{name} cannot be read back as text"
            descriptor = obj.get("/FontDescriptor")
            if descriptor is not None and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
                yield f"{name} is not embedded"


def _images(pdf: pikepdf.Pdf) -> Fault:
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image" and obj.get("/Interpolate", False):
            yield "an image is interpolated"


def _actions(pdf: pikepdf.Pdf) -> Fault:
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Dictionary):
            if obj.get("/S") in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/Movie"):
                yield f"an action of kind {obj.S}"
            if "/AA" in obj:
                yield "an additional action"


def _attachments(pdf: pikepdf.Pdf) -> Fault:
    files = list(pdf.attachments)
    if len(files) != 1:
        yield f"{len(files)} attachments"
    if len(pdf.Root.get("/AF", [])) < 1:
        yield "the attachment belongs to nothing"
    for spec in pdf.Root.get("/AF", []):
        if spec.get("/AFRelationship") != "/Source" or "/UF" not in spec:
            yield "an attachment does not say what it is"
        if spec.EF.F.get("/Subtype") != "/application/json" or "/ModDate" not in spec.EF.F.Params:
            yield "an attachment has no type or date"


def _outline(pdf: pikepdf.Pdf) -> Fault:
    with pdf.open_outline() as outline:
        if not outline.root:
            yield "no bookmarks"
        for item in outline.root:
            if not item.title:
                yield "a bookmark without a title"


def _content(pdf: pikepdf.Pdf) -> Fault:
    for number, page in enumerate(pdf.pages, 1):
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            if name in _SHOWN and depth == 0:
                yield f"page {number} paints outside the structure ({name} {operands[:1]})"
                return


#: Every rule by name.
RULES: dict[str, Callable[[pikepdf.Pdf], Fault]] = {
    "catalog": _catalog,
    "metadata": _metadata,
    "output intent": _output_intent,
    "tags": _tags,
    "figures": _figures,
    "headings": _headings,
    "tables": _tables,
    "links": _links,
    "tags of links": _link_tags,
    "fonts": _fonts,
    "images": _images,
    "actions": _actions,
    "attachments": _attachments,
    "outline": _outline,
    "content": _content,
}
