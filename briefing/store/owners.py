"""Finds the article that a raw one is a version of: only what its own place brought before can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefing.model import Note, RawArticle
from briefing.store.database import Database
from briefing.store.records import unpack_input, written
from briefing.text.identity import belonging, claimed, disputed_note, is_another, still_itself

Article = tuple[int, int, bool]  # id, first seen, forgotten


@dataclass(frozen=True, slots=True)
class Found:
    """Where a raw article belongs: to an article that is there, or to a new one under a key."""

    article: Article | None = None
    key: str = ""  # of the new one
    first_seen: int = 0  # of the new one, where an earlier version of this program kept it as another's version
    notes: tuple[Note, ...] = ()  # of the new one: whose identity it claims
    is_anothers: bool = False  # the article is of another place: nothing is added to it
    number: int = 0  # how many other articles its place showed before under the same claim


#: Finds the owner of (an input's path, its raw article, the moment of the visit).
Owner = Callable[[Database, str, RawArticle, int], Found]

_CLAIMED = "SELECT id, key, first_seen, forgotten, place FROM article WHERE claim = ? ORDER BY id DESC"
# As the article was last seen at the moment of the visit: visits come in their order, but a clock may be set back.
_LATEST = """
SELECT record FROM version WHERE article = ? AND record IS NOT NULL ORDER BY seen <= ? DESC, seen DESC, id DESC LIMIT 1
"""
_SEEN_HERE = "SELECT min(seen) FROM version WHERE article = ? AND (input = ? OR substr(input, 1, ?) = ?)"


def owner_of(database: Database, path: str, raw: RawArticle, now: int) -> Found:
    """Return the article of a visit's input: one of the same place that claims the same and is still itself."""
    claim, place = claimed(raw), written(path)
    rows = database.rows(_CLAIMED, (claim,))
    if rows and not (raw.guid or raw.url):  # its text is its identity: nothing can be put in its place
        return Found((rows[0][0], rows[0][2], bool(rows[0][3])))
    mine = [row for row in rows if _is_of(row[4], place)]
    for before, (article, _, first_seen, forgotten, _) in zip(range(len(mine) - 1, -1, -1), mine, strict=True):
        latest = _latest(database, article, now)
        if latest is None or still_itself(latest, raw):
            return Found((article, first_seen, bool(forgotten)), number=before)
    key = belonging(claim, place, len(mine)) if rows else claim
    others = [row for row in rows if row not in mine]
    return Found(
        key=key,
        number=len(mine),
        first_seen=0 if mine else min(_kept_as_anothers(database, others, place), default=0),
        notes=tuple(_disputed(database, others, raw, now)),
    )


def owner_by_hand(database: Database, path: str, raw: RawArticle, now: int) -> Found:
    """Return the article of an input that was given by hand: its files have told already what is whose."""
    key = raw.identity or claimed(raw)
    row = database.row("SELECT id, first_seen, forgotten, place FROM article WHERE key = ?", (key,))
    if row is None:
        return Found(key=key)
    by_hand = row[3].partition("/")[0] == path.partition("/")[0]
    named = bool(raw.guid or raw.url)
    return Found((row[0], row[1], bool(row[2])), is_anothers=named and not by_hand)


def _is_of(owner: str, place: str) -> bool:
    """Return whether an article of an owner is of a place; of a file that holds several it is ``place#n``."""
    return owner == place or owner.startswith(f"{place}#")


def _latest(database: Database, article: int, now: int) -> RawArticle | None:
    row = database.row(_LATEST, (article, now))
    return unpack_input(row[0]).articles[0] if row else None


def _kept_as_anothers(database: Database, others: list[tuple[int, ...]], place: str) -> Iterator[int]:
    """Yield when the place was first seen among the versions of other places' articles, as earlier stores have it."""
    for number, *_ in others:
        row = database.row(_SEEN_HERE, (number, place, len(place) + 1, f"{place}#"))
        if row and row[0] is not None:
            yield row[0]


def _disputed(database: Database, others: list[tuple[int, ...]], raw: RawArticle, now: int) -> Iterator[Note]:
    for number, *_ in others:
        latest = _latest(database, number, now)
        if latest is not None and is_another(latest, raw):
            yield disputed_note(raw, latest.input)
            return
