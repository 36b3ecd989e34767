"""`briefing collect`: fetches new articles from the sources into the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.echo import echo
from briefing.cli.messages import counted
from briefing.cli.options import CONFIG, settings_of
from briefing.errors import SourceError

if TYPE_CHECKING:
    from briefing.build.collecting import Collected


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing collect\n"
    '  briefing collect "Example news"\n'
    "  briefing collect --all --config desk/briefing.toml"
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "everything", is_flag=True, help="Visit sources that are not due yet, too.")
@CONFIG
def collect(names: tuple[str, ...], everything: bool, config: Path | None) -> int:
    """Bring new articles from the sources of the settings into the store.

    Prints one line for each source visited. A source that fails does not stop the others. With NAMEs, visits these
    alone, due or not.
    """
    from briefing.build.collecting import collect as collect_all
    from briefing.build.desk_store import open_store
    from briefing.cli.progress import shown

    settings = settings_of(config)
    with open_store(settings) as store, shown() as progress:
        if store.is_new:
            echo(f"{store.path} is new: nothing was kept before.", err=True)
        done = collect_all(
            store,
            settings,
            now=datetime.now(UTC),
            names=names,
            everything=everything,
            progress=lambda name, number, total: progress("collect", number, total),
        )
    return print_outcome(done, named=bool(names) or everything)


def print_outcome(done: Sequence[Collected], *, named: bool) -> int:
    """Print the result of each source and return the exit code: of an error only when every visit failed.

    Args:
        done: In the order of printing.
        named: Say of those that were not visited why; else only how many they are.
    """
    visited = [one for one in done if one.visit]
    for one in visited:
        echo(f"{one.subscription.name}: {summary(one)}")
        for note in one.visit.notes if one.visit and not one.failed else ():
            echo(f"  {note.message}", err=True)
    rest = [one for one in done if not one.visit]
    for one in rest if named else ():
        echo(f"{one.subscription.name} {one.why_not}.", err=True)
    failed = sum(one.failed for one in visited)
    echo(
        f"{counted(len(visited), 'source', 'sources')} visited"
        + (f", {failed} failed" if failed else "")
        + (f"; {len(rest)} {'not visited' if named else 'not due'}" if rest else "")
        + ".",
        err=True,
    )
    return SourceError.exit_code if visited and failed == len(visited) else 0


def summary(one: Collected) -> str:
    """Return the result of a visit in a few words; the reason when it failed."""
    if one.visit is None or one.failed:
        return f"failed. {one.visit.notes[0].message}" if one.visit else one.why_not
    if one.visit.unchanged:
        return "nothing has changed since the last visit"
    added = one.added
    counts = (added.new, added.changed, added.same) if added else (0, 0, 0)
    parts = [f"{count} {what}" for count, what in zip(counts, ("new", "changed", "unchanged"), strict=True)]
    return ", ".join([*parts, *([f"{one.rejected} rejected"] if one.rejected else [])])
