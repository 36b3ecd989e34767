from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from briefing.errors import SettingsError
from briefing.outputs.logo import SIDE, read_logo


def kept(path: Path) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(read_logo(path).partition(",")[2])))


def test_a_logo_is_drawn_anew_and_nothing_else_of_its_file_is_kept(tmp_path: Path) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "secret")
    Image.new("RGBA", (1200, 300), (200, 0, 0, 128)).save(tmp_path / "logo.png", pnginfo=notes)
    logo = kept(tmp_path / "logo.png")
    assert logo.size == (SIDE, SIDE // 4)
    assert logo.mode == "RGB"
    assert not logo.info


def test_a_drawing_becomes_a_picture(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><rect width="4" height="2" fill="#00f"/></svg>'
    (tmp_path / "logo.svg").write_text(svg)
    logo = kept(tmp_path / "logo.svg")
    assert logo.getpixel((5, 5)) == (0, 0, 255)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"GIF89a....", "is neither PNG nor SVG"),
        (b"\x89PNG\r\n\x1a\nnothing", "is a broken PNG"),
        (b'<svg><image href="file:///etc/hostname"/></svg>', "holds another picture"),
        (b"<svg><broken", "cannot be drawn"),
        (b"x" * 2_000_001, "is larger than 2 MB"),
    ],
)
def test_a_file_that_is_no_picture_is_refused_by_name(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=f"logo.png {why}"):
        read_logo(path)


def test_a_picture_of_too_many_pixels_is_refused_unread(tmp_path: Path) -> None:
    Image.new("1", (5000, 10)).save(tmp_path / "logo.png")
    with pytest.raises(SettingsError, match="more than 4000 pixels"):
        read_logo(tmp_path / "logo.png")


def test_a_logo_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.png cannot be read"):
        read_logo(tmp_path / "none.png")
