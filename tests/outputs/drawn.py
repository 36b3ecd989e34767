"""A page that every machine must draw alike."""

from __future__ import annotations

import hashlib

from briefing.outputs import OUTPUTS, Job, pdf
from tests.editions import EDITIONS


def drawn_everywhere() -> str:
    """The sum of a page that no change of a template moves: faces, line breaks, ligatures, Cyrillic, links, subsets."""
    latin = "The office affirmed five fluent offers of “talks”, they said. " * 9
    text = latin + "Київ, Чернігів: „її ґанок“ — там. " * 9
    body = f"<h1>Page</h1><p>{text}<a href=#e>7</a></p><p id=e><b>{text}</b> <i>{latin}</i></p>"
    html = f"<html lang=en><title>Page</title>{body}"
    css = "b { font-family: sans-serif }"
    lines, missing, data = pdf._print(
        pdf.Page(html, css, {}, b"{}", "page.json", Job(EDITIONS["nothing"](), OUTPUTS).view)
    )
    assert (lines, missing) == ([], set())
    return hashlib.sha256(data).hexdigest()
