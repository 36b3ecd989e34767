"""Checks what the settings name: lists, keys, and whether the mail server takes the login."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.build.receivers import receivers_of
from briefing.build.transports import server_of
from briefing.delivery import MailCarrier, Patience, key_of
from briefing.errors import SettingsError
from briefing.settings import Settings
from briefing.system.doctor import Check

#: A person waits for the answer: a server that is slower than this is named as silent.
_PATIENCE = Patience(connect=10.0, reply=15.0)


def examine_desk(settings: Settings, environment: Mapping[str, str], *, connect: bool = True) -> Iterator[Check]:
    """Yield a check of each thing that the settings name and that an edition could fail by at the last moment.

    Args:
        settings: The desk's.
        environment: Where passwords and keys are looked for.
        connect: Log in to the mail server; no mail is sent. False leaves that out.
    """
    for notice in settings.notices:
        yield Check("Settings", ok=False, found=notice)
    if settings.lists or settings.channels:
        yield from _receivers(settings, environment)
    if settings.mail.server:
        yield _mail_server(settings, environment, connect=connect)


def _receivers(settings: Settings, environment: Mapping[str, str]) -> Iterator[Check]:
    try:
        lists, channels = receivers_of(settings, "")
    except SettingsError as error:
        yield Check("Lists", ok=False, found=error.message, remedy=error.hint)
        return
    for one in lists:
        yield from (Check(f"List {one.name}", ok=False, found=trouble) for trouble in one.troubles)
    recipients = {address.casefold() for one in lists for address in one.recipients}
    yield Check("Lists", ok=True, found=f"{len(lists)} with {len(recipients)} recipients; {len(channels)} channels")
    for channel in channels:
        if channel.kind == "webhook":
            try:
                key_of(channel.name, channel.secret, environment)
            except SettingsError as error:
                yield Check(f"Channel {channel.name}", ok=False, found=error.message, remedy=error.hint)


def _mail_server(settings: Settings, environment: Mapping[str, str], *, connect: bool) -> Check:
    mail = settings.mail
    place = f"{mail.server}:{mail.port}"
    try:
        server = server_of(settings, environment)
    except SettingsError as error:
        return Check("Mail server", ok=False, found=f"{place}: {error.message}", remedy=error.hint)
    if not connect:
        return Check("Mail server", ok=True, found=f"{place}, not asked")
    carrier = MailCarrier(server, _PATIENCE)
    try:
        failure = carrier.open()
    finally:
        carrier.close()
    if failure:
        return Check("Mail server", ok=False, found=f"{place}: {failure.code} {failure.reply}")
    how = f"{mail.security}, " if mail.security != "none" else "not encrypted, "
    login = f"logged in as {mail.user}" if mail.user else "no login"
    return Check("Mail server", ok=True, found=f"{place}, {how}{login}")
