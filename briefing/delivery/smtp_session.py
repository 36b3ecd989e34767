"""An SMTP session with a timeout on every step, which knows how far a message got."""

from __future__ import annotations

import fcntl
import re
import select
import smtplib
import socket
import ssl
import sys
import termios
import time
from dataclasses import dataclass
from typing import Any

from briefing.model import Code

_LINE = 8192  # bytes of one line of a reply; RFC 5321 allows 512
_REPLY = 65_536  # bytes of a whole reply
_PIECE = 16_384  # bytes handed to the line at once
_REPLY_LINE = re.compile(rb"[2-5][0-9][0-9](?:[ -].*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Patience:
    """The timeouts of a session, in seconds. RFC 5321, 4.5.3.2, asks for minutes where a message could be lost."""

    connect: float = 30.0
    reply: float = 60.0  # to a command, however slowly it comes
    body: float = 180.0  # for all of a message to be taken
    final: float = 600.0  # for the word that it was accepted: impatience here makes outcomes unknown
    hold: float = 0.05  # at least this long the last dot is held back to see whether the other side has gone


class Fault(Exception):  # noqa: N818  it is caught a few lines further on and never shown
    """The session cannot go on."""

    def __init__(self, code: Code, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


class Talk(smtplib.SMTP):
    """`smtplib` with bounded replies, a timeout on each step as a whole, and the final dot sent separately.

    ``smtplib`` raises the same error before and after the end of a message, reads replies of any length, and has a time
    limit on each read only. Constructing one connects to the server and reads its greeting.
    """

    def __init__(self, host: str, port: int, *, name: str, patience: Patience, **more: Any) -> None:
        #: Whether the last byte of the message being handed over may have left.
        self.passed = False
        self._patience = patience
        self._limit = patience.reply
        self._unread = bytearray()
        super().__init__(host, port, local_hostname=name, timeout=patience.connect, **more)

    # ---- what smtplib calls

    def getreply(self) -> tuple[int, bytes]:
        """Return the code and the text of the next reply; a `Fault` when there is none within its limits."""
        deadline = time.monotonic() + self._limit
        lines: list[bytes] = []
        size = 0
        while True:
            line = self._line(deadline)
            size += len(line)
            if size > _REPLY or not _REPLY_LINE.fullmatch(line):
                raise self._broken("E_MAIL_PROTOCOL", "It answers what no mail server does, or without end.")
            lines.append(line[4:])
            if line[3:4] != b"-":
                return int(line[:3]), b"\n".join(lines)

    def send(self, s: Any) -> None:  # bytes, or text in ASCII
        """Send bytes within the timeout of the step."""
        data = memoryview(s.encode("ascii") if isinstance(s, str) else s)
        deadline = time.monotonic() + self._limit
        for at in range(0, len(data), _PIECE):
            try:
                self._until(deadline).sendall(data[at : at + _PIECE])
            except TimeoutError as error:
                raise self._silent() from error
            except OSError as error:
                raise self._gone(error) from error

    # ---- a message

    def hand_over(self, message: bytes) -> tuple[int, bytes]:
        """Send a message whose sender and recipient have been accepted and return the server's final reply.

        Whether it may have arrived when this raises, ``passed`` says.
        """
        began = time.monotonic()
        code, reply = self.docmd("DATA")
        if code != 354:
            return code, reply
        answered = time.monotonic() - began
        self._limit = self._patience.body
        self.send(re.sub(rb"(?m)^\.", b"..", message))
        self._await_taken()
        self._look_whether_there(max(self._patience.hold, min(2 * answered, 1.0)))
        self._dot()
        self._limit = self._patience.final
        try:
            return self.getreply()
        finally:
            self._limit = self._patience.reply

    def _await_taken(self) -> None:
        """Delay the final dot until the server's machine has acknowledged every byte before it.

        Bytes still queued here are bytes nobody has: a line that breaks now leaves no doubt.
        """
        deadline = time.monotonic() + self._limit
        pause = 0.001
        while _queued(self._until(deadline)):
            time.sleep(pause)
            pause = min(2 * pause, 0.1)

    def _look_whether_there(self, seconds: float) -> None:
        """Raise a `Fault` when the server has hung up, or speaks before the end of the message."""
        line = self._until(time.monotonic() + seconds)
        poll = select.poll()
        poll.register(line, select.POLLIN)
        if not poll.poll(seconds * 1000):
            return
        line.settimeout(0)
        try:
            data = line.recv(_LINE)
        except (BlockingIOError, ssl.SSLWantReadError):
            return  # something of the encryption's own
        except OSError as error:
            raise self._gone(error) from error
        raise self._broken("E_MAIL_LATER", f"It broke off inside the message. {data[:_LINE].decode('latin-1')}")

    def _dot(self) -> None:
        line = self._until(time.monotonic() + self._patience.reply)
        self.passed = True
        try:
            line.sendall(b".\r\n")
        except (BrokenPipeError, ConnectionResetError) as error:
            self.passed = False  # the system did not take these bytes: they cannot have arrived
            raise self._gone(error) from error
        except OSError as error:
            raise self._gone(error) from error

    # ---- the line

    def secure(self, context: ssl.SSLContext) -> tuple[int, bytes]:
        """Start TLS; an `ssl.SSLError` or `Fault` when it cannot be trusted."""
        code, reply = self.starttls(context=context)
        if self._unread:
            # Sent in clear behind the reply: it would be read as if it had come encrypted.
            raise self._broken("E_MAIL_TLS", "Something was slipped in before the encryption began.")
        return code, reply

    def _until(self, deadline: float) -> socket.socket:
        """Return the socket, its timeout set to the rest of the time limit."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise self._silent()
        if self.sock is None:
            raise Fault("E_MAIL_LATER", "The line is closed.")
        self.sock.settimeout(left)
        return self.sock

    def _line(self, deadline: float) -> bytes:
        while (end := self._unread.find(b"\n")) < 0:
            if len(self._unread) > _LINE:
                raise self._broken("E_MAIL_PROTOCOL", f"A line of its reply is longer than {_LINE} bytes.")
            try:
                data = self._until(deadline).recv(4096)
            except TimeoutError as error:
                raise self._silent() from error
            except OSError as error:
                raise self._gone(error) from error
            if not data:
                raise self._broken("E_MAIL_LATER", "It hung up.")
            self._unread += data
        line = bytes(self._unread[:end]).removesuffix(b"\r")
        del self._unread[: end + 1]
        return line

    def _silent(self) -> Fault:
        return self._broken("E_MAIL_TIMEOUT", f"It did not answer within {self._limit:g} seconds.")

    def _gone(self, error: OSError) -> Fault:
        return self._broken("E_MAIL_LATER", f"The line broke: {error.strerror or 'it was closed'}.")

    def _broken(self, code: Code, words: str) -> Fault:
        self.close()
        return Fault(code, words)


class SecureTalk(Talk, smtplib.SMTP_SSL):
    """A `Talk` over TLS from the first byte."""


def _queued(line: socket.socket) -> int:
    """Return how many sent bytes are not acknowledged yet."""
    answer = fcntl.ioctl(line.fileno(), termios.TIOCOUTQ, b"\0\0\0\0")
    return int.from_bytes(answer, sys.byteorder)
