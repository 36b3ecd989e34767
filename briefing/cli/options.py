"""Options that several commands share: days, places, settings, formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.echo import echo
from briefing.errors import SettingsError

if TYPE_CHECKING:
    from briefing.model import Length
    from briefing.settings import Settings
    from briefing.store import Store
    from briefing.system.cache import Cache

FORMATS = "json, pdf, html, email, text, eml, markdown, docx, epub"


ENDINGS = {"md": "markdown", "txt": "text"}  # endings that differ from the output's name


class Day(click.ParamType[date]):
    """A calendar date written 2022-02-01."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date."""
        if isinstance(value, date):
            return value
        from briefing.model import FIRST_DAY, LAST_DAY

        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2022-02-01", param, ctx)
        if not FIRST_DAY <= day <= LAST_DAY:
            self.fail(f"{day} is outside the years {FIRST_DAY.year} to {LAST_DAY.year}", param, ctx)
        return day


class Place(click.Path):
    """A path option; an empty name is an error, not the current folder."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        if value == "":
            self.fail("the name is empty; name a file or folder, . for this folder", param, ctx)
        return super().convert(value, param, ctx)


def today(settings: Settings) -> date:
    """Return the current day at the desk."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(settings.briefing.time_zone)).date()


def now() -> datetime:
    """Return the current time, UTC."""
    return datetime.now(UTC)


def start_of(day: date, settings: Settings) -> datetime:
    """Return the moment at which a day begins at the desk."""
    from zoneinfo import ZoneInfo

    return datetime.combine(day, time(), ZoneInfo(settings.briefing.time_zone))


def end_of(day: date, settings: Settings) -> datetime:
    """Return the moment at which a day has ended at the desk; the last moment there is for the last day."""
    return start_of(day + timedelta(1), settings) if day < date.max else datetime.max.replace(tzinfo=UTC)


def at_desk(settings: Settings) -> datetime:
    """Return the current time as the desk's clocks show it."""
    from zoneinfo import ZoneInfo

    return now().astimezone(ZoneInfo(settings.briefing.time_zone))


def settings_of(config: Path | None, method: str | None = None, *, notices: bool = True) -> Settings:
    """Return the settings of a file or of `./briefing.toml`, with the command line's method instead of theirs.

    What they say that cannot be meant is printed on stderr, unless ``notices`` is False.
    """
    from briefing.outputs import OUTPUTS
    from briefing.settings import read_settings
    from briefing.stages.ranking import RANKERS
    from briefing.stages.themes import DEFAULT_THEMES

    themes = tuple(theme.slug for theme in DEFAULT_THEMES)
    settings = read_settings(config, methods=tuple(RANKERS), formats=tuple(OUTPUTS), default_themes=themes)
    for notice in settings.notices if notices else ():
        echo(f"briefing: {notice}", err=True)
    if method is None:
        return settings
    if method not in RANKERS:
        raise SettingsError(f"No ranking method is called {method!r}.", f"Use one of {', '.join(RANKERS)}.")
    summaries = settings.summaries.model_copy(update={"method": method})
    return settings.model_copy(update={"summaries": summaries})


def with_pages(settings: Settings, pages: int | None) -> Settings:
    """Return the settings with the command line's limit of pages instead of theirs."""
    if pages is None:
        return settings
    return settings.model_copy(update={"limits": settings.limits.model_copy(update={"pages": pages})})


def with_length(settings: Settings, length: Length | None) -> Settings:
    """Return the settings with the command line's length instead of theirs."""
    if length is None:
        return settings
    return settings.model_copy(update={"limits": settings.limits.model_copy(update={"length": length})})


@contextmanager
def cache_of(settings: Settings, *, wanted: bool = True) -> Iterator[Cache | None]:
    """Open the cache of earlier builds for the block; None inside when the settings or the command line turn it off."""
    from briefing.system.cache import Cache, cache_folder

    folder = cache_folder() if wanted and settings.engine.cache else None
    if folder is None:
        yield None
        return
    cache = Cache(folder, now().date())
    try:
        yield cache
    except KeyboardInterrupt:
        cache.close()
        if cache.kept and not cache.trouble:
            echo("What was worked out so far is kept: the next build goes on from there.", err=True)
        raise
    finally:
        cache.close()
        if cache.trouble:
            without = "With cache = false under [engine], or --no-cache, a build does without."
            echo(
                f"Nothing is kept to make the next build faster: {cache.trouble}\n  hint: {without}",
                err=True,
                lines=True,
            )


def with_engine(settings: Settings, jobs: int | None, cluster: str | None) -> Settings:
    """Return the settings with the command line's engine instead of theirs."""
    from briefing.settings.values import SCHEDULER

    if cluster is not None and not SCHEDULER.fullmatch(cluster):
        raise SettingsError(
            f"--cluster {cluster!r} is not the address of a scheduler.", "Give an address such as tcp://scheduler:8786."
        )
    said = {name: value for name, value in (("jobs", jobs), ("cluster", cluster)) if value is not None}
    return settings.model_copy(update={"engine": settings.engine.model_copy(update=said)}) if said else settings


def formats_of(names: Sequence[str]) -> tuple[str, ...] | None:
    """Return the formats of `--format pdf,html --format json`; None for all."""
    from briefing.outputs import OUTPUTS

    if not names:
        return None
    wanted = [name.strip() for given in names for name in given.split(",")]
    for name in wanted:
        if ENDINGS.get(name, name) not in OUTPUTS:
            raise SettingsError(f"No output is called {name!r}.", f"Use one of {', '.join(OUTPUTS)}.")
    return tuple(ENDINGS.get(name, name) for name in wanted)


def check_theme(slug: str | None, slugs: Sequence[str]) -> None:
    """Refuse a slug of `--only` that no theme has."""
    if slug is not None and slug not in slugs:
        raise SettingsError(f"No theme has the slug {slug!r}.", f"Use one of {', '.join(slugs)}.")


BACKLOG = click.option(
    "--backlog", is_flag=True, help="Take also what a source's first visit brought of the week before."
)
STORED = click.option("--stored", is_flag=True, help="Take the articles of the store instead of files.")
DAYS = click.option(
    "--days",
    type=click.IntRange(1, 366),
    default=7,
    show_default=True,
    help="With --stored: days of articles, today's too.",
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
    multiple=True,
    help=f"Only these outputs, with commas between or given again: {FORMATS}; md and txt will do. Else all.",
)


PLACE = Place(path_type=Path)


def store_of(settings: Settings, paths: Sequence[Path] = ()) -> AbstractContextManager[Store | None]:
    """Open the desk's store for the block; None inside when there is none or the build ignores it.

    A build of files and folders makes one, but only where the settings name it.
    """
    from briefing.build.desk_store import has_store, open_store

    if not settings.store.path and (paths or not has_store(settings)):
        return nullcontext()
    return open_store(settings, create=bool(paths))
