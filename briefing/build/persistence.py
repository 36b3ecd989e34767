"""Connects the build with the store: where its articles and its memory come from, and where the edition is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from briefing.model import Article, Edition, Input, Memory, RawArticle
from briefing.model.acts import Act, bare_id, in_effect
from briefing.outputs.issue import issue_bytes, parse_edition
from briefing.settings import Settings
from briefing.stages.clean import clean_all
from briefing.stages.novelty import LATELY
from briefing.store import Store
from briefing.text.identity import BY_HAND

#: Name in the store of what a build was given by hand.
GIVEN = BY_HAND


def remember(store: Store, edition: Edition, *, now: datetime) -> None:
    """Store an edition as that of its day; one of several days is not stored."""
    if edition.imprint.first_day is None:
        store.remember(edition, issue_bytes(edition), made=now)


def memory_of(issues: Sequence[bytes], articles: Sequence[Article] = ()) -> Memory:
    """Return the memory made of some issue files, oldest first, and of the articles they print from.

    Raises:
        SourceError: One of them is no sound issue file.
    """
    editions = tuple(parse_edition(issue, "an issue file in the store") for issue in issues)
    digest = sha256(b"".join(issues)).hexdigest() if issues else ""
    return Memory(editions, tuple(articles), digest)


def remembered(store: Store, settings: Settings, *, first_day: date) -> Memory:
    """Return the memory for an edition that begins on a day: the editions before it, as far back as settings reach.

    Of the articles those are there that the last days' editions print from, as they were read before the day; one that
    was first seen later, since the edition is built afterwards, as it is kept.
    """
    issues = store.issues(since=first_day - timedelta(days=settings.store.memory), before=first_day)
    memory = memory_of(issues)
    lately = first_day - timedelta(days=LATELY)
    ids = {source.article_id for edition in memory.editions if edition.day >= lately for source in edition.sources}
    start, _ = window(first_day, first_day, settings.briefing.time_zone)
    before = store.articles(sorted(ids), until=start)
    later = store.articles(sorted(ids - {article.id for article in before}))
    return replace(memory, articles=(*before, *later))


def collected(
    store: Store,
    settings: Settings,
    *,
    day: date,
    now: datetime,
    first_day: date | None = None,
    backlog: bool = False,
) -> tuple[Input, ...]:
    """Return the inputs of a day's edition from the store: what was published or first seen on it or just before.

    Articles that earlier editions print from and whose text was changed in that time are there too, so that what was
    printed can be put right.

    Args:
        store: Where the articles are.
        settings: How many days they reach over, and where the desk is.
        day: The edition's.
        now: When it is made, or was: what was seen later is no part of it.
        first_day: The first day of an edition of several days; the settings' number of days when None.
        backlog: Take also what the first visit to a source brought of the week before.
    """
    first = first_day or day - timedelta(days=settings.store.days - 1)
    since, until = window(first, day, settings.briefing.time_zone)
    seen_before = now + timedelta(microseconds=1)
    inputs = store.inputs(since=since, until=until, seen_before=seen_before, backlog=backlog)
    here = {raw.input for read in inputs for raw in read.articles}
    printed = store.printed_from(since=first - timedelta(days=settings.store.memory), before=first_day or day)
    return (
        *inputs,
        *(read for read in _changed(store, printed, since, min(until, seen_before)) if read.path not in here),
    )


def inputs_of(edition: Edition, store: Store, settings: Settings, made: datetime) -> tuple[Input, ...]:
    """Return the inputs an edition was made of, as the store had them at a moment.

    Those are what was collected for its day, what lay there before a source's first visit if it has some of that, and
    the articles that an editor held or took in, which its ledger names.
    """
    first_day = edition.imprint.first_day
    named = {entry.input: entry.article_id for entry in edition.ledger if entry.article_id}
    found = collected(store, settings, day=edition.day, now=made, first_day=first_day)
    if not _holds(found, named):
        whole = collected(store, settings, day=edition.day, now=made, first_day=first_day, backlog=True)
        # What an editor took in of the week before is not all of it.
        found = whole if {raw.input for read in whole for raw in read.articles} <= named.keys() else found
    there = {raw.input for read in found for raw in read.articles}
    missing = [key for name, key in named.items() if name not in there]
    return (*found, *(read for read in taken_in(store, missing, made) if read.path in named))


def with_editors_articles(
    inputs: Sequence[Input], store: Store, acts: Sequence[Act], held: Sequence[str], until: datetime
) -> tuple[Input, ...]:
    """Return inputs with the articles that an editor took in, and those of items held the day before."""
    there = {raw.input for read in inputs for raw in read.articles}
    wanted = [*held, *(key for act in acts if act.kind == "take in" for key in act.articles)]
    return (*inputs, *(read for read in taken_in(store, wanted, until) if read.path not in there))


def _holds(inputs: Sequence[Input], named: Collection[str]) -> bool:
    there = {raw.input for read in inputs for raw in read.articles}
    return all(name in there for name in named)


def newer_articles(
    store: Store, settings: Settings, day: date, made: datetime, now: datetime
) -> tuple[RawArticle, ...]:
    """Return the articles of a day that came after its draft was made."""
    before, since = (collected(store, settings, day=day, now=moment) for moment in (made, now))
    known = {raw.identity for read in before for raw in read.articles}
    return tuple(raw for read in since for raw in read.articles if raw.identity not in known)


def taken_in(store: Store, ids: Sequence[str], until: datetime) -> Iterator[Input]:
    """Yield articles of the store by their ids, as they were at a moment; those first seen later as they came."""
    for key in dict.fromkeys(ids):
        versions = store.versions(key)
        before = [version for version in versions if version.seen <= until] or versions[:1]
        raw = store.raw(key, before[-1].number) if before else None
        if raw is not None:
            yield Input(raw.input, (raw,))


def held_over(store: Store, day: date) -> tuple[str, ...]:
    """Return the ids of the articles of items that an editor held on the day before for this one."""
    before = store.day_of_acts_before(day)
    if before is None:
        return ()
    held = [bare_id(key) for e in in_effect(store.acts(before)) if e.act.kind == "hold" for key in e.act.story]
    printed = set(store.printed_from(since=before, before=day))
    return tuple(key for key in dict.fromkeys(held) if key not in printed)


def _changed(store: Store, ids: Sequence[str], since: datetime, until: datetime) -> Iterator[Input]:
    for key in ids:
        changes = [v for v in store.versions(key)[1:] if since <= v.seen < until]
        raw = store.raw(key, changes[-1].number) if changes else None
        if raw is not None:
            yield Input(raw.input, (raw,))


def window(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """Return the moments, UTC, at which the first day begins and the last one has ended where the desk is."""
    here = ZoneInfo(zone)
    start, end = (datetime(d.year, d.month, d.day, tzinfo=here) for d in (first, last + timedelta(days=1)))
    return start.astimezone(UTC), end.astimezone(UTC)


def keep_given(store: Store, settings: Settings, inputs: Sequence[Input], *, day: date, now: datetime) -> None:
    """Store the inputs of a build: the next days compare their articles with these.

    What is built for a day that is over is kept as if it had been seen on that day.
    """
    _, end = window(day, day, settings.briefing.time_zone)
    named = [
        replace(
            read,
            path=f"{GIVEN}/{read.path}",
            articles=tuple(replace(raw, input=f"{GIVEN}/{raw.input}") for raw in read.articles),
        )
        for read in inputs
        if read.articles
    ]
    store.add(GIVEN, named, seen=min(now, end - timedelta(seconds=1)), by_hand=True)
    raws = [raw for read in named for raw in read.articles]
    store.keep(clean_all(raws, today=day, time_zone=settings.briefing.time_zone))
