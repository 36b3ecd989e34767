"""Makes the carrier for each channel from the settings: mail server, folder, webhook or chat."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import httpcore2

from briefing.delivery import Carrier, Dial, FolderCarrier, Poster, Server, key_of, password_of
from briefing.errors import FetchError, OutputError, SettingsError
from briefing.model import Channel
from briefing.outputs.files import write_file
from briefing.settings import Settings
from briefing.sources.web.connecting import Connector, Deadline, resolve_name

_POST_SECONDS = 30.0  # for one request to a webhook or chat, all of it


def carrier_of(channel: Channel, environment: Mapping[str, str], clock: Callable[[], datetime]) -> Carrier:
    """Return the carrier for a channel.

    Raises:
        SettingsError: A webhook's key is not set.
    """
    if channel.kind == "folder":
        return FolderCarrier(write_file)
    key = key_of(channel.name, channel.secret, environment) if channel.kind == "webhook" else None
    return Poster(channel.address, _line(channel), clock, key)


def _line(channel: Channel) -> Dial:
    """Return the function that connects to a channel: guarded as fetching is, with one time limit."""
    deadline = Deadline(time.monotonic)
    connector = Connector(
        resolve=resolve_name,
        dial=httpcore2.SyncBackend(),
        deadline=deadline,
        loopback=channel.private,
        private=channel.private,
    )

    @contextmanager
    def dial() -> Iterator[httpcore2.NetworkBackend]:
        deadline.begin(_POST_SECONDS)
        with deadline.running():
            try:
                yield connector
            except FetchError as error:
                message = f"{error.message} Set private = true in [[channels]] if it is a server of yours."
                raise OutputError(message, code="E_POST_REFUSED") from error

    return dial


def server_of(settings: Settings, environment: Mapping[str, str]) -> Server:
    """Return the mail server of the settings, with its password.

    Raises:
        SettingsError: The server, the sender or the password is not set, or a password would be sent in clear.
    """
    mail = settings.mail
    if not mail.server:
        raise SettingsError("No mail server is set.", "Name it as server under [mail].", code="E_CONFIG")
    if mail.sender is None:
        raise SettingsError("No sender is set.", "Name an address as sender under [mail].", code="E_CONFIG")
    if mail.user and mail.security == "none":
        raise SettingsError(
            "mail.user is set and mail.security is none: a password is never sent in clear.",
            'Set security = "starttls" or "tls" under [mail].',
            code="E_MAIL_TLS",
        )
    password = password_of(mail.password_variable, mail.server, mail.user, environment) if mail.user else None
    return Server(mail.server, mail.port, mail.security, mail.sender, mail.user, password)
