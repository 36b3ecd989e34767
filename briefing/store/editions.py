"""The table of editions by day, and the index of the sentences they printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from briefing.model import CitedSentence, Edition
from briefing.store.database import Database
from briefing.store.records import day_of, moment_of, pack, stamp, unpack
from briefing.store.search import tags
from briefing.store.texts import index, unindex


def remember(database: Database, edition: Edition, issue: bytes, made: datetime) -> None:
    """Store an edition as that of its day; see `Store.remember`."""
    day, packed = edition.day.isoformat(), pack(issue)
    rows = sorted({(day, s.receipt.sha256, s.receipt.article_id, theme) for s, theme in _cited(edition, "")})
    with database.writing(len(packed)):
        before = database.rows("SELECT DISTINCT article_id FROM printed WHERE day = ?", (day,))
        database.run("DELETE FROM printed WHERE day = ?", (day,))
        database.run(
            "INSERT INTO edition (day, made, issue) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET made = excluded.made, issue = excluded.issue",
            (day, stamp(made), packed),
        )
        for row in rows:
            database.run("INSERT INTO printed (day, sha256, article_id, theme) VALUES (?, ?, ?, ?)", row)
        for article_id in sorted({row[0] for row in before} | {row[2] for row in rows}):
            _tag(database, article_id)


def issue(database: Database, day: date) -> bytes | None:
    """Return the issue file of a day, or None."""
    row = database.row("SELECT issue FROM edition WHERE day = ?", (day.isoformat(),))
    return None if row is None else unpack(row[0])


def made(database: Database, day: date) -> datetime | None:
    """Return when the edition of a day was made, or None."""
    row = database.row("SELECT made FROM edition WHERE day = ?", (day.isoformat(),))
    return None if row is None else moment_of(row[0])


def issues(database: Database, since: date, before: date) -> tuple[bytes, ...]:
    """Return the issue files of the days in [since, before), oldest first."""
    rows = database.each(
        "SELECT issue FROM edition WHERE day >= ? AND day < ? ORDER BY day", (since.isoformat(), before.isoformat())
    )
    return tuple(unpack(packed) for (packed,) in rows)


def printed_from(database: Database, since: date, before: date) -> tuple[str, ...]:
    """Return the articles that editions cite; see `Store.printed_from`."""
    sql = "SELECT DISTINCT article_id FROM printed WHERE day >= ? AND day < ? ORDER BY article_id"
    return tuple(row[0] for row in database.rows(sql, (since.isoformat(), before.isoformat())))


def printed(database: Database, hashes: Iterable[str]) -> dict[str, tuple[date, ...]]:
    """Return the days on which sentences were printed; see `Store.printed`."""
    sql = "SELECT DISTINCT day FROM printed WHERE sha256 = ? ORDER BY day"
    days = {sha256: tuple(day_of(day) for (day,) in database.rows(sql, (sha256,))) for sha256 in hashes}
    return {sha256: found for sha256, found in days.items() if found}


def _cited(part: Any, theme: str) -> Iterator[tuple[CitedSentence, str]]:
    """Yield each cited sentence of a part of an edition with the slug of the innermost theme it stands under."""
    if isinstance(part, CitedSentence):
        yield part, theme
    elif isinstance(part, tuple):
        for each in part:
            yield from _cited(each, theme)
    elif is_dataclass(part):
        within = getattr(part, "theme", theme)
        for field in fields(part):
            yield from _cited(getattr(part, field.name), within)


def _tag(database: Database, article_id: str) -> None:
    """Index the themes that an article was printed under."""
    slugs = database.rows("SELECT DISTINCT theme FROM printed WHERE article_id = ? AND theme <> ''", (article_id,))
    themes = tags(slug for (slug,) in slugs)
    texts = database.rows(
        "SELECT id, title, body, outlet, themes FROM text WHERE article_id = ? AND themes <> ? ORDER BY id",
        (article_id, themes),
    )
    for number, title, body, outlet, old in texts:
        unindex(database, (number, title, body, outlet, old))
        database.run("UPDATE text SET themes = ? WHERE id = ?", (themes, number))
        index(database, (number, title, body, outlet, themes))
