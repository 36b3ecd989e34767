"""Renders one output but the PDF, in the sandboxed subprocess that `render_worker` asks."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from briefing.outputs import OUTPUTS
from briefing.outputs.issue import parse_edition
from briefing.outputs.job import Job


def answered(head: bytes, issue: bytes) -> bytes:
    """Return the answer to one request: an output, or the mail to be put into a message.

    Raises:
        OutputError: It cannot be made.
    """
    what, templates = json.loads(head)
    return _made(what, _job(issue, templates))


@lru_cache(maxsize=1)  # one edition is asked for several outputs in a row
def _job(issue: bytes, templates: str) -> Job:
    edition = parse_edition(issue, "the issue file")
    return Job(edition, OUTPUTS, templates=Path(templates) if templates else None)


def _made(what: str, job: Job) -> bytes:
    if what == "html":
        from briefing.outputs.page import make_page

        return make_page(job)
    if what == "text":
        from briefing.outputs.text import make_text

        return make_text(job)
    if what == "markdown":
        from briefing.outputs.markdown import make_markdown

        return make_markdown(job)
    if what == "docx":
        from briefing.outputs.office import make_docx

        return make_docx(job)
    from briefing.outputs.mail import fit_mail
    from briefing.outputs.render_worker import packed

    return packed(fit_mail(job))
