"""A store in which somebody has changed values is refused or read; what comes out of it is of the declared types."""

from __future__ import annotations

import json
import random
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import StoreError
from briefing.model import Delivery, Hit, Input, Note, RawArticle, Standing
from briefing.model.checking import holds
from briefing.stages.clean import clean_all
from briefing.store import Store

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
DAY = date(2026, 11, 28)


def packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value).encode())


RAW = {"input": "i", "text": "t", "kind": "text", "dates": [], "notes": []}
VALUES: list[Any] = [
    *(None, 0, -1, 2**63 - 1, -(2**63), 3.5, "", "x", "\ud7ff", b"", b"\xff\xfe", "9" * 5_000, "9999-13-45"),
    *(packed(value) for value in (None, [], {}, 7, [[[]]] * 9)),
    zlib.compress(b"[" * 30_000_000),
    packed({"path": 7, "notes": [], "raw": None}),
    packed({"path": "p", "notes": [[1, 2]], "raw": None}),
    *(packed({"path": "p", "notes": [], "raw": {**RAW, name: 7}}) for name in RAW),
    *(packed({"path": "p", "notes": [], "raw": {**RAW, name: ["x"]}}) for name in ("input", "text", "kind", "title")),
    *("{}", "[]", "7", "null", '{"failures": "x"}', '{"subscription": 7}'),
    '{"subscription": "F", "failures": "many", "last_try": {"at": "now"}}',
    '{"subscription": "F", "last_try": {"at": 1e300}}',
    '{"subscription": "F", "moved_at": 7, "gone": "yes"}',
    '{"paragraphs": [["a", 9, "text"]], "byline": "", "wire": "", "url": "", "language": "en", "date": null}',
    '{"paragraphs": [], "byline": 7, "wire": "", "url": "", "language": "en", "date": null}',
    '{"paragraphs": [], "byline": "", "wire": "", "url": "", "language": "en", "date": {"moment": 9e99}}',
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "sound"
    raw = RawArticle("a.txt", "Ministers met in Varde on Saturday.", "text", url="https://odra.example/1")
    bad = Input("b.png", notes=(Note("E_BINARY", "b.png is an image."),))
    with Store.open(path) as store:
        store.add("F", (Input("a.txt", (raw,)), bad), seen=NOON)
        store.keep(clean_all([raw], today=DAY, time_zone="UTC"))
        store.keep_standing(Standing("F", last_try=NOON))
        store.begin(Delivery(DAY, "", "0" * 64, "mail", "a@b.example"), NOON)
    return path


def read(store: Store) -> Iterator[tuple[Any, type]]:
    """Yield what the store gives back, each with its declared type."""
    week = timedelta(days=7)
    inputs = [*store.inputs(since=NOON - week, until=NOON + week), *store.to_clean()]
    yield from ((raw, RawArticle) for one in inputs for raw in one.articles)
    yield from ((note.message, str) for one in inputs for note in one.notes)
    yield from ((standing, Standing) for standing in store.standings().values())
    yield from ((health.standing, Standing) for health in store.health(NOON))
    yield from ((delivery, Delivery) for delivery in store.deliveries())
    yield from ((found, Hit) for found in store.search("ministers"))


def tampered(path: Path, table: str, column: str, value: object) -> bool:
    with closing(sqlite3.connect(path)) as db:
        try:
            db.execute(f"UPDATE {table} SET {column} = ?", (value,))
        except sqlite3.Error:  # two rows alike, or NULL where there may be none
            return False
        db.commit()
    return True


@pytest.mark.parametrize("seed", range(4))
def test_whatever_value_is_changed_the_store_is_refused_or_gives_back_what_it_declares(
    sound: Path, tmp_path: Path, seed: int
) -> None:
    with closing(sqlite3.connect(sound)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        columns = {name: [row[1] for row in db.execute(f"PRAGMA table_info({name})")] for name in tables}
    cases = [(t, c, v) for t in tables if not t.startswith("words") for c in columns[t] for v in VALUES]
    answered, codes = 0, set()
    for table, column, value in random.Random(seed).sample(cases, 60):
        path = tmp_path / "s"
        path.write_bytes(sound.read_bytes())
        if not tampered(path, table, column, value):
            continue
        try:
            with Store.open(path) as store:
                for thing, kind in read(store):
                    assert holds(thing, kind), (table, column, value, thing)
            answered += 1
        except StoreError as error:
            codes.add(error.code)
    assert codes == {"E_STORE_CORRUPT"}
    assert answered


def test_a_query_that_was_left_open_says_nothing_once_the_store_is_closed(sound: Path) -> None:
    with Store.open(sound) as store:
        rows = store._database.each("SELECT name FROM sqlite_schema")
        next(rows)
    rows.close()  # type: ignore[attr-defined]  # as the interpreter does when an error has ended the command
