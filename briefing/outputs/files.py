"""Atomic file writes, only inside the folder of the edition."""

from __future__ import annotations

import errno
import os
import re
import stat
import tempfile
from pathlib import Path

from briefing.errors import OutputError
from briefing.model.codes import Code
from briefing.system.signals import unbroken

_PART = ".part"


def write_file(folder: Path, name: str, content: bytes, *, shown: Path | None = None) -> Path:
    """Write ``folder/name`` atomically, so that a reader sees the old file or the new one, and return its path.

    Args:
        folder: Made when it is not there.
        name: The path below it.
        content: All of the file.
        shown: What a message calls the file, where it is written to be moved; None for its own path.

    Raises:
        OutputError: The name leads out of the folder, something that is no file has that name (a link, a device, a
            pipe: it stays what it is), or the file cannot be written.
    """
    if ".." not in Path(name).parts and name not in ("", "."):
        check_regular(folder / name)
    path = _inside(folder, name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unbroken():
            _replace(path, content)
    except OSError as error:
        raise unwritable(shown or path, error, len(content)) from error
    return path


def unwritable(path: Path, error: OSError, need: int) -> OutputError:
    """Return the error that says why a file or folder of ``need`` bytes cannot be written."""
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        code: Code = "E_OUTPUT_READONLY"
    else:
        code = "E_DISK_FULL" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else "E_NOT_WRITABLE"
    room = f" It needs {need:,} bytes; {_free(path):,} are free." if code == "E_DISK_FULL" else ""
    return OutputError(
        f"{path} cannot be written: {error.strerror or error}.{room}",
        "Make room on that disk, or choose another folder with --out."
        if room
        else "Choose a folder you may write to with --out.",
        code=code,
    )


#: What else can have a file's name, by the type bits of its mode.
_KINDS = {
    stat.S_IFLNK: "a link",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFDIR: "a folder",
}


def check_regular(path: Path) -> None:
    """Raise an `OutputError` when the name is taken by what is not a regular file: a rename would put a file there."""
    try:
        kind = _KINDS.get(stat.S_IFMT(path.lstat().st_mode))
    except (OSError, ValueError):
        return  # it does not exist, or writing it says what is wrong
    if kind:
        raise OutputError(
            f"{path} is {kind}; it is not replaced by a file.",
            "Name a file, or a name that nothing has yet.",
            code="E_NOT_REGULAR",
        )


def _free(path: Path) -> int:
    """Return the free bytes of the disk a file is to be written to."""
    there = next(folder for folder in path.absolute().parents if folder.is_dir())
    state = os.statvfs(there)
    return state.f_bavail * state.f_frsize


def permitted(mode: int) -> int:
    """Return a file mode with the process's umask applied."""
    # Reading the mask means setting it; mkstemp's 0600 would otherwise keep a served folder unreadable.
    mask = os.umask(0o022)
    os.umask(mask)
    return mode & ~mask


def sync_folder(folder: Path) -> None:
    """Fsync a folder, so that its names survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear(path: Path) -> None:
    """Remove temporary files left by processes that were killed while they wrote this file."""
    left = re.compile(rf"\.{re.escape(path.name)}\.(\d+)-\w+{re.escape(_PART)}")
    for name in os.listdir(path.parent):
        found = left.fullmatch(name)
        if found and not _runs(int(found[1])):
            (path.parent / name).unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # it runs as somebody else; no process has such a number
        return True
    return process != os.getpid()


def _inside(folder: Path, name: str) -> Path:
    root = folder.resolve()
    path = (root / name).resolve()
    if path == root or not path.is_relative_to(root):
        raise OutputError(f"The file name {name!r} leads out of {folder}.", "Use slugs of a-z, 0-9 and hyphens.")
    return folder / name


def _replace(path: Path, content: bytes) -> None:
    _clear(path)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.{os.getpid()}-", suffix=_PART)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, permitted(0o666))
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
