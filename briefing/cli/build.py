"""`briefing build`: articles in, an edition out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.errors import BriefingError, SettingsError, SourceError

if TYPE_CHECKING:
    from briefing.model import Edition
    from briefing.settings import Settings
    from briefing.store import Store

NAMED_AT_MOST = 20  # inputs named one by one on stderr; the report has them all
FORMATS = "json, pdf, html, email, text, eml, markdown, docx"
ENDINGS = {"md": "markdown", "txt": "text"}  # endings that differ from the output's name


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


class Place(click.Path):
    """A file or folder; an empty name is a mistake and not the folder one stands in."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        if value == "":
            self.fail("the name is empty; name a file or folder, . for this folder", param, ctx)
        return super().convert(value, param, ctx)


def today(settings: Settings) -> date:
    """Return the day it is at the desk."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(settings.briefing.time_zone)).date()


def now() -> datetime:
    """Return the moment it is, UTC."""
    return datetime.now(UTC)


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


def with_engine(settings: Settings, jobs: int | None, cluster: str | None) -> Settings:
    """Return the settings with the command line's engine in the place of theirs."""
    from briefing.settings.values import SCHEDULER

    if cluster is not None and not SCHEDULER.fullmatch(cluster):
        raise SettingsError(f"--cluster {cluster!r} is no scheduler.", "Give an address such as tcp://scheduler:8786.")
    said = {name: value for name, value in (("jobs", jobs), ("cluster", cluster)) if value is not None}
    return settings.model_copy(update={"engine": settings.engine.model_copy(update=said)}) if said else settings


def formats_of(names: str | None) -> tuple[str, ...] | None:
    """Return the formats of `--format pdf,html`; None for all."""
    from briefing.outputs import OUTPUTS

    if names is None:
        return None
    wanted = [name.strip() for name in names.split(",")]
    for name in wanted:
        if ENDINGS.get(name, name) not in OUTPUTS:
            raise SettingsError(f"No output is called {name!r}.", f"Use one of {', '.join(OUTPUTS)}.")
    return tuple(ENDINGS.get(name, name) for name in wanted)


def check_theme(slug: str | None, slugs: Sequence[str]) -> None:
    """Refuse a slug of `--only` that no theme has."""
    if slug is not None and slug not in slugs:
        raise SettingsError(f"No theme has the slug {slug!r}.", f"Use one of {', '.join(slugs)}.")


def counted(number: int, one: str, several: str) -> str:
    """Return a number with its noun: "1 story", "2 stories"."""
    return f"{number} {one if number == 1 else several}"


def named(path: str, reason: str) -> str:
    """Return a sentence about an input that names it once, with nothing in it that a terminal obeys."""
    from briefing.sources.opened import shown_name

    shown = shown_name(path)
    return reason if reason.startswith((f"{shown} ", f"{shown}:")) else f"{shown}: {reason}"


def no_article(paths: Collection[Path], *, refused: bool) -> SourceError:
    """Return the error of a command that found nothing to work on."""
    from briefing.sources.opened import shown_name

    places = [
        "this folder" if path == Path() else shown_name(f"{path}/" if path.is_dir() else str(path)) for path in paths
    ]
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return SourceError(
        f"There is no article in {', '.join(places[:3])}{more}.",
        "Mend or replace what is named above."
        if refused
        else "Put .txt, .md, .html, .jsonl, .json, .xml, .rss or .atom files there.",
        code="E_EMPTY",
    )


