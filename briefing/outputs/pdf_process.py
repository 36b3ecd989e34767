"""The sandboxed subprocess that draws PDFs: `pdf_worker` starts it and speaks with it over a pipe."""

from __future__ import annotations

import json
from pathlib import Path

from briefing.errors import BriefingError
from briefing.outputs import OUTPUTS, Job, pdf
from briefing.outputs.issue import parse_edition
from briefing.outputs.pdf_worker import MADE, REFUSED
from briefing.system.sandbox import allow_time, out_of_memory, read_message, shut_in, write_message

MEMORY = 4 * 1024 * 1024 * 1024  # bytes of address space; 76 pages take 430 MB
SECONDS = 600  # of processor time for one PDF; 76 pages take 86
FONT_FILE = 64 * 1024 * 1024  # bytes of the largest file it may write: the engine puts fonts into a folder of its own


def serve() -> None:
    """Answer requests until the pipe closes."""
    requests, answers = shut_in(MEMORY, longest_file=FONT_FILE)
    while (head := read_message(requests)) is not None:
        what, templates = json.loads(head)
        issue = read_message(requests) or b""
        allow_time(SECONDS)
        try:
            answer = MADE + _answered(what, issue, Path(templates) if templates else None)
        except BriefingError as error:
            answer = REFUSED + json.dumps([error.message, error.hint, error.code]).encode()
        except MemoryError:
            out_of_memory()
        write_message(answers, answer)


def _answered(what: str, issue: bytes, templates: Path | None) -> bytes:
    if what == "problem":
        return (pdf.engine_problem() or "").encode()
    job = Job(parse_edition(issue, "the issue file"), OUTPUTS, templates=templates)
    return str(pdf.count_pages(job)).encode() if what == "pages" else pdf.make_pdf(job)


if __name__ == "__main__":
    serve()
