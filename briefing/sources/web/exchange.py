"""One HTTP request and its response; redirects are returned, all other failures raised."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore2
import httpx2

from briefing.errors import FetchError
from briefing.model import Code
from briefing.sources.files import MAX_BYTES
from briefing.sources.opened import shown_name
from briefing.sources.web.bodies import cut_off, read_body, too_large

LONGEST_WAIT = 86_400.0  # seconds of a Retry-After that are honoured
USUAL_WAIT = 3_600.0  # seconds to stay away after a 429 that does not say for how long
SHORTEST_WAIT = 60.0  # seconds to stay away at least when a server asks for it
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
#: What a status means to the desk, and what to do about it; no way around a login or a paywall is ever tried.
_REFUSALS = {
    204: ("has no content (204)", ""),
    205: ("has no content (205)", ""),
    401: ("asks to log in (401)", "Sources behind a login are not read."),
    402: ("asks to be paid (402)", "Sources behind a paywall are not read."),
    403: ("refuses to be read by programs (403)", "Ask its publisher."),
    404: ("is not there (404)", "Check the address."),
    407: ("asks to log in (407)", "Sources behind a login are not read."),
    410: ("is gone for good (410)", "It is not asked again; change its address or remove it."),
    451: ("may not be shown, for legal reasons (451)", ""),
}
_CUT = re.compile(r"without sending complete message body|incomplete chunked read", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """The response to one request."""

    status: int
    headers: dict[str, str]  # names in lower case; repeated ones joined with commas
    blob: bytes = b""  # of a 200 only

    @property
    def permanent(self) -> bool:
        """Return whether a redirect is permanent."""
        return self.status in _PERMANENT


def exchange(
    pool: httpcore2.ConnectionPool, url: httpx2.URL, headers: Iterable[tuple[str, str]], now: datetime
) -> Answer:
    """Send a GET and return the response: content, a redirect, or not modified (304).

    The body of a redirect or refusal is not read. Nothing is kept of cookies.

    Raises:
        FetchError: Anything else.
    """
    shown = shown_name(str(url))
    given = [("Host", url.netloc.decode("ascii")), *headers]
    raw = [(name.encode("ascii"), value.encode("ascii")) for name, value in given]
    target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host.strip(b"[]"), port=url.port, target=url.raw_path)
    try:
        with pool.stream("GET", target, headers=raw) as response:
            said = _headers(response.headers)
            if response.status in REDIRECTS or response.status == 304:
                return Answer(response.status, said)
            _refuse(response.status, said, shown, now)
            length = said.get("content-length", "")[:20]
            if length.isdecimal() and int(length) > MAX_BYTES:
                raise too_large(shown)
            body = read_body(response.iter_stream(), said.get("content-encoding", ""), shown)
            return Answer(response.status, said, body)
    except httpcore2.TimeoutException as error:
        raise FetchError(f"{shown} did not answer in time.", "Try again later.", code="E_FETCH_TIMEOUT") from error
    except httpcore2.ProtocolError as error:
        if _CUT.search(str(error)):
            raise cut_off(shown) from error
        gone = "disconnected" in str(error)  # before a single byte: the same request may well succeed
        what = "broke the connection off" if gone else "does not speak HTTP as it should"
        raise FetchError(f"{shown} {what}.", code="E_FETCH", passing=gone) from error
    except httpcore2.NetworkError as error:
        message = f"{shown} cannot be reached: {_plain(error)}."
        raise FetchError(message, "Check the address and the network.", code="E_FETCH", passing=True) from error


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _refuse(status: int, headers: dict[str, str], shown: str, now: datetime) -> None:
    """Raise for every status but those with content."""
    if status in (200, 203):
        return
    wait = _wait(headers.get("retry-after", ""), now)
    if status == 429 or (status == 503 and wait):
        wait = min(max(wait or USUAL_WAIT, SHORTEST_WAIT), LONGEST_WAIT)
        message = f"{shown} asks to be left alone for {_spoken(wait)} ({status})."
        raise FetchError(message, "It is asked again after that.", code="E_FETCH_LATER", wait=wait, status=status)
    said, hint = _REFUSALS.get(status, (f"answered with status {status}", ""))
    code: Code = "E_FETCH_GONE" if status == 410 else "E_FETCH"
    raise FetchError(f"{shown} {said}.", hint, code=code, passing=500 <= status < 600, status=status)


def _wait(stated: str, now: datetime) -> float:
    """Return the seconds of a Retry-After header, at least 1.0; 0.0 when it cannot be read."""
    text = stated.strip()[:100]
    if text.isdecimal() and text.isascii():
        return max(1.0, min(float(text), LONGEST_WAIT))
    try:
        moment = parsedate_to_datetime(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(1.0, (aware - now).total_seconds())
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0.0


def _spoken(seconds: float) -> str:
    """Return a duration in words: "2 minutes", "1 day"."""
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = round(seconds / size)
            return f"{count} {name}{'' if count == 1 else 's'}"
    return f"{round(seconds)} seconds"


def _plain(error: Exception) -> str:
    text = shown_name(str(error)).strip().rstrip(".")
    return re.sub(r"^\[[^\]]*\]\s*", "", text) or "the connection broke"
