"""Draws PDFs in sandboxed subprocesses: issue files go in, PDFs come out. The engine runs nowhere else.

They are held within limits of memory, time and files and have no network. Nothing but the issue file passes over, so
that whatever an article makes of the engine ends there: as an error that says what to do, the old edition in its place.

`BRIEFING_ISOLATION=off` in the environment draws in this process, to see where the engine breaks.
"""

from __future__ import annotations

import atexit
import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from briefing.errors import OutputError
from briefing.model.codes import declared
from briefing.system.sandbox import Apart, GoneError

if TYPE_CHECKING:
    from briefing.outputs.job import Job

WAIT = 1800.0  # seconds on the clock, on a machine that is busy with other things
#: Sources that digests must print before a second process pays off, which is another interpreter: about ten pages.
WORTHWHILE = 30
MOST = 4  # processes at once, each as large as its longest PDF

MADE, REFUSED = b"+", b"-"  # what an answer begins with
_PROCESS = "briefing.outputs.pdf_process"


def draw(job: Job) -> bytes:
    """Return the PDF of an edition.

    Raises:
        OutputError: It cannot be drawn: the engine is missing, it complained about the page, or it met its limits.
    """
    return _asked("pdf", job)


def count_pages(job: Job) -> int:
    """Return how many pages the PDF of an edition has; it is laid out, not written. Errors as `draw`."""
    return int(_asked("pages", job))


@cache
def engine_problem() -> str | None:
    """Return why no PDF can be drawn on this machine and how to fix it, or None when one can."""
    return _asked("problem").decode("utf-8") or None


@contextmanager
def drawn_beside(jobs: Sequence[Job]) -> Iterator[Sequence[Callable[[], bytes]]]:
    """Yield for each edition a function that waits for its PDF; all are drawn in the background, long ones in parallel.

    Errors as `draw`, raised by what is yielded.
    """
    if _is_off():
        yield [partial(draw, job) for job in jobs]
        return
    digests = sum(len(job.edition.sources) for job in jobs[1:])
    drawers = [_taken() for _ in range(min(cores(), MOST, len(jobs)) if digests >= WORTHWHILE else 1)]
    free: SimpleQueue[Drawer] = SimpleQueue()
    for drawer in drawers:
        drawer.start()  # here: the system ends a process together with the thread that started it
        free.put(drawer)
    threads = ThreadPoolExecutor(len(drawers))
    pdfs = [threads.submit(_drawn, free, job.made("json"), job.templates) for job in jobs]
    try:
        yield [pdf.result for pdf in pdfs]
    finally:
        for pdf in pdfs:
            pdf.cancel()
        if not all(pdf.done() for pdf in pdfs):  # something went wrong, or somebody wants it to end
            for drawer in drawers:
                drawer.end()
        threads.shutdown()
        _idle.extend(drawers)


def cores() -> int:
    """Return how many CPU cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def close() -> None:
    """End the idle subprocesses."""
    while _idle:
        _idle.pop().close()


class Drawer:
    """A subprocess that draws, restarted when it has died."""

    def __init__(self) -> None:
        self._process: Apart | None = None
        self._ended = False

    def start(self) -> None:
        """Start the subprocess unless it is running.

        Raises:
            OutputError: None can be started.
        """
        if self._is_there():
            return
        self.close()
        self._ended = False
        try:
            self._process = Apart(_PROCESS)
        except OSError as error:
            raise _not_drawn(f"no process can be started for it: {error.strerror or error}") from error

    def ask(self, what: str, issue: bytes, templates: Path | None) -> bytes:
        """Return the subprocess's answer.

        Raises:
            OutputError: It refused, or it is gone: by its limits, by a fault of its own, or killed twice.
        """
        fresh = not self._is_there()
        self.start()
        assert self._process is not None
        head = json.dumps([what, str(templates.resolve()) if templates else ""]).encode()
        try:
            answer = self._process.ask((head, issue), WAIT)
        except GoneError as gone:
            if gone.outside and not fresh and not self._ended:
                return self.ask(what, issue, templates)  # it may not have come to this one
            raise _not_drawn(f"the process that draws it {gone}") from gone
        except BaseException:
            self.close()  # it is still at it, and its answer would be taken for that to the next question
            raise
        if answer[:1] == MADE:
            return answer[1:]
        message, hint, code = map(str, json.loads(answer[1:]))
        raise OutputError(message, hint, code=declared(code))

    def end(self) -> None:
        """Kill the subprocess; whoever waits for it gets an error."""
        self._ended = True
        if self._process is not None:
            self._process.end()

    def close(self) -> None:
        """Stop the subprocess."""
        if self._process is not None and self._process.owner == os.getpid():  # else it is the one we were forked from's
            self._process.close()
        self._process = None

    def _is_there(self) -> bool:
        process = self._process
        return process is not None and process.owner == os.getpid() and process.process.poll() is None


_idle: list[Drawer] = []
atexit.register(close)


def _taken() -> Drawer:
    return _idle.pop() if _idle else Drawer()


def _is_off() -> bool:
    return os.environ.get("BRIEFING_ISOLATION") == "off"


def _asked(what: str, job: Job | None = None) -> bytes:
    if _is_off():
        return _made_here(what, job)
    issue, templates = (job.made("json"), job.templates) if job else (b"", None)
    drawer = _taken()
    try:
        return drawer.ask(what, issue, templates)
    finally:
        _idle.append(drawer)


def _drawn(free: SimpleQueue[Drawer], issue: bytes, templates: Path | None) -> bytes:
    drawer = free.get()
    try:
        return drawer.ask("pdf", issue, templates)
    finally:
        free.put(drawer)


def _not_drawn(why: str) -> OutputError:
    return OutputError(
        f"The PDF could not be drawn: {why}.",
        "Make the other outputs with --format html,email,text,markdown,docx,json, or a shorter PDF with --pages.",
        code="E_PDF_LIMIT",
    )


def _made_here(what: str, job: Job | None) -> bytes:
    """Return the answer to a request, in this process."""
    from briefing.outputs import pdf

    if job is None:
        return (pdf.engine_problem() or "").encode()
    return str(pdf.count_pages(job)).encode() if what == "pages" else pdf.make_pdf(job)
