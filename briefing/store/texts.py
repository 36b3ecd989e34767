"""The table of cleaned articles, and the full-text index of their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from briefing.model import Article, Cleaned, Input, RawArticle
from briefing.store.articles import key_of, named, state_of
from briefing.store.database import Database, Row
from briefing.store.records import article_of, optional_stamp, rest_of, unpack_input, written

#: Articles of one minute that are told apart; more of them share the minutes after it.
A_MINUTE = 65_536
MINUTE = 60_000_000  # microseconds

_COLUMNS = "title, body, outlet, themes"


def keep(database: Database, cleaned: Sequence[Cleaned]) -> int:
    """Store the results of cleaning versions; see `Store.keep`."""
    need = sum(len(item.article.body) for item in cleaned if item.article)
    with database.writing(need):
        rows = [row for item in cleaned for row in _rows_of(database, item)]
        # The index is written once when its rows come in order, once a row when they do not.
        for version, moment, article in sorted(rows, key=lambda row: (row[1], row[0])):
            _put(database, version, moment, article)
    return len({version for version, _, _ in rows})


def to_clean(database: Database, limit: int) -> tuple[Input, ...]:
    """Return versions that have not been cleaned; see `Store.to_clean`."""
    rows = database.rows(
        "SELECT a.key, v.record FROM version v JOIN article a ON a.id = v.article "
        "WHERE v.cleaned = 0 AND v.record IS NOT NULL ORDER BY v.id LIMIT ?",
        (limit,),
    )
    return tuple(named(unpack_input(record), key) for key, record in rows)


def articles(database: Database, ids: Iterable[str], until: datetime | None) -> tuple[Article, ...]:
    """Return cleaned articles; see `Store.articles`."""
    before = "" if until is None else "AND v.seen < :until"
    sql = f"""
        SELECT t.article_id, t.title, t.body, t.outlet, t.rest FROM text t JOIN version v ON v.id = t.version
        WHERE t.article_id = :id {before} ORDER BY v.seen DESC, v.input, v.sha256 LIMIT 1
    """
    values = [{"id": article_id, "until": optional_stamp(until)} for article_id in dict.fromkeys(ids)]
    found = (database.row(sql, value) for value in values)
    return tuple(article_of(*row) for row in found if row is not None)


def remove(database: Database, row: Row) -> None:
    """Delete a text from the index and the table; ``row`` is (id, title, body, outlet, themes)."""
    unindex(database, row)
    database.run("DELETE FROM text WHERE id = ?", row[:1])


def unindex(database: Database, row: Row) -> None:
    """Delete a text from the index: the values must be those it was indexed with."""
    database.run(f"INSERT INTO words (words, rowid, {_COLUMNS}) VALUES ('delete', ?, ?, ?, ?, ?)", row)


def index(database: Database, row: Row) -> None:
    """Index a text."""
    database.run(f"INSERT INTO words (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?)", row)


def _rows_of(database: Database, item: Cleaned) -> Iterator[tuple[int, int, Article]]:
    """Yield version, moment and article of each version that a cleaned item is stored for.

    There are several when a text went back to what it had said before.
    """
    for article, version, first_seen in database.rows(_SAME_STATE, _place_of(item.raw)):
        is_first = database.run("UPDATE version SET cleaned = 1 WHERE id = ? AND cleaned = 0", (version,)) == 1
        if item.article is not None:
            published = optional_stamp(item.article.published)
            if is_first:  # the same text may come back with another date: that is the date of that version
                database.run("UPDATE version SET published = ? WHERE id = ?", (published, version))
            database.run(_SET_PUBLISHED, (published, article, version))
            yield version, first_seen if published is None else published, item.article


# As the newest version has it, in whatever order versions are cleaned.
_SET_PUBLISHED = """
UPDATE article SET published = ?1 WHERE id = ?2 AND published IS NOT ?1
AND ?3 = (SELECT v.id FROM version v WHERE v.article = ?2 ORDER BY v.seen DESC, v.input, v.sha256 LIMIT 1)
"""
_SAME_STATE = """
SELECT a.id, v.id, a.first_seen FROM article a JOIN version v ON v.article = a.id
WHERE a.key = ? AND v.input = ? AND v.sha256 = ? AND v.record IS NOT NULL
"""


def _place_of(raw: RawArticle) -> tuple[str, str, str]:
    return key_of(raw), written(raw.input), state_of(raw)


def _put(database: Database, version: int, moment: int, article: Article) -> None:
    columns = tuple(written(text) for text in (article.title, article.body, article.outlet))
    rest = rest_of(article)
    old = database.row(f"SELECT id, {_COLUMNS}, article_id, moment, rest FROM text WHERE version = ?", (version,))
    if old is not None:
        if (old[1:4], old[5:]) == (columns, (article.id, moment, rest)):
            return
        remove(database, old[:5])
    themes = old[4] if old else ""
    number = _free_number(database, moment)
    database.run(
        "INSERT INTO text (id, version, article_id, moment, title, body, outlet, themes, rest) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, version, article.id, moment, *columns, themes, rest),
    )
    index(database, (number, *columns, themes))


def first_number(moment: int) -> int:
    """Return the lowest id a text of that timestamp may have."""
    return moment // MINUTE * A_MINUTE


def _free_number(database: Database, moment: int) -> int:
    base = first_number(moment)
    row = database.row("SELECT max(id) FROM text WHERE id >= ? AND id < ?", (base, base + A_MINUTE))
    last = row[0] if row else None
    if last is None:
        return base
    if last + 1 < base + A_MINUTE:
        return int(last + 1)
    return _free_number(database, moment + MINUTE)
