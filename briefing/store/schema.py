"""The schema of the store, and the migrations of older files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache

#: `PRAGMA application_id` of a store: "BRFG".
APPLICATION = 0x42524647

#: Names begin so that hold the index of words; their tables are made by SQLite itself.
INDEX = "words"

#: How a text becomes words: by letters and digits, accents aside, each word as its Porter stem.
TOKENS = "porter unicode61 remove_diacritics 2"

SCHEMA = f"""
-- All moments are whole microseconds since 1970 in UTC. Records are compressed JSON (`records`).

CREATE TABLE article (             -- one article, however often it changed
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL UNIQUE,   -- identity, 16 hex digits, of feed and guid, else URL, else title and text
  named         INTEGER NOT NULL,       -- 1 when it has a guid or URL, 0 when its identity is its text (a file)
  subscription  TEXT NOT NULL,          -- that brought it first
  url           TEXT NOT NULL,          -- as its first version has it, empty for none
  first_seen    INTEGER NOT NULL,
  published     INTEGER,                -- as cleaning found it, NULL while undated
  forgotten     INTEGER NOT NULL        -- 1 when its text was removed for good
);
CREATE INDEX article_by_url ON article (url) WHERE url <> '';
CREATE INDEX article_by_sight ON article (first_seen);
CREATE INDEX article_by_publication ON article (published) WHERE published IS NOT NULL;
CREATE INDEX article_by_subscription ON article (subscription, first_seen);

CREATE TABLE version (             -- a state of an article, at one place, from the moment it was seen there
  id            INTEGER PRIMARY KEY,
  article       INTEGER NOT NULL REFERENCES article (id),
  subscription  TEXT NOT NULL,          -- that brought this state
  input         TEXT NOT NULL,          -- the ledger's key, RawArticle.input
  seen          INTEGER NOT NULL,
  sha256        TEXT NOT NULL,          -- of title and text, hex, stays when the text is forgotten
  cleaned       INTEGER NOT NULL,       -- 1 when cleaning has looked at it, whether it found an article or none
  record        BLOB,                   -- the Input it came in, with this one raw article, NULL when forgotten
  UNIQUE (article, input, seen, sha256)
);
CREATE INDEX version_by_input ON version (input, seen);
CREATE INDEX version_to_clean ON version (id) WHERE cleaned = 0;

CREATE TABLE refused (             -- an input that held no article
  subscription  TEXT NOT NULL,
  path          TEXT NOT NULL,          -- Input.path
  seen          INTEGER NOT NULL,       -- the first time
  record        BLOB NOT NULL,          -- the Input with its reasons
  PRIMARY KEY (subscription, path)
) WITHOUT ROWID;

CREATE TABLE text (                -- a version cleaned
  id            INTEGER PRIMARY KEY,    -- minute of `moment` times 65,536 and a count, so that a later id is newer
  version       INTEGER NOT NULL UNIQUE REFERENCES version (id),
  article_id    TEXT NOT NULL,          -- Article.id
  moment        INTEGER NOT NULL,       -- publication, else the first sight of the article
  title         TEXT NOT NULL,
  body          TEXT NOT NULL,
  outlet        TEXT NOT NULL,
  themes        TEXT NOT NULL,          -- slugs it was printed under, one word each (`search.tag`)
  rest          TEXT NOT NULL           -- the other fields of the Article, JSON
);
CREATE INDEX text_by_article ON text (article_id);

CREATE VIRTUAL TABLE words USING fts5 (  -- the index of `text`, kept in step by `texts` without triggers
  title, body, outlet, themes, content='text', content_rowid='id',
  tokenize='{TOKENS}'
);

CREATE TABLE edition (             -- the issue of a day
  day           TEXT PRIMARY KEY,       -- ISO date, the desk's own
  made          INTEGER NOT NULL,
  issue         BLOB NOT NULL           -- the issue file, compressed
);

CREATE TABLE printed (             -- a sentence of an edition
  day           TEXT NOT NULL REFERENCES edition (day),
  sha256        TEXT NOT NULL,          -- of the sentence, as in its receipt
  article_id    TEXT NOT NULL,
  theme         TEXT NOT NULL,          -- slug it stands under, empty outside the sections
  PRIMARY KEY (day, sha256, article_id, theme)
) WITHOUT ROWID;
CREATE INDEX printed_by_article ON printed (article_id, day);
CREATE INDEX printed_by_sentence ON printed (sha256, day);

CREATE TABLE standing (            -- what is known of a subscription between two visits
  subscription  TEXT PRIMARY KEY,
  fields        TEXT NOT NULL           -- model.Standing, JSON
) WITHOUT ROWID;

