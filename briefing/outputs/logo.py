"""Reads a picture file as the logo of the issue file, checked and encoded anew."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from briefing.errors import SettingsError

LARGEST_FILE = 2_000_000  # bytes
LARGEST_SIDE = 4_000  # pixels of the file's picture
SIDE = 600  # pixels at most of the picture kept: sharp at 4 cm and 300 dpi, and small in a mail
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

    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=data.decode("utf-8"), width=SIDE, skip_system_fonts=True))
    except Exception as error:  # the library raises what it likes for a broken drawing
        raise _refusal(path, "cannot be drawn") from error


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


def _refusal(path: Path, why: str) -> SettingsError:
    return SettingsError(f"The logo {path} {why}.", "Name a PNG or SVG file in [brand] logo.", code="E_CONFIG")
