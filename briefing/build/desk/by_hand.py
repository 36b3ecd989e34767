"""What is not in the edition: looked for in the ledger and the store, and brought by hand from a file or an address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from briefing.build.collecting import fetching_of
from briefing.build.desk.results import Article, LeftOut
from briefing.build.desk_store import clean_collected
from briefing.build.drafts.state import State
from briefing.errors import SourceError
from briefing.model import Input, Standing, Subscription
from briefing.settings import Settings
from briefing.sources import read_inputs
from briefing.sources.visits import visit
from briefing.stages.clean import clean_all
from briefing.store import Store

#: Name in the store of what an editor brought.
BY_THE_EDITOR = "by the editor"
_FOUND = 30  # articles of the store that a search shows


def left_out_of(store: Store, state: State, words: str) -> tuple[LeftOut, ...]:
    """Return the articles that are not printed: of the ledger, then of the store where words are looked for."""
    return (*_of_ledger(state, words), *(_of_store(store, state, words) if words.strip() else ()))


def _of_ledger(state: State, words: str) -> Iterator[LeftOut]:
    wanted = words.casefold().split()
    for entry in state.edition.ledger:
        if entry.fate in ("used", "told in a line"):
            continue
        text = f"{entry.title} {entry.input} {entry.reason}".casefold()
        if all(word in text for word in wanted):
            article = Article(entry.article_id, entry.title or entry.input, input=entry.input)
            can = entry.fate == "left out" and bool(entry.article_id)
            yield LeftOut(article, entry.reason, "ledger", can)


def _of_store(store: Store, state: State, words: str) -> Iterator[LeftOut]:
    known = {entry.article_id for entry in state.edition.ledger}
    for hit in store.search(words, limit=_FOUND):
        if hit.key not in known:
            article = Article(hit.key, hit.title, hit.outlet, hit.url, hit.moment if hit.dated else None)
            printed = f"Printed on {', '.join(hit.printed)}." if hit.printed else "It is not of this day."
            yield LeftOut(article, printed, "store", can_take_in=True)


def read_by_hand(settings: Settings, place: str, *, now: datetime) -> tuple[Input, ...]:
    """Return what a file or a web page holds, one article at least; errors as `Desk.add_article`."""
    inputs = _fetched(settings, place, now) if "://" in place else tuple(read_inputs([Path(place)]))
    if not any(read.articles for read in inputs):
        said = next((note.message for read in inputs for note in read.notes), "It holds no article.")
        raise SourceError(f"{place} cannot be taken: {said}", "Name another file or address.", code="E_EMPTY")
    return inputs


def keep_by_hand(
    store: Store, settings: Settings, inputs: Sequence[Input], *, now: datetime, today: date
) -> tuple[str, ...]:
    """Store what was read, and return the ids of its articles."""
    articles = [raw for read in inputs for raw in read.articles]
    store.add(BY_THE_EDITOR, inputs, seen=now)
    kept = {raw.input: raw.identity for read in store.to_clean() for raw in read.articles}
    clean_collected(store, settings, today=today)
    found = clean_all(articles, today=today, time_zone=settings.briefing.time_zone)
    ids = (kept.get(one.raw.input) or one.article.id for one in found if one.article)
    return tuple(key for key in dict.fromkeys(ids) if store.versions(key))


def _fetched(settings: Settings, address: str, now: datetime) -> tuple[Input, ...]:
    subscription = Subscription(BY_THE_EDITOR, "page", address)
    brought = visit(
        subscription, Standing(BY_THE_EDITOR), now=now, known=lambda url: False, fetching=fetching_of(settings)
    )
    if brought.standing.error:
        raise SourceError(brought.standing.error, "Look at the address in a browser.", code="E_IO")
    return brought.inputs
