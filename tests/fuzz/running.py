"""One input given to one target: what it raises, and how long it takes."""

from __future__ import annotations

import time
from contextlib import suppress

from tests.fuzz.targets import REFUSALS, SECONDS, SECONDS_PER_BYTE, TARGETS

LONGEST = 16_384  # bytes that a repeated input is repeated to


class TooSlowError(AssertionError):
    """An input took longer than its length allows."""


def run(target: str, data: bytes, *, timed: bool = True) -> None:
    """Give an input to a target.

    The first byte chooses among the ways in; with its highest bit the rest is repeated to `LONGEST` bytes, which shows
    what grows faster than its length.

    Raises:
        AssertionError: Something does not hold.
        TooSlowError: It does, after too long a time, where that is measured.
        Exception: Whatever else was raised and must not be.
    """
    choice, body = (data[0], data[1:]) if data else (0, b"")
    if choice & 0x80 and body:
        body = (body * (LONGEST // len(body) + 1))[:LONGEST]
    started = time.process_time()
    with suppress(*REFUSALS):  # refused, as it should be
        TARGETS[target](choice & 0x7F, body)
    seconds = time.process_time() - started
    if timed and seconds > SECONDS + SECONDS_PER_BYTE * len(body):
        raise TooSlowError(f"{target} took {seconds:.1f} s for {len(body)} bytes")