CREATE TABLE delivery (            -- one message to one recipient, as model.Delivery
  day           TEXT NOT NULL,
  scope         TEXT NOT NULL,
  content       TEXT NOT NULL,
  channel       TEXT NOT NULL,
  recipient     TEXT NOT NULL,
  state         TEXT NOT NULL,
  attempts      INTEGER NOT NULL,
  message_id    TEXT NOT NULL,
  reply         TEXT NOT NULL,
  changed       INTEGER NOT NULL,
  PRIMARY KEY (day, scope, content, channel, recipient)
) WITHOUT ROWID;
CREATE INDEX delivery_under_way ON delivery (state) WHERE state = 'sending';

CREATE TABLE suppression (         -- an address that is sent nothing
  address       TEXT PRIMARY KEY,       -- in small letters
  why           TEXT NOT NULL
) WITHOUT ROWID;
"""

_UNSUBSCRIBING = """
CREATE TABLE secret (              -- a key that this store made for itself and that never leaves it
  name          TEXT PRIMARY KEY,
  key           BLOB NOT NULL           -- 32 random bytes
) WITHOUT ROWID;

CREATE TABLE unsubscribed (        -- an address that one list sends nothing any more
  address       TEXT NOT NULL,          -- in small letters
  list          TEXT NOT NULL,          -- name of the list
  why           TEXT NOT NULL,
  PRIMARY KEY (address, list)
) WITHOUT ROWID;
"""

#: Whose an article is, and when it was published by each of its versions.
_OWNERS = """
ALTER TABLE article ADD COLUMN claim TEXT NOT NULL DEFAULT '';  -- what its key would be by guid, URL or text alone
ALTER TABLE article ADD COLUMN place TEXT NOT NULL DEFAULT '';  -- where it came from first: Input.path, which owns it
ALTER TABLE version ADD COLUMN published INTEGER;               -- as cleaning found it, NULL while undated
UPDATE article SET claim = key, place = coalesce(
  (SELECT v.input FROM version v WHERE v.article = article.id ORDER BY v.seen, v.id LIMIT 1), '');
UPDATE version SET published = (SELECT json_extract(t.rest, '$.date.moment') FROM text t WHERE t.version = version.id);
CREATE INDEX article_by_claim ON article (claim);
CREATE INDEX version_by_publication ON version (published) WHERE published IS NOT NULL;
"""

#: What editors did, and the drafts they did it to.
_ACTS = """
CREATE TABLE act (                 -- one thing an editor did to the draft of a day; rows are added, never changed
  day           TEXT NOT NULL,
  number        INTEGER NOT NULL,       -- from 1 within the day
  editor        TEXT NOT NULL,          -- who did it
  moment        INTEGER NOT NULL,
  based_on      INTEGER NOT NULL,       -- number of the last act the editor had seen, 0 for none
  act           TEXT NOT NULL,          -- model.acts.Act, JSON
  PRIMARY KEY (day, number)
) WITHOUT ROWID;

CREATE TABLE draft (               -- the draft of a day, as it was built
  day           TEXT PRIMARY KEY,       -- ISO date, the desk's own
  made          INTEGER NOT NULL,       -- moment of its build: what was collected later is no part of it
  regrouped     TEXT NOT NULL,          -- numbers of the acts that its stories were regrouped by, JSON
  issue         BLOB NOT NULL           -- the issue file, compressed
);
"""

#: `PRAGMA user_version` → the statements that lead to it from the one before. Never changed once released.
MIGRATIONS: Mapping[int, str] = {1: SCHEMA, 2: _UNSUBSCRIBING, 3: _OWNERS, 4: _ACTS}


def newest() -> int:
    """Return the current schema version."""
    return max(MIGRATIONS)


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one: run as a whole it would commit the open transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


def migrate(db: sqlite3.Connection, start: int) -> None:
    """Migrate a store from version ``start`` to the current one, within the open transaction."""
    for number in sorted(MIGRATIONS):
        if number > start:
            for statement in statements(MIGRATIONS[number]):
                db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION}")
    db.execute(f"PRAGMA user_version = {newest()}")


def shape_of(db: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    """Return the schema of a database: kind, name and, unless SQLite writes it itself, statement of each object."""
    rows = db.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return frozenset((kind, name, "" if name.startswith(f"{INDEX}_") else sql) for kind, name, sql in rows)


@cache
def shape(version: int) -> frozenset[tuple[str, str, str]]:
    """Return the schema of a store of that version."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for number in sorted(MIGRATIONS):
            if number <= version:
                db.executescript(MIGRATIONS[number])
        return shape_of(db)
    finally:
        db.close()
