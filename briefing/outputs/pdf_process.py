"""Draws one PDF, in the sandboxed subprocess that `pdf_worker` asks."""

from __future__ import annotations

import json
from pathlib import Path

from briefing.outputs import OUTPUTS, Job, pdf
from briefing.outputs.issue import parse_edition


def answered(head: bytes, issue: bytes) -> bytes:
    """Return the answer to one request: a PDF, its number of pages, or what hinders the engine.

    Raises:
        OutputError: It cannot be drawn.
    """
    what, templates = json.loads(head)
    if what == "problem":
        return (pdf.engine_problem() or "").encode()
    job = Job(parse_edition(issue, "the issue file"), OUTPUTS, templates=Path(templates) if templates else None)
    return str(pdf.count_pages(job)).encode() if what == "pages" else pdf.make_pdf(job)
