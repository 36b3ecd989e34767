"""PDFs drawn by a second process: issue files go in, PDFs come out, in the same order.

The whole edition is drawn here meanwhile, so that a build with digests keeps two cores busy. Nothing but the issue file
passes between the two: what comes back is what this process would have made, byte for byte. Whatever goes wrong over
there is left to be met, and reported, here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from briefing.errors import BriefingError

_LENGTH = 8  # bytes before each message, big-endian; no PDF is of length 0, which stands for "not made"
#: Sources that must be printed over there before starting an interpreter pays off: about ten pages.
WORTHWHILE = 30


class Beside:
    """A second process at work on some PDFs.

    Args:
        issues: Issue files, in the order their PDFs will be asked for.
        templates: A user's templates.
    """

    def __init__(self, issues: Sequence[bytes], templates: Path | None = None) -> None:
        # -P: a folder called briefing where the user happens to stand is not run.
        command = [
            sys.executable,
            "-P",
            "-m",
            "briefing.outputs.beside",
            *([str(templates.resolve())] if templates else []),
        ]
        self._left = len(issues)
        self._process = subprocess.Popen(  # noqa: S603  this very interpreter, on this very module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._feeder = threading.Thread(target=self._feed, args=(tuple(issues),), daemon=True)
        self._feeder.start()

    def next_pdf(self) -> bytes | None:
        """Return the next PDF, waiting for it; None when the other process did not make it."""
        out = self._process.stdout
        if self._left == 0 or out is None:
            return None
        self._left -= 1
        return _read(out) or None

    def close(self) -> None:
        """End the other process, whatever it is at."""
        self._process.kill()
        self._process.wait()
        self._feeder.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was still to be said is said to nobody

    def _feed(self, issues: Sequence[bytes]) -> None:
        pipe = self._process.stdin
        try:
            for issue in issues:
                if pipe is not None:
                    _write(pipe, issue)
            if pipe is not None:
                pipe.close()
        except OSError:
            return  # the process is gone; whoever waits for its PDFs will notice


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _write(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(_LENGTH, "big") + message)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    head = pipe.read(_LENGTH)
    return pipe.read(int.from_bytes(head, "big")) if len(head) == _LENGTH else b""


def _serve(templates: Path | None) -> None:
    """Draw until there is nothing left to draw."""
    from briefing.outputs import OUTPUTS, Job
    from briefing.outputs.issue import parse_edition

    while issue := _read(sys.stdin.buffer):
        try:
            pdf = Job(parse_edition(issue, "the issue file"), OUTPUTS, templates=templates).made("pdf")
        except BriefingError:
            pdf = b""
        _write(sys.stdout.buffer, pdf)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
