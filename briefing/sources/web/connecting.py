"""Connects to a host: its addresses are resolved once, checked, and dialled; every wait ends at one deadline."""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpcore2

from briefing.errors import FetchError
from briefing.sources.opened import shown_name
from briefing.sources.web.addresses import IPAddress, why_refused

MOST_ADDRESSES = 4  # of one host that are tried
MAX_CONNECT = 10.0  # seconds for one address to answer at all
SLICE = 0.5  # seconds after which a wait looks whether it is still wanted

#: Returns every address of a host.
Resolve = Callable[[str], tuple[IPAddress, ...]]


def resolve_name(host: str) -> tuple[IPAddress, ...]:
    """Return every address of a host, in the system's order.

    Raises:
        OSError: There is none, or nobody who could say.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(ipaddress.ip_address(entry[4][0]) for entry in found))


class Deadline:
    """A countdown of seconds that runs only while something is waited for."""

    def __init__(self, clock: Callable[[], float], stopped: threading.Event | None = None) -> None:
        self._clock = clock
        self._stopped = stopped or threading.Event()
        self._left = 0.0
        self._since: float | None = None

    def begin(self, seconds: float) -> None:
        """Start a new countdown."""
        self._left = seconds

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run the countdown within the block."""
        self._since = self._clock()
        try:
            yield
        finally:
            self._left -= self._clock() - self._since
            self._since = None

    def left(self) -> float:
        """Return the seconds left, above 0.

        Raises:
            httpcore2.TimeoutException: There are none, or nobody waits any more.
        """
        passed = 0.0 if self._since is None else self._clock() - self._since
        if self._left <= passed or self._stopped.is_set():
            raise httpcore2.ReadTimeout("the time is over")
        return self._left - passed


class Connector(httpcore2.NetworkBackend):
    """Connects to hosts: resolves a name once, checks every address, and dials one of these very addresses.

    The name of the host still goes into the TLS handshake and the Host header; proxy variables mean nothing here.
    """

    def __init__(
        self,
        *,
        resolve: Resolve,
        dial: httpcore2.NetworkBackend,
        deadline: Deadline,
        loopback: bool,
        private: bool = False,
    ) -> None:
        self._resolve = resolve
        self._dial = dial
        self._deadline = deadline
        self._loopback = loopback
        self._private = private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Return a connection to a host, all of whose addresses must be allowed.

        Raises:
            FetchError: One of its addresses may not: E_FETCH_REFUSED.
            httpcore2.ConnectError: It has no address, or none of them answers.
        """
        addresses = self._addresses(host)
        for address in addresses:
            why = why_refused(address, loopback=self._loopback, private=self._private)
            if why:
                hint = (
                    "Set [collect] loopback = true if the source is a server of yours." if why == "this machine" else ""
                )
                message = f"{shown_name(host)} leads to {address}, which is {why}; it is not connected to."
                raise FetchError(message, hint, code="E_FETCH_REFUSED")
        trouble: Exception = httpcore2.ConnectError(f"{shown_name(host)} has no address")
        for address in addresses[:MOST_ADDRESSES]:
            try:
                seconds = min(self._deadline.left(), MAX_CONNECT)
                stream = self._dial.connect_tcp(str(address), port, seconds, None, socket_options)
                return _TimedStream(stream, self._deadline)
            except (httpcore2.NetworkError, httpcore2.ConnectTimeout) as error:
                trouble = error
        raise trouble

    def _addresses(self, host: str) -> tuple[IPAddress, ...]:
        """Return the resolver's answer before the deadline; it runs in a thread, as the system's takes no timeout."""
        said: queue.SimpleQueue[tuple[IPAddress, ...] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                said.put(self._resolve(host))
            except (OSError, ValueError) as error:  # ValueError: a label that no name may have
                said.put(error)

        threading.Thread(target=ask, daemon=True).start()
        answer: tuple[IPAddress, ...] | Exception | None = None
        while answer is None:
            with suppress(queue.Empty):
                answer = said.get(timeout=min(self._deadline.left(), SLICE))
        if isinstance(answer, Exception):
            raise httpcore2.ConnectError(f"{shown_name(host)} has no address") from answer
        return answer


class _TimedStream(httpcore2.NetworkStream):
    """A connection whose every wait ends at the deadline, whatever timeout it is given."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while True:
            seconds = min(self._deadline.left(), SLICE)  # raises at the end
            with suppress(httpcore2.ReadTimeout):
                return self._stream.read(max_bytes, seconds)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
