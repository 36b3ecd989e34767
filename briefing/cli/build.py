"""`briefing build`: articles in, an edition out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.echo import echo, echo_path
from briefing.cli.messages import (
    no_article,
    print_carried,
    print_counts,
    print_left_out,
    print_own,
    print_rejected,
    print_replaced,
    signed_by,
)
from briefing.cli.options import (
    BACKLOG,
    CONFIG,
    FORMAT,
    OUT,
    PLACE,
    Day,
    at_desk,
    cache_of,
    check_theme,
    formats_of,
    now,
    settings_of,
    store_of,
    today,
    with_engine,
    with_length,
    with_pages,
)
from briefing.errors import SettingsError
from briefing.model.closed_sets import LENGTHS, Length
from briefing.outputs import start_early

if TYPE_CHECKING:
    from briefing.model import Edition
    from briefing.settings import Settings
    from briefing.stages.proof import Finding


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
@BACKLOG
@click.option("--fresh", is_flag=True, help="Compare it with no earlier edition.")
@OUT
@CONFIG
@click.option("--method", help="Ranking method instead of the configured one, e.g. newswire, lexrank, lead.")
@FORMAT
@click.option("--length", type=click.Choice(LENGTHS), help="How much of the day is told; else as the settings say.")
@click.option("--pages", type=click.IntRange(1, 1000), help="Cut what is least worth until the PDF has so many pages.")
@click.option("--only", metavar="THEME", help="Only this theme's digest, by slug, e.g. sanctions.")
@click.option("--jobs", type=click.IntRange(0, 1000), help="Processes that work on the articles; 0 for one a core.")
@click.option("--cluster", metavar="ADDRESS", help="Dask scheduler whose workers do, e.g. tcp://scheduler:8786.")
@click.option("--no-cache", is_flag=True, help="Work out every article again, though an earlier build did.")
@click.option("--draft", is_flag=True, help="Hold it for the editor: write edition.md, to be edited and published.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write what became of each input here.")
def build(
    paths: tuple[Path, ...],
    day: date | None,
    first_day: date | None,
    last_day: date | None,
    fresh: bool,
    backlog: bool,
    out: Path,
    config: Path | None,
    method: str | None,
    formats: Sequence[str],
    length: Length | None,
    pages: int | None,
    only: str | None,
    report: Path | None,
    jobs: int | None,
    cluster: str | None,
    *,
    no_cache: bool,
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
    limited = with_length(with_pages(settings_of(config, method), pages), length)
    settings = with_engine(limited, jobs, cluster)
    wanted = formats_of(formats)
    if draft and (wanted or only):
        raise SettingsError("A draft has no outputs to choose from.", "Give --format to `briefing publish`.")
    chosen = wanted or settings.outputs.formats
    language, counts_pages = settings.briefing.language, bool(settings.limits.pages)
    start_early(() if draft else chosen, language, counts_pages=counts_pages)  # before the imports of a build

    from briefing.build import (
        Built,
        build_edition,
        keep_built,
        proved_draft,
        render,
        themes_of,
        write_draft,
        write_report,
    )
    from briefing.cli.progress import shown
    from briefing.cli.templates import templates_of
    from briefing.outputs.files import check_regular
    from briefing.system.locking import held

    check_theme(only, [theme.slug for theme in themes_of(settings)])
    ours = templates_of(settings)
    own: list[str] = []
    last = _last_day(day, first_day, last_day, today(settings))

    if report:
        check_regular(report)  # before minutes of work
    started = now()
    with held(out, now=at_desk(settings)), store_of(settings, paths) as store, shown() as progress:
        with cache_of(settings, wanted=not no_cache) as cache:
            built = build_edition(
                settings,
                paths,
                store,
                day=last,
                now=started,
                first_day=first_day,
                fresh=fresh,
                backlog=backlog,
                leave_out=_not_articles(settings, out, config, report),
                on_skipped=own.append,
                cache=cache,
                progress=progress,
            )
        left_out: tuple[Finding, ...] = ()
        if draft:
            proved = proved_draft(built.edition, store, settings, made=started, given=built.given)
            built, left_out = Built(proved.edition, built.given), proved.left_out
        edition = built.edition
        if paths and not any(entry.article_id for entry in edition.ledger):
            if report:
                echo_path(write_report(edition, report))
            print_own(own)
            raise no_article(paths, refused=print_rejected(edition))
        signed = "" if draft else signed_by(out / edition.name)
        if draft and store is not None:
            keep_built(store, settings, built, now=started, printed=False)
        held_for = write_draft(edition, out, store, made=started) if draft else None
        written = (
            list(held_for.paths)
            if held_for
            else render(edition, out, formats=chosen, only=only or "", templates=ours, progress=progress)
        )
        if store is not None and not only and not draft:
            keep_built(store, settings, built, now=started)
    if report:
        written.append(write_report(edition, report))
    for path in written:
        echo_path(path)
    print_own(own)
    print_left_out(left_out)
    print_carried(held_for)
    _print_result(edition, out / edition.name / "edition.md", signed, draft=draft)


def _print_result(edition: Edition, sheet: Path, signed: str, *, draft: bool) -> None:
    """Print what the edition holds, which signed one it replaced, and where the editor's sheet is."""
    print_counts(edition)
    print_replaced(signed, sheet)
    if draft:
        echo(f"Held for the editor. Edit {sheet}, then: briefing publish {sheet}", err=True)


def _last_day(day: date | None, first_day: date | None, last_day: date | None, today: date) -> date:
    """Return the day the edition ends with, as the command line says."""
    if day is not None and (first_day or last_day):
        raise SettingsError("--date is for the edition of one day.", "Give --from and --to, or --date.")
    if last_day is not None and first_day is None:
        raise SettingsError("--to needs the first day too.", "Give it with --from.")
    last = day or last_day or today
    if first_day is not None and first_day > last:
        raise SettingsError(f"--from {first_day} is after --to {last}.", "Give the earlier day with --from.")
    return last


def _not_articles(settings: Settings, out: Path, config: Path | None, report: Path | None) -> list[Path]:
    """Return the paths that are not read as articles: what the build writes, and its settings."""
    set_up = (settings.outputs.templates, settings.brand.logo)
    return [out, *filter(None, (config, report)), *(settings.folder / name for name in set_up if name)]
