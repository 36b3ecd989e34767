"""Reads the mail server's password from the environment or the system's keyring, and keeps it out of all output."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from briefing.errors import SettingsError
from briefing.system.secrecy import forbid_dumps


class Password:
    """A password that no log, message, representation or traceback shows."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "Password(…)"

    def plain(self, user: str) -> str:
        """Return the one line of the PLAIN mechanism (RFC 4616)."""
        return b64encode(f"\0{user}\0{self._text}".encode()).decode("ascii")

    def alone(self) -> str:
        """Return the password as the LOGIN mechanism sends it."""
        return b64encode(self._text.encode()).decode("ascii")

    def out_of(self, text: str, user: str) -> str:
        """Return a server's reply with the password removed, should it have repeated it."""
        for secret in (self._text, self.plain(user), self.alone()):
            text = text.replace(secret, "…") if secret else text
        return text


def password_of(variable: str, server: str, user: str, environment: Mapping[str, str]) -> Password:
    """Return the password for a user of a server; from then on nothing of this process can be dumped.

    Args:
        variable: Name of the environment variable that may hold it.
        server: Its host: the name of the service in the keyring.
        user: The login name.
        environment: The process's environment.

    Raises:
        SettingsError: There is none.
    """
    forbid_dumps()
    found = environment.get(variable) or _from_keyring(server, user)
    if not found:
        raise SettingsError(
            f"There is no password for {user} at {server}.",
            f"Set the environment variable {variable}, or run `keyring set {server} {user}` (pip install keyring).",
            code="E_MAIL_AUTH",
        )
    return Password(found)


def _from_keyring(server: str, user: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""  # an optional extra
    try:
        return keyring.get_password(server, user) or ""
    except KeyringError:
        return ""  # none on this machine, or locked
