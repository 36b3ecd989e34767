"""Lock files: one process at a time in a folder or on a store; others are told who holds the lock and since when."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from briefing.errors import OutputError
from briefing.model.codes import Code

NAME = ".briefing.lock"
SENDING = ".sending"  # what the name of a store's lock ends in
_LONGEST = 4_096  # bytes of a lock file that are read
_TRIES, _PAUSE = 25, 0.02  # times, and seconds between them, that a holder who has not signed yet is given


@contextmanager
def held(folder: Path, *, now: datetime) -> Iterator[None]:
    """Lock a folder until the block ends; the lock of a process that dies is released with it.

    Args:
        folder: Made when it is not there, and gone again when nothing was put into it; the lock is the file `NAME`.
        now: Told to whoever comes meanwhile, with its zone.

    Raises:
        OutputError: Somebody holds it (``E_LOCKED``; the message says who and since when), or it cannot be written.
    """
    with _alone(folder / NAME, folder, f"{folder} is in use", now):
        try:
            yield
        finally:
            _tidy(folder)


@contextmanager
def sending(store: Path, *, now: datetime) -> Iterator[None]:
    """Lock a store against a second sender until the block ends, whatever folder the edition lies in.

    Args:
        store: File of the store; the lock is a file beside it, which stays.
        now: As for `held`.

    Raises:
        OutputError: As from `held`.
    """
    path = store.with_name(f"{store.name}{SENDING}")
    with _alone(path, path, f"What {store} knows of is being sent", now):
        yield


@contextmanager
def _alone(path: Path, place: Path, refusal: str, now: datetime) -> Iterator[None]:
    """Hold a lock file; ``place`` is what an error names, ``refusal`` begins the sentence on who holds it."""
    handle = _taken(path, place, refusal)
    try:
        try:
            _sign(handle, place, now)
            yield
        finally:
            with suppress(OSError):  # whoever takes it next has not signed yet
                os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _taken(path: Path, place: Path, refusal: str) -> int:
    """Return the locked file, after a few retries while its holder has not signed yet or has just gone."""
    signature = b""
    for _ in range(_TRIES):
        handle = _opened(path, place)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_there(handle, path):  # else whoever held it before has taken the empty folder away
                return handle
        except BlockingIOError:
            signature = os.pread(handle, _LONGEST, 0)
            if _lives(signature):
                os.close(handle)
                break
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        time.sleep(_PAUSE)
    raise _refusal(refusal, signature)


def _lives(signature: bytes) -> bool:
    """Return whether the process that signed a lock is alive: a killed one leaves its signature to the next holder."""
    try:
        os.kill(int(json.loads(signature)["pid"]), 0)
    except PermissionError:  # as somebody else
        return True
    except (ProcessLookupError, OverflowError, ValueError, KeyError, TypeError):
        return False
    return True


def _opened(path: Path, place: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise _unwritable(place, error) from error


def _is_there(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except OSError:
        return False


def _tidy(folder: Path) -> None:
    """Remove a folder that holds the lock and nothing else."""
    if os.listdir(folder) == [NAME]:
        (folder / NAME).unlink()
        with suppress(OSError):  # somebody has come meanwhile
            folder.rmdir()


def _sign(handle: int, folder: Path, now: datetime) -> None:
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), "since": now.isoformat(timespec="seconds")}).encode(), 0)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> OutputError:
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        code: Code = "E_OUTPUT_READONLY"
    else:
        code = "E_DISK_FULL" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else "E_NOT_WRITABLE"
    return OutputError(
        f"{folder} cannot be written: {error.strerror}.",
        "Choose a folder you may write to with --out, on a disk that is not full.",
        code=code,
    )


def _refusal(what: str, signature: bytes) -> OutputError:
    try:
        holder = json.loads(signature)
        pid, since = int(holder["pid"]), datetime.fromisoformat(holder["since"])
        zone = f"{since:%z}"[:5] if since.utcoffset() else "UTC"
        who = f"process {pid} since {since:%Y-%m-%d %H:%M:%S} {zone}"
        hint = f"Wait until it has finished, or stop it with kill {pid}; then run the same command again."
    except (ValueError, KeyError, TypeError):  # it has only just begun
        who, hint = "another process", "Wait until it has finished; then run the same command again."
    return OutputError(f"{what} by {who}.", hint, code="E_LOCKED")
