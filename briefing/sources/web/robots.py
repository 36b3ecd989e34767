"""Parses robots.txt as RFC 9309 says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

PRODUCT = "briefing"  # the name robots.txt files know this program by
MAX_RULES = 500 * 1024  # bytes of a robots.txt that are read: what RFC 9309 asks for at least
LONGEST_DELAY = 60.0  # seconds of a Crawl-delay that are honoured


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a host."""

    allows: Callable[[str], bool]  # an address → whether it may be fetched
    delay: float = 0.0  # seconds between two requests that it asks for


#: Of a host without a robots.txt.
ANYTHING = Rules(lambda url: True)


def read_rules(blob: bytes) -> Rules:
    """Return the rules for this program, or for all programs where it is not named."""
    text = blob[:MAX_RULES].decode("utf-8-sig", "replace")
    parsed = Protego.parse(text)
    delay = parsed.crawl_delay(PRODUCT) or 0.0
    return Rules(lambda url: parsed.can_fetch(url, PRODUCT), min(max(delay, 0.0), LONGEST_DELAY))
