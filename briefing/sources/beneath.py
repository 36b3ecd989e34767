"""Opens files and folders by directory handles (`openat`): below a folder no part of a path is followed as a link."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

#: Not following, not waiting: a pipe or device that took a file's place must not hold the build.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_LISTED = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
#: A folder that is only gone through needs no right to list it where the system can tell the two apart (Linux).
_PASSED = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that was given, links resolved, and what it is known by when it is opened again."""

    place: str
    identity: tuple[int, int]  # device and inode


def root_of(path: str) -> Root:
    """Return the folder at a path that the desk gave; links in it are the desk's own choice.

    Raises:
        OSError: It is not there, or may not be looked at.
    """
    place = os.path.realpath(path, strict=True)
    return Root(place, _identity(os.stat(place)))


@contextmanager
def listed(root: Root) -> Iterator[int]:
    """Hold the handle of a root that is to be listed.

    Raises:
        OSError: It may not be listed, or is another folder now.
    """
    handle = _root_opened(root, _LISTED)
    try:
        yield handle
    finally:
        os.close(handle)


@contextmanager
def folder_in(handle: int, name: str) -> Iterator[int]:
    """Hold the handle of a folder in a folder, to be listed.

    Raises:
        OSError: It is no folder (a link to one is none), or may not be listed.
    """
    inner = os.open(name, _LISTED | os.O_NOFOLLOW, dir_fd=handle)
    try:
        yield inner
    finally:
        os.close(inner)


def file_in(handle: int, name: str) -> int:
    """Return the handle of a file in a folder, to be read; errors as `file_below`."""
    return os.open(name, _FILE, dir_fd=handle)


def file_below(root: Root, parts: Sequence[str]) -> int:
    """Return the handle of a file, to be read; what is there now may be no regular file.

    Args:
        root: The folder.
        parts: The names of the folders down to the file, and the file's own.

    Raises:
        OSError: A part is missing, may not be read or is a link; or the root is another folder now.
    """
    if any(name in ("", ".", "..") for name in parts):  # a link's target that changed while it was looked at
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), root.place)
    handle = _root_opened(root, _PASSED)
    try:
        for name in parts[:-1]:
            outer, handle = handle, os.open(name, _PASSED | os.O_NOFOLLOW, dir_fd=handle)
            os.close(outer)
        return file_in(handle, parts[-1])
    finally:
        os.close(handle)


def _root_opened(root: Root, flags: int) -> int:
    handle = os.open(root.place, flags)
    if _identity(os.fstat(handle)) == root.identity:
        return handle
    os.close(handle)
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), root.place)


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
