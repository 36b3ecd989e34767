"""Draws PDFs, in the sandboxed subprocess that `pdf_worker` asks.

The engine is loaded once; every PDF is drawn in a child that is forked from there.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from pathlib import Path

from briefing.errors import OutputError
from briefing.outputs import OUTPUTS, Job, pdf
from briefing.outputs.issue import parse_edition
from briefing.outputs.pdf_worker import LIMITS, not_drawn
from briefing.system.forks import Forks
from briefing.system.sandbox import GoneError, packed, unpacked
from briefing.system.worker import is_off


def prepare(language: str = "") -> None:
    """Load the engine, and what a PDF of a language needs, before there is one to draw."""
    with suppress(OutputError):  # whoever draws is told
        pdf.load(language)


def answered(head: bytes, body: bytes) -> bytes:
    """Return the answers to a request, packed: PDFs, their numbers of pages, or what hinders the engine.

    Raises:
        OutputError: One cannot be drawn.
    """
    what, templates, at_once = json.loads(head)
    if what == "problem":
        return packed([(pdf.engine_problem() or "").encode()])
    work = partial(_worked, what, Path(templates) if templates else None)
    issues = unpacked(body)
    if is_off():
        return packed(map(work, issues))
    try:
        return packed(Forks(at_once, LIMITS.seconds, OutputError).called(work, issues))
    except GoneError as gone:
        raise not_drawn(f"the process that draws it {gone}") from gone


def _worked(what: str, templates: Path | None, issue: bytes) -> bytes:
    job = Job(parse_edition(issue, "the issue file"), OUTPUTS, templates=templates)
    return str(pdf.count_pages(job)).encode() if what == "pages" else pdf.make_pdf(job)
