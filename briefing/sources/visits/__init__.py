"""Visits a subscription once and returns its new articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from briefing.errors import SourceError
from briefing.model import LOCAL_KINDS, Note, Standing, Subscription, SubscriptionKind, Visit
from briefing.sources.visits.context import Brought, Errand, after_failure, after_success, at_address, believed
from briefing.sources.visits.feed import visit_feed
from briefing.sources.visits.local import visit_folder, visit_mailbox
from briefing.sources.visits.page import visit_page
from briefing.sources.visits.site import visit_site
from briefing.sources.web import Fetched, Fetching

#: How each kind of subscription is visited.
VISITS: dict[SubscriptionKind, Callable[[Errand], Brought]] = {
    "feed": visit_feed,
    "site": visit_site,
    "page": visit_page,
    "folder": visit_folder,
    "mailbox": visit_mailbox,
}

WITHHELD = 3  # visits in a row after which a source that sends nothing is named

__all__ = ["VISITS", "at_address", "believed", "is_local", "visit"]


def is_local(subscription: Subscription) -> bool:
    """Return whether a subscription is read from local files."""
    return subscription.kind in LOCAL_KINDS


def visit(
    subscription: Subscription,
    standing: Standing,
    *,
    now: datetime,
    known: Callable[[str], bool],
    fetching: Fetching,
    zone: tzinfo = UTC,
) -> Visit:
    """Return the inputs a subscription offers now; a source that fails gives a visit with the reason and no inputs.

    Args:
        subscription: What to visit.
        standing: What the last visit left; a fresh one for the first.
        now: The moment of the visit, UTC.
        known: Whether the page at an address has been looked at: its article is kept, or it was found to hold none.
        fetching: How addresses are asked.
        zone: Of the moments in messages: the desk's.

    Raises:
        SettingsError: An address elsewhere would be asked, and no contact is set.
    """
    kept = at_address(standing, subscription)
    before = believed(kept, now)
    notes = () if before == kept else (_clock_note(subscription, kept, now, zone),)
    if is_local(subscription):
        return _visited(Errand(subscription, before, known, now), notes)
    with fetching.visit(subscription.address, now) as session:
        return _visited(Errand(subscription, before, known, now, session), notes)


def _visited(errand: Errand, notes: tuple[Note, ...]) -> Visit:
    kind = errand.subscription.kind
    try:
        brought = VISITS[kind](errand)
    except SourceError as error:
        note = Note(error.code or "E_IO", f"{error.message} {error.hint}".strip())
        return Visit((), after_failure(errand, error), errand.requests, notes=(*notes, note))
    unchanged = brought.fetched is not None and brought.fetched.unchanged
    standing = after_success(errand, brought)
    said = (*notes, *_moved(errand, brought.fetched), *_withheld(standing), *brought.notes)
    return Visit(brought.inputs, standing, errand.requests, unchanged, said)


def _clock_note(subscription: Subscription, kept: Standing, now: datetime, zone: tzinfo) -> Note:
    moments = (kept.last_try, kept.last_success, kept.moved_at, kept.not_before)
    latest = max(moment for moment in moments if moment is not None).astimezone(zone)
    here = now.astimezone(zone)
    message = (
        f"{subscription.name} was visited or put off at {latest:%Y-%m-%d %H:%M %Z} and now is {here:%Y-%m-%d %H:%M}: "
        "a clock was or is wrong. It was visited as if for the first time; set the clock if it is wrong now."
    )
    return Note("W_CLOCK", message)


def _moved(errand: Errand, fetched: Fetched | None) -> tuple[Note, ...]:
    """Return the note on a source that has moved, at each visit."""
    name = errand.subscription.name
    moved_to = fetched.moved_to if fetched else ""
    if fetched and moved_to and not fetched.sure:
        message = (
            f"{name} was redirected for good to {moved_to}, but over plain http, where anybody on the way can do that; "
            "it is asked at its own address again. If it has moved, set its address."
        )
        return (Note("W_FEED_MOVED", message),)
    moved_to = moved_to or ("" if errand.at_home else errand.standing.moved_to)
    return (Note("W_FEED_MOVED", f"{name} has moved for good; set its address to {moved_to}."),) if moved_to else ()


def _withheld(standing: Standing) -> tuple[Note, ...]:
    if standing.withheld < WITHHELD:
        return ()
    message = (
        f"{standing.subscription} was asked for everything {standing.withheld} times and answered that nothing has "
        "changed (304): none of it was read. Tell its publisher, or look at its address in a browser."
    )
    return (Note("W_NOT_MODIFIED", message),)
