"""PDFs drawn by a second process: issue files go in, PDFs come out, in the same order.

The whole edition is drawn here meanwhile, so that a build with digests keeps two cores busy. Nothing but the issue file
passes between the two: what comes back is what this process would have made, byte for byte. Whatever goes wrong over
there is left to be met, and reported, here.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from briefing.apart import Apart, allow_time, read_message, shut_in, write_message
from briefing.errors import BriefingError

MEMORY = 4 * 1024 * 1024 * 1024  # bytes of address space; 76 pages take 430 MB
SECONDS = 600  # of processor time for one PDF; 76 pages take 86
FONT_FILE = 64 * 1024 * 1024  # bytes of the largest file it may write: the engine puts fonts into a folder of its own
#: Sources that must be printed over there before starting an interpreter pays off: about ten pages.
WORTHWHILE = 30


class Beside:
    """A second process at work on some PDFs.

    Args:
        issues: Issue files, in the order their PDFs will be asked for.
        templates: A user's templates.
    """

    def __init__(self, issues: Sequence[bytes], templates: Path | None = None) -> None:
        arguments = [str(templates.resolve())] if templates else []
        self._left = len(issues)
        self._process = Apart(__name__, *arguments)
        self._feeder = threading.Thread(target=self._feed, args=(tuple(issues),), daemon=True)
        self._feeder.start()

    def next_pdf(self) -> bytes | None:
        """Return the next PDF, waiting for it; None when the other process did not make it."""
        if self._left == 0:
            return None
        self._left -= 1
        return read_message(self._process.answers) or None

    def close(self) -> None:
        """End the other process, whatever it is at."""
        self._process.end()
        self._feeder.join()
        self._process.close()

    def _feed(self, issues: Sequence[bytes]) -> None:
        try:
            for issue in issues:
                write_message(self._process.requests, issue)
            self._process.requests.close()
        except OSError:
            return  # the process is gone; whoever waits for its PDFs will notice


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _serve(templates: Path | None) -> None:
    """Draw until there is nothing left to draw."""
    from briefing.outputs import OUTPUTS, Job
    from briefing.outputs.issue import parse_edition

    issues, pdfs = shut_in(MEMORY, longest_file=FONT_FILE)
    while issue := read_message(issues):
        allow_time(SECONDS)
        try:
            pdf = Job(parse_edition(issue, "the issue file"), OUTPUTS, templates=templates).made("pdf")
        except BriefingError:
            pdf = b""  # which stands for "not made"
        write_message(pdfs, pdf)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
