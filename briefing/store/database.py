"""The connection to a store: reads, short transactions, and SQLite's errors translated for users."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from briefing.errors import StoreError

#: Seconds that a process waits for another's transaction.
PATIENCE = 30.0

Row = tuple[Any, ...]


class Database:
    """An open store file.

    Rollback journal, not write-ahead log: SQLite before 3.51.3 can damage a file with a log when two processes write
    and checkpoint at once, and one file is easier to copy. Each commit is on the disk, its folder's entry too,
    when it returns.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._need = 0  # bytes that the transaction is about to write, at least
        with self.translated():
            self.db = connect(path)

    def prepare(self) -> None:
        """Set up the connection for writing; the file has been checked to be ours."""
        with self.translated():
            mode = self.db.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
            if mode != "delete":
                raise busy(self.path)
            self.db.execute("PRAGMA synchronous = EXTRA")
            self.db.execute("PRAGMA secure_delete = ON")
            self.db.execute("PRAGMA foreign_keys = ON")

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def rows(self, sql: str, values: Iterable[Any] | dict[str, Any] = ()) -> list[Row]:
        """Return the rows of a query."""
        with self.translated():
            return self.db.execute(sql, _bound(values)).fetchall()

    def row(self, sql: str, values: Iterable[Any] | dict[str, Any] = ()) -> Row | None:
        """Return the first row of a query, or None."""
        with self.translated():
            found: Row | None = self.db.execute(sql, _bound(values)).fetchone()
            return found

    def each(self, sql: str, values: Iterable[Any] | dict[str, Any] = ()) -> Iterator[Row]:
        """Yield the rows of a query one by one."""
        with self.translated():
            for row in self.db.execute(sql, _bound(values)):  # noqa: UP028  a generator left open closes no cursor
                yield row

    def run(self, sql: str, values: Iterable[Any] | dict[str, Any] = ()) -> int:
        """Run a statement and return how many rows it changed."""
        with self.translated():
            return self.db.execute(sql, _bound(values)).rowcount

    @contextmanager
    def writing(self, need: int = 0) -> Iterator[None]:
        """Open a write transaction: committed as a whole, or rolled back after an error.

        Args:
            need: Bytes that are about to be written, at least; named when the disk is full.
        """
        self._need = need
        with self.translated():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:  # SQLite ends it by itself after some errors
                    self.db.execute("ROLLBACK")
                raise

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Translate SQLite's errors into a `StoreError` that names the file."""
        try:
            yield
        except sqlite3.Error as error:
            raise _translation(error, self.path, self._need) from error


def connect(path: Path, *, untouched: bool = False) -> sqlite3.Connection:
    """Return a connection to an untrusted file: its schema may call no functions (``trusted_schema`` is off).

    Args:
        path: An existing file.
        untouched: Only to look: no lock, no journal, no byte is written.
    """
    how = "mode=ro&immutable=1" if untouched else "mode=rw"
    where = f"{path.absolute().as_uri()}?{how}"
    # Threads may share a store if they take turns; a lock of theirs sees to that.
    db = sqlite3.connect(where, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA trusted_schema = OFF")
    return db


def busy(path: Path) -> StoreError:
    """Return the error of a store that another process has locked."""
    return StoreError(
        f"{path} is in use by another process.",
        "Wait until it has ended, then run the command again.",
        code="E_STORE_BUSY",
    )


def corrupt(path: Path, what: str) -> StoreError:
    """Return the error of a file that is damaged or not a store."""
    return StoreError(
        f"{path} {what}; it was left as it is.",
        "Put a backup in its place (`briefing backup` makes them), or name another file under [store].",
        code="E_STORE_CORRUPT",
    )


def readonly(path: Path) -> StoreError:
    """Return the error of a store that cannot be written."""
    return StoreError(
        f"{path} cannot be written.",
        "Give yourself the right to write to the file and to its folder.",
        code="E_STORE_READONLY",
    )


def _translation(error: sqlite3.Error, path: Path, need: int) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says where, not what
    if code == sqlite3.SQLITE_FULL:
        return _full(path, need)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return busy(path)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return corrupt(path, "is damaged")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return readonly(path)
    if code == sqlite3.SQLITE_IOERR:
        return _full(path, need) if _free(path) < max(need, 1) else _broken(path)
    return error


def _full(path: Path, need: int) -> StoreError:
    wanted = f"{need:,} bytes more" if need else "more room"
    return StoreError(
        f"{path} needs {wanted}, and its disk is full ({_free(path):,} bytes are free); nothing was changed.",
        "Make room on that disk, then run the command again.",
        code="E_DISK_FULL",
    )


def _broken(path: Path) -> StoreError:
    return StoreError(
        f"{path} cannot be read or written: the disk reports an error, or a limit on file sizes was met.",
        "Check the disk and the limits of this process.",
        code="E_STORE_IO",
    )


def _free(path: Path) -> int:
    try:
        state = os.statvfs(path.parent)
    except OSError:
        return 0
    return state.f_bavail * state.f_frsize


def _bound(values: Iterable[Any] | dict[str, Any]) -> Any:
    return values if isinstance(values, (dict, tuple, list)) else tuple(values)
