"""`briefing render`: makes the outputs again, from the issue file alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from briefing.cli.options import CONFIG, FORMAT, check_theme, formats_of, now, settings_of


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing render out/2022-02-01/briefing.json\n"
    "  briefing render briefing.json --out elsewhere --format pdf,html"
)
@click.argument("issue", type=click.Path(path_type=Path, dir_okay=False), metavar="BRIEFING.JSON")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder; by default the one the issue lies in."
)
@CONFIG
@FORMAT
@click.option("--only", metavar="THEME", help="Only this theme's digest, by slug.")
def render(issue: Path, out: Path | None, config: Path | None, formats: Sequence[str], only: str | None) -> None:
    """Make every output of an edition again from its issue file; the articles are not needed."""
    wanted = formats_of(formats)

    from briefing.build import load_edition
    from briefing.build import render as write
    from briefing.cli.progress import shown
    from briefing.cli.templates import templates_of
    from briefing.system.locking import held

    ours = templates_of(settings_of(config))
    edition = load_edition(issue)
    check_theme(only, [section.theme for section in edition.sections if section.theme != "other"])
    folder = out if out is not None else issue.resolve().parent.parent
    with held(folder, now=now()), shown() as progress:
        for path in write(edition, folder, formats=wanted, only=only or "", templates=ours, progress=progress):
            click.echo(path)