CONFIG = click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), help="Settings file; ./briefing.toml if present."
)
OUT = click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out"), show_default=True, help="Folder."
)
FORMAT = click.option(
    "--format",
    "formats",
    metavar="NAMES",
    help=f"Only these outputs, with commas between: {FORMATS}; md and txt will do. Else all.",
)
PLACE = Place(path_type=Path)


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing build articles/\n"
    "  briefing build feed.xml page.html notes/ --date 2022-02-01 --out out\n"
    "  briefing build articles/ --format pdf,email --report report.json\n"
    "  briefing build                                       what was collected, beside the days before\n"
    "  briefing build --from 2022-01-26 --to 2022-02-01     the edition of a week"
)
@click.argument("paths", nargs=-1, type=PLACE, metavar="[PATH]...")
@click.option("--date", "day", type=Day(), help="Day of the edition; today in the configured time zone.")
@click.option("--from", "first_day", type=Day(), help="First day of an edition of several days.")
@click.option("--to", "last_day", type=Day(), help="Its last day; today when only --from is given.")
@click.option("--fresh", is_flag=True, help="Compare it with no earlier edition.")
@OUT
@CONFIG
@click.option("--method", help="Ranking method instead of the configured one, e.g. newswire, lexrank, lead.")
@FORMAT
@click.option("--pages", type=click.IntRange(1, 1000), help="Cut what is least worth until the PDF has so many pages.")
@click.option("--only", metavar="THEME", help="Only this theme's digest, by slug, e.g. sanctions.")
@click.option("--jobs", type=click.IntRange(0, 1000), help="Processes that work on the articles; 0 for one a core.")
@click.option("--cluster", metavar="ADDRESS", help="Dask scheduler whose workers do, e.g. tcp://scheduler:8786.")
@click.option("--draft", is_flag=True, help="Hold it for the editor: write edition.md, to be edited and published.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write what became of each input here.")
def build(
    paths: tuple[Path, ...],
    day: date | None,
    first_day: date | None,
    last_day: date | None,
    fresh: bool,
    out: Path,
    config: Path | None,
    method: str | None,
    formats: str | None,
    pages: int | None,
    only: str | None,
    report: Path | None,
    jobs: int | None,
    cluster: str | None,
    *,
    draft: bool,
) -> None:
    """Build the edition of a day from files and folders of articles, or from what was collected.

    Without PATH it is made of what `briefing collect` brought. Where there is a store, an edition prints what is new
    beside the editions of earlier days, and is remembered for the days to come; with PATH only when the settings name
    the store. With --only nothing is remembered, and neither is an edition of several days.

    Reads .txt, .md, .html, .jsonl, .json (JSON Feed), .xml, .rss and .atom; prints the path of each file written.
    With --draft it writes no more than a sheet for the editor; `briefing publish` makes the edition of it.
    Earlier editions, the folder of --out and settings files among the articles are not read.
    """
    settings = settings_of(config, method)
    if pages is not None:
        limits = settings.limits.model_copy(update={"pages": pages})
        settings = settings.model_copy(update={"limits": limits})
    settings = with_engine(settings, jobs, cluster)
    wanted = formats_of(formats)
    if draft and (wanted or only):
        raise SettingsError("A draft has no outputs to choose from.", "Give --format to `briefing publish`.")

    from briefing.cli.progress import shown
    from briefing.cli.templates import templates_of
    from briefing.locking import held
    from briefing.pipeline import build_edition, keep_built, render, themes_of, write_draft, write_report

    check_theme(only, [theme.slug for theme in themes_of(settings)])
    ours = templates_of(settings)
    own: list[str] = []
    last = _last_day(day, first_day, last_day) or today(settings)
    if first_day is not None and first_day > last:
        raise SettingsError(f"--from {first_day} is after --to {last}.", "Give the earlier day with --from.")

    started = now()
    with held(out, now=started), store_of(settings, paths) as store, shown() as progress:
        built = build_edition(
            settings,
            paths,
            store,
            day=last,
            now=started,
            first_day=first_day,
            fresh=fresh,
            leave_out=_not_articles(settings, out, config, report),
            told=own.append,
            progress=progress,
        )
        edition = built.edition
        if paths and not any(entry.article_id for entry in edition.ledger):
            if report:
                click.echo(write_report(edition, report))
            _tell_own(own)
            raise no_article(paths, refused=_tell_rejected(edition))
        signed = "" if draft else _signed(out / edition.name)
        if draft:
            written = write_draft(edition, out)
        else:
            written = render(
                edition,
                out,
                formats=wanted or settings.outputs.formats,
                only=only or "",
                templates=ours,
                progress=progress,
            )
        if store is not None and not only:
            keep_built(store, settings, built, now=started, printed=not draft)
    if report:
        written.append(write_report(edition, report))
    for path in written:
        click.echo(path)
    _tell_own(own)
    tell(edition)
    if signed:
        sheet = out / edition.name / "edition.md"
        click.echo(
            f"This replaced the edition that {signed} signed; to have that one back: briefing publish {sheet}", err=True
        )
    if draft:
        click.echo(f"Held for the editor. Edit {written[1]}, then: briefing publish {written[1]}", err=True)


