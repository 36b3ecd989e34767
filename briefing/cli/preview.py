"""`briefing preview`: an edition in the browser."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from briefing.cli.echo import echo, echo_path
from briefing.cli.options import OUT, Day
from briefing.errors import SourceError

_PAGE = "briefing.html"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@click.command(epilog="\b\nExamples:\n  briefing preview\n  briefing preview 2022-02-01 --out out")
@click.argument("day", required=False, type=Day(), metavar="[DAY]")
@OUT
def preview(day: date | None, out: Path) -> None:
    """Open an edition's web page in the browser: the newest one, or that of DAY; print its path."""
    import webbrowser

    page = out / (day.isoformat() if day else newest(out)) / _PAGE
    if not page.is_file():
        raise SourceError(
            f"There is no {page}.",
            f"`briefing render {page.parent.name}` writes it again if the store has that edition; else build it.",
            code="E_NOT_FOUND",
        )
    echo_path(page)
    if not webbrowser.open(page.resolve().as_uri()):
        echo("This machine has no browser to open; the path above is the page.", err=True)


def newest(out: Path) -> str:
    """Return the newest day of which the folder has a web page; an error when it has none."""
    days = sorted(p.parent.name for p in out.glob(f"*/{_PAGE}") if _DAY.fullmatch(p.parent.name))
    if not days:
        raise SourceError(
            f"There is no edition in {out}/.", "Build one with `briefing build PATH`.", code="E_NOT_FOUND"
        )
    return days[-1]
