"""Opens a store's file; anything that is not a store is refused, unchanged."""

from __future__ import annotations

import os
import sqlite3
import stat
import struct
from pathlib import Path

from briefing.errors import StoreError
from briefing.store.database import Database, connect, corrupt, readonly
from briefing.store.schema import APPLICATION, INDEX, migrate, newest, shape, shape_of

#: A larger file is not read from end to end each time it is opened (about 0.3 s at this size), only when asked to.
CHECKED_WHOLE = 64_000_000  # bytes

_MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes


def open_database(path: Path, *, create: bool, thorough: bool = False) -> Database:
    """Return the open file of a store, created when it is missing or empty.

    Args:
        path: The file.
        create: Make it when it is missing.
        thorough: Read every page of it first, however large it is.

    Raises:
        StoreError: It is missing and not to be made, or no store of this program; then not a byte of it is changed.
    """
    size = _size(path, create)
    if size == 0:
        return _made(path)
    version = _version(path)
    _check_writable(path)
    database = Database(path)
    try:
        with database.translated():  # this takes back what a killed process was at, and with it what its header said
            application, before = _header_numbers(database.db)
            blank = (application, before) == (0, 0) and not shape_of(database.db)
        if blank:  # it was killed while it made the store
            _make(database)
            return database
        version = before if application == APPLICATION else version
        _check(database, version, whole=thorough or size <= CHECKED_WHOLE)
        database.prepare()
        if version < newest():
            _upgrade(database)
    except BaseException:
        database.close()
        raise
    return database


def backup(database: Database, target: Path) -> None:
    """Write a complete copy of the store to a new file, while others go on using the store.

    Raises:
        StoreError: The file exists or cannot be written, or the copy is not sound.
    """
    if os.path.lexists(target):
        raise StoreError(f"{target} exists.", "Name a file that does not exist yet.", code="E_STORE_EXISTS")
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        _copy(database, part)
        os.replace(part, target)
    except OSError as error:
        raise StoreError(
            f"{target} cannot be written: {error.strerror or error}.",
            "Name a file in a folder you may write to, on a disk that is not full.",
            code="E_STORE_READONLY",
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _copy(database: Database, part: Path) -> None:
    part.touch(mode=0o600)
    copy = Database(part)
    try:
        with copy.translated():
            database.db.backup(copy.db)
            _check_pages(copy)
    finally:
        copy.close()


def _size(path: Path, create: bool) -> int:
    try:
        status = path.stat()
    except FileNotFoundError as error:
        if create:
            return 0
        raise StoreError(
            f"{path} does not exist.",
            "Run `briefing collect` first, or name the store under [store].",
            code="E_STORE_MISSING",
        ) from error
    except PermissionError as error:
        raise readonly(path) from error
    except OSError as error:
        raise corrupt(path, f"cannot be opened ({error.strerror})") from error
    if not stat.S_ISREG(status.st_mode):
        raise corrupt(path, "is a folder" if stat.S_ISDIR(status.st_mode) else "is not a regular file")
    return status.st_size


def _made(path: Path) -> Database:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise readonly(path) from error
    _check_writable(path)
    database = Database(path)
    try:
        _make(database)
    except BaseException:
        database.close()
        raise
    return database


def _make(database: Database) -> None:
    database.prepare()
    with database.writing():
        if _header_numbers(database.db) == (0, 0):  # else another process has just made it
            migrate(database.db, 0)


def _version(path: Path) -> int:
    """Return the schema version of a store that this program can read; raise for any other file."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except PermissionError as error:
        raise readonly(path) from error
    except OSError as error:
        raise corrupt(path, f"cannot be read ({error.strerror})") from error
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise corrupt(path, "is not a store, or damaged from its first byte")
    version, application = struct.unpack(">i4xi", header[60:72])
    if application == APPLICATION and 1 <= version <= newest():
        return int(version)
    raise _refusal(path, version, application)


def _refusal(path: Path, version: int, application: int) -> StoreError:
    """Return why a database without our header is refused; it is inspected without a lock or a journal."""
    try:
        db = connect(path, untouched=True)
        try:
            sound = db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        finally:
            db.close()
    except sqlite3.Error:
        sound = False
    if not sound:
        return corrupt(path, "is damaged")
    if version > newest() and application in (0, APPLICATION):
        return StoreError(
            f"{path} was written by a newer version of this program ({version}, this one knows {newest()}); "
            "it was left as it is.",
            "Update the program, or name another file under [store].",
            code="E_STORE_NEWER",
        )
    return foreign(path, "is a database of some other program")


def foreign(path: Path, what: str) -> StoreError:
    """Return the error of a database that holds more than a store of ours, or none."""
    return StoreError(
        f"{path} {what}; it was left as it is.", "Name another file under [store].", code="E_STORE_FOREIGN"
    )


def _check_writable(path: Path) -> None:
    places = ((path, os.W_OK), (path.parent, os.W_OK | os.X_OK))  # a journal is written beside the file
    if not all(os.access(place, rights, effective_ids=True) for place, rights in places):
        raise readonly(path)


def _check(database: Database, version: int, *, whole: bool) -> None:
    """Verify the integrity and the schema of a store; only reads."""
    with database.translated():
        there = shape_of(database.db)
        if whole:
            _check_pages(database)
            _check_values(database)
    strange = sorted(name for kind, name, _ in there ^ shape(version))
    if strange:
        raise foreign(
            database.path, f"holds what no store of this program holds or lacks what each has: {strange[0]!r}"
        )


def _check_pages(database: Database) -> None:
    if database.db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise corrupt(database.path, "is damaged")


def _check_values(database: Database) -> None:
    """Check that every value is of the type its column declares: SQLite itself would keep any in any."""
    for (table,) in database.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        if table.startswith((INDEX, "sqlite_")):
            continue
        columns = database.db.execute(f"PRAGMA table_info({table})").fetchall()
        wrong = " OR ".join(_is_wrong(name, kind, bool(must or key)) for _, name, kind, must, _, key in columns)
        if database.db.execute(f"SELECT 1 FROM {table} WHERE {wrong} LIMIT 1").fetchone():
            raise corrupt(database.path, f"is damaged: its table {table} holds a value of a wrong type")


def _is_wrong(column: str, kind: str, required: bool) -> str:
    kinds = f"'{kind.lower()}'" if required else f"'{kind.lower()}', 'null'"
    return f"typeof({column}) NOT IN ({kinds})"


def _header_numbers(db: sqlite3.Connection) -> tuple[int, int]:
    return (db.execute("PRAGMA application_id").fetchone()[0], db.execute("PRAGMA user_version").fetchone()[0])


def _upgrade(database: Database) -> None:
    with database.translated():
        before = _header_numbers(database.db)[1]
    backup(database, _free_name(database.path, before))
    with database.writing():
        now = _header_numbers(database.db)[1]
        if now < newest():  # else another process has just done it
            migrate(database.db, now)


def _free_name(path: Path, version: int) -> Path:
    names = (path.with_name(f"{path.name}.version-{version}{f'.{n}' if n else ''}") for n in range(1_000))
    return next(name for name in names if not name.exists())
