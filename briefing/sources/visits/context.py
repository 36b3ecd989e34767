"""The context of a visit: the subscription, its standing, and the one way to fetch an article's page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from briefing.errors import ArticleError, FetchError, SourceError
from briefing.model import Input, Note, RawArticle, Standing, Subscription
from briefing.sources.isolated import apart
from briefing.sources.opened import Reading
from briefing.sources.page import read_page
from briefing.sources.text import read_text
from briefing.sources.web import Fetched, Session, web_url

DAY = 86_400  # seconds
FORGIVING = 3  # failures in a row after which an address we were moved to is given up for the one that was set
MAX_KEY = 500  # characters of a key in the ledger


@dataclass(frozen=True, slots=True)
class Brought:
    """The result of a visit."""

    inputs: tuple[Input, ...] = ()
    notes: tuple[Note, ...] = ()  # of the source itself
    fetched: Fetched | None = None  # the source's own address, when it has one
    complete: bool = True  # nothing was left for the next visit


class Errand:
    """One visit: its subscription, its standing, and the number of pages it may still fetch."""

    def __init__(
        self,
        subscription: Subscription,
        standing: Standing,
        known: Callable[[str], bool],
        now: datetime,
        session: Session | None = None,
    ) -> None:
        self.subscription = subscription
        self.standing = standing
        self.known = known
        self._now = now
        self._session = session
        self._left = subscription.most
        self.complete = True

    @property
    def session(self) -> Session:
        """Return the HTTP session of this visit."""
        assert self._session is not None, "a visit to this machine's files asks no server"
        return self._session

    @property
    def requests(self) -> int:
        """Return how many requests were made."""
        return self._session.requests if self._session else 0

    def source(self) -> Fetched:
        """Fetch the source's own address with a conditional request."""
        standing = self.standing
        return self.session.get(
            standing.moved_to or self.subscription.address,
            etag=standing.etag,
            last_modified=standing.last_modified,
        )

    def is_time_again(self, address: str) -> bool:
        """Return whether a known page is due to be fetched again for corrections: once a day.

        Every address has its second of the day; it is time when that has come since the last visit.
        """
        if self.standing.last_success is None:
            return True
        second = int.from_bytes(hashlib.sha256(address.encode("utf-8", "replace")).digest()[:4], "big") % DAY
        then, now = (int(moment.timestamp()) - second for moment in (self.standing.last_success, self._now))
        return now // DAY > then // DAY

    def may_fetch(self) -> bool:
        """Count one more page and return whether it may be fetched; the rest is left for the next visit."""
        if self._left <= 0 or self.session.is_over:
            self.complete = False
            return False
        self._left -= 1
        return True

    def key(self, identity: str) -> str:
        """Return the ledger key of a name the source uses: the same on every visit."""
        if len(identity) > MAX_KEY:
            identity = identity[: MAX_KEY - 17] + "#" + hashlib.sha256(identity.encode()).hexdigest()[:16]
        return f"{self.subscription.name}/{identity}"

    def kept(self, key: str, raw: RawArticle, *notes: Note) -> Input:
        """Return an article as an input of its own, with the subscription's fields where it has none itself."""
        ours = replace(
            raw,
            input=key,
            outlet=raw.outlet or self.subscription.outlet,
            language=raw.language or self.subscription.language,
            notes=(*raw.notes, *notes),
            identity="",  # the store knows whose it is
        )
        return Input(key, (ours,))

    def page(self, address: str) -> Input:
        """Fetch the article at an address; an input with the reason when there is none."""
        key = self.key(address)
        try:
            return self.read(key, self.session.get(address))
        except ArticleError as error:
            return Input(key, notes=(Note(error.code, f"{error.message} {error.hint}".strip()),))

    def read(self, key: str, fetched: Fetched) -> Input:
        """Return the article of a page that was fetched.

        Raises:
            ArticleError: It holds none.
        """
        reading = _read(key, fetched)
        raw = reading.articles[0]
        # A page may call itself by a shorter address, but not by another house's.
        url = raw.url if raw.url and same_host(raw.url, fetched.url) else fetched.url
        return self.kept(key, replace(raw, url=url), *reading.notes)


def _read(key: str, fetched: Fetched) -> Reading:
    if fetched.kind == "text/plain":
        return read_text(fetched.opened(key, ".txt"))
    if fetched.kind.startswith(("image/", "audio/", "video/", "font/")) or fetched.kind == "application/pdf":
        raise ArticleError(
            f"{key} is not a page but {fetched.kind}.", "Give an address of a page.", code="E_UNSUPPORTED"
        )
    return apart(read_page, fetched.opened(key, ".html"))


def same_host(one: str, other: str) -> bool:
    """Return whether two addresses are of one host; a "www." counts for nothing."""
    try:
        return _bare_host(one) == _bare_host(other)
    except FetchError:
        return False


def _bare_host(address: str) -> str:
    return web_url(address).host.removeprefix("www.")


def at_address(standing: Standing, subscription: Subscription) -> Standing:
    """Return the standing of a subscription; a blank one when its address has changed since."""
    if standing.address in ("", subscription.address):
        return replace(standing, address=subscription.address)
    return Standing(subscription.name, subscription.address)


def after_success(before: Standing, brought: Brought, now: datetime) -> Standing:
    """Return the standing after a visit that succeeded, even if nothing had changed."""
    fetched = brought.fetched
    standing = replace(before, last_try=now, last_success=now, not_before=None, failures=0, error="")
    if fetched is None:
        return standing
    standing = replace(standing, moved_to=fetched.moved_to or standing.moved_to)
    if fetched.unchanged:
        return standing
    # What was left for the next visit is only seen again when the server says it all again.
    kept = (fetched.etag, fetched.last_modified) if brought.complete else ("", "")
    return replace(standing, etag=kept[0], last_modified=kept[1])


def after_failure(before: Standing, error: SourceError, now: datetime) -> Standing:
    """Return the standing after a visit that failed."""
    wait = error.wait if isinstance(error, FetchError) else 0.0
    failures = before.failures + 1
    given_up = before.moved_to and failures >= FORGIVING
    return replace(
        before,
        moved_to="" if given_up else before.moved_to,
        etag="" if given_up else before.etag,
        last_modified="" if given_up else before.last_modified,
        last_try=now,
        not_before=now + timedelta(seconds=wait) if wait else None,
        gone=error.code == "E_FETCH_GONE",
        failures=failures,
        error=error.message,
    )
