"""`briefing doctor`: checks whether this machine can build."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.options import OUT


@click.command(epilog="\b\nExample:\n  briefing doctor --out out")
@OUT
def doctor(out: Path) -> int:
    """Check whether this machine can build a briefing, and say how to fix what it lacks."""
    from briefing.system.doctor import examine

    checks = examine(out)
    for check in checks:
        state = "FAIL" if not check.ok else "warn" if "; limit:" in check.found else "ok  "
        remedy = "" if check.ok or not check.remedy else f" — {check.remedy}"
        click.echo(f"{state} {check.name}: {check.found}{remedy}")
    return 0 if all(check.ok for check in checks) else 1
