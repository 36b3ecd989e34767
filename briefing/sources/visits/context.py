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
from briefing.sources.web.exchange import LONGEST_WAIT
from briefing.sources.web.fetched import bare

DAY = 86_400  # seconds
SLIP = timedelta(minutes=5)  # by which a clock may be put right without a word
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
        self.now = now
        self._session = session
        self._left = subscription.most
        self.complete = True
        self.at_home = True  # the subscription's own address was asked, and not where it has moved to
        self.asked_all = True  # and for everything, not for what has changed

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
        """Fetch the source: its own address, or where that has moved to if it said so within a day.

        What the content was last known by goes along only to where it came from. When the address cannot be had, what
        it last said of its new place is believed for another day.
        """
        standing, address = self.standing, self.subscription.address
        if not standing.moved_to:
            return self._source(address, standing.etag, standing.last_modified)
        if standing.moved_at is None or self.now - standing.moved_at >= timedelta(seconds=DAY):
            try:
                return self._source(address)
            except FetchError:
                self.standing = standing = replace(standing, moved_at=self.now)
        self.at_home = False
        return self._source(standing.moved_to, standing.etag, standing.last_modified)

    def _source(self, address: str, etag: str = "", last_modified: str = "") -> Fetched:
        self.asked_all = not (etag or last_modified)
        return self.session.get(address, etag=etag, last_modified=last_modified)

    def is_time_again(self, address: str) -> bool:
        """Return whether a known page is due to be fetched again for corrections: once a day.

        Every address has its second of the day; it is time when that has come since the last visit.
        """
        if self.standing.last_success is None:
            return True
        second = int.from_bytes(hashlib.sha256(address.encode("utf-8", "replace")).digest()[:4], "big") % DAY
        then, now = (int(moment.timestamp()) - second for moment in (self.standing.last_success, self.now))
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
        return bare(web_url(one)) == bare(web_url(other))
    except FetchError:
        return False


def at_address(standing: Standing, subscription: Subscription) -> Standing:
    """Return the standing of a subscription; a blank one when its address has changed since."""
    if standing.address in ("", subscription.address):
        return replace(standing, address=subscription.address)
    return Standing(subscription.name, subscription.address)


def believed(standing: Standing, now: datetime) -> Standing:
    """Return a standing without what a wrong clock left in it: moments after now, and a pause of more than a day."""
    latest = now + SLIP
    tried, success, moved = (
        moment if moment is None or moment <= latest else None
        for moment in (standing.last_try, standing.last_success, standing.moved_at)
    )
    pause = standing.not_before
    if pause is not None and (tried != standing.last_try or pause > latest + timedelta(seconds=LONGEST_WAIT)):
        pause = None
    return replace(standing, last_try=tried, last_success=success, moved_at=moved, not_before=pause)


def after_success(errand: Errand, brought: Brought) -> Standing:
    """Return the standing after a visit that succeeded, even if nothing had changed."""
    fetched, now = brought.fetched, errand.now
    standing = replace(errand.standing, last_try=now, last_success=now, not_before=None, failures=0, error="")
    if fetched is None:
        return standing
    standing = replace(standing, withheld=standing.withheld + 1 if fetched.unchanged and errand.asked_all else 0)
    if errand.at_home:
        moved_to = fetched.moved_to if fetched.sure else ""
        standing = replace(standing, moved_to=moved_to, moved_at=now if moved_to else None)
    elif fetched.moved_to and fetched.sure:
        standing = replace(standing, moved_to=fetched.moved_to)
    if fetched.unchanged and not errand.asked_all:
        return standing
    # What was left for the next visit is only seen again when the server says it all again; and the source is not asked
    # by what somebody on the way calls his own content.
    kept = brought.complete and fetched.sure and not fetched.unchanged
    return replace(standing, etag=fetched.etag if kept else "", last_modified=fetched.last_modified if kept else "")


def after_failure(errand: Errand, error: SourceError) -> Standing:
    """Return the standing after a visit that failed."""
    before, now = errand.standing, errand.now
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
