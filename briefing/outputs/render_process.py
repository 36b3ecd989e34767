"""Renders one output but the PDF, in the sandboxed subprocess that `render_worker` asks."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from briefing.outputs import OUTPUTS
from briefing.outputs.issue import load_reading, parse_edition
from briefing.outputs.job import Job
from briefing.outputs.markup import load_templates


@dataclass(frozen=True, slots=True)
class _Rendering:
    """How an output is made, imported when it is wanted."""

    module: str  # below `briefing.outputs`
    function: str
    markup: tuple[str, ...] = ()  # templates of ours that it prints
    text: tuple[str, ...] = ()  # those of plain text
    library: str = ""  # what it is made with

    def load(self) -> Callable[[Job], Any]:
        """Import what makes it, and return that."""
        made: Callable[[Job], Any] = getattr(import_module(f"briefing.outputs.{self.module}"), self.function)
        return made


_PARTS = ("edition.html.j2", "parts.html.j2")
_RENDERINGS = {
    "html": _Rendering("page", "make_page", ("page.html.j2", "page.css.j2", *_PARTS)),
    "text": _Rendering("text", "make_text", text=("email.txt.j2",)),
    "markdown": _Rendering("markdown", "make_markdown", text=("briefing.md.j2",)),
    "docx": _Rendering("office", "make_docx", library="docx"),
    "epub": _Rendering("epub", "make_epub", ("epub.html.j2", "epub.css.j2", "epub.opf.j2", "epub.nav.j2", *_PARTS)),
    "mail": _Rendering("mail", "fit_mail", ("email.html.j2", "email.css.j2", "parts.html.j2"), library="PIL.Image"),
}


def prepare(*what: str) -> None:
    """Load what some outputs need before there is one to render."""
    load_reading()
    import_module("briefing.outputs.view")
    for name in what:
        rendering = _RENDERINGS[name]
        rendering.load()
        load_templates(*rendering.markup, markup=True)
        load_templates(*rendering.text, markup=False)
        if rendering.library:
            import_module(rendering.library)


def answered(head: bytes, issue: bytes) -> bytes:
    """Return the answer to one request: an output, or the mail to be put into a message.

    Raises:
        OutputError: It cannot be made.
    """
    what, templates = json.loads(head)
    made: Any = _RENDERINGS[what].load()(_job(issue, templates))
    if what == "mail":
        from briefing.outputs.render_worker import packed

        made = packed(made)
    return bytes(made)


@lru_cache(maxsize=1)  # one edition is asked for several outputs in a row
def _job(issue: bytes, templates: str) -> Job:
    edition = parse_edition(issue, "the issue file")
    return Job(edition, OUTPUTS, templates=Path(templates) if templates else None)
