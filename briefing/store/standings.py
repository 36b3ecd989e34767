"""The table of standings: the state of each subscription between two visits."""

from __future__ import annotations

from datetime import datetime, timedelta

from briefing.model import Health, Standing
from briefing.store.database import Database
from briefing.store.records import fields_of, optional_moment, stamp, standing_of, written

#: Days over which new articles are counted.
RECENT = 7


def standings(database: Database) -> dict[str, Standing]:
    """Return every standing by its subscription's name, in the order of names."""
    rows = database.rows("SELECT fields FROM standing ORDER BY subscription")
    found = [standing_of(text) for (text,) in rows]
    return {standing.subscription: standing for standing in found}


def keep_standing(database: Database, standing: Standing) -> None:
    """Replace the standing of a subscription."""
    values = (written(standing.subscription), fields_of(standing))
    with database.writing():
        database.run("INSERT OR REPLACE INTO standing (subscription, fields) VALUES (?, ?)", values)


def health(database: Database, now: datetime) -> tuple[Health, ...]:
    """Return the health of each subscription, in the order of names."""
    since = stamp(now - timedelta(days=RECENT))
    counts = {
        name: (articles, recent / RECENT, optional_moment(newest))
        for name, articles, recent, newest in database.rows(
            "SELECT subscription, count(*), sum(first_seen > ? AND first_seen <= ?), "
            "max(CASE WHEN first_seen <= ? THEN first_seen END) FROM article GROUP BY subscription",
            (since, stamp(now), stamp(now)),
        )
    }
    return tuple(Health(standing, *counts.get(name, (0, 0.0, None))) for name, standing in standings(database).items())
