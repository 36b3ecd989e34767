"""Delivers mail by SMTP: one transaction per recipient, over one connection to one server."""

from __future__ import annotations

import smtplib
import ssl
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass, field

from briefing.delivery.outcome import Outcome, one_line
from briefing.delivery.parcels import Files, Parcel
from briefing.delivery.password import Password
from briefing.delivery.smtp_session import Fault, Patience, SecureTalk, Talk
from briefing.model import Code, MailSecurity

_LOGIN = (530, 534, 535, 538)  # replies that speak of the login, at whatever step
_HANGS = 2  # failures of the line in a row after which nobody else is tried


@dataclass(frozen=True, slots=True)
class Server:
    """The mail server and how to log in."""

    host: str
    port: int
    security: MailSecurity
    sender: str  # where what cannot be delivered comes back to
    user: str = ""  # empty: no login
    password: Password | None = field(default=None, repr=False)


class MailCarrier:
    """Sends messages by SMTP.

    Args:
        server: Who takes them.
        patience: How long is waited at each step.
    """

    def __init__(self, server: Server, patience: Patience | None = None) -> None:
        self._server = server
        self._patience = patience or Patience()
        self._talk: Talk | None = None
        self._failures = 0  # of the line, in a row

    @property
    def passed(self) -> bool:
        """Return whether the last byte of the current message may have left."""
        return self._talk is not None and self._talk.passed

    def open(self) -> Outcome | None:
        """Connect, start TLS and log in unless that is done; return why it fails, else None."""
        if self._talk is not None and self._talk.sock is not None:
            return None
        try:
            self._talk = self._connected()
        except Fault as fault:
            return self._closed(fault.code, fault.words)
        except smtplib.SMTPConnectError as error:
            return self._closed(*_of_greeting(error.smtp_code, error.smtp_error))
        except ssl.SSLError as error:
            return self._closed("E_MAIL_TLS", f"The encryption cannot be trusted: {_reason(error)}.")
        except OSError as error:
            return self._closed("E_MAIL_UNREACHABLE", f"It cannot be reached: {error.strerror or error}.")
        try:
            self._introduce(self._talk)
        except Fault as fault:
            return self._closed(fault.code, fault.words)
        except ssl.SSLError as error:
            return self._closed("E_MAIL_TLS", f"The encryption cannot be trusted: {_reason(error)}.")
        except (OSError, smtplib.SMTPException) as error:
            return self._closed("E_MAIL_LATER", f"The line broke: {error}.")
        return None

    def carry(self, parcel: Parcel, files: Files) -> Outcome:
        """Send one message to one recipient over the open connection."""
        assert self._talk is not None
        self._talk.passed = False
        try:
            outcome = self._transaction(self._talk, parcel.address, files[0][1])
        except Fault as fault:
            return self._broken_off(fault)
        self._failures = 0
        return outcome

    def close(self) -> None:
        """Quit the SMTP session."""
        if self._talk is not None and self._talk.sock is not None:
            with suppress(Fault, OSError, smtplib.SMTPException):
                self._talk.quit()
            self._talk.close()

    # ---- the line

    def _connected(self) -> Talk:
        server = self._server
        # The name given in EHLO stands in every copy of the mail: the sender's domain, not that of this machine.
        name = server.sender.rpartition("@")[2]
        if server.security == "tls":
            context = ssl.create_default_context()
            return SecureTalk(server.host, server.port, name=name, patience=self._patience, context=context)
        return Talk(server.host, server.port, name=name, patience=self._patience)

    def _introduce(self, talk: Talk) -> None:
        _expect(*talk.ehlo(), step="EHLO")
        if self._server.security == "starttls":
            if not talk.has_extn("starttls"):
                raise Fault("E_MAIL_TLS", "It offers no encryption, or somebody on the way has taken the offer out.")
            try:
                talk.secure(ssl.create_default_context())
            except smtplib.SMTPResponseException as error:
                raise Fault("E_MAIL_TLS", f"It refuses encryption: {one_line(error.smtp_error)}") from error
            _expect(*talk.ehlo(), step="EHLO")
        if self._server.user:
            self._log_in(talk)

    def _log_in(self, talk: Talk) -> None:
        password, user = self._server.password, self._server.user
        assert password is not None
        offered = talk.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in offered:
            code, reply = talk.docmd("AUTH", f"PLAIN {password.plain(user)}")
        elif "LOGIN" in offered:
            code, reply = talk.docmd("AUTH", f"LOGIN {b64encode(user.encode()).decode('ascii')}")
            code, reply = talk.docmd(password.alone()) if code == 334 else (code, reply)
        else:
            raise Fault("E_MAIL_AUTH", "It offers no way to log in with a password.")
        if code != 235:
            raise Fault("E_MAIL_LATER" if 400 <= code < 500 else "E_MAIL_AUTH", f"{code} {self._words(reply)}")

    def _closed(self, code: Code, words: str) -> Outcome:
        if self._talk is not None:
            self._talk.close()
        again = code in ("E_MAIL_UNREACHABLE", "E_MAIL_LATER", "E_MAIL_TIMEOUT")
        return Outcome("pending", code, words, again=again, stop=True)

    # ---- a message

    def _transaction(self, talk: Talk, address: str, message: bytes) -> Outcome:
        most = talk.esmtp_features.get("size", "")
        if most.isdigit() and 0 < int(most) < len(message):
            return Outcome("refused", "E_MAIL_REJECTED", f"{_sized(message)}; it takes {int(most):,} at most.")
        options = f" SIZE={len(message)}" if talk.has_extn("size") else ""
        for step, command in (("mail", f"FROM:<{self._server.sender}>{options}"), ("rcpt", f"TO:<{address}>")):
            code, reply = talk.docmd(step.upper(), command)
            if code not in (250, 251, 252):
                return self._refusal(talk, step, code, reply)
        code, reply = talk.hand_over(message)
        if talk.passed and not 400 <= code < 600:
            if code // 100 != 2:
                raise Fault("E_MAIL_PROTOCOL", f"Its last word was {code}.")
            return Outcome("accepted", reply=self._words(reply))
        if code == 552:
            reply = f"{_sized(message)}. ".encode() + reply
        return self._refusal(talk, "data", code, reply)

    def _refusal(self, talk: Talk, step: str, code: int, reply: bytes) -> Outcome:
        words = f"{code} {self._words(reply)}"
        if code == 421:
            talk.close()
        with suppress(Fault):  # its answer stands, whatever becomes of the line
            talk.rset()  # a transaction is open; the next recipient begins another
        if code in _LOGIN:
            return Outcome("deferred", "E_MAIL_AUTH", words, stop=True)
        if 400 <= code < 500:
            return Outcome("deferred", "E_MAIL_LATER", words, again=True)
        if code < 400:
            return Outcome("deferred", "E_MAIL_PROTOCOL", words, stop=True)
        if step == "mail":
            # Nobody's mail is taken from this sender: mended in the settings, not by the recipients.
            return Outcome("deferred", "E_MAIL_REJECTED", words, stop=True)
        return Outcome("refused", "E_MAIL_REJECTED", words)

    def _broken_off(self, fault: Fault) -> Outcome:
        passed = self.passed
        if self._talk is not None:
            self._talk.close()
        self._failures += 1
        stop = self._failures >= _HANGS or fault.code == "E_MAIL_PROTOCOL"
        if passed:
            return Outcome("unknown", "W_MAIL_UNKNOWN", self._words(fault.words), stop=stop)
        again = fault.code != "E_MAIL_PROTOCOL"
        return Outcome("deferred", fault.code, self._words(fault.words), again=again, stop=stop)

    def _words(self, reply: bytes | str) -> str:
        """Return the server's reply as one line, without the password should it have repeated it."""
        text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
        password = self._server.password
        return one_line(password.out_of(text, self._server.user) if password else text)


def _expect(code: int, reply: bytes, *, step: str) -> None:
    if not 200 <= code < 300:
        later = 400 <= code < 500
        raise Fault("E_MAIL_LATER" if later else "E_MAIL_REJECTED", f"{step}: {code} {one_line(reply)}")


def _of_greeting(code: int, reply: bytes | str) -> tuple[Code, str]:
    kind: Code = "E_MAIL_LATER" if 400 <= code < 500 else "E_MAIL_REJECTED" if code >= 500 else "E_MAIL_PROTOCOL"
    return kind, f"{code} {one_line(reply)}"


def _reason(error: ssl.SSLError) -> str:
    return getattr(error, "verify_message", "") or error.reason or "it broke off"


def _sized(message: bytes) -> str:
    return f"The message has {len(message):,} bytes"
