"""`briefing schedule`: schedules the daily round."""

from __future__ import annotations

import re
import sys
from datetime import time
from pathlib import Path

import click

from briefing.cli.echo import echo, echo_path
from briefing.cli.options import CONFIG, settings_of
from briefing.errors import SettingsError

_ZONES = "Debian's cron passes over CRON_TZ and takes the hour for the machine's own; cronie's honours it."
_SPAN = re.compile(r"(\w{3})(?:-(\w{3}))?")


class Hour(click.ParamType[time]):
    """A time of day written 06:30."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> time:
        """Return the time."""
        if isinstance(value, time):
            return value
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", str(value)):
            self.fail(f"{value!r} is not a time such as 06:30", param, ctx)
        return time.fromisoformat(str(value))


class WeekdaysParam(click.ParamType[tuple[str, ...]]):
    """Days of the week written mon-fri or mon,wed,fri."""

    name = "days"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Return the days, Monday first."""
        from briefing.system.schedule import WEEK

        if isinstance(value, tuple):
            return value
        chosen: set[str] = set()
        for part in str(value).lower().split(","):
            found = _SPAN.fullmatch(part.strip())
            if not found or not {found[1], found[2] or found[1]} <= set(WEEK):
                self.fail(f"{part!r} is neither a day such as mon nor a span such as mon-fri", param, ctx)
            first, last = WEEK.index(found[1]), WEEK.index(found[2] or found[1])
            chosen.update(WEEK[first : last + 1] if first <= last else WEEK[first:] + WEEK[: last + 1])
        return tuple(day for day in WEEK if day in chosen)


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing schedule --at 06:30 --days mon-fri\n"
    "  briefing schedule --at 06:30 --install\n"
    "  briefing schedule --at 06:30 --cron | crontab -"
)
@click.option("--at", type=Hour(), default="06:00", show_default=True, help="Time of day, where the desk is.")
@click.option(
    "--days",
    type=WeekdaysParam(),
    default="mon-sun",
    show_default=True,
    help="Days, such as mon-fri or mon,wed.",
)
@click.option("--cron", is_flag=True, help="Lines for cron instead of units for systemd.")
@click.option("--install", is_flag=True, help="Put it where the system looks, instead of printing it.")
@click.option(
    "--secrets", type=click.Path(path_type=Path, dir_okay=False), help="File of NAME=value lines with the password."
)
@CONFIG
def schedule(
    at: time, days: tuple[str, ...], *, cron: bool, install: bool, secrets: Path | None, config: Path | None
) -> None:
    """Print what makes `briefing daily` run every morning: a systemd timer, or with --cron a line for cron.

    The hour is the desk's, by the time zone of the settings file, in summer and in winter.
    """
    from briefing.settings import DEFAULT_NAME
    from briefing.system.schedule import Round, cron_lines, install_cron, install_units, units_of

    settings = settings_of(config)
    path = (config or Path(DEFAULT_NAME)).resolve()
    if not path.exists():
        raise SettingsError(
            f"There is no {DEFAULT_NAME} here, and the daily round needs one.", "Run `briefing init` to write one."
        )
    zone = settings.briefing.time_zone
    round_ = Round(at, days, zone, sys.executable, path, secrets.resolve() if secrets else None)
    if install and cron:
        install_cron(round_)
        echo("The lines are in your crontab; crontab -l shows them.", err=True)
        echo(_ZONES, err=True)
    elif install:
        for written in install_units(round_, Path.home() / ".config" / "systemd" / "user"):
            echo_path(written)
        echo(
            "The timer runs while you are logged in; loginctl enable-linger keeps it running when you are not.",
            err=True,
        )
    elif cron:
        echo(cron_lines(round_), lines=True, nl=False)
        echo(_ZONES, err=True)
    else:
        for name, text in units_of(round_):
            echo(f"# ~/.config/systemd/user/{name}\n{text}", lines=True)
