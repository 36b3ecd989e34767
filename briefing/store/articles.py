"""The table of raw articles as collected, each with its versions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from briefing.model import Added, Input, Note, RawArticle, Version
from briefing.store.database import Database, Row
from briefing.store.owners import Owner, owner_by_hand, owner_of
from briefing.store.records import moment_of, pack_input, stamp, unpack_input, written
from briefing.text.identity import BY_HAND, claimed, one_of_several

#: What was published longer than this before an edition's time is no news of it, though it was first seen then: a new
#: source brings all that its feed still lists.
STALE = timedelta(days=7)
#: Of the first visit to a source only what was published in the edition's time is news: all else was there before. So
#: are items of a feed or site without a date, when it brings more than so many.
UNDATED = 5
NEW, CHANGED, SAME = "new", "changed", "same"

# Of an article's versions seen before :seen the newest; of those of one moment always the same one.
_NEWEST = """
SELECT id FROM version WHERE article = a.id AND seen < :seen AND record IS NOT NULL
ORDER BY seen DESC, input, sha256 LIMIT 1
"""
# An article that is known by its text alone, such as a file, is gone once another text stands in its place. When it
# was published is what its newest version of that time says: a later date changes nothing of what was before.
_INPUTS = f"""
SELECT v.subscription, a.key, v.record FROM article a JOIN version v ON v.id = ({_NEWEST})
WHERE a.id IN (
  SELECT id FROM article WHERE first_seen >= :since AND first_seen < min(:until, :seen)
  UNION SELECT article FROM version WHERE published >= :since AND published < :until AND seen < :seen
) AND a.first_seen < :seen AND (
  (v.published >= :since AND v.published < :until)
  OR (a.first_seen >= :since AND a.first_seen < :until AND (v.published IS NULL OR v.published >= :stale) AND (
    :backlog OR a.place LIKE :by_hand
    OR a.first_seen > (SELECT min(b.first_seen) FROM article b WHERE b.subscription = a.subscription)
    OR (v.published IS NULL AND (NOT v.cleaned OR NOT a.named OR :undated >= (SELECT count(*) FROM (
      SELECT 1 FROM article c WHERE c.subscription = a.subscription AND c.first_seen = a.first_seen
      AND c.published IS NULL LIMIT :undated + 1
    ))))
  ))
) AND (a.named OR NOT EXISTS (
  SELECT 1 FROM version w WHERE w.input = v.input AND w.seen > v.seen AND w.seen < :seen
))
"""
# A refused file is no longer refused once an article, or the first of several (…#1), was read from it.
_REFUSED = """
SELECT r.subscription, r.path, r.record FROM refused r
WHERE r.seen >= :since AND r.seen < min(:until, :seen) AND NOT EXISTS (
  SELECT 1 FROM version v WHERE v.seen < :seen AND v.subscription = r.subscription
  AND (v.input = r.path OR (v.input >= r.path || '#' AND v.input < r.path || '$'))
)
"""


def key_of(raw: RawArticle) -> str:
    """Return the identity of a raw article: as the store or its files gave it, else what it claims."""
    return raw.identity or claimed(raw)


def state_of(raw: RawArticle) -> str:
    """Return the SHA-256 of an article's title and text, hex."""
    return hashlib.sha256(f"{raw.title}\0{raw.text}".encode("utf-8", "surrogatepass")).hexdigest()


def add(database: Database, subscription: str, inputs: Sequence[Input], seen: datetime, *, by_hand: bool) -> Added:
    """Store the inputs of a visit; see `Store.add`."""
    held = [(read, raw) for read in inputs for raw in read.articles]
    refused = [(read.path, pack_input(read, None)) for read in inputs if not read.articles]
    need = sum(len(raw.text) for _, raw in held) + sum(len(record) for _, record in refused)
    name, now = written(subscription), stamp(seen)
    owner = owner_by_hand if by_hand else owner_of
    with database.writing(need):
        for path, record in refused:
            database.run(_INSERT_REFUSED, (name, written(path), now, record))
        done = [_keep_version(database, name, read, raw, now, owner) for read, raw in held]
    return Added(done.count(NEW), done.count(CHANGED), done.count(SAME))


def inputs(
    database: Database, since: datetime, until: datetime, seen_before: datetime, *, backlog: bool
) -> tuple[Input, ...]:
    """Return the inputs of an edition; see `Store.inputs`."""
    window = {
        "since": stamp(since),
        "until": stamp(until),
        "seen": stamp(seen_before),
        "stale": stamp(since - STALE),
        "backlog": backlog,
        "undated": UNDATED,
        "by_hand": f"{BY_HAND}/%",
    }
    rows = [*database.each(_INPUTS, window), *database.each(_REFUSED, window)]
    found = ((key, unpack_input(record)) for _, key, record in sorted(rows))
    return tuple(named(read, key) if read.articles else read for key, read in found)


