"""The styles of the Word file, by name: what a house template redefines."""

from __future__ import annotations

from typing import Any

SERIF = "Source Serif Pro"
SANS = "Source Sans Pro"
GREY = "4d5661"

#: Our paragraph styles: font, points, bold, colour ("accent" for the brand's), points before and after.
STYLES: dict[str, tuple[str, float, bool, str, float, float]] = {
    "Briefing Mark": (SANS, 9, True, "000000", 0, 4),
    "Briefing Organisation": (SANS, 11, True, "accent", 0, 2),
    "Briefing Meta": (SANS, 9, False, GREY, 0, 3),
    "Briefing Key Point": (SERIF, 11, False, "1b1f24", 0, 4),
    "Briefing Summary": (SERIF, 11, False, "1b1f24", 2, 5),
    "Briefing Known": (SERIF, 10, False, GREY, 0, 3),
    "Briefing Editor": (SANS, 10.5, False, "1b1f24", 2, 5),
    "Briefing In Short": (SERIF, 10, False, "1b1f24", 0, 3),
    "Briefing Account Title": (SANS, 10, True, "1b1f24", 4, 2),
    "Briefing Account": (SERIF, 10, False, "1b1f24", 0, 3),
    "Briefing Passage": (SERIF, 11, False, "1b1f24", 3, 2),
    "Briefing Statement": (SERIF, 10.5, False, "1b1f24", 0, 4),
    "Briefing Source Line": (SANS, 9, False, GREY, 0, 5),
    "Briefing Source": (SERIF, 10, False, "1b1f24", 0, 4),
    "Briefing Ledger": (SANS, 9, False, "1b1f24", 2, 3),
}
_INDENTED = {
    "Briefing Editor": 6.0,
    "Briefing In Short": 6.0,
    "Briefing Account": 6.0,
    "Briefing Account Title": 6.0,
    "Briefing Passage": 6.0,
}
_KEPT = ("Briefing Meta", "Briefing Account Title")  # on the page of what they stand above
_HANGING = {"Briefing Source": 8.0, "Briefing Key Point": 5.0}
_WORDS_OWN: dict[
    str, tuple[str, float, bool, str, float, float]
] = {  # as above, of the styles every word processor knows
    "Normal": (SERIF, 11, False, "1b1f24", 0, 4),
    "Title": (SERIF, 26, False, "1b1f24", 0, 4),
    "Subtitle": (SERIF, 14, False, "1b1f24", 0, 4),
    "Heading 1": (SANS, 16, True, "accent", 18, 4),
    "Heading 2": (SANS, 12.5, True, "1b1f24", 12, 4),
    "Header": (SANS, 8.5, False, GREY, 0, 4),
    "Footer": (SANS, 8.5, False, GREY, 0, 4),
}


def put_styles(document: Any, accent: str, language: str, *, house: bool) -> None:
    """Give a document the styles it lacks; without a house template, make Word's own look like the page."""
    there = {style.name for style in document.styles}
    for name, look in _WORDS_OWN.items():
        if not house or name not in there:
            _dress(_style(document, name, is_new=name not in there), look, accent)
    for name, look in STYLES.items():
        if name not in there:
            style = _style(document, name, is_new=True)
            _dress(style, look, accent)
            _indent(style)
    if not house:
        _without_line(document.styles["Title"])
        _speak(document.styles["Normal"], language)


def _style(document: Any, name: str, *, is_new: bool) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    if not is_new:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"] if name != "Normal" else None
    style.quick_style = True
    return style


def _indent(style: Any) -> None:
    from docx.shared import Mm

    layout = style.paragraph_format
    layout.keep_with_next = True if style.name in _KEPT else None
    if style.name in _INDENTED:
        layout.left_indent = Mm(_INDENTED[style.name])
    if style.name in _HANGING:
        width = Mm(_HANGING[style.name])
        layout.left_indent, layout.first_line_indent = width, -width
        layout.tab_stops.add_tab_stop(width)


def _dress(style: Any, looks: tuple[str, float, bool, str, float, float], accent: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font, size, bold, colour, before, after = looks
    look, layout = style.font, style.paragraph_format
    look.name, look.size, look.bold, look.italic = font, Pt(size), bold, False
    # A theme's font would win over the one that is named.
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        style.element.rPr.rFonts.attrib.pop(qn(theme), None)
    look.color.rgb = RGBColor.from_string((accent.lstrip("#") if colour == "accent" else colour).upper())
    layout.space_before, layout.space_after = Pt(before), Pt(after)


def _without_line(title: Any) -> None:
    from docx.oxml.ns import qn

    for borders in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(borders)


def _speak(normal: Any, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = normal.element.get_or_add_rPr()
    for old in run.findall(qn("w:lang")):
        run.remove(old)
    said = OxmlElement("w:lang")
    said.set(qn("w:val"), language)
    run.append(said)


#: Styles of the library's own base that every word processor counts on.
_BASE = ("Default Paragraph Font", "Normal Table", "No List", "Table Grid")
# What stands in where the page's fonts are not installed.
_FONTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    f'<w:font w:name="{SERIF}"><w:altName w:val="Georgia"/><w:family w:val="roman"/></w:font>'
    f'<w:font w:name="{SANS}"><w:altName w:val="Segoe UI"/><w:family w:val="swiss"/></w:font></w:fonts>'
)
_LEFTOVERS = ("/thumbnail", "/stylesWithEffects", "/customXml", "/webSettings", "/numbering")


def drop_leftovers(document: Any) -> None:
    """Take out of the library's base document what no edition uses: styles, fonts, a thumbnail of another text."""
    from docx.oxml.ns import qn

    kept = {name.casefold() for name in (*STYLES, *_WORDS_OWN, *_BASE)}
    sheet = document.styles.element
    for style in sheet.findall(qn("w:style")):
        name = style.find(qn("w:name")).get(qn("w:val"))
        if name.casefold() not in kept:
            sheet.remove(style)
            continue
        for linked in (*style.findall(qn("w:link")), *style.findall(qn("w:next"))):
            style.remove(linked)
    for holder in (document.part.package, document.part):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.endswith(_LEFTOVERS):
                del holder.rels[key]
            elif relation.reltype.endswith("/fontTable"):
                relation.target_part._blob = _FONTS.encode("utf-8")
