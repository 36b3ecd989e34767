"""One at a time: whoever holds a place says so, and the others are told who and since when."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from briefing.errors import OutputError

NAME = ".briefing.lock"
_LONGEST = 4_096  # bytes of a lock file that are read


@contextmanager
def held(folder: Path, *, now: datetime) -> Iterator[None]:
    """Hold a folder until the block ends; a process that dies gives it up by dying.

    Args:
        folder: Made when it is not there; the lock is the file `NAME` in it, which stays.
        now: Told to whoever comes meanwhile, UTC.

    Raises:
        OutputError: Somebody holds it (``E_LOCKED``; the message says who and since when), or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written: {error.strerror}.",
            "Choose a folder you may write to with --out.",
            code="E_NOT_WRITABLE",
        ) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _refusal(folder, os.pread(handle, _LONGEST, 0)) from error
        _sign(handle, now)
        yield
    finally:
        os.close(handle)


def _sign(handle: int, now: datetime) -> None:
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps({"pid": os.getpid(), "since": now.isoformat(timespec="seconds")}).encode(), 0)


def _refusal(folder: Path, signature: bytes) -> OutputError:
    try:
        holder = json.loads(signature)
        pid, since = int(holder["pid"]), datetime.fromisoformat(holder["since"])
        who = f"process {pid} since {since:%Y-%m-%d %H:%M:%S} UTC"
        hint = f"Wait until it has finished, or stop it with kill {pid}; then run the same command again."
    except (ValueError, KeyError, TypeError):  # it has only just begun
        who, hint = "another process", "Wait until it has finished; then run the same command again."
    return OutputError(f"{folder} is in use by {who}.", hint, code="E_LOCKED")
