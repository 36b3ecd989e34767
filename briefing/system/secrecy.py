"""Keeps what this process knows out of core dumps, and from other processes of the same user."""

from __future__ import annotations

import ctypes
import resource
from contextlib import suppress

_DUMPABLE = 4  # PR_SET_DUMPABLE of prctl(2)


def forbid_dumps() -> None:
    """Turn core dumps off for the rest of this process; on Linux its memory and environment are closed to others too.

    Whoever takes a password or a key calls this. Programs that are started afterwards are not affected.
    """
    with suppress(ValueError, OSError):  # where the system does not let us, nothing is lost that was there before
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, AttributeError):
        # A limit of size does not hold for dumps that go to a program, as systemd's do.
        ctypes.CDLL(None).prctl(_DUMPABLE, 0, 0, 0, 0)