def _signed(folder: Path) -> str:
    """Return who signed the edition that lies in a folder; empty when nobody did, or none lies there."""
    from briefing.outputs import load_edition

    try:
        signed = load_edition(folder / "briefing.json").signed
    except BriefingError:  # none, or one that is damaged: it is written anew
        return ""
    return signed.name if signed else ""


def _last_day(day: date | None, first_day: date | None, last_day: date | None) -> date | None:
    """Return the day the edition ends with, as the command line says; None for today."""
    if day is not None and (first_day or last_day):
        raise SettingsError("--date is for the edition of one day.", "Give --from and --to, or --date.")
    if last_day is not None and first_day is None:
        raise SettingsError("--to needs the first day too.", "Give it with --from.")
    return day or last_day


def store_of(settings: Settings, paths: Sequence[Path] = ()) -> AbstractContextManager[Store | None]:
    """Return the desk's store, to be closed by `with`, and inside None when there is none or a build takes no notice.

    A build of files and folders makes one, but only where the settings name it.
    """
    from briefing.pipeline.kept import open_store, store_path

    if not settings.store.path and (paths or not store_path(settings).exists()):
        return nullcontext()
    return open_store(settings, create=bool(paths))


def _not_articles(settings: Settings, out: Path, config: Path | None, report: Path | None) -> list[Path]:
    """Return what may lie among the articles and is none: what the build writes, and what it is set up with."""
    set_up = (settings.outputs.templates, settings.brand.logo)
    return [out, *filter(None, (config, report)), *(settings.folder / name for name in set_up if name)]


def _tell_own(paths: Sequence[str]) -> None:
    from briefing.sources.opened import shown_name

    if paths:
        more = f" and {len(paths) - NAMED_AT_MOST} more" if len(paths) > NAMED_AT_MOST else ""
        shown = ", ".join(map(shown_name, paths[:NAMED_AT_MOST]))
        click.echo(f"Not taken for articles, being this program's own: {shown}{more}.", err=True)


def tell(edition: Edition) -> None:
    """Say on stderr what became of the inputs, and what was cut."""
    counts = edition.counts
    fates = [entry.fate for entry in edition.ledger]
    rest = [f"{fates.count(f)} {f}" for f in ("merged", "left out", "rejected") if f in fates]
    click.echo(
        f"{counted(counts.inputs, 'input', 'inputs')}: {fates.count('used')} used"
        + "".join(f", {part}" for part in rest)
        + f"; {counted(counts.stories, 'story', 'stories')} of {counted(counts.origins, 'origin', 'origins')}.",
        err=True,
    )
    _tell_rejected(edition)
    for cut in edition.cuts[:NAMED_AT_MOST]:
        click.echo(f"  cut ({cut.why}) {cut.what}", err=True)


def _tell_rejected(edition: Edition) -> bool:
    """Name what was rejected; return whether anything was."""
    troubles = [entry for entry in edition.ledger if entry.fate == "rejected"]
    for entry in troubles[:NAMED_AT_MOST]:
        click.echo(f"  rejected {named(entry.input, entry.reason)}", err=True)
    if len(troubles) > NAMED_AT_MOST:
        click.echo(f"  and {len(troubles) - NAMED_AT_MOST} more; --report FILE names them all.", err=True)
    return bool(troubles)
