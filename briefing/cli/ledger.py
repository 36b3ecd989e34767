"""`briefing ledger`: prints what became of every input."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.echo import echo, row
from briefing.cli.messages import counted
from briefing.errors import SettingsError


@click.command(epilog="\b\nExample:\n  briefing ledger out/2022-02-01/briefing.json --fate rejected")
@click.argument("issue", type=click.Path(path_type=Path, dir_okay=False), metavar="BRIEFING.JSON")
@click.option("--fate", help="Only inputs with this fate: used, told in a line, merged, left out or rejected.")
def ledger(issue: Path, fate: str | None) -> None:
    """Print what became of every input of an edition, a line each: fate, input, reason, codes."""
    from briefing.build import load_edition
    from briefing.model import FATES
    from briefing.sources.opened import shown_name

    if fate not in (None, *FATES):
        raise SettingsError(f"No fate is called {fate!r}.", f"Use one of {', '.join(FATES)}.")
    edition = load_edition(issue)
    entries = [e for e in edition.ledger if fate in (None, e.fate)]
    for entry in entries:
        codes = "".join(f" [{note.code}]" for note in entry.notes)
        row(entry.fate, shown_name(entry.input), f"{entry.reason}{codes}")
    tally = ", ".join(f"{sum(e.fate == f for e in edition.ledger)} {f}" for f in FATES)
    echo(f"{counted(len(edition.ledger), 'input', 'inputs')}: {tally}.", err=True)
