"""Visits subscriptions in parallel and stores their articles; each visit is stored whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from threading import Lock
from zoneinfo import ZoneInfo

from briefing.build.desk_store import clean_collected, has_store, open_store
from briefing.errors import SettingsError
from briefing.model import Added, Health, Standing, Subscription, Visit
from briefing.settings import Settings
from briefing.sources.visits import at_address, believed, is_local, visit
from briefing.sources.web import Fetching
from briefing.store import Store

AT_ONCE = 8  # visits at a time; a host is asked no faster for it
LONGEST = timedelta(days=1)  # between two visits to a source that keeps failing


@dataclass(frozen=True, slots=True)
class Collected:
    """The result of one subscription in one run."""

    subscription: Subscription
    visit: Visit | None = None  # None: it was not visited
    added: Added | None = None  # what the store made of it; None when it was not visited, or the visit failed
    why_not: str = ""  # it was not visited, as the rest of a sentence: "is not due before 06:00 UTC"

    @property
    def failed(self) -> bool:
        """Return whether the visit failed."""
        return self.visit is not None and bool(self.visit.standing.error)

    @property
    def rejected(self) -> int:
        """Return how many of its articles could not be read."""
        return sum(not one.articles for one in self.visit.inputs) if self.visit else 0


#: Called with a subscription's name, how many are done, and how many there are.
Progress = Callable[[str, int, int], None]


def _silent(name: str, done: int, total: int) -> None:
    """Ignore progress."""


def subscriptions_of(settings: Settings) -> tuple[Subscription, ...]:
    """Return the subscriptions of the settings, in their order.

    Raises:
        SettingsError: Nothing.
    """
    if not settings.sources:
        raise SettingsError(
            "No source is set up.",
            "Add a [[sources]] table to briefing.toml; docs/collect.md shows some.",
            code="E_CONFIG",
        )
    return tuple(source.subscription(settings.folder) for source in settings.sources)


def fetching_of(settings: Settings) -> Fetching:
    """Return the fetch parameters of the settings."""
    said = settings.collect
    return Fetching(contact=said.contact, delay=said.delay, deadline=said.deadline, loopback=said.loopback)


def collect(
    store: Store,
    settings: Settings,
    *,
    now: datetime,
    names: Sequence[str] = (),
    everything: bool = False,
    fetching: Fetching | None = None,
    progress: Progress = _silent,
) -> tuple[Collected, ...]:
    """Visit every subscription that is due and store what it brings; return the results, in the settings' order.

    Args:
        store: Where to keep it: a transaction for each subscription.
        settings: What is subscribed to, and how to fetch.
        now: The moment of the visits, UTC.
        names: Only these, due or not; empty for all.
        everything: All, due or not.
        fetching: How addresses are asked; as the settings say when not given.
        progress: Called with the source's name, how many are done, and how many there are.

    Raises:
        SettingsError: Nothing is subscribed to, a name is none of a subscription, or no contact is set.
        StoreError: What was brought cannot be kept.
    """
    fetching = fetching or fetching_of(settings)
    wanted = _chosen(subscriptions_of(settings), names)
    standings = store.standings()
    known = {s.name: standings.get(s.name, Standing(s.name)) for s in wanted}
    forced = everything or bool(names)
    zone = ZoneInfo(settings.briefing.time_zone)
    here = now.astimezone(zone)
    not_now = {s.name: why_not(s, known[s.name], here, forced=forced) for s in wanted}
    due = [s for s in wanted if not not_now[s.name]]
    for subscription in due:
        if not is_local(subscription):
            fetching.check(subscription.address)
    done = {one.subscription.name: one for one in _visited(store, due, known, now, fetching, progress, zone)}
    clean_collected(store, settings, today=here.date())
    return tuple(done.get(s.name) or Collected(s, why_not=not_now[s.name]) for s in wanted)


def why_not(subscription: Subscription, standing: Standing, now: datetime, *, forced: bool = False) -> str:
    """Return why a subscription is not due, as the rest of a sentence; empty when it is.

    Args:
        subscription: Which.
        standing: What is known of it.
        now: The moment; moments are told in its zone.
        forced: Due or not; what its server asked for holds all the same.
    """
    standing = believed(at_address(standing, subscription), now)
    if standing.gone:
        return "is gone for good; change its address or remove it"
    if standing.not_before and standing.not_before > now:
        return f"asked not to be visited before {_clock(standing.not_before.astimezone(now.tzinfo))}"
    due = next_visit(subscription, standing)
    return f"is not due before {_clock(due.astimezone(now.tzinfo))}" if due and due > now and not forced else ""


def next_visit(subscription: Subscription, standing: Standing) -> datetime | None:
    """Return when a subscription is due; None when it was never visited, or must not be visited again.

    A source that fails is visited half as often each time, once a day at least unless it is set to less.
    """
    standing = at_address(standing, subscription)
    if standing.last_try is None or standing.gone:
        return None
    every = timedelta(minutes=subscription.every)
    pause = max(every, min(every * (1 << min(standing.failures, 12)), LONGEST))
    return max(standing.last_try + pause, standing.not_before or standing.last_try)


def healths(settings: Settings, now: datetime) -> tuple[tuple[Subscription, Health], ...]:
    """Return the health of each subscription of the settings, in their order; no store is created for it.

    Raises:
        SettingsError: Nothing is subscribed to.
        StoreError: The store cannot be read.
    """
    wanted = subscriptions_of(settings)
    known: dict[str, Health] = {}
    if has_store(settings):
        with open_store(settings, create=False) as store:
            known = {health.standing.subscription: health for health in store.health(now)}
    fresh = ((s, Health(Standing(s.name), articles=0, per_day=0.0, newest=None)) for s in wanted)
    found = ((s, known.get(s.name, none)) for s, none in fresh)
    return tuple((s, replace(health, standing=believed(at_address(health.standing, s), now))) for s, health in found)


def _chosen(subscriptions: tuple[Subscription, ...], names: Sequence[str]) -> tuple[Subscription, ...]:
    there = [subscription.name for subscription in subscriptions]
    for name in names:
        if name not in there:
            raise SettingsError(f"No source is called {name[:80]!r}.", f"Use one of {', '.join(there)}.")
    return tuple(s for s in subscriptions if not names or s.name in names)


def _visited(
    store: Store,
    due: Sequence[Subscription],
    known: Mapping[str, Standing],
    now: datetime,
    fetching: Fetching,
    progress: Progress,
    zone: tzinfo,
) -> Iterator[Collected]:
    """Yield the result of each visit, in order, once it is stored; a bug in one does not stop the others."""
    turn = Lock()  # the store is one connection: its users take turns
    mistakes: list[Exception] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        visits = [
            pool.submit(visit, s, known[s.name], now=now, known=_known(store, s, turn), fetching=fetching, zone=zone)
            for s in due
        ]
        try:
            for number, (subscription, running) in enumerate(zip(due, visits, strict=True), 1):
                try:
                    brought = running.result()
                except Exception as error:  # told once the others are kept
                    mistakes.append(error)
                    continue
                with turn:
                    added = _keep(store, subscription, brought, now)
                progress(subscription.name, number, len(due))
                yield Collected(subscription, brought, added)
        except BaseException:
            fetching.stop()
            pool.shutdown(cancel_futures=True)
            raise
    if mistakes:
        raise mistakes[0]


def _keep(store: Store, subscription: Subscription, brought: Visit, now: datetime) -> Added | None:
    """Store articles first, then the standing: killed between the two, the source is only visited again."""
    added = None if brought.standing.error else store.add(subscription.name, brought.inputs, seen=now)
    store.keep_standing(brought.standing)
    return added


def _known(store: Store, subscription: Subscription, turn: Lock) -> Callable[[str], bool]:
    """Return a predicate that tells whether a page was visited before, article or not."""

    def known(address: str) -> bool:
        with turn:
            refused = store.refused(subscription.name, f"{subscription.name}/{address}")
            return store.known(address, subscription.name) or any(
                not note.code.startswith("E_FETCH") for note in refused
            )

    return known


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} {moment.tzname()}"
