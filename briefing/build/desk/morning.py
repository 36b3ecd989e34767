"""The morning: how far the day's round is, and the one thing to do next."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from briefing.build.collecting import healths
from briefing.build.desk.results import Delivered, Morning, NextAct, SourceHealth, Step
from briefing.build.drafts.state import State
from briefing.build.persistence import window
from briefing.errors import SettingsError
from briefing.model import Edition, Health, Subscription
from briefing.settings import Settings
from briefing.store import Store

#: Days after which a source that brought nothing is called silent, where it brought something before.
SILENT = timedelta(days=3)


def sources_of(settings: Settings, now: datetime) -> tuple[SourceHealth, ...]:
    """Return the sources that fail or are silent."""
    try:
        found = healths(settings, now)
    except SettingsError:  # none is set up
        return ()
    shown = ((subscription, health, _trouble(health, now)) for subscription, health in found)
    return tuple(_line(subscription, health, trouble) for subscription, health, trouble in shown if trouble)


def _trouble(health: Health, now: datetime) -> str:
    standing = health.standing
    if standing.gone:
        return "It is gone for good."
    if standing.error:
        times = f" ({standing.failures} visits in a row)" if standing.failures > 1 else ""
        return f"{standing.error}{times}"
    if health.newest and now - health.newest > SILENT:
        return f"It has brought nothing new for {(now - health.newest).days} days."
    return "" if standing.last_success else "It was never visited."


def _line(subscription: Subscription, health: Health, trouble: str) -> SourceHealth:
    standing = health.standing
    hint = "Change its address, or take it out of the settings." if standing.gone else ""
    if standing.moved_to:
        hint = f"It has moved; set its address to {standing.moved_to}."
    return SourceHealth(subscription.name, standing.last_try, health.newest, trouble, hint)


def morning_of(
    store: Store,
    settings: Settings,
    day: date,
    state: State | None,
    signed: Edition | None,
    *,
    now: datetime,
    late: int,
    mistakes: tuple[str, ...],
    sources: tuple[SourceHealth, ...],
) -> Morning:
    """Return the morning of a day from what is known of it.

    Args:
        store: The desk's.
        settings: The desk's.
        day: The edition's.
        state: The draft; None when there is none.
        signed: The edition of the day in the store; None when nothing is signed.
        now: The moment.
        late: Articles that came after the draft was made.
        mistakes: Lines of the sheet that cannot be taken.
        sources: Those in trouble.
    """
    start, end = window(day, day, settings.briefing.time_zone)
    visits = [health.standing.last_success for health in store.health(now) if health.standing.last_success]
    collected = max(visits, default=None)
    log = store.deliveries(day)
    sent = [one for one in log if one.state == "accepted"]
    stories = len(state.edition.stories) if state else len(signed.stories) if signed else 0
    sign = signed.signed if signed else None
    is_collected = collected is not None and start <= collected < end
    steps = (
        Step("collected", is_collected, collected, sum(one.articles for one in store.health(now))),
        Step("built", state is not None or signed is not None, state.stored.made if state else None, stories),
        Step("proved", state is not None, None, sum(1 for _ in state.edition.walk()) if state else 0),
        Step("waiting", signed is not None, None, len(state.effective) if state else 0),
        Step("signed", signed is not None, sign.moment if sign else None),
        Step("sent", bool(sent), max((one.changed for one in sent if one.changed), default=None), len(sent)),
    )
    return Morning(
        day=day,
        version=state.version if state else 0,
        steps=steps,
        next=_next(state, signed, late, sent=bool(log), is_collected=is_collected or not settings.sources),
        sources=sources,
        late=late,
        mistakes=mistakes,
        deliveries=tuple(Delivered(s, n) for s, n in sorted(Counter(one.state for one in log).items())),
        signed_by=sign.name if sign else "",
        pending=state.pending if state else 0,
    )


def _next(state: State | None, signed: Edition | None, late: int, *, sent: bool, is_collected: bool) -> NextAct:
    if signed is not None:
        return "" if sent else "send"
    if state is None:
        return "build" if is_collected else "collect"
    if late:
        return "load late"
    reviewed = any(entry.act.kind != "note" for entry in state.effective)
    return "sign" if reviewed else "review"
