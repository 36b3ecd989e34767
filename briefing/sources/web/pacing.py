"""Rate limiting per host."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Pace:
    """When each host may be asked next; shared by the threads of all visits."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], object]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, delay: float) -> None:
        """Wait until a host may be asked, and reserve the next ``delay`` seconds."""
        with self._lock:
            now = self._clock()
            at = max(now, self._next.get(host, now))
            self._next[host] = at + delay
        if at > now:
            self._sleep(at - now)
