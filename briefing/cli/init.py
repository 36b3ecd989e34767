"""`briefing init`: a settings file to start from."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.errors import SettingsError


@click.command(epilog="\b\nExamples:\n  briefing init\n  briefing init desks/energy.toml")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), default=Path("briefing.toml"))
def init(path: Path) -> None:
    """Write a settings file with every setting explained, themes included."""
    from briefing.build import DEFAULT_THEMES_TEXT
    from briefing.outputs.files import write_file
    from briefing.settings import default_file

    if path.exists():
        raise SettingsError(f"{path} is there already.", "Move it away, or name another file.")
    write_file(path.parent, path.name, default_file(DEFAULT_THEMES_TEXT).encode())
    click.echo(path)
