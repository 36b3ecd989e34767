"""`briefing build`: articles in, an edition out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
    from briefing.build import Built
    from briefing.build.progress import Progress
    from briefing.build.publishing import Drafted
    from briefing.model import Edition
    from briefing.settings import Settings
    from briefing.stages.proof import Finding
    from briefing.store import Store
    from briefing.system.cache import Cache


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

    from briefing.build import themes_of
    from briefing.cli.progress import shown
    from briefing.cli.templates import templates_of
    from briefing.outputs.files import check_regular
    from briefing.system.locking import held

    check_theme(only, [theme.slug for theme in themes_of(settings)])
    last = _last_day(day, first_day, last_day, today(settings))
    order = _Order(settings, paths, out, last, first_day, now(), templates_of(settings), config, report)
    if report:
        check_regular(report)  # before minutes of work
    own: list[str] = []
    with held(out, now=at_desk(settings)), store_of(settings, paths) as store, shown() as progress:
        with cache_of(settings, wanted=not no_cache) as cache:
            built = order.built(store, cache, progress, own.append, fresh=fresh, backlog=backlog)
        if paths and not any(entry.article_id for entry in built.edition.ledger):
            order.write_report(built.edition)
            print_own(own)
            raise no_article(paths, refused=print_rejected(built.edition))
        done = order.draft(built, store) if draft else order.written(built, store, chosen, only or "", progress)
    order.tell(done, own)


@dataclass(frozen=True, slots=True)
class _Done:
    """What a build wrote."""

    edition: Edition
    paths: Sequence[Path]
    left_out: Sequence[Finding] = ()  # of a draft, since it could not be proved
    drafted: Drafted | None = None
    replaced: str = ""  # who had signed the edition that was there before


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be built, and where it goes."""

    settings: Settings
    paths: tuple[Path, ...]
    out: Path
    day: date  # the last one
    first_day: date | None
    started: datetime
    templates: Path | None
    config: Path | None
    report: Path | None

    def built(
        self,
        store: Store | None,
        cache: Cache | None,
        progress: Progress,
        on_skipped: Callable[[str], None],
        *,
        fresh: bool,
        backlog: bool,
    ) -> Built:
        """Build the edition."""
        from briefing.build import build_edition

        return build_edition(
            self.settings,
            self.paths,
            store,
            day=self.day,
            now=self.started,
            first_day=self.first_day,
            fresh=fresh,
            backlog=backlog,
            leave_out=_not_articles(self.settings, self.out, self.config, self.report),
            on_skipped=on_skipped,
            cache=cache,
            progress=progress,
        )

    def draft(self, built: Built, store: Store | None) -> _Done:
        """Prove a draft and hold it for the editor."""
        from briefing.build import Built, keep_built, proved_draft, write_draft

        proved = proved_draft(built.edition, store, self.settings, made=self.started, given=built.given)
        if store is not None:
            keep_built(store, self.settings, Built(proved.edition, built.given), now=self.started, printed=False)
        drafted = write_draft(proved.edition, self.out, store, made=self.started)
        return _Done(proved.edition, drafted.paths, proved.left_out, drafted)

    def written(
        self, built: Built, store: Store | None, formats: Sequence[str] | None, only: str, progress: Progress
    ) -> _Done:
        """Write the outputs of an edition, and remember it."""
        from briefing.build import keep_built, render

        edition = built.edition
        signed = signed_by(self.out / edition.name)
        paths = render(edition, self.out, formats=formats, only=only, templates=self.templates, progress=progress)
        if store is not None and not only:
            keep_built(store, self.settings, built, now=self.started)
        return _Done(edition, paths, replaced=signed)

    def tell(self, done: _Done, own: Sequence[str]) -> None:
        """Print the path of each file, and on stderr what the edition holds."""
        for path in done.paths:
            echo_path(path)
        self.write_report(done.edition)
        print_own(own)
        print_left_out(done.left_out)
        print_carried(done.drafted)
        print_counts(done.edition)
        sheet = self.out / done.edition.name / "edition.md"
        print_replaced(done.replaced, sheet)
        if done.drafted:
            echo(f"Held for the editor. Edit {sheet}, then: briefing publish {sheet}", err=True)

    def write_report(self, edition: Edition) -> None:
        """Write what became of each input, and print where, if that was asked for."""
        from briefing.build import write_report

        if self.report:
            echo_path(write_report(edition, self.report))


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
