"""Completes the engine's tags for screen readers: languages, descriptions of pictures and links, tables of contents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_SVG = "{http://www.w3.org/2000/svg}"
#: What list tags become in a table of contents, by ISO 32000-1, 14.8.4.3.
_IN_CONTENTS = {"/L": "/TOC", "/LI": "/TOCI", "/LBody": "/Reference"}


def complete_tags(tags: Any, pydyf: Any) -> None:
    """Make the engine's tag builder say what it leaves out; called once, when the engine is loaded.

    The engine tags no language but the document's, describes a drawing by its title alone, and a link by its
    anchor. It has no hook for it, so its builder of tags is wrapped; its version is pinned, and tests read the result.
    Source: PDF/UA-1 (ISO 14289-1) 7.2, 7.3 and 7.18; WCAG 2.2, 3.1.2.

    Args:
        tags: The module `weasyprint.pdf.tags`.
        pydyf: The library that writes the engine's PDF objects.
    """
    build = tags._build_box_tree

    def completed(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
        box = getattr(box, "_box", box)  # an absolutely placed box is wrapped
        element = box.element
        if box.link_annotation:
            box.link_annotation["Contents"] = pydyf.String(_name(element))
        for made in build(box, parent, *rest):
            if element is not None:
                _complete(made, element, pydyf)
            yield made

    tags._build_box_tree = completed


def _complete(made: Any, element: Any, pydyf: Any) -> None:
    if language := element.get("lang"):
        made["Lang"] = pydyf.String(language)
    if made["S"] == "/Figure" and element.tag == f"{_SVG}svg":
        parts = (element.findtext(f"{_SVG}title"), element.findtext(f"{_SVG}desc"))
        made["Alt"] = pydyf.String(": ".join(part for part in parts if part))
    if element.get("data-toc") is not None:
        made["S"] = _IN_CONTENTS.get(made["S"], made["S"])


def _name(element: Any) -> str:
    """Return what a link is called aloud: its label, else its text."""
    return element.get("aria-label") or " ".join("".join(element.itertext()).split())
