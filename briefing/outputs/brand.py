"""The organisation's branding: accent colour, handling mark, logo."""

from __future__ import annotations

import base64
import re

from markupsafe import Markup

#: The colours of the Traffic Light Protocol 2.0 as FIRST prescribes them, always on black.
TLP = {
    "TLP:RED": "#ff2b2b",
    "TLP:AMBER+STRICT": "#ffc000",
    "TLP:AMBER": "#ffc000",
    "TLP:GREEN": "#33ff00",
    "TLP:CLEAR": "#ffffff",
}


def mark_colours(mark: str) -> tuple[str, str]:
    """Return foreground and background colour of a handling mark; empty for one of the desk's own."""
    letters = TLP.get(mark.strip().upper(), "")
    return (letters, "#000000") if letters else ("", "")


def logo_bytes(logo: str) -> bytes:
    """Return the PNG of a brand's ``data:`` address."""
    return base64.b64decode(logo.partition(",")[2])


def css_string(text: str) -> str:
    """Return a text escaped as a CSS string, which can end neither the string nor the style element."""
    return '"' + re.sub(r"[^A-Za-z0-9]", lambda m: f"\\{ord(m[0]):06x}", text) + '"'


def mark_css(mark: str) -> Markup:
    """Return the CSS rule of a handling mark in the prescribed colours; empty for one of the desk's own."""
    letters, ground = mark_colours(mark)
    return Markup(f".tlp {{ color: {letters}; background: {ground}; padding: 1mm 1.6mm }}" if letters else "")  # noqa: S704


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2, 1.0 to 21.0."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def on_dark(accent: str, ground: str = "#1f242a", least: float = 4.5) -> str:
    """Return the accent lightened just enough to be readable on a dark background."""
    for step in range(21):
        colour = mixed(accent, "#ffffff", step / 20)
        if contrast(colour, ground) >= least:
            return colour
    return "#ffffff"


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with a share, 0.0 to 1.0, of another mixed in."""
    parts = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in parts)


def _luminance(colour: str) -> float:
    # Relative luminance, Web Content Accessibility Guidelines 2.2, section "relative luminance".
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _fractions(colour))
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def _fractions(colour: str) -> tuple[float, ...]:
    return tuple(c / 255 for c in _channels(colour))


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