def named(read: Input, key: str) -> Input:
    """Return an input with its article under the identity that the store gave it."""
    return replace(read, articles=tuple(replace(raw, identity=key) for raw in read.articles))


def versions(database: Database, key: str) -> tuple[Version, ...]:
    """Return the versions of an article, oldest first; see `Store.versions`."""
    return tuple(
        Version(key, number, moment_of(seen), sha256) for number, (seen, sha256, _) in _states(database, key).items()
    )


def raw(database: Database, key: str, number: int) -> RawArticle | None:
    """Return one version of an article; see `Store.raw`."""
    _, _, record = _states(database, key).get(number, (0, "", None))
    return None if record is None else named(unpack_input(record), key).articles[0]


def known(database: Database, url: str, subscription: str) -> bool:
    """Return whether a subscription brought an article with this address; see `Store.known`."""
    sql = "SELECT 1 FROM article WHERE url = ? AND subscription = ?"
    return bool(url) and database.row(sql, (written(url), written(subscription))) is not None


def refused(database: Database, subscription: str, path: str) -> tuple[Note, ...]:
    """Return why an input was refused; see `Store.refused`."""
    row = database.row(
        "SELECT record FROM refused WHERE subscription = ? AND path = ?", (written(subscription), written(path))
    )
    return unpack_input(row[0]).notes if row else ()


_INSERT_REFUSED = """
INSERT INTO refused (subscription, path, seen, record) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET seen = min(seen, excluded.seen), record = excluded.record
"""
_INSERT_ARTICLE = """
INSERT INTO article (key, named, subscription, url, first_seen, forgotten, claim, place)
VALUES (?, ?, ?, ?, ?, 0, ?, ?) RETURNING id
"""
_INSERT_VERSION = """
INSERT INTO version (article, subscription, input, seen, sha256, cleaned, record) VALUES (?, ?, ?, ?, ?, 0, ?)
"""
_BEFORE = """
SELECT sha256 FROM version WHERE article = ? AND input = ? AND seen <= ? ORDER BY seen DESC, sha256 LIMIT 1
"""


def _keep_version(database: Database, subscription: str, read: Input, raw: RawArticle, now: int, owner: Owner) -> str:
    found = owner(database, read.path, raw, now)
    raw = replace(raw, input=one_of_several(raw.input, found.number))
    place, state = written(raw.input), state_of(raw)
    if found.article is None:
        raw = replace(raw, notes=(*raw.notes, *found.notes))
        record = pack_input(replace(read, articles=(raw,)), raw)
        first = min(now, found.first_seen or now)
        named, claim = bool(raw.guid or raw.url), claimed(raw)
        values = (found.key, named, subscription, written(raw.url), first, claim, written(read.path))
        row = database.row(_INSERT_ARTICLE, values)
        assert row is not None
        database.run(_INSERT_VERSION, (row[0], subscription, place, now, state, record))
        return SAME if found.first_seen else NEW
    number, first_seen, forgotten = found.article
    if forgotten or found.is_anothers:
        return SAME
    if now < first_seen:
        database.run("UPDATE article SET first_seen = ? WHERE id = ?", (now, number))
    if (before := database.row(_BEFORE, (number, place, now))) and before[0] == state:
        return SAME
    elsewhere = database.row("SELECT 1 FROM version WHERE article = ? AND sha256 = ?", (number, state))
    record = pack_input(replace(read, articles=(raw,)), raw)
    database.run(_INSERT_VERSION, (number, subscription, place, now, state, record))
    return SAME if elsewhere and not before else CHANGED


def _states(database: Database, key: str) -> dict[int, tuple[int, str, bytes | None]]:
    """Return number → (seen, SHA-256, record); a version that two places show at a time counts once."""
    rows: Iterable[Row] = database.rows(
        "SELECT v.seen, v.sha256, v.record FROM version v JOIN article a ON a.id = v.article WHERE a.key = ? "
        "ORDER BY v.seen, v.input DESC, v.sha256 DESC",
        (key,),
    )
    states: list[tuple[int, str, bytes | None]] = []
    for seen, sha256, record in rows:
        if not states or states[-1][1] != sha256:
            states.append((seen, sha256, record))
    return dict(enumerate(states, 1))
