"""The HTTP client: the only way to the web, with robots.txt, pacing, retries and limits."""

from __future__ import annotations

import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import cache
from types import TracebackType

import httpcore2
import httpx2

from briefing.errors import FetchError, SettingsError
from briefing.sources.opened import shown_name
from briefing.sources.web.addresses import is_this_machine
from briefing.sources.web.connecting import Connector, Deadline, Resolve, resolve_name
from briefing.sources.web.exchange import REDIRECTS, Answer, exchange
from briefing.sources.web.fetched import Fetched, bare, fetched_from, host_of, redirected, web_url
from briefing.sources.web.pacing import Pace
from briefing.sources.web.robots import ANYTHING, PRODUCT, Rules, read_rules
from briefing.version import VERSION

MAX_REDIRECTS = 5
PAUSES = (2.0, 8.0)  # seconds before the second and the third try of what may pass
MAX_VISIT = 900.0  # seconds after which a visit begins no further request
MAX_TROUBLE = 3  # addresses of a host that fail in a row and need not, before it is left alone in this visit

_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.5"
)


class Fetching:
    """The shared state of a run's fetching: identity, delays, and the rules of each host.

    Args:
        contact: A web or mail address that servers are told; needed for all but this machine.
        delay: Seconds between two requests to one host; its robots.txt may ask for more.
        deadline: Seconds for one request, redirects and body included.
        loopback: Whether a source whose own address is this machine's may be asked.
        resolve: A host's name → all its addresses.
        dial: What connects to an address that was checked.
        clock: Seconds that pass, from any beginning.
        sleep: Waits so many seconds; by default until `stop` is called at most.
    """

    def __init__(
        self,
        *,
        contact: str = "",
        delay: float = 1.0,
        deadline: float = 30.0,
        loopback: bool = False,
        resolve: Resolve = resolve_name,
        dial: httpcore2.NetworkBackend | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self.contact = contact
        self.delay = delay
        self.seconds = deadline
        self.loopback = loopback
        self.resolve = resolve
        self.dial = dial or httpcore2.SyncBackend()
        self.clock = clock
        self.stopped = threading.Event()
        self.sleep = sleep or self.stopped.wait
        self.pace = Pace(clock, self.sleep)
        self.rules: dict[str, Rules] = {}  # by scheme, host and port
        self._turns: dict[str, threading.Lock] = {}

    @property
    def agent(self) -> str:
        """Return the User-Agent: name, version and contact."""
        return f"{PRODUCT}/{VERSION}" + (f" (+{self.contact})" if self.contact else "")

    def turn(self, home: str) -> threading.Lock:
        """Return the lock of a host's robots.txt, so that two visits do not fetch it at a time."""
        return self._turns.setdefault(home, threading.Lock())

    def stop(self) -> None:
        """Stop every running visit, within a second or so."""
        self.stopped.set()

    def check(self, home: str) -> None:
        """Check that a contact is set for a source that is not on this machine.

        Raises:
            SettingsError: It is elsewhere, and no contact is set.
        """
        if not self.contact and not is_this_machine(host_of(home)):
            raise SettingsError(
                "Nothing is fetched without an address that servers can write to.",
                'Set contact under [collect] in briefing.toml, such as contact = "desk@example.org".',
                code="E_CONFIG",
            )

    def visit(self, home: str, now: datetime) -> Session:
        """Return the HTTP session of one visit to a source.

        Args:
            home: The source's own address: where it is this machine's, that host and port may be asked and no other
                of this machine.
            now: For dates that servers state.

        Raises:
            SettingsError: As `check`.
        """
        self.check(home)
        own = web_url(home) if self.loopback and is_this_machine(host_of(home)) else None
        return Session(self, own.netloc if own else b"", now)


class Session:
    """The requests of one visit: counted, sequential, over persistent connections."""

    def __init__(self, fetching: Fetching, own: bytes, now: datetime) -> None:
        self._fetching = fetching
        self._own = own  # host and port of this machine that may be asked; empty for none
        self._now = now
        self._deadline = Deadline(fetching.clock, fetching.stopped)
        self._pools = {loopback: self._pool(loopback) for loopback in (False, True)}
        self._over = fetching.clock() + MAX_VISIT
        self._trouble: Counter[str] = Counter()  # by host: requests in a row that failed
        self._left_alone: dict[str, FetchError] = {}  # by host: why it is not asked again
        self.requests = 0

    def __enter__(self) -> Session:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            pool.close()

    def _pool(self, loopback: bool) -> httpcore2.ConnectionPool:
        said = self._fetching
        line = Connector(resolve=said.resolve, dial=said.dial, deadline=self._deadline, loopback=loopback)
        return httpcore2.ConnectionPool(
            ssl_context=_trusted(), max_connections=4, keepalive_expiry=30.0, network_backend=line
        )

    @property
    def is_over(self) -> bool:
        """Return whether the visit has used up its time, so that nothing more is begun."""
        return self._fetching.stopped.is_set() or self._fetching.clock() >= self._over

    def get(self, address: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """Return the content of an address, after redirects; temporary failures are retried, three attempts in all.

        Args:
            address: http or https.
            etag: As an earlier answer had it; with the next one, asks for the content only if it has changed.
            last_modified: As an earlier answer had it.

        Raises:
            FetchError: It cannot be had, or may not be.
        """
        conditions = [("If-None-Match", etag), ("If-Modified-Since", last_modified)]
        host = web_url(address).host
        try:
            fetched = self._patiently(address, [(name, value) for name, value in conditions if value])
        except FetchError as error:
            self._trouble[host] += error.passing or error.code == "E_FETCH_TIMEOUT"
            if self._trouble[host] >= MAX_TROUBLE:
                self._leave_alone(host, error)
            raise
        self._trouble[host] = 0
        return fetched

    def _patiently(self, address: str, headers: list[tuple[str, str]]) -> Fetched:
        for pause in PAUSES:
            try:
                return self._once(address, headers)
            except FetchError as error:
                if not error.passing:
                    raise
            self._fetching.sleep(pause)
        return self._once(address, headers)

    def _once(self, address: str, headers: list[tuple[str, str]]) -> Fetched:
        url, moved_to, for_ever, sure = web_url(address), "", True, True
        self._deadline.begin(self._fetching.seconds)
        for _ in range(MAX_REDIRECTS + 1):
            rules = self._rules_of(url)
            if not rules.allows(str(url)):
                message = f"{shown_name(str(url))} is not for programs: the robots.txt of its host says so."
                raise FetchError(message, "Ask its publisher, or remove it from the sources.", code="E_FETCH_ROBOTS")
            answer = self._ask(url, headers, max(self._fetching.delay, rules.delay))
            if answer.status not in REDIRECTS:
                return fetched_from(url, answer, moved_to, sure=sure)
            asked, url = url, redirected(url, answer)
            sure = sure and (asked.scheme == "https" or bare(asked) == bare(url))
            for_ever = for_ever and answer.permanent
            moved_to = str(url) if for_ever else moved_to
        message = f"{shown_name(address)} redirects more than {MAX_REDIRECTS} times."
        raise FetchError(message, "Open it in a browser, and give the address it ends at.", code="E_FETCH")

    def _ask(self, url: httpx2.URL, headers: list[tuple[str, str]], delay: float) -> Answer:
        """Send one request when the host may be asked; waiting for that does not count against the deadline."""
        host = url.host
        if host in self._left_alone:
            raise self._left_alone[host]
        if not self._fetching.contact and not is_this_machine(host):
            message = f"{shown_name(str(url))} is elsewhere, and no contact is set under [collect]."
            raise FetchError(message, "Set contact to your e-mail address.", code="E_FETCH_REFUSED")
        self._fetching.pace.wait(host, delay)
        if self._fetching.stopped.is_set():
            raise FetchError(f"{shown_name(str(url))} was not asked: the run was stopped.", code="E_FETCH")
        self.requests += 1
        ours = [("User-Agent", self._fetching.agent), ("Accept", _ACCEPT), ("Accept-Encoding", "gzip, deflate")]
        try:
            with self._deadline.running():
                own = bool(self._own) and url.netloc == self._own
                return exchange(self._pools[own], url, [*ours, *headers], self._now)
        except FetchError as error:
            if error.wait:
                self._leave_alone(host, error)
            raise

    def _leave_alone(self, host: str, error: FetchError) -> None:
        """Stop asking a host: this error is raised for the rest of the visit."""
        self._left_alone[host] = FetchError(error.message, error.hint, code=error.code, wait=error.wait)

    def _rules_of(self, url: httpx2.URL) -> Rules:
        """Return the robots.txt rules of an address's host, fetched once a run.

        Raises:
            FetchError: Nobody can say: the host does not answer, or answers with an error of its own.
        """
        home = f"{url.scheme}://{url.netloc.decode('ascii')}"
        known = self._fetching.rules
        with self._fetching.turn(home):
            if home not in known:
                known[home] = self._read_rules(httpx2.URL(f"{home}/robots.txt"))
        return known[home]

    def _read_rules(self, url: httpx2.URL) -> Rules:
        for _ in range(MAX_REDIRECTS + 1):
            try:
                answer = self._ask(url, [], self._fetching.delay)
            except FetchError as error:
                if 400 <= error.status < 500 and not error.wait:
                    return ANYTHING  # there are none
                raise
            if answer.status not in REDIRECTS:
                return read_rules(answer.blob)
            url = redirected(url, answer)
        return ANYTHING


@cache
def _trusted() -> ssl.SSLContext:
    """Return the TLS context with the system's certificates; cached, as loading them is slow."""
    return httpcore2.default_ssl_context()
