"""`briefing backup`: a copy of the store."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.echo import echo_path
from briefing.cli.options import CONFIG, settings_of


@click.command(epilog="\b\nExample:\n  briefing backup backups/briefing-2022-02-01.sqlite")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@CONFIG
def backup(file: Path, config: Path | None) -> None:
    """Write a checked copy of the store to FILE, while others go on using it; print its path.

    To go back to a copy, put it in the store's place while no command is running.
    """
    from briefing.build.desk_store import open_store

    with open_store(settings_of(config), create=False) as store:
        store.backup(file)
    echo_path(file)
