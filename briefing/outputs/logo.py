"""Reads a picture file as the logo of the issue file, checked and encoded anew."""

from __future__ import annotations

import base64
import io
import re
from functools import cache
from pathlib import Path

from briefing.errors import SettingsError
from briefing.outputs.fonts import SANS, SERIF, font_files

LARGEST_FILE = 2_000_000  # bytes
LARGEST_SIDE = 4_000  # pixels of the file's picture
SIDE = 600  # pixels at most of the picture kept: sharp at 4 cm and 300 dpi, and small in a mail
_FAMILY = re.compile(r"font-family\s*(?:=\s*[\"']|:)([^;\"'}<>]*(?:'[^']*'[^;\"'}<>]*)*)")
_KNOWN = frozenset(("", "sans-serif", "serif", "inherit", "system-ui", SANS.casefold(), SERIF.casefold()))
_PNG = b"\x89PNG\r\n\x1a\n"


def read_logo(path: Path) -> str:
    """Return a logo as a ``data:`` address of a PNG encoded anew from its pixels; nothing else of the file is kept.

    Raises:
        SettingsError: The file cannot be read, or is no PNG or SVG of a sensible size.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _refusal(path, f"cannot be read: {error.strerror}") from error
    if len(data) > LARGEST_FILE:
        raise _refusal(path, "is larger than 2 MB")
    png = data if data.startswith(_PNG) else _drawn(path, data)
    return "data:image/png;base64," + base64.b64encode(_anew(path, png)).decode("ascii")


def _drawn(path: Path, data: bytes) -> bytes:
    if b"<svg" not in data[:4096]:
        raise _refusal(path, "is neither PNG nor SVG")
    if b"<image" in data.lower():  # it could name any file of this machine
        raise _refusal(path, "holds another picture")
    import resvg_py

    if fault := _text_fault(data):
        raise _refusal(path, fault, "Turn its text into paths in the drawing program (Object to Path).")
    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=data.decode("utf-8"),
            width=SIDE,
            skip_system_fonts=True,
            font_files=[str(file) for file in font_files()],
            font_family=SANS,
            sans_serif_family=SANS,
            serif_family=SERIF,
        )
    except Exception as error:  # the library raises what it likes for a broken drawing
        raise _refusal(path, "cannot be drawn") from error
    return bytes(drawn)


def _text_fault(data: bytes) -> str:
    """Return why the text of a drawing cannot be drawn as it was meant; empty when it can, or has none.

    Text is drawn in the page's own fonts, where the drawing names them or lets the reader choose. Letters they do not
    have, and a font of the house's own, would be left out or replaced without a word.
    """
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return ""  # the library that draws it says what is wrong
    text = "".join("".join(element.itertext()) for element in root.iter("{*}text"))
    if not text.strip():
        return ""
    for families in _FAMILY.findall(data.decode("utf-8", "replace")):
        named = [name.strip(" \t\r\n'\"").casefold() for name in families.replace("&quot;", "").split(",")]
        if not _KNOWN & set(named):
            return f"has text in the font {families.strip(' ')[:40]!r}, which is not among the page's own"
    known = _characters()
    lacking = next((c for c in text if not c.isspace() and ord(c) not in known), "")
    return f"has text with {lacking!r} in it, which the page's own fonts lack" if lacking else ""


@cache
def _characters() -> frozenset[int]:
    """Return the characters that the regular face of the sans-serif has."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    face = next(file for file in font_files() if file.name == "SourceSansPro-Regular.ttf")
    with TTFont(face, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _anew(path: Path, png: bytes) -> bytes:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
            if max(picture.size) > LARGEST_SIDE:
                raise _refusal(path, f"has more than {LARGEST_SIDE} pixels a side")
            plain = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _refusal(path, "is a broken PNG") from error
    plain.thumbnail((SIDE, SIDE))
    ground = Image.new("RGB", plain.size, "white")  # archival PDF and dark mail both want no transparency
    ground.paste(plain, mask=plain.getchannel("A"))
    out = io.BytesIO()
    ground.save(out, "PNG", optimize=True)
    return out.getvalue()


def _refusal(path: Path, why: str, hint: str = "Name a PNG or SVG file in [brand] logo.") -> SettingsError:
    return SettingsError(f"The logo {path} {why}.", hint, code="E_CONFIG")
