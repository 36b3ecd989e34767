"""The result of one delivery attempt, in the states of the delivery log."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from briefing.model import Code, DeliveryState

_LONGEST = 200  # characters of a reply that are kept
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\u00a1-\u2027\u202f-\u2065\u2070-\ud7ff]+")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of an attempt, or why there was none."""

    state: DeliveryState  # "pending" when nothing was attempted
    code: Literal[Code, ""] = ""  # empty when all is well
    reply: str = ""  # the other side's last words or what we saw, one line
    again: bool = False  # another attempt in the same run may end better
    stop: bool = False  # it concerns the carrier, not the parcel: the parcels behind it are not tried


def one_line(reply: bytes | str) -> str:
    """Return a remote machine's reply as one short line that is safe on a terminal."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    plain = " ".join(_UNPRINTABLE.sub(" ", text).split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
