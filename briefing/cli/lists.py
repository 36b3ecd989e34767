"""`briefing lists`: the mailing lists, and the addresses that are never mailed."""

from __future__ import annotations

from pathlib import Path

import click

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


@lists.command(epilog='\b\nExample:\n  briefing lists suppress a.person@example.org --why "left the desk"')
@click.argument("address")
@click.option("--why", default="", help="The reason, kept beside the address.")
@CONFIG
@click.pass_obj
def suppress(above: Path | None, config: Path | None, address: str, why: str) -> None:
    """Mail nothing to ADDRESS any more, whatever list it is on."""
    from briefing.build.desk_store import open_store

    with open_store(settings_of(config or above)) as store:
        store.suppress(_checked(address), why)
    click.echo(f"{address} is sent nothing any more.", err=True)


@lists.command(epilog="\b\nExample:\n  briefing lists allow a.person@example.org")
@click.argument("address")
@CONFIG
@click.pass_obj
def allow(above: Path | None, config: Path | None, address: str) -> None:
    """Mail to ADDRESS again."""
    from briefing.build.desk_store import open_store

    with open_store(settings_of(config or above)) as store:
        was = store.unsuppress(_checked(address))
    click.echo(f"{address} is sent mail again." if was else f"{address} was not suppressed.", err=True)


def _checked(address: str) -> str:
    from briefing.settings import is_address

    if not is_address(address):
        raise SettingsError(f"{address[:80]!r} is not an e-mail address.", "Write one such as desk@example.org.")
    return address


def _show(config: Path | None) -> None:
    from briefing.build.desk_store import has_store, open_store

    settings = settings_of(config)
    unwanted: frozenset[str] = frozenset()
    if has_store(settings):
        with open_store(settings) as store:
            unwanted = store.suppressed()
    for one in settings.lists:
        for address in one.recipients:
            state = "suppressed" if address.casefold() in unwanted else ""
            click.echo("\t".join((one.name, one.theme or "whole edition", address, state)))
    for channel in settings.channels:
        click.echo("\t".join((channel.name, channel.theme or "whole edition", channel.kind, "")))
    listed = {address.casefold() for one in settings.lists for address in one.recipients}
    for address in sorted(unwanted - listed):
        click.echo("\t".join(("", "", address, "suppressed")))
    recipients = counted(len(listed), "recipient", "recipients")
    click.echo(f"{recipients}, {len(unwanted)} suppressed.", err=True)
