"""`briefing daily`: the whole round of a morning."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.echo import echo, echo_path
from briefing.cli.messages import (
    counted,
    print_carried,
    print_counts,
    print_findings,
    print_left_out,
    print_replaced,
    signed_by,
)
from briefing.cli.options import BACKLOG, CONFIG, OUT, Day, at_desk, cache_of, now, settings_of, today

if TYPE_CHECKING:
    from briefing.build.collecting import Collected
    from briefing.build.daily import Finished, Made


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing daily\n"
    "  briefing daily --draft\n"
    "  briefing daily --config desk/briefing.toml --out out"
)
@click.option("--date", "day", type=Day(), help="Day of the edition; today in the configured time zone.")
@click.option("--draft", is_flag=True, help="Hold the edition for the editor; the next round sends what was published.")
@click.option("--rebuild", is_flag=True, help="Build the edition again, though there is one of the day.")
@BACKLOG
@CONFIG
@OUT
def daily(day: date | None, draft: bool, rebuild: bool, backlog: bool, config: Path | None, out: Path) -> int:
    """Collect what is new, build the day's edition, prove it and send it: one run that can be repeated.

    Whatever was done already is not done again: sources that are not due are left alone, the edition of the day is
    built once, nobody is sent it twice. What cannot be proved is left out and named; an edition that cannot be proved
    without it is not sent. Prints the path of each file written and a line for each parcel; the last line on stderr
    sums up.

    Leaves with 0 when all is well, 1 when something cannot be proved, 3 when no source could be read or there is no
    article, 5 when another run holds the folder or a file cannot be written, 6 when somebody is without the edition.
    """
    from briefing.build.daily import Round
    from briefing.build.desk_store import open_store
    from briefing.cli.collect import print_outcome as print_collected
    from briefing.cli.progress import shown
    from briefing.cli.templates import templates_of
    from briefing.outputs.renderings import Renderings
    from briefing.system.locking import held

    settings = settings_of(config)
    ours, chosen = templates_of(settings), day or today(settings)
    with held(out, now=at_desk(settings)), open_store(settings) as store, cache_of(settings) as cache:
        with shown() as progress:
            turn = Round(store, settings, out, chosen, now, ours, cache, progress, Renderings(cache))
            brought = turn.gather()
        worst = print_collected(brought, named=False) if brought else 0
        signed = signed_by(out / chosen.isoformat()) if rebuild else ""
        with shown() as progress:
            made = turn.showing(progress).make(draft=draft, again=rebuild, backlog=backlog)
        _tell_made(made)
        print_replaced(signed, out / chosen.isoformat() / "edition.md")
        if made.edition is None:
            return worst
        print_findings(made.proof.findings if made.proof else ())
        finished = turn.finish(made, environment=os.environ, sleep=time.sleep)
        return _tell_finished(finished, chosen, brought) or worst


def _tell_finished(finished: Finished, day: date, brought: Sequence[Collected]) -> int:
    """Print who was sent it and the sum of the round; return the exit code."""
    from briefing.cli.send import UNPROVED, print_outcome, tally

    made, sent = finished.made, finished.sent
    code = print_outcome(sent, day) if sent else 0
    if not made.ok:
        _sum_up(day, brought, made, "not sent")
        return UNPROVED
    _sum_up(day, brought, made, tally(sent) if sent else "nobody is set up to be sent it")
    return code


def _tell_made(made: Made) -> None:
    from briefing.build.daily import HELD, WAITING

    for path in made.paths:
        echo_path(path)
    print_left_out(made.left_out)
    print_carried(made.drafted)
    if made.newer:
        echo(
            f"{counted(made.newer, 'article', 'articles')} came after the draft was made; "
            "`briefing daily --draft --rebuild` takes them in and keeps your edits.",
            err=True,
        )
    if made.how in (HELD, WAITING):
        echo(
            f"The edition is {made.how}. Publish it with: briefing publish {made.paths[-1]}; the next round sends it.",
            err=True,
        )
    elif made.paths and made.edition:
        print_counts(made.edition)


def _sum_up(day: date, brought: Sequence[Collected], made: Made, sent: str) -> None:
    new = sum(one.added.new for one in brought if one.added)
    visited = sum(one.visit is not None for one in brought)
    failed = sum(one.failed for one in brought)
    assert made.edition is not None
    assert made.proof is not None
    stories = counted(made.edition.counts.stories, "story", "stories")
    parts = [
        f"{counted(new, 'new article', 'new articles')}"
        + (f", {failed} of {counted(visited, 'source', 'sources')} visited failed" if failed else ""),
        f"edition of {stories} {made.how}",
        f"{made.proof.sentences} sentences proved" if made.proof.ok else f"{len(made.proof.findings)} findings",
        sent,
    ]
    echo(f"{day}: {'; '.join(parts)}.", err=True)
