"""Visits a subscription once and returns its new articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from briefing.errors import SourceError
from briefing.model import LOCAL_KINDS, Note, Standing, Subscription, SubscriptionKind, Visit
from briefing.sources.visits.context import Brought, Errand, after_failure, after_success, at_address
from briefing.sources.visits.feed import visit_feed
from briefing.sources.visits.local import visit_folder, visit_mailbox
from briefing.sources.visits.page import visit_page
from briefing.sources.visits.site import visit_site
from briefing.sources.web import Fetching

#: How each kind of subscription is visited.
VISITS: dict[SubscriptionKind, Callable[[Errand], Brought]] = {
    "feed": visit_feed,
    "site": visit_site,
    "page": visit_page,
    "folder": visit_folder,
    "mailbox": visit_mailbox,
}

__all__ = ["VISITS", "at_address", "is_local", "visit"]


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
) -> Visit:
    """Return the inputs a subscription offers now; a source that fails gives a visit with the reason and no inputs.

    Args:
        subscription: What to visit.
        standing: What the last visit left; a fresh one for the first.
        now: The moment of the visit, UTC.
        known: Whether the page at an address has been looked at: its article is kept, or it was found to hold none.
        fetching: How addresses are asked.

    Raises:
        SettingsError: An address elsewhere would be asked, and no contact is set.
    """
    before = at_address(standing, subscription)
    if is_local(subscription):
        return _visited(Errand(subscription, before, known, now), now)
    with fetching.visit(subscription.address, now) as session:
        return _visited(Errand(subscription, before, known, now, session), now)


def _visited(errand: Errand, now: datetime) -> Visit:
    kind = errand.subscription.kind
    try:
        brought = VISITS[kind](errand)
    except SourceError as error:
        note = Note(error.code or "E_IO", f"{error.message} {error.hint}".strip())
        return Visit((), after_failure(errand.standing, error, now), errand.requests, notes=(note,))
    unchanged = brought.fetched is not None and brought.fetched.unchanged
    standing = after_success(errand.standing, brought, now)
    return Visit(brought.inputs, standing, errand.requests, unchanged, brought.notes)
