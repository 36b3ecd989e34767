"""Validates addresses to fetch, and converts responses for the readers."""

from __future__ import annotations

import re
from dataclasses import dataclass

import httpx2

from briefing.errors import FetchError
from briefing.model import Note
from briefing.sources.opened import Opened, shown_name
from briefing.sources.web.exchange import Answer

MAX_URL = 2_000  # characters
MAX_VALIDATOR = 1_000  # characters of an ETag or Last-Modified that are kept

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_KIND = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}", re.ASCII)
_VALIDATOR = re.compile(r"[\x20-\x7e]*")


@dataclass(frozen=True, slots=True)
class Fetched:
    """The content fetched from an address."""

    url: str  # after redirects
    blob: bytes = b""
    unchanged: bool = False  # the server said 304: there is no content
    kind: str = ""  # media type, lower case, such as "text/html"; empty when it states none
    charset: str = ""  # as the server states it
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""  # where redirects for ever led; empty when there were none
    sure: bool = True  # no redirect to another host was told over plain http, where anybody on the way can tell it
    notes: tuple[Note, ...] = ()

    def opened(self, key: str, suffix: str) -> Opened:
        """Return the content as an opened file for the readers, under a key of the ledger."""
        return Opened(key, suffix, self.blob, self.charset, self.url)


def web_url(address: str) -> httpx2.URL:
    """Return a valid address to fetch, without its fragment.

    Raises:
        FetchError: E_FETCH_REFUSED when it is no web address, carries a password, or names a port of another service.
    """
    shown = shown_name(address)
    try:
        url = httpx2.URL(address.strip()[: MAX_URL + 1]).copy_with(fragment=None)
        port = url.port
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchError(f"{shown} is not a web address.", "Start it with https://.", code="E_FETCH_REFUSED") from error
    if len(address) > MAX_URL or url.scheme not in ("http", "https") or not url.host or "%" in url.host:
        raise FetchError(f"{shown} is not a web address.", "Start it with https://.", code="E_FETCH_REFUSED")
    if url.userinfo:
        message = f"{shown_name(str(url.copy_with(username=None, password=None)))} was given with a user's name."
        raise FetchError(message, "Sources behind a login are not read.", code="E_FETCH_REFUSED")
    if port is not None and port < 1024 and port not in (80, 443):
        raise FetchError(f"{shown} names the port of another service.", "Remove the port.", code="E_FETCH_REFUSED")
    return url


def host_of(address: str) -> str:
    """Return the host of an address; empty when it cannot be fetched."""
    try:
        return web_url(address).host
    except FetchError:
        return ""


def bare(url: httpx2.URL) -> str:
    """Return the host of an address without a leading "www."."""
    return url.host.removeprefix("www.")


def redirected(url: httpx2.URL, answer: Answer) -> httpx2.URL:
    """Return the target of a redirect.

    Raises:
        FetchError: Nowhere that may be fetched.
    """
    # Bytes beyond ASCII are UTF-8 where they are anything.
    location = answer.headers.get("location", "").encode("latin-1").decode("utf-8", "replace")
    try:
        return web_url(str(url.join(location[: MAX_URL + 1])))
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchError(
            f"{shown_name(str(url))} redirects to something that is not an address.",
            "Open it in a browser.",
            code="E_FETCH_REFUSED",
        ) from error


def fetched_from(url: httpx2.URL, answer: Answer, moved_to: str, *, sure: bool) -> Fetched:
    """Return the content of a response, with the address it was fetched from."""
    kind, _, parameters = answer.headers.get("content-type", "").partition(";")
    charset = _CHARSET.search(parameters[:500])
    validators = [answer.headers.get(name, "") for name in ("etag", "last-modified")]
    kept = [text if len(text) <= MAX_VALIDATOR and _VALIDATOR.fullmatch(text) else "" for text in validators]
    message = f"{shown_name(str(url))}: what it would know its content by is too long and was not kept."
    return Fetched(
        url=str(url),
        blob=answer.blob,
        unchanged=answer.status == 304,
        kind=kind.strip().lower() if _KIND.fullmatch(kind.strip()) else "",
        charset=charset[1] if charset else "",
        etag=kept[0],
        last_modified=kept[1],
        moved_to=moved_to,
        sure=sure,
        notes=(Note("W_FIELD_TRUNCATED", message),) if kept != validators else (),
    )
