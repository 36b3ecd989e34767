"""Full-text search: words in, articles out, newest first."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from briefing.errors import StoreError
from briefing.model import Hit
from briefing.store.database import Database, Row
from briefing.store.records import A_DAY, article_of, moment_of, stamp, wall_stamp
from briefing.store.schema import TOKENS
from briefing.store.texts import A_MINUTE, MINUTE, first_number

#: Words and phrases of one search, at most.
MOST_WORDS = 32
#: Letters before a *, at least, and of their stem ("being" has "be"): with fewer, the index is read from end to end.
LEAST_PREFIX = 4
#: Words of a snippet.
SNIPPET = 32

_OPEN, _CLOSE = "\x02", "\x03"  # cleaned text holds no control characters
_PART = re.compile(r'"([^"]*)"?|([^\s"]+)')
# Articles whose minute is full lie in the ones after it; an hour is room for four million.
_OVERFLOW = 60 * MINUTE
_FIRST, _LAST = stamp(datetime.min.replace(tzinfo=UTC)), stamp(datetime.max.replace(tzinfo=UTC))
_FOUND = """
SELECT t.id, a.key, t.article_id, t.title, t.body, t.outlet, t.rest, t.moment, {snippet}
FROM {table} CROSS JOIN version v ON v.id = t.version CROSS JOIN article a ON a.id = v.article
WHERE {conditions} AND t.moment >= CASE WHEN t.moment % {a_day} = 0 THEN :since_wall ELSE :since END
AND t.moment < CASE WHEN t.moment % {a_day} = 0 THEN :until_wall ELSE :until END ORDER BY {order} DESC
"""
_WITH_WORDS = "words CROSS JOIN text t ON t.id = words.rowid"


def search(
    database: Database,
    words: str,
    *,
    theme: str,
    outlet: str,
    since: datetime | None,
    until: datetime | None,
    limit: int,
) -> tuple[Hit, ...]:
    """Return the newest articles that match a query; see `Store.search`."""
    match = _match(words, theme, outlet)
    values = {"match": match, **_window(since, until)}
    hits: dict[str, Hit] = {}
    for row in database.each(_query(bool(match)), values):
        if len(hits) == limit:
            break
        if row[1] not in hits:
            hits[row[1]] = _hit(database, row)
    return tuple(hits.values())


def tag(slug: str) -> str:
    """Return a theme's slug as a word of the full-text index."""
    return "t" + slug.encode().hex()


def tags(slugs: Iterable[str]) -> str:
    """Return themes as the full-text index holds them."""
    return " ".join(sorted(map(tag, slugs)))


def terms(words: str) -> Iterator[str]:
    """Yield the words and "phrases" of a query, each quoted for FTS5; a * at the end matches any ending.

    Raises:
        StoreError: A word is too short for its *.
    """
    for phrase, word in _PART.findall("".join(c if c.isprintable() else " " for c in words)):
        text = phrase or word.rstrip("*")
        if not any(c.isalnum() for c in text):
            continue
        prefix = not phrase and word.endswith("*")
        if prefix and len(_last_stem(text)) < LEAST_PREFIX:
            raise StoreError(
                f"{word} would find nearly everything.",
                "Leave out the *, any form of a word is found without, or write more letters before it.",
                code="E_SEARCH",
            )
        yield _quoted(text) + (" *" if prefix else "")


def _last_stem(text: str) -> str:
    """Return the last word of a text as the index stems it."""
    db = sqlite3.connect(":memory:")
    try:
        db.execute(f"CREATE VIRTUAL TABLE t USING fts5 (w, tokenize='{TOKENS}')")
        db.execute("CREATE VIRTUAL TABLE v USING fts5vocab (t, instance)")
        db.execute("INSERT INTO t VALUES (?)", (text,))
        row = db.execute("SELECT term FROM v ORDER BY offset DESC LIMIT 1").fetchone()
    finally:
        db.close()
    return str(row[0]) if row else ""


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _match(words: str, theme: str, outlet: str) -> str:
    """Return the FTS5 expression of a query; empty when it matches everything."""
    wanted = list(terms(words))
    if len(wanted) > MOST_WORDS:
        raise StoreError(f"A search has {MOST_WORDS} words at most.", "Leave out the common ones.", code="E_SEARCH")
    if words.strip() and not wanted:
        raise StoreError(f"{words!r} holds no word.", "Write a word or a name.", code="E_SEARCH")
    parts = [f"{{title body}} : ({' AND '.join(wanted)})"] if wanted else []
    parts += [f"outlet : {_quoted(outlet)}"] if outlet else []
    parts += [f"themes : {tag(theme)}"] if theme else []
    return " AND ".join(parts)


def _query(matching: bool) -> str:
    if not matching:
        return _FOUND.format(
            a_day=A_DAY, snippet="''", table="text t", conditions="t.id >= :first AND t.id < :last", order="t.id"
        )
    return _FOUND.format(
        a_day=A_DAY,
        snippet=f"snippet(words, 1, '{_OPEN}', '{_CLOSE}', '…', {SNIPPET})",
        table=_WITH_WORDS,
        conditions="words MATCH :match AND words.rowid >= :first AND words.rowid < :last",
        order="words.rowid",
    )


def _window(since: datetime | None, until: datetime | None) -> dict[str, int]:
    start, wall = (_FIRST, _FIRST) if since is None else (stamp(since), wall_stamp(since))
    end, last_wall = (_LAST, _LAST) if until is None else (stamp(until), wall_stamp(until))
    return {
        "since": start,
        "since_wall": wall,
        "until": end,
        "until_wall": last_wall,
        "first": first_number(min(start, wall)),
        "last": first_number(max(end, last_wall) + _OVERFLOW) + A_MINUTE,
    }


def _hit(database: Database, row: Row) -> Hit:
    _, key, article_id, title, body, outlet, rest, moment, snippet = row
    article = article_of(article_id, title, body, outlet, rest)
    printed = database.rows("SELECT DISTINCT day, theme FROM printed WHERE article_id = ? ORDER BY 1, 2", (article_id,))
    return Hit(
        key=key,
        title=article.title,
        outlet=article.outlet,
        url=article.url,
        moment=moment_of(moment),
        dated=article.date is not None,
        to_the_day=article.date is not None and article.date.precision == "day",
        snippet=_pieces(snippet or _beginning(article.body)),
        printed=tuple(dict.fromkeys(day for day, _ in printed)),
        themes=tuple(sorted({theme for _, theme in printed if theme})),
    )


def _beginning(body: str) -> str:
    words = body.split(None, SNIPPET)
    return " ".join(words[:SNIPPET]) + ("…" if len(words) > SNIPPET else "")


def _pieces(marked: str) -> tuple[tuple[str, bool], ...]:
    pieces, found = [], False
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if piece in (_OPEN, _CLOSE):
            found = piece == _OPEN
        elif piece:
            pieces.append((piece, found))
    return tuple(pieces)
