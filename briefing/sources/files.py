"""Opens the regular files that were found, and nothing else, and reads their bytes."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from io import FileIO

from briefing.errors import ArticleError
from briefing.model import Note
from briefing.sources.beneath import Root, file_below
from briefing.sources.opened import Opened, shown_name

MAX_BYTES = 20 * 1024 * 1024  # of one file, as `fstat` states them before anything is read
_AT_ONCE = 65_536  # bytes read at once of a file that states no size, such as those of /proc


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file name under a PATH, with the reason when it must not be read."""

    path: str  # the ledger's key
    root: Root  # the folder it is opened from
    below: str  # its path below that
    note: Note | None = None  # E_ or W_: it is not read
    own: bool = False  # this program wrote it, or is set up with it: no input

    @property
    def suffix(self) -> str:
        """Return the file name extension, lower case, with its dot."""
        return os.path.splitext(self.below)[1].lower()


def read_bytes(found: FoundFile) -> Opened:
    """Return the bytes of a file that was found.

    Raises:
        ArticleError: It is no regular file, is too large, or may not or cannot be read.
    """
    try:
        handle = file_below(found.root, found.below.split("/"))
        with open(handle, "rb", buffering=0) as file:
            return _read(found, file, os.fstat(handle))
    except OSError as error:
        note = unreadable(found.path, error)
        raise ArticleError(note.message, code=note.code) from error


def _read(found: FoundFile, file: FileIO, status: os.stat_result) -> Opened:
    shown = shown_name(found.path)
    if not stat.S_ISREG(status.st_mode):
        raise ArticleError(f"{shown} is not a regular file; remove it or save its text.", code="E_NOT_REGULAR")
    if status.st_size > MAX_BYTES:
        raise ArticleError(
            f"{shown} has {status.st_size / 1048576:,.0f} MiB; an input may have {MAX_BYTES // 1048576} MiB.",
            "Split it into one file per article.",
            code="E_TOO_LARGE",
        )
    blob = _content(file, status.st_size)
    if len(blob) > MAX_BYTES:
        raise ArticleError(f"{shown} grew while it was read.", "Build again when it is complete.", code="E_TOO_LARGE")
    names = f"{shown} has {status.st_nlink} names on this disk (hard links) and may be a file of somewhere else."
    return Opened(found.path, found.suffix, blob, notes=(Note("W_HARD_LINK", names),) if status.st_nlink > 1 else ())


def _content(file: FileIO, stated: int) -> bytes:
    """Return the bytes of a file, of an endless one a few more than it may have.

    Raises:
        OSError: The disk cannot read it, or it is one of the system's that would have to be waited for.
    """
    parts: list[bytes] = []
    size = 0
    while size <= MAX_BYTES:
        part = file.read(max(stated, _AT_ONCE) + 1)
        if part is None:
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        if not part:
            break
        parts.append(part)
        size += len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def unreadable(path: str, error: OSError) -> Note:
    """Return the reason why a file or folder could not be opened or read."""
    shown = shown_name(path)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return Note("E_PERMISSION", f"{shown} may not be read; allow it with chmod +r, or build as its owner.")
    if error.errno in {errno.ENXIO, errno.ENODEV}:
        return Note("E_NOT_REGULAR", f"{shown} is not a regular file; remove it or save its text.")
    if error.errno in {errno.ELOOP, errno.ENOTDIR}:
        return Note("E_SYMLINK_LOOP", f"{shown}, or a folder above it, was replaced while it was read; build again.")
    if error.errno == errno.ENOENT:
        return Note("E_NOT_FOUND", f"{shown} vanished while the folder was read; build again.")
    return Note("E_IO", f"{shown} could not be read: {os.strerror(error.errno or 0)}; check the disk and build again.")
