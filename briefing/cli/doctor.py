"""`briefing doctor`: checks whether this machine can build, and whether what the settings name works."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.echo import echo
from briefing.cli.options import CONFIG, OUT, settings_of
from briefing.errors import SettingsError

if TYPE_CHECKING:
    from briefing.system.doctor import Check


@click.command(epilog="\b\nExamples:\n  briefing doctor --out out\n  briefing doctor --config desk/briefing.toml")
@click.option("--offline", is_flag=True, help="Do not ask the mail server whether it takes user and password.")
@CONFIG
@OUT
def doctor(offline: bool, config: Path | None, out: Path) -> int:
    """Check whether this machine can build a briefing and log in to its mail server; name the remedies.

    No mail is sent. Leaves with 1 when something fails.
    """
    from briefing.system.doctor import examine

    worst = 0
    for check in (*examine(out), *_of_settings(config, connect=not offline)):
        state = "FAIL" if not check.ok else "warn" if "; limit:" in check.found else "ok  "
        remedy = "" if check.ok or not check.remedy else f" — {check.remedy}"
        echo(f"{state} {check.name}: {check.found}{remedy}")
        worst = worst or int(not check.ok)
    return worst


def _of_settings(config: Path | None, *, connect: bool) -> Iterator[Check]:
    """Yield what the settings name; one failed check when they cannot be read."""
    from briefing.build.desk_checks import examine_desk
    from briefing.system.doctor import Check

    try:
        settings = settings_of(config, notices=False)
    except SettingsError as error:
        yield Check("Settings", ok=False, found=error.message, remedy=error.hint)
        return
    yield from examine_desk(settings, os.environ, connect=connect)
