"""Renders one output but the PDF, in the sandboxed subprocess that `render_worker` asks."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from briefing.outputs import OUTPUTS
from briefing.outputs.issue import parse_edition
from briefing.outputs.job import Job

#: What makes each output, imported when it is asked for: module below `briefing.outputs`, function.
_MAKERS = {
    "html": ("page", "make_page"),
    "text": ("text", "make_text"),
    "markdown": ("markdown", "make_markdown"),
    "docx": ("office", "make_docx"),
    "epub": ("epub", "make_epub"),
    "mail": ("mail", "fit_mail"),
}


def answered(head: bytes, issue: bytes) -> bytes:
    """Return the answer to one request: an output, or the mail to be put into a message.

    Raises:
        OutputError: It cannot be made.
    """
    what, templates = json.loads(head)
    module, function = _MAKERS[what]
    made: Any = getattr(import_module(f"briefing.outputs.{module}"), function)(_job(issue, templates))
    if what == "mail":
        from briefing.outputs.render_worker import packed

        made = packed(made)
    return bytes(made)


@lru_cache(maxsize=1)  # one edition is asked for several outputs in a row
def _job(issue: bytes, templates: str) -> Job:
    edition = parse_edition(issue, "the issue file")
    return Job(edition, OUTPUTS, templates=Path(templates) if templates else None)
