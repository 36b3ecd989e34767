"""What tests of fetching share: names that all lead to one server on loopback, time that passes at once."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime

import httpcore2

from briefing.sources.web import Fetching

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
PUBLIC = "93.184.216.34"  # any address of the open net: nothing is ever sent there


class Detour(httpcore2.NetworkBackend):
    """Connects to the server on loopback instead, and remembers where the program wanted to go."""

    def __init__(self, server):
        self.server, self.wanted = server, []

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.wanted.append((host, port))
        return httpcore2.SyncBackend().connect_tcp(
            "127.0.0.1", self.server.port, timeout, local_address, socket_options
        )


class Clock:
    """Seconds that pass only while somebody sleeps."""

    def __init__(self):
        self.now, self.naps = 1000.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.naps.append(seconds)
        self.now += seconds


def elsewhere(server, **more):
    """Fetching for which every name is a host of the open net, played by the server; nobody waits."""
    given = {"contact": "desk@example.org", "delay": 0.0, "deadline": 5.0, "sleep": lambda seconds: None}
    given |= {"resolve": lambda host: (_literal(host) or ipaddress.ip_address(PUBLIC),), "dial": Detour(server)}
    return Fetching(**(given | more))


def _literal(host):
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
