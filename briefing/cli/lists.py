"""`briefing lists`: the mailing lists, and the addresses that are never mailed."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.echo import echo, row
from briefing.cli.messages import counted
from briefing.cli.options import CONFIG, settings_of
from briefing.errors import SettingsError


@click.group(
    invoke_without_command=True,
    epilog="\b\nExamples:\n"
    "  briefing lists\n"
    '  briefing lists suppress a.person@example.org --why "left the desk"\n'
    "  briefing lists allow a.person@example.org",
)
@CONFIG
@click.pass_context
def lists(context: click.Context, config: Path | None) -> None:
    """Show who is sent what, and keep the list of those who are sent nothing.

    Prints a line for each recipient: list, theme, address, and whether it is suppressed; then the channels.
    """
    context.obj = config
    if context.invoked_subcommand is None:
        _show(config)


@lists.command(
    epilog='\b\nExamples:\n  briefing lists suppress a.person@example.org --why "left the desk"\n'
    "  briefing lists suppress u1.YS5wZX….b1946ac924.kQ…"
)
@click.argument("address", metavar="ADDRESS|TOKEN")
@click.option("--why", default="", help="The reason, kept beside the address.")
@CONFIG
@click.pass_obj
def suppress(above: Path | None, config: Path | None, address: str, why: str) -> None:
    """Mail nothing to ADDRESS any more, whatever list it is on; or take a reader off the lists that a TOKEN names.

    A token is what an unsubscribe link of a mail holds; it names one recipient and the lists of that mail.
    """
    from briefing.build.desk_store import open_store
    from briefing.build.unsubscribing import unsubscribe
    from briefing.delivery import looks_like_token

    settings = settings_of(config or above)
    with open_store(settings) as store:
        if looks_like_token(address):
            recipient, names = unsubscribe(store, settings, address, why or "by the unsubscribe link of a mail")
            echo(f"{recipient} is sent nothing of {' and '.join(map(repr, names))} any more.", err=True)
            return
        store.suppress(_checked(address), why)
    echo(f"{address} is sent nothing any more.", err=True)


@lists.command(epilog="\b\nExample:\n  briefing lists allow a.person@example.org")
@click.argument("address")
@CONFIG
@click.pass_obj
def allow(above: Path | None, config: Path | None, address: str) -> None:
    """Mail to ADDRESS again, also what it has unsubscribed from."""
    from briefing.build.desk_store import open_store

    with open_store(settings_of(config or above)) as store:
        was = any((store.unsuppress(_checked(address)), store.resubscribe(address)))
    echo(f"{address} is sent mail again." if was else f"{address} was not suppressed.", err=True)


def _checked(address: str) -> str:
    from briefing.settings import is_address

    if not is_address(address):
        raise SettingsError(f"{address[:80]!r} is not an e-mail address.", "Write one such as desk@example.org.")
    return address


def _show(config: Path | None) -> None:
    from briefing.build.desk_store import has_store, open_store

    settings = settings_of(config)
    unwanted: frozenset[str] = frozenset()
    left: frozenset[tuple[str, str]] = frozenset()
    if has_store(settings):
        with open_store(settings) as store:
            unwanted, left = store.suppressed(), store.unsubscribed()
    lists = [section.mailing_list(settings.folder) for section in settings.lists]
    for one in lists:
        for address in one.recipients:
            key = address.casefold()
            state = "suppressed" if key in unwanted else "unsubscribed" if (key, one.name) in left else ""
            row(one.name, one.theme or "whole edition", address, state)
    for channel in settings.channels:
        row(channel.name, channel.theme or "whole edition", channel.kind, "")
    listed = {address.casefold() for one in lists for address in one.recipients}
    for address in sorted(unwanted - listed):
        row("", "", address, "suppressed")
    for trouble in (trouble for one in lists for trouble in one.troubles):
        echo(trouble, err=True)
    recipients = counted(len(listed), "recipient", "recipients")
    echo(f"{recipients}, {len(unwanted)} suppressed.", err=True)
