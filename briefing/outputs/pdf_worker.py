"""Draws PDFs in sandboxed subprocesses: issue files go in, PDFs come out. The engine runs nowhere else.

They are held within limits of memory, time and files and have no network. Nothing but the issue file passes over, so
that whatever an article makes of the engine ends there: as an error that says what to do, the old edition in its place.
"""

from __future__ import annotations

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
from briefing.system.sandbox import GoneError
from briefing.system.worker import Limits, Worker, is_off

if TYPE_CHECKING:
    from briefing.outputs.job import Job

#: Of one PDF: 76 pages take 430 MB and 86 s. The engine puts fonts into a folder of its own.
LIMITS = Limits(memory=4 * 1024**3, seconds=600, wait=1800.0, file_size=64 * 1024 * 1024)
#: Sources that digests must print before a second process pays off, which is another interpreter: about ten pages.
WORTHWHILE = 30
_FUNCTION = "briefing.outputs.pdf_process:answered"
MOST = 4  # processes at once, each as large as its longest PDF


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
    if is_off():
        yield [partial(draw, job) for job in jobs]
        return
    digests = sum(len(job.edition.sources) for job in jobs[1:])
    drawers = [_taken() for _ in range(min(cores(), MOST, len(jobs)) if digests >= WORTHWHILE else 1)]
    free: SimpleQueue[Worker] = SimpleQueue()
    for drawer in drawers:
        _start(drawer)  # here: the system ends a process together with the thread that started it
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


_idle: list[Worker] = []


def _taken() -> Worker:
    return _idle.pop() if _idle else Worker(_FUNCTION, LIMITS, OutputError)


def _asked(what: str, job: Job | None = None) -> bytes:
    issue, templates = (job.made("json"), job.templates) if job else (b"", None)
    drawer = _taken()
    try:
        return _ask(drawer, what, issue, templates)
    finally:
        _idle.append(drawer)


def _drawn(free: SimpleQueue[Worker], issue: bytes, templates: Path | None) -> bytes:
    drawer = free.get()
    try:
        return _ask(drawer, "pdf", issue, templates)
    finally:
        free.put(drawer)


def _ask(drawer: Worker, what: str, issue: bytes, templates: Path | None) -> bytes:
    """Return a worker's answer.

    Raises:
        OutputError: It refused, or it is gone: by its limits, by a fault of its own, or killed twice.
    """
    try:
        return drawer.ask(json.dumps([what, str(templates.resolve()) if templates else ""]).encode(), issue)
    except GoneError as gone:
        raise _not_drawn(f"the process that draws it {gone}") from gone
    except OSError as error:
        raise _not_started(error) from error


def _start(drawer: Worker) -> None:
    try:
        drawer.start()
    except OSError as error:
        raise _not_started(error) from error


def _not_started(error: OSError) -> OutputError:
    return _not_drawn(f"no process can be started for it: {error.strerror or error}")


def _not_drawn(why: str) -> OutputError:
    return OutputError(
        f"The PDF could not be drawn: {why}.",
        "Make the other outputs with --format html,email,text,markdown,docx,json, or a shorter PDF with --pages.",
        code="E_PDF_LIMIT",
    )
