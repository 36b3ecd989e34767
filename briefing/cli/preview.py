"""`briefing preview`: an edition in the browser."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from briefing.cli.echo import echo, echo_path
from briefing.cli.options import CONFIG, OUT, Day, settings_of
from briefing.errors import SourceError

_PAGE = "briefing.html"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@click.command(
    epilog="\b\nExamples:\n  briefing preview\n  briefing preview 2022-02-01 --out out\n  briefing preview --draft"
)
@click.argument("day", required=False, type=Day(), metavar="[DAY]")
@click.option("--draft", is_flag=True, help="The page that the draft would be, with its sheet's edits, not signed.")
@CONFIG
@OUT
def preview(day: date | None, draft: bool, config: Path | None, out: Path) -> None:
    """Open an edition's web page in the browser: the newest one, or that of DAY; print its path.

    With --draft it is the page of the newest draft, or that of DAY, with the edits of its sheet; nothing is published.
    """
    import webbrowser

    page = _look(day, config, out) if draft else _page_of(day, out)
    echo_path(page)
    if not webbrowser.open(page.resolve().as_uri()):
        echo("This machine has no browser to open; the path above is the page.", err=True)


def _look(day: date | None, config: Path | None, out: Path) -> Path:
    """Return the page of a draft, written now."""
    from briefing.build import preview_draft
    from briefing.cli.templates import templates_of
    from briefing.outputs.draft import SHEET

    sheet = out / (day.isoformat() if day else newest(out, SHEET)) / SHEET
    if not sheet.is_file():
        raise SourceError(f"There is no {sheet}.", "Make one with `briefing daily --draft`.", code="E_NOT_FOUND")
    return preview_draft(sheet, templates=templates_of(settings_of(config)))


def _page_of(day: date | None, out: Path) -> Path:
    page = out / (day.isoformat() if day else newest(out)) / _PAGE
    if not page.is_file():
        raise SourceError(
            f"There is no {page}.",
            f"`briefing render {page.parent.name}` writes it again if the store has that edition; else build it.",
            code="E_NOT_FOUND",
        )
    return page


def newest(out: Path, name: str = _PAGE) -> str:
    """Return the newest day of which the folder has a web page, or another file; an error when it has none."""
    days = sorted(p.parent.name for p in out.glob(f"*/{name}") if _DAY.fullmatch(p.parent.name))
    if not days:
        raise SourceError(
            f"There is no edition in {out}/.", "Build one with `briefing build PATH`.", code="E_NOT_FOUND"
        )
    return days[-1]
