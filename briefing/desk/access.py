"""Access control of the desk: its one address, the one-time link, the session cookie and a token for each form."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import Response

LOOPBACK = "127.0.0.1"
#: Path that trades the one-time link for the session's cookie.
ENTRANCE = "/enter"
#: Below this path lie style and script, which say nothing of the edition.
STATIC = "/static/"
#: Path of what is shown in a frame: the edition, which has a policy of its own.
FRAME = "/frame"
#: Bytes of a request's body: a file of an article, at most as large as `sources` reads, and the fields beside it.
LARGEST_BODY = 21 * 1024 * 1024

_HOURS = 12  # that the cookie lives: a long day at the desk
_METHODS = ("GET", "HEAD", "POST")
#: Everything is refused that is not named; `connect-src` is for the script that swaps what an act changed.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: Of the page in the frame: its own styles and pictures, and nothing that runs, submits or leads out of the frame.
_FRAMED_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not `no-referrer`: browsers then send the origin of a form as "null", and it could not be checked.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Access:
    """Who may speak to the desk: one browser session, at one address.

    Args:
        port: The port it listens on.
        host: The address it listens on.
    """

    def __init__(self, port: int, host: str = LOOPBACK) -> None:
        self.host = f"{host}:{port}"
        self.origin = f"http://{self.host}"
        self.cookie = f"briefing-desk-{port}"  # cookies know no ports: two desks would take each other's
        self._session = secrets.token_urlsafe(32)
        self._key = secrets.token_bytes(32)
        self._link = ""

    def link(self) -> str:
        """Return a new address that opens the desk once; the one before is no longer good."""
        self._link = secrets.token_urlsafe(32)
        return f"{self.origin}{ENTRANCE}?token={self._link}"

    def admit(self, token: str) -> str:
        """Return the value of the ``Set-Cookie`` header for whoever has the link, which is spent; empty for others."""
        if not self._link or not hmac.compare_digest(token.encode(), self._link.encode()):
            return ""
        self._link = ""
        return f"{self.cookie}={self._session}; Max-Age={_HOURS * 3600}; Path=/; HttpOnly; SameSite=Strict"

    def form_token(self, path: str) -> str:
        """Return the token of the forms that are sent to a path, 64 hexadecimal digits."""
        return hmac.new(self._key, path.encode(), "sha256").hexdigest()

    def is_form(self, path: str, token: object) -> bool:
        """Return whether a token is that of the forms of a path."""
        return isinstance(token, str) and hmac.compare_digest(token.encode(), self.form_token(path).encode())

    def refusal(self, method: str, path: str, headers: Headers) -> tuple[int, str]:
        """Return the status and the reason a request is refused with; 0 and nothing when it may pass.

        The token of a form is checked by whoever reads the form.
        """
        if method not in _METHODS:
            return 405, "method"
        if headers.getlist("host") != [self.host]:
            return 403, "host"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "origin"
        if method == "POST" and not self._is_ours(headers):
            return 403, "origin"
        if path == ENTRANCE or path.startswith(STATIC) or self._has_cookie(headers):
            return 0, ""
        return 403, "session"

    def _is_ours(self, headers: Headers) -> bool:
        """Return whether a request comes from a page of the desk: by its Origin, or where there is none, its site."""
        origins = headers.getlist("origin")
        return origins == [self.origin] if origins else headers.get("sec-fetch-site") == "same-origin"

    def _has_cookie(self, headers: Headers) -> bool:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return found is not None and hmac.compare_digest(found.value.encode(), self._session.encode())


class Guard:
    """The outermost layer: refuses what is not the desk's own, bounds bodies, and sets the headers of each answer.

    Args:
        app: What answers.
        access: Who may ask.
        refused: Makes the page of a refusal of a status and a reason.
    """

    def __init__(self, app: App, access: Access, refused: Callable[[int, str], Response]) -> None:
        self._app = app
        self._access = access
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":  # start and end of the server
            await self._app(scope, receive, send)
            return
        headers, path = Headers(scope=scope), str(scope["path"])
        extra = {**_HEADERS, "Content-Security-Policy": _FRAMED_POLICY if path == FRAME else _POLICY}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", ()),
                    *((name.lower().encode(), value.encode()) for name, value in extra.items()),
                ]
            await send(message)

        status, reason = self._access.refusal(str(scope["method"]), path, headers)
        if not status and _length(headers) > LARGEST_BODY:
            status, reason = 413, "size"
        app: App = self._refused(status, reason) if status else self._app
        await app(scope, receive, sending)


def _length(headers: Headers) -> int:
    """Return the length of a body as its header states it; more than is allowed where that is missing or odd."""
    stated = headers.get("content-length", "0" if "transfer-encoding" not in headers else "")
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 12 else LARGEST_BODY + 1
