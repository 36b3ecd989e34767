"""`briefing sources`: the health of each source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from briefing.cli.echo import echo
from briefing.cli.options import CONFIG, settings_of

if TYPE_CHECKING:
    from briefing.model import Health, Subscription

COLUMNS = ("source", "kind", "last success", "new a day", "silent", "next visit")


@click.command(epilog="\b\nExamples:\n  briefing sources\n  briefing sources --config desk/briefing.toml")
@CONFIG
def sources(config: Path | None) -> None:
    """Show how each source has been doing: last success, new articles a day, silence, last error.

    Silent is the number of days since it last had something new. Times are the desk's.
    """
    from briefing.build.collecting import healths

    settings = settings_of(config)
    now = datetime.now(UTC)
    found = healths(settings, now)
    zone = ZoneInfo(settings.briefing.time_zone)
    rows = [row(subscription, health, now, zone) for subscription, health in found]
    widths = [max(len(line[n]) for line in (COLUMNS, *rows)) for n in range(len(COLUMNS))]
    echo(_aligned(COLUMNS, widths))
    for (_, health), cells in zip(found, rows, strict=True):
        echo(_aligned(cells, widths))
        if health.standing.error:
            times = "" if health.standing.failures == 1 else f" ({health.standing.failures} visits in a row)"
            echo(f"  {health.standing.error}{times}")
        if health.standing.moved_to:
            echo(f"  It has moved for good; set its address to {health.standing.moved_to}.")


def row(subscription: Subscription, health: Health, now: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    """Return the cells of a source, in the order of `COLUMNS`."""
    from briefing.build.collecting import next_visit

    standing = health.standing
    due = next_visit(subscription, standing)
    coming = _clock(due, zone) if due and due > now else "now"
    return (
        subscription.name,
        subscription.kind,
        _clock(standing.last_success, zone) if standing.last_success else "never",
        f"{health.per_day:.1f}",
        f"{(now - health.newest).days} d" if health.newest else "always",
        "never: gone" if standing.gone else coming,
    )


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
