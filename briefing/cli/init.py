"""`briefing init`: a settings file to start from."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.echo import echo_path
from briefing.errors import SettingsError


@click.command(epilog="\b\nExamples:\n  briefing init\n  briefing init desks/energy.toml --themes energy,climate")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), default=Path("briefing.toml"))
@click.option(
    "--themes", help="Slugs of shipped themes, such as energy,cyber; `briefing themes list --shipped` has all."
)
def init(path: Path, themes: str | None) -> None:
    """Write a settings file with every setting explained, themes included."""
    from briefing.outputs.files import write_file
    from briefing.settings import default_file

    if path.exists():
        raise SettingsError(f"{path} is there already.", "Move it away, or name another file.")
    write_file(path.parent, path.name, default_file(_themes(themes)).encode())
    echo_path(path)


def _themes(slugs: str | None) -> str:
    """Return the shipped themes of these slugs as a settings file holds them; the default ones without any."""
    from briefing.build import DEFAULT_THEMES_TEXT, shipped_texts

    if slugs is None:
        return DEFAULT_THEMES_TEXT
    known = shipped_texts()
    wanted = [slug.strip() for slug in slugs.split(",") if slug.strip()]
    for slug in wanted:
        if slug not in known:
            raise SettingsError(f"No shipped theme has the slug {slug!r}.", f"Use some of {', '.join(known)}.")
    return "\n".join(known[slug] for slug in wanted) or DEFAULT_THEMES_TEXT
