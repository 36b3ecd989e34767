"""Draws PDFs in sandboxed subprocesses: issue files go in, PDFs come out. The engine runs nowhere else.

They are held within limits of memory, time and files and have no network. Nothing but the issue file passes over, so
that whatever an article makes of the engine ends there: as an error that says what to do, the old edition in its place.
The subprocess loads the engine and forks a child for what is drawn, several where there are cores (`pdf_process`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache, partial
from typing import TYPE_CHECKING

from briefing.errors import OutputError
from briefing.system.sandbox import GoneError, packed, unpacked
from briefing.system.worker import Limits, Worker, is_off

if TYPE_CHECKING:
    from briefing.outputs.job import Job

#: Of one PDF: 76 pages take 430 MB and 86 s. The engine puts fonts into a folder of its own.
LIMITS = Limits(memory=4 * 1024**3, seconds=600, wait=1800.0, file_size=64 * 1024 * 1024)
MOST = 4  # PDFs drawn at once, each in a process as large as its longest
_FUNCTION = "briefing.outputs.pdf_process:answered"
_PREPARING = "briefing.outputs.pdf_process:prepare"


def draw(job: Job) -> bytes:
    """Return the PDF of an edition.

    Raises:
        OutputError: It cannot be drawn: the engine is missing, it complained about the page, or it met its limits.
    """
    return _asked("pdf", [job])[0]


def count_pages(job: Job) -> int:
    """Return how many pages the PDF of an edition has; it is laid out, not written. Errors as `draw`."""
    return int(_asked("pages", [job])[0])


@cache
def engine_problem() -> str | None:
    """Return why no PDF can be drawn on this machine and how to fix it, or None when one can."""
    return _asked("problem", ())[0].decode("utf-8") or None


def start_early(language: str) -> None:
    """Start a subprocess, which loads the engine while the caller works on the edition. Errors wait for `draw`.

    Args:
        language: Code of the page's language, of which it loads where words break.
    """
    if not is_off() and not any(worker.is_there() for worker in _idle):
        worker = _taken()
        with suppress(OSError):
            worker.start(language)
        _idle.append(worker)


@contextmanager
def drawn_beside(jobs: Sequence[Job]) -> Iterator[Sequence[Callable[[], bytes]]]:
    """Yield for each edition a function that waits for its PDF; all are drawn in the background.

    Errors as `draw`, raised by what is yielded.
    """
    if is_off() or not jobs:
        yield [partial(draw, job) for job in jobs]
        return
    worker = _taken()
    _start(worker)  # here: the system ends a process together with the thread that started it
    issues, head = [job.made("json") for job in jobs], _head("pdf", jobs)
    with ThreadPoolExecutor(1) as thread:
        drawing = thread.submit(_ask, worker, head, issues)
        try:
            yield [partial(_one_of, drawing.result, n) for n in range(len(jobs))]
        finally:
            if not drawing.done():  # something went wrong, or somebody wants it to end
                worker.end()
    _idle.append(worker)


def _one_of(results: Callable[[], Sequence[bytes]], n: int) -> bytes:
    return results()[n]


def cores() -> int:
    """Return how many CPU cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def close() -> None:
    """End the idle subprocesses."""
    while _idle:
        _idle.pop().close()


_idle: list[Worker] = []


def _taken() -> Worker:
    return _idle.pop() if _idle else Worker(_FUNCTION, LIMITS, OutputError, preparing=_PREPARING)


def _asked(what: str, jobs: Sequence[Job]) -> list[bytes]:
    worker = _taken()
    try:
        return _ask(worker, _head(what, jobs), [job.made("json") for job in jobs])
    finally:
        _idle.append(worker)


def _head(what: str, jobs: Sequence[Job]) -> bytes:
    """Return what is asked: all editions of a request are printed with the same templates."""
    templates = jobs[0].templates if jobs else None
    return json.dumps([what, str(templates.resolve()) if templates else "", min(cores(), MOST)]).encode()


def _ask(worker: Worker, head: bytes, issues: Sequence[bytes]) -> list[bytes]:
    """Return a worker's answer for each issue file.

    Raises:
        OutputError: It refused, or it is gone: by its limits, by a fault of its own, or killed twice.
    """
    try:
        return unpacked(worker.ask(head, packed(issues)))
    except GoneError as gone:
        raise not_drawn(f"the process that draws it {gone}") from gone
    except OSError as error:
        raise not_drawn(f"no process can be started for it: {error.strerror or error}") from error


def _start(worker: Worker) -> None:
    try:
        worker.start()
    except OSError as error:
        raise not_drawn(f"no process can be started for it: {error.strerror or error}") from error


def not_drawn(why: str) -> OutputError:
    """Return the error that says why there is no PDF, and what can be made without."""
    return OutputError(
        f"The PDF could not be drawn: {why}.",
        "Make the other outputs with --format html,email,text,markdown,docx,json, or a shorter PDF with --pages.",
        code="E_PDF_LIMIT",
    )
