"""A mail server that fails where it is told to, and the scenarios that are tried on the program."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import trustme

#: (step, connection from 1, recipient or "") → what happens there: a reply, "drop", "hang", "flood", "endless",
#: "torrent", or "" for nothing.
#: Steps: greeting, ehlo, auth, mail, rcpt, data (before the message), body (inside it), dot (after it).
Fault = Callable[[str, int, str], str]

ACCEPT, WARN, REJECT = "accept", "accept-with-warning", "reject-with-error"


def certified(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@dataclass(frozen=True)
class Scenario:
    """What the server does, what the run must come to, and the code that says why."""

    fault: Fault
    threat: str
    expect: str  # as in the ledger: accept, accept-with-warning, reject-with-error
    codes: tuple[str, ...] = ()
    listening: bool = True
    starttls: bool = True
    features: tuple[str, ...] = ("8BITMIME", "SMTPUTF8", "SIZE 10000000")


def at(step: str, action: str, *, connection: int = 0, recipient: str = "") -> Fault:
    """One thing that goes wrong, on every connection or for every recipient unless one is named."""

    def fault(now: str, number: int, address: str) -> str:
        meant = now == step and connection in (0, number) and recipient in ("", address)
        return action if meant else ""

    return fault


def well(step: str, connection: int, recipient: str) -> str:
    """Nothing goes wrong."""
    return ""


B = "b@x.example"
SCENARIOS: dict[str, Scenario] = {
    "ok": Scenario(well, "control: each recipient gets it once", ACCEPT),
    "down": Scenario(well, "nobody listens", REJECT, ("E_MAIL_UNREACHABLE",), listening=False),
    "greeting-421": Scenario(at("greeting", "421 busy"), "busy", REJECT, ("E_MAIL_LATER",)),
    "greeting-554": Scenario(at("greeting", "554 go away"), "refused for good: no retry", REJECT, ("E_MAIL_REJECTED",)),
    "silent": Scenario(at("greeting", "hang"), "accepts, says nothing", REJECT, ("E_MAIL_TIMEOUT",)),
    "auth-535": Scenario(
        at("auth", "535 bad credentials"), "wrong password: in no message or log", REJECT, ("E_MAIL_AUTH",)
    ),
    "no-starttls": Scenario(well, "STARTTLS stripped: no password in clear", REJECT, ("E_MAIL_TLS",), starttls=False),
    "mail-451": Scenario(at("mail", "451 later"), "sender deferred", REJECT, ("E_MAIL_LATER",)),
    "rcpt-one-550": Scenario(
        at("rcpt", "550 no such user", recipient=B), "one refused: the others get it once", WARN, ("W_MAIL_PARTIAL",)
    ),
    "rcpt-one-451": Scenario(
        at("rcpt", "451 greylisted", recipient=B),
        "one deferred: only that one is tried again",
        WARN,
        ("W_MAIL_PARTIAL",),
    ),
    "rcpt-all-550": Scenario(at("rcpt", "550 no"), "all refused", REJECT, ("E_MAIL_REJECTED",)),
    "data-451": Scenario(at("dot", "451 later"), "deferred after the body", REJECT, ("E_MAIL_LATER",)),
    "data-552": Scenario(at("dot", "552 too large"), "too large: says the size", REJECT, ("E_MAIL_REJECTED",)),
    "data-554": Scenario(at("dot", "554 spam"), "refused after the body", REJECT, ("E_MAIL_REJECTED",)),
    "drop-mid-data": Scenario(
        at("body", "drop", connection=1), "cut inside the body: safe to retry, sent once in the end", ACCEPT
    ),
    "drop-after-dot": Scenario(
        at("dot", "drop", connection=1), "cut after the final dot: not retried by itself", WARN, ("W_MAIL_UNKNOWN",)
    ),
    "hang-after-dot": Scenario(
        at("dot", "hang", connection=1), "silent after the final dot: not retried by itself", WARN, ("W_MAIL_UNKNOWN",)
    ),
    "reply-flood": Scenario(at("greeting", "flood"), "2 MB reply line", REJECT, ("E_MAIL_PROTOCOL",)),
    "multiline-endless": Scenario(
        at("greeting", "endless"), "endless reply of many lines", REJECT, ("E_MAIL_PROTOCOL", "E_MAIL_TIMEOUT")
    ),
    "no-8bit": Scenario(well, "neither 8BITMIME nor SMTPUTF8: text whole", ACCEPT, features=()),
}


@dataclass(frozen=True)
class Accepted:
    """A message the server has taken: whoever it was for has it now."""

    sender: str
    recipients: tuple[str, ...]
    message: bytes  # dots unstuffed
    connection: int

    @property
    def message_id(self) -> str:
        found = re.search(rb"(?im)^message-id:\s*(\S+)", self.message)
        return found[1].decode() if found else ""


@dataclass
class MailServer:
    """A server on loopback, in threads of its own, that keeps what it took."""

    scenario: Scenario
    context: ssl.SSLContext
    accepted: list[Accepted] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)  # commands in the order they came, of all connections
    connections: int = 0
    implicit: bool = False  # encrypted from the first byte

    def __enter__(self) -> MailServer:
        self.ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        if self.scenario.listening:
            threading.Thread(target=self._listen, daemon=True).start()
        else:
            self._listener.close()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        if self.scenario.listening:
            self._listener.shutdown(socket.SHUT_RDWR)  # closing alone does not end an accept
        self._listener.close()

    def copies(self, address: str) -> int:
        """How often an address has been sent something."""
        return sum(address in taken.recipients for taken in self.accepted)

    def _listen(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            _Conversation(self, line, self.connections).start()


class _Hangup(Exception):  # noqa: N818
    pass


class _Conversation(threading.Thread):
    def __init__(self, server: MailServer, line: socket.socket, number: int) -> None:
        super().__init__(daemon=True)
        self.server, self.line, self.number = server, line, number
        self.unread = b""
        self.sender, self.recipient = "", ""

    def run(self) -> None:
        try:
            if self.server.implicit:
                self.line = self.server.context.wrap_socket(self.line, server_side=True)
            self.converse()
        except (_Hangup, OSError):
            pass
        finally:
            self.line.close()

    def converse(self) -> None:
        self.act("greeting", "220 test")
        while True:
            verb, space, rest = self.read_line().partition(" ")
            self.server.heard.append(verb.upper() + space + rest)
            method = getattr(self, f"on_{verb.lower()}", None)
            if method:
                method(rest)
            else:
                self.say("250 ok")

    def fault(self, step: str) -> str:
        return self.server.scenario.fault(step, self.number, self.recipient)

    def act(self, step: str, reply: str) -> str:
        """Do what goes wrong at a step, or give the reply, and return what was said."""
        return self.do(self.fault(step) or reply)

    def do(self, action: str) -> str:
        if action == "drop":
            raise _Hangup
        if action == "hang":
            self.server.ended.wait()
            raise _Hangup
        if action == "flood":
            self.say("220 " + "x" * 2_000_000)
        while action == "endless":
            self.say("220-more")
        while action == "torrent":
            self.line.sendall(b"x" * 4096)
        self.say(action)
        if action.startswith("421"):
            raise _Hangup
        return action

    def on_ehlo(self, _: str) -> None:
        encrypted = isinstance(self.line, ssl.SSLSocket)
        offers = [*self.server.scenario.features]
        if self.server.scenario.starttls and not encrypted:
            offers.append("STARTTLS")
        # Offered in clear too: a client that is careless gives the password away.
        offers.append("AUTH PLAIN LOGIN")
        if self.act("ehlo", "250-test").startswith("250-"):
            for n, offer in enumerate(offers, 1):
                self.say(f"250{' ' if n == len(offers) else '-'}{offer}")

    def on_starttls(self, _: str) -> None:
        self.act("starttls", "220 go")
        self.line = self.server.context.wrap_socket(self.line, server_side=True)

    def on_auth(self, _: str) -> None:
        self.act("auth", "235 ok")

    def on_mail(self, rest: str) -> None:
        self.sender, self.recipient = rest.partition("<")[2].partition(">")[0], ""
        self.act("mail", "250 ok")

    def on_rcpt(self, rest: str) -> None:
        self.recipient = rest.partition("<")[2].partition(">")[0]
        self.act("rcpt", "250 ok")

    def on_data(self, _: str) -> None:
        if not self.act("data", "354 go").startswith("354"):
            return
        drop = self.fault("body") == "drop"
        body = bytearray(self.unread)
        while not body.endswith(b"\r\n.\r\n"):
            piece = self.line.recv(65536)
            if not piece:
                raise _Hangup
            body += piece
            if drop and len(body) > 100:
                raise _Hangup
        self.unread = b""
        reply = self.fault("dot") or "250 queued"
        if not reply.startswith(("4", "5")):
            message = re.sub(rb"(?m)^\.", b"", bytes(body[: -len(b".\r\n")]))
            taken = Accepted(self.sender, (self.recipient,), message, self.number)
            self.server.accepted.append(taken)
        self.do(reply)

    def on_rset(self, _: str) -> None:
        self.act("rset", "250 ok")

    def on_quit(self, _: str) -> None:
        self.say("221 bye")
        raise _Hangup

    def say(self, text: str) -> None:
        self.line.sendall(text.encode() + b"\r\n")

    def read_line(self) -> str:
        while b"\n" not in self.unread:
            piece = self.line.recv(65536)
            if not piece:
                raise _Hangup
            self.unread += piece
        line, _, self.unread = self.unread.partition(b"\n")
        return line.decode("latin-1").strip()
