"""A persistent key-value cache in SQLite: bytes by key. Losing it costs time and nothing else.

Whatever is wrong with the file, damaged, locked, on a full disk, where nobody may write: then nothing is found in it
and nothing kept. It may be deleted at any time.
"""

from __future__ import annotations

import errno
import os
import platform
import sqlite3
import stat
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from hashlib import blake2b, sha256
from importlib import metadata
from pathlib import Path
from typing import TypeVar

from briefing.system.program import code_hash

KEPT = 14  # days that what was worked out is kept; a desk reads an article again for a few days
LARGEST = 2_000_000_000  # bytes of the file; a larger one is emptied
PATIENCE = 2.0  # seconds to wait for another build's transaction: working it out again soon costs more
_AT_ONCE = 500  # keys of one query, values of one transaction
_CHECK = 8  # bytes before each value that come out right only for it and its key
_FORM = 1  # of the table, and of what stands in it
_TABLE = "CREATE TABLE work (key BLOB PRIMARY KEY, day INTEGER NOT NULL, value BLOB NOT NULL)"
_FILE = "work.sqlite"
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_LIBRARIES = ("numpy", "PyStemmer", "sumy")  # those of which another release may work out something else

T = TypeVar("T")


class Cache:
    """The cache file, open until `close`.

    Args:
        folder: Where it is; made, for its owner alone, when it is missing.
        today: The day; what was kept more than `KEPT` days before it is dropped.
    """

    def __init__(self, folder: Path, today: date) -> None:
        self.path = folder / _FILE
        self.kept = 0  # values kept since it was opened
        self.trouble = ""  # why nothing more is found or kept; empty while all is well
        self._today = today.toordinal()
        self._new: dict[bytes, bytes] = {}
        self._file: sqlite3.Connection | None = None
        try:
            self._file = _opened(self.path)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def find(self, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Yield (key, value) of those keys that are in the cache, in no order."""
        for n in range(0, len(keys), _AT_ONCE):
            nothing: list[tuple[bytes, bytes]] = []
            for key, value in self._tried(_query(keys[n : n + _AT_ONCE]), nothing):
                if value[:_CHECK] == _check(key, value[_CHECK:]):
                    yield key, value[_CHECK:]

    def keep(self, key: bytes, value: bytes) -> None:
        """Store a value; it is written when enough have come together, at the latest by `close`."""
        self.kept += 1
        self._new[key] = _check(key, value) + value
        if len(self._new) >= _AT_ONCE:
            self._write()

    def close(self) -> None:
        """Write pending values, expire old ones and close the file."""
        if self._new:
            self._write()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self) -> None:
        rows = [(key, self._today, value) for key, value in self._new.items()]
        self._new.clear()

        def write(file: sqlite3.Connection) -> None:
            with file:
                # A day after today was written under a clock that was wrong.
                file.execute("DELETE FROM work WHERE day NOT BETWEEN ? AND ?", (self._today - KEPT, self._today + 1))
                file.executemany("INSERT OR REPLACE INTO work VALUES (?, ?, ?)", rows)

        self._tried(write, None)

    def _tried(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        if self._file is None:
            return otherwise
        try:
            return action(self._file)
        except sqlite3.Error as error:
            self._give_up(error)
            return otherwise

    def _give_up(self, error: Exception) -> None:
        self.trouble = f"{self.path} cannot be used: {getattr(error, 'strerror', None) or error}."
        if self._file is not None:
            self._file.close()
            self._file = None
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:  # the rest of the code only says where
            clear(self.path.parent)


def cache_folder() -> Path | None:
    """Return the user's cache folder for this program; None for a user without a home.

    By the XDG Base Directory Specification.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(named):
        return Path(named) / "briefing"
    home = os.path.expanduser("~")
    return Path(home) / ".cache" / "briefing" if os.path.isabs(home) else None


def clear(folder: Path) -> None:
    """Delete the cache in a folder.

    Raises:
        OSError: It cannot be removed.
    """
    for name in (_FILE, f"{_FILE}-journal"):
        (folder / name).unlink(missing_ok=True)


@cache
def fingerprint() -> bytes:
    """Return a hash of the program, its data and the libraries it calculates with; 32 bytes."""
    libraries = [f"{name} {metadata.version(name)}" for name in _LIBRARIES]
    machine = "\0".join((platform.python_version(), platform.machine(), *libraries))
    return sha256(code_hash() + machine.encode()).digest()


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _check_owner(path.parent, os.stat(path.parent))
    if path.exists() and path.stat().st_size > LARGEST:
        clear(path.parent)
    handle = os.open(
        path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
    )  # SQLite would let others read it
    try:
        _check_owner(path, os.fstat(handle))
    finally:
        os.close(handle)
    # Threads may share a cache if they take turns.
    file = sqlite3.connect(path, timeout=PATIENCE, check_same_thread=False)
    try:
        # Not waiting for the disk: a killed process leaves whole transactions, and what a power cut leaves is checked.
        file.execute("PRAGMA synchronous = OFF")
        if file.execute("PRAGMA user_version").fetchone()[0] != _FORM:
            with file:
                file.execute("BEGIN IMMEDIATE")
                file.execute("DROP TABLE IF EXISTS work")
                file.execute(_TABLE)
                file.execute(f"PRAGMA user_version = {_FORM}")
    except sqlite3.Error:
        file.close()
        raise
    return file


def _check_owner(path: Path, status: os.stat_result) -> None:
    """Refuse what another user may have written: what is read here decides what a build takes from an article.

    Raises:
        PermissionError: It belongs to another user, or others may write to it.
    """
    if status.st_uid != os.geteuid():
        raise PermissionError(errno.EPERM, f"{path.name} belongs to another user")
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(errno.EPERM, f"other users may write to {path.name}")


def _query(keys: Sequence[bytes]) -> Callable[[sqlite3.Connection], list[tuple[bytes, bytes]]]:
    sql = f"SELECT key, value FROM work WHERE key IN ({','.join('?' * len(keys))})"  # noqa: S608  nothing but marks
    return lambda file: file.execute(sql, keys).fetchall()


def _check(key: bytes, value: bytes) -> bytes:
    return blake2b(value, digest_size=_CHECK, key=key).digest()
