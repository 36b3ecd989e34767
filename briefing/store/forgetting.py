"""Deletes text for good; identities, addresses, moments and hashes stay."""

from __future__ import annotations

from datetime import datetime

from briefing.errors import StoreError
from briefing.model import Forgettable
from briefing.store.database import Database
from briefing.store.records import A_DAY, day_of, stamp, wall_stamp, written
from briefing.store.texts import remove

_BY_URL = "a.forgotten = 0 AND a.url = :url"
_BY_TIME = f"""
a.forgotten = 0 AND coalesce(a.published, a.first_seen) < CASE
WHEN a.published % {A_DAY} = 0 THEN :wall ELSE :moment END
"""


def forgettable(database: Database, url: str, before: datetime | None) -> Forgettable:
    """Return what `forget` would remove; see `Store.forgettable`."""
    condition, values = _asked(url, before)
    row = database.row(f"SELECT count(*) FROM article a WHERE {condition}", values)
    days = database.rows(
        "SELECT DISTINCT p.day FROM printed p WHERE p.article_id IN (SELECT t.article_id FROM text t "
        f"JOIN version v ON v.id = t.version JOIN article a ON a.id = v.article WHERE {condition}) ORDER BY p.day",
        values,
    )
    return Forgettable(row[0] if row else 0, tuple(day_of(day) for (day,) in days))


def forget(database: Database, url: str, before: datetime | None) -> int:
    """Delete text for good; see `Store.forget`."""
    condition, values = _asked(url, before)
    with database.writing():
        articles = [number for (number,) in database.rows(f"SELECT a.id FROM article a WHERE {condition}", values)]
        for number in articles:
            _remove_text(database, number)
        if articles:
            # A word taken out of the index is only marked so until its parts are merged into one.
            database.run("INSERT INTO words (words) VALUES ('optimize')")
    if articles:
        _shrink(database)
    return len(articles)


def _asked(url: str, before: datetime | None) -> tuple[str, dict[str, str | int]]:
    assert bool(url) != (before is not None), "one of the two"
    if before is not None:
        return _BY_TIME, {"moment": stamp(before), "wall": wall_stamp(before)}
    return _BY_URL, {"url": written(url)}


def _remove_text(database: Database, article: int) -> None:
    texts = database.rows(
        "SELECT t.id, t.title, t.body, t.outlet, t.themes FROM text t JOIN version v ON v.id = t.version "
        "WHERE v.article = ?",
        (article,),
    )
    for row in texts:
        remove(database, row)
    database.run("UPDATE version SET record = NULL WHERE article = ?", (article,))
    database.run("UPDATE article SET forgotten = 1 WHERE id = ?", (article,))


def _shrink(database: Database) -> None:
    """Vacuum the file after a deletion. The text is overwritten already (`secure_delete`)."""
    try:
        database.run("VACUUM")
    except StoreError as error:
        raise StoreError(
            f"The text was removed, but {database.path} could not be made smaller: {error.message}",
            "Make room, also for temporary files (SQLITE_TMPDIR names their folder); nothing else is left to do.",
            code=error.code,
        ) from error
