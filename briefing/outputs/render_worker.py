"""Renders web pages, mails, Markdown, text, Word files and EPUBs in a sandboxed subprocess, from an issue file.

Like PDFs (`pdf_worker`) they are made within limits of memory and time and without network: whatever a text makes of a
template, an inliner or a drawing library ends there, as an error that says what to do.
"""

from __future__ import annotations

import base64
import json
import threading
from typing import TYPE_CHECKING, Any

from briefing.errors import OutputError
from briefing.system.sandbox import GoneError
from briefing.system.worker import Limits, Worker

if TYPE_CHECKING:
    from briefing.outputs.job import Job
    from briefing.outputs.mail import FittedMail

#: Of one output: an edition of 300 items takes a tenth of it.
LIMITS = Limits(memory=2 * 1024**3, seconds=300, wait=900.0)
_FUNCTION = "briefing.outputs.render_process:answered"


_worker = Worker(_FUNCTION, LIMITS, OutputError)
_lock = threading.Lock()  # one request at a time


def rendered(what: str, job: Job) -> bytes:
    """Return an output of an edition: "html", "text", "markdown", "docx", "epub", or "mail", the `packed` fitted mail.

    Raises:
        OutputError: It cannot be made: a template says why, or the process met its limits (``E_OUTPUT_LIMIT``).
    """
    head = json.dumps([what, str(job.templates.resolve()) if job.templates else ""]).encode()
    try:
        with _lock:
            return _worker.ask(head, job.made("json"))
    except GoneError as gone:
        raise _not_made(f"the process that renders it {gone}") from gone
    except OSError as error:
        raise _not_made(f"no process can be started for it: {error.strerror or error}") from error


def packed(mail: FittedMail) -> bytes:
    """Serialise a mail for the pipe."""
    pictures = [
        [one.name, one.title, one.text, base64.b64encode(one.png).decode("ascii"), one.width, one.height]
        for one in mail.pictures
    ]
    return json.dumps([mail.html, mail.page, pictures, mail.cut]).encode("ascii")


def unpacked(data: bytes) -> FittedMail:
    """Return the mail of `packed`."""
    from briefing.outputs.mail.body import FittedMail, MailPicture

    html, page, pictures, cut = json.loads(data)
    made = (MailPicture(name, title, text, base64.b64decode(png), w, h) for name, title, text, png, w, h in pictures)
    counted: tuple[Any, ...] = tuple((kind, number) for kind, number in cut)
    return FittedMail(html, page, tuple(made), counted)


def _not_made(why: str) -> OutputError:
    return OutputError(
        f"The edition could not be rendered: {why}.",
        "Shorten it: --pages, or words_per_theme under [limits]; --format json makes the issue file alone.",
        code="E_OUTPUT_LIMIT",
    )
