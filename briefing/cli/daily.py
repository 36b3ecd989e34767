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
from briefing.cli.messages import counted, print_counts, print_replaced, signed_by
from briefing.cli.options import CONFIG, OUT, Day, cache_of, now, settings_of, today

if TYPE_CHECKING:
    from briefing.build.collecting import Collected
    from briefing.build.daily import Made
    from briefing.model import Edition
    from briefing.settings import Settings
    from briefing.stages.proof import Verification
    from briefing.store import Store

UNPROVED = 1  # exit code: something of the edition cannot be proved, so it was not sent


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing daily\n"
    "  briefing daily --draft\n"
    "  briefing daily --config desk/briefing.toml --out out"
)
@click.option("--date", "day", type=Day(), help="Day of the edition; today in the configured time zone.")
@click.option("--draft", is_flag=True, help="Hold the edition for the editor; the next round sends what was published.")
@click.option("--rebuild", is_flag=True, help="Build the edition again, though there is one of the day.")
@CONFIG
@OUT
def daily(day: date | None, draft: bool, rebuild: bool, config: Path | None, out: Path) -> int:
    """Collect what is new, build the day's edition, prove it and send it: one run that can be repeated.

    Whatever was done already is not done again: sources that are not due are left alone, the edition of the day is
    built once, nobody is sent it twice. An edition that cannot be proved is not sent. Prints the path of each file
    written and a line for each parcel; the last line on stderr sums up.

    Leaves with 0 when all is well, 1 when something cannot be proved, 3 when no source could be read or there is no
    article, 5 when another run holds the folder or a file cannot be written, 6 when somebody is without the edition.
    """
    from briefing.build import prove_stored
    from briefing.build.daily import gather, make_once
    from briefing.build.desk_store import open_store
    from briefing.cli.collect import print_outcome as print_collected
    from briefing.cli.progress import shown
    from briefing.cli.templates import templates_of
    from briefing.system.locking import held

    settings = settings_of(config)
    ours = templates_of(settings)
    started = now()
    chosen = day or today(settings)
    with held(out, now=started), open_store(settings) as store:
        with shown() as progress:
            brought = gather(store, settings, now=started, progress=progress)
        worst = print_collected(brought, named=False) if brought else 0
        signed = signed_by(out / chosen.isoformat()) if rebuild else ""
        with shown() as progress, cache_of(settings) as cache:
            made = make_once(
                store,
                settings,
                out,
                day=chosen,
                now=now(),
                draft=draft,
                again=rebuild,
                templates=ours,
                cache=cache,
                progress=progress,
            )
        _tell_made(made)
        print_replaced(signed, out / chosen.isoformat() / "edition.md")
        if made.edition is None:
            return worst
        proof = prove_stored(made.edition, store, settings, folder=out / made.edition.name, templates=ours)
        for finding in proof.findings:
            echo(f"{finding.place}: {finding.problem}", err=True)
        if not proof.ok:
            _sum_up(chosen, brought, made, proof, "not sent")
            return UNPROVED
        code, sent = _send(made.edition, settings, store, ours)
        _sum_up(chosen, brought, made, proof, sent)
        return code or worst


def _send(edition: Edition, settings: Settings, store: Store, templates: Path | None) -> tuple[int, str]:
    """Send the edition; return the exit code and the summary of the deliveries."""
    if not settings.channels and not any(one.recipients or one.recipients_file for one in settings.lists):
        return 0, "nobody is set up to be sent it"
    from briefing.build.sending import UNSUBSCRIBE, Sending, alone
    from briefing.cli.send import print_outcome as print_sent
    from briefing.cli.send import tally
    from briefing.delivery import Wishes

    sending = Sending(edition, settings, templates=templates, key=store.secret(UNSUBSCRIBE))
    with alone(store, now=now()):
        log, suppressed, unsubscribed = store.deliveries(edition.day), store.suppressed(), store.unsubscribed()
        parcels = sending.plan(log, suppressed, Wishes(), unsubscribed)
        sent = sending.hand_over(parcels, store, environment=os.environ, clock=now, sleep=time.sleep)
    return print_sent(sent, edition.day), tally(sent)


def _tell_made(made: Made) -> None:
    from briefing.build.daily import HELD, WAITING

    for path in made.paths:
        echo_path(path)
    if made.how in (HELD, WAITING):
        echo(
            f"The edition is {made.how}. Publish it with: briefing publish {made.paths[-1]}; the next round sends it.",
            err=True,
        )
    elif made.paths and made.edition:
        print_counts(made.edition)


def _sum_up(day: date, brought: Sequence[Collected], made: Made, proof: Verification, sent: str) -> None:
    new = sum(one.added.new for one in brought if one.added)
    visited = sum(one.visit is not None for one in brought)
    failed = sum(one.failed for one in brought)
    assert made.edition is not None
    stories = counted(made.edition.counts.stories, "story", "stories")
    parts = [
        f"{counted(new, 'new article', 'new articles')}"
        + (f", {failed} of {counted(visited, 'source', 'sources')} visited failed" if failed else ""),
        f"edition of {stories} {made.how}",
        f"{proof.sentences} sentences proved" if proof.ok else f"{len(proof.findings)} findings",
        sent,
    ]
    echo(f"{day}: {'; '.join(parts)}.", err=True)
