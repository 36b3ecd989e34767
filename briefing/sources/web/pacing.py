"""A host in, the moment it may be asked again out: nobody is asked twice in a hurry."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Pace:
    """When each host may be asked next, whoever asks: several visits may share it, from several threads."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], object]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, delay: float) -> None:
        """Return when a host may be asked, and keep others from it for ``delay`` seconds from then on."""
        with self._lock:
            now = self._clock()
            at = max(now, self._next.get(host, now))
            self._next[host] = at + delay
        if at > now:
            self._sleep(at - now)
