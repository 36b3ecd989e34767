"""The delivery log: written before a byte is sent, so that nothing is sent twice."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from datetime import date, datetime

from briefing.errors import StoreError
from briefing.model import MAY_HAVE_ARRIVED, Delivery, DeliveryState
from briefing.store.database import Database, Row
from briefing.store.records import day_of, moment_of, sound, stamp, written

_KEY = "day = ? AND scope = ? AND content = ? AND channel = ? AND recipient = ?"
_COLUMNS = "day, scope, content, channel, recipient, state, attempts, message_id, reply, changed"
_PUT = f"""
INSERT INTO delivery ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET state = excluded.state, attempts = excluded.attempts, message_id = excluded.message_id,
  reply = excluded.reply, changed = excluded.changed
"""


def deliveries(database: Database, day: date | None) -> tuple[Delivery, ...]:
    """Return the log, of a day or all of it; see `Store.deliveries`."""
    where = "" if day is None else "WHERE day = ?"
    rows = database.rows(
        f"SELECT {_COLUMNS} FROM delivery {where} ORDER BY day, scope, channel, recipient, changed, content",
        () if day is None else (day.isoformat(),),
    )
    return tuple(_delivery(row) for row in rows)


def begin(database: Database, delivery: Delivery, now: datetime, lists: Collection[str]) -> bool:
    """Log that a message is being sent; see `Store.begin`."""
    with database.writing():
        row = database.row(f"SELECT state, attempts FROM delivery WHERE {_KEY}", _key(delivery))
        state, attempts = row or ("pending", 0)
        if state in MAY_HAVE_ARRIVED:
            return False
        unwanted = _unwanted(database, _address(delivery.recipient), lists)
        new = ("sending", attempts + 1) if unwanted is None else ("suppressed", attempts)
        values = (*_key(delivery), *new, written(delivery.message_id), unwanted or "", stamp(now))
        database.run(_PUT, values)
    return unwanted is None


def _unwanted(database: Database, address: str, lists: Collection[str]) -> str | None:
    """Return why an address is sent nothing by any of these lists; None when it is sent mail."""
    row = database.row("SELECT why FROM suppression WHERE address = ?", (address,))
    if row:
        return str(row[0])
    left: dict[str, str] = dict(database.rows("SELECT list, why FROM unsubscribed WHERE address = ?", (address,)))
    names = [written(name) for name in lists]
    return left[names[0]] if names and all(name in left for name in names) else None


def settle(database: Database, delivery: Delivery, state: DeliveryState, reply: str, now: datetime) -> None:
    """Log the result of a message; see `Store.settle`."""
    with database.writing():
        changed = database.run(
            f"UPDATE delivery SET state = ?, reply = ?, changed = ? WHERE {_KEY}",
            (state, written(reply), stamp(now), *_key(delivery)),
        )
    if not changed:
        raise StoreError(f"No sending to {delivery.recipient} was begun, so none can be settled.", code="E_NOT_FOUND")


def give_up_stale(database: Database) -> int:
    """Mark messages that were left in progress as unknown; see `Store.give_up_stale`."""
    if database.row("SELECT 1 FROM delivery WHERE state = 'sending'") is None:
        return 0
    with database.writing():
        return database.run(
            "UPDATE delivery SET state = 'unknown', reply = 'the program ended before the server answered' "
            "WHERE state = 'sending'"
        )


def suppress(database: Database, address: str, why: str) -> None:
    """Add an address to the suppression list."""
    with database.writing():
        database.run(
            "INSERT OR REPLACE INTO suppression (address, why) VALUES (?, ?)", (_address(address), written(why))
        )


def unsuppress(database: Database, address: str) -> bool:
    """Remove an address from the suppression list; return whether it was on it."""
    with database.writing():
        return database.run("DELETE FROM suppression WHERE address = ?", (_address(address),)) > 0


def suppressed(database: Database) -> frozenset[str]:
    """Return the suppressed addresses, in lower case."""
    return frozenset(address for (address,) in database.rows("SELECT address FROM suppression"))


def unsubscribe(database: Database, address: str, name: str, why: str) -> None:
    """Log that an address wants nothing from a list."""
    with database.writing():
        values = (_address(address), written(name), written(why))
        database.run("INSERT OR REPLACE INTO unsubscribed (address, list, why) VALUES (?, ?, ?)", values)


def resubscribe(database: Database, address: str) -> bool:
    """Remove an address from the unsubscribed of every list; return whether it was among them."""
    with database.writing():
        return database.run("DELETE FROM unsubscribed WHERE address = ?", (_address(address),)) > 0


def unsubscribed(database: Database) -> frozenset[tuple[str, str]]:
    """Return the unsubscribed as (address in lower case, name of the list)."""
    return frozenset((address, name) for address, name in database.rows("SELECT address, list FROM unsubscribed"))


def secret(database: Database, name: str) -> bytes:
    """Return the key of that name, made the first time it is asked for."""
    wanted = "SELECT key FROM secret WHERE name = ?"
    row = database.row(wanted, (name,))
    if row is None:
        with database.writing():  # of two processes that make one, the first wins
            database.run("INSERT OR IGNORE INTO secret (name, key) VALUES (?, ?)", (name, secrets.token_bytes(32)))
        row = database.row(wanted, (name,))
    assert row is not None
    return bytes(row[0])


def _address(text: str) -> str:
    return written(text).strip().casefold()


def _key(delivery: Delivery) -> tuple[str, ...]:
    parts: Iterable[str] = (delivery.scope, delivery.content, delivery.channel, delivery.recipient)
    return (delivery.day.isoformat(), *map(written, parts))


def _delivery(row: Row) -> Delivery:
    day, scope, content, channel, recipient, state, attempts, message_id, reply, changed = row
    made = Delivery(
        day=day_of(day),
        scope=scope,
        content=content,
        channel=channel,
        recipient=recipient,
        state=state,
        attempts=attempts,
        message_id=message_id,
        reply=reply,
        changed=moment_of(changed),
    )
    return sound(made)
