"""`briefing build`: articles in, an edition out."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.errors import SettingsError

if TYPE_CHECKING:
    from briefing.model import Edition
    from briefing.settings import Settings

NAMED_AT_MOST = 20  # inputs named one by one on stderr; the report has them all


class Day(click.ParamType[date]):
    """A calendar date written 2022-02-01."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2022-02-01", param, ctx)


def today(settings: Settings) -> date:
    """Return the day it is at the desk."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(settings.briefing.time_zone)).date()


def settings_of(config: Path | None, method: str | None = None) -> Settings:
    """Return the settings of a file or of `./briefing.toml`, with the method of the command line in their place."""
    from briefing.outputs import OUTPUTS
    from briefing.ranking import RANKERS
    from briefing.settings import read_settings

    settings = read_settings(config, methods=tuple(RANKERS), formats=tuple(OUTPUTS))
    if method is None:
        return settings
    if method not in RANKERS:
        raise SettingsError(f"No ranking method is called {method!r}.", f"Use one of {', '.join(RANKERS)}.")
    summaries = settings.summaries.model_copy(update={"method": method})
    return settings.model_copy(update={"summaries": summaries})


def formats_of(names: str | None) -> tuple[str, ...] | None:
    """Return the formats of `--format pdf,html`; None for all."""
    from briefing.outputs import OUTPUTS

    if names is None:
        return None
    wanted = tuple(n.strip() for n in names.split(",") if n.strip())
    for name in wanted:
        if name not in OUTPUTS:
            raise SettingsError(f"No output is called {name!r}.", f"Use one of {', '.join(OUTPUTS)}.")
    return wanted


CONFIG = click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), help="Settings file; ./briefing.toml if present."
)
OUT = click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out"), show_default=True, help="Folder."
)
FORMAT = click.option("--format", "formats", metavar="NAMES", help="Only these outputs, e.g. pdf,html; else all.")


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing build articles/\n"
    "  briefing build feed.xml page.html notes/ --date 2022-02-01 --out out\n"
    "  briefing build articles/ --format pdf,email --report report.json"
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--date", "day", type=Day(), help="Day of the edition; today in the configured time zone.")
@OUT
@CONFIG
@click.option("--method", help="Ranking method instead of the configured one, e.g. newswire, lexrank, lead.")
@FORMAT
@click.option("--pages", type=click.IntRange(1, 1000), help="Cut what is least worth until the PDF has so many pages.")
@click.option("--only", metavar="THEME", help="Only this theme's digest, by slug, e.g. sanctions.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write what became of each input here.")
def build(
    paths: tuple[Path, ...],
    day: date | None,
    out: Path,
    config: Path | None,
    method: str | None,
    formats: str | None,
    pages: int | None,
    only: str | None,
    report: Path | None,
) -> None:
    """Build the edition of a day from files and folders of articles.

    Reads .txt, .md, .html, .jsonl, .json (JSON Feed), .xml, .rss and .atom; prints the path of each file written.
    """
    settings = settings_of(config, method)
    if pages is not None:
        limits = settings.limits.model_copy(update={"pages": pages})
        settings = settings.model_copy(update={"limits": limits})
    wanted = formats_of(formats)

    from briefing.cli.progress import shown
    from briefing.cli.templates import templates_of
    from briefing.pipeline import make_edition, render, write_report

    ours = templates_of(settings)

    with shown() as progress:
        edition = make_edition(paths, day=day or today(settings), settings=settings, progress=progress)
        written = render(
            edition,
            out,
            formats=wanted or settings.outputs.formats,
            only=only or "",
            templates=ours,
            progress=progress,
        )
    if report:
        written.append(write_report(edition, report))
    for path in written:
        click.echo(path)
    _tell(edition)


def _tell(edition: Edition) -> None:
    counts = edition.counts
    fates = [entry.fate for entry in edition.ledger]
    rest = [f"{fates.count(f)} {f}" for f in ("merged", "left out", "rejected") if f in fates]
    click.echo(
        f"{counts.inputs} inputs: {fates.count('used')} used"
        + "".join(f", {part}" for part in rest)
        + f"; {counts.stories} stories of {counts.origins} origins.",
        err=True,
    )
    troubles = [e for e in edition.ledger if e.fate == "rejected"]
    for entry in troubles[:NAMED_AT_MOST]:
        click.echo(f"  rejected {entry.input}: {entry.reason}", err=True)
    for cut in edition.cuts[:NAMED_AT_MOST]:
        click.echo(f"  cut ({cut.why}) {cut.what}", err=True)
    if len(troubles) > NAMED_AT_MOST:
        click.echo(f"  and {len(troubles) - NAMED_AT_MOST} more; --report FILE names them all.", err=True)
