"""`briefing render`: makes the outputs again, from the issue file alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.echo import echo_path
from briefing.cli.options import CONFIG, FORMAT, check_theme, formats_of, now, settings_of

if TYPE_CHECKING:
    from briefing.model import Edition
    from briefing.settings import Settings

_DAY = re.compile(r"\d{4}-[01]\d-[0-3]\d")


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing render out/2022-02-01/briefing.json\n"
    "  briefing render 2022-02-01                                 the store's edition of that day\n"
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
    """Make every output of an edition again from its issue file; the articles are not needed.

    A day instead of a file is the edition that the store has of that day: a folder of editions that was deleted comes
    back so, and nobody is sent anything.
    """
    wanted = formats_of(formats)

    from briefing.build import load_edition
    from briefing.build import render as write
    from briefing.cli.progress import shown
    from briefing.cli.templates import templates_of
    from briefing.system.locking import held

    settings = settings_of(config)
    ours = templates_of(settings)
    days = _DAY.fullmatch(str(issue)) and not issue.exists()
    edition = _stored(date.fromisoformat(str(issue)), settings) if days else load_edition(issue)
    check_theme(only, [section.theme for section in edition.sections if section.theme != "other"])
    folder = out or (Path("out") if days else issue.resolve().parent.parent)
    with held(folder, now=now()), shown() as progress:
        for path in write(edition, folder, formats=wanted, only=only or "", templates=ours, progress=progress):
            echo_path(path)


def _stored(day: date, settings: Settings) -> Edition:
    """Return the edition that the store has of a day."""
    from briefing.build.desk_store import open_store
    from briefing.build.sending import edition_of_day

    with open_store(settings, create=False) as store:
        return edition_of_day(day, Path(), store)
