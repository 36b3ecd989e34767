"""Writes a store as the first version of its tables had it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.model import Input, RawArticle
from briefing.store.articles import state_of
from briefing.store.records import pack_input, stamp
from briefing.store.schema import APPLICATION, SCHEMA
from briefing.text.identity import claimed

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def first_version(path: Path, *versions: RawArticle) -> str:
    """Write a store of one article that several sources brought, a day apart; return its key."""
    key = claimed(versions[0])
    with closing(sqlite3.connect(path)) as db:
        db.executescript(SCHEMA)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute("PRAGMA user_version = 1")
        db.execute(
            "INSERT INTO article (id, key, named, subscription, url, first_seen, published, forgotten) "
            "VALUES (1, ?, 1, 'Times', ?, ?, ?, 0)",
            (key, versions[0].url, stamp(NOON), stamp(NOON - DAY)),
        )
        for number, one in enumerate(versions, 1):
            moment = stamp(NOON + number * DAY)
            db.execute(
                "INSERT INTO version (id, article, subscription, input, seen, sha256, cleaned, record) "
                "VALUES (?, 1, ?, ?, ?, ?, 1, ?)",
                (
                    number,
                    one.input.partition("/")[0],
                    one.input,
                    moment,
                    state_of(one),
                    pack_input(Input(one.input, (one,)), one),
                ),
            )
            db.execute(
                "INSERT INTO text (id, version, article_id, moment, title, body, outlet, themes, rest) "
                "VALUES (?, ?, ?, ?, '', '', '', '', ?)",
                (number, number, key, moment, f'{{"date": {{"moment": {stamp(NOON - number * DAY)}}}}}'),
            )
        db.commit()
    return key
