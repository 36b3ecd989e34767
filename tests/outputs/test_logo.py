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


def drawn_text(path: Path, family: str, text: str = "Ministry") -> Image.Image:
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60"><rect width="240" height="60" fill="#123456"/>'
        f'<text x="60" y="38" {family} font-size="24" fill="#fff">{text}</text></svg>',
        encoding="utf-8",
    )
    return kept(path)


@pytest.mark.parametrize(
    "family",
    [
        'font-family="sans-serif"',
        "style=\"font-family:'Gill Sans', serif\"",
        'font-family="Source Serif Pro"',
        "",
    ],
)
def test_the_text_of_a_drawing_is_drawn_in_the_fonts_of_the_page(tmp_path: Path, family: str) -> None:
    logo = drawn_text(tmp_path / "logo.svg", family)
    white = sum(logo.getpixel((x, y)) == (255, 255, 255) for x in range(0, SIDE, 2) for y in range(0, 150, 2))
    assert white > 200


@pytest.mark.parametrize(
    ("family", "text", "why"),
    [
        ('font-family="Gill Sans"', "Ministry", "has text in the font 'Gill Sans'"),
        ('style="font-family: Futura"', "Ministry", "has text in the font 'Futura'"),
        ('font-family="sans-serif"', "משרד", "has text with 'מ' in it, which the page's own fonts lack"),
    ],
)
def test_text_that_would_be_left_out_or_replaced_is_refused_with_the_reason(
    tmp_path: Path, family: str, text: str, why: str
) -> None:
    with pytest.raises(SettingsError, match=why) as caught:
        drawn_text(tmp_path / "logo.svg", family, text)
    assert "paths" in caught.value.hint


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
