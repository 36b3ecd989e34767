"""`briefing send`: sends the edition of a day to all lists and channels."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.echo import echo, row
from briefing.cli.messages import counted, print_findings
from briefing.cli.options import CONFIG, OUT, Day, at_desk, cache_of, now, settings_of
from briefing.errors import OutputError

if TYPE_CHECKING:
    from briefing.build.send_day import Post
    from briefing.build.sending import Sending, Sent
    from briefing.delivery import Handover, Parcel
    from briefing.store import Store

SEVERAL_DAYS = re.compile(r"\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d")  # the name of an edition made with --from and --to
UNPROVED = 1  # exit code: something of the edition cannot be proved, so it was not sent
NOT_ALL = 6  # exit code: somebody is without the edition, or may be


class OneDay(Day):
    """The day of an edition; for an edition of several days the error names its mail."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date."""
        if SEVERAL_DAYS.fullmatch(str(value)):
            raise OutputError(
                f"{value} names an edition of several days; only the edition of one day is sent to lists and channels.",
                f"Hand it over yourself: out/{value}/briefing.eml is the mail, without recipients.",
                code="E_SEVERAL_DAYS",
            )
        return super().convert(value, param, ctx)


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing send 2022-02-01 --dry-run\n"
    "  briefing send 2022-02-01\n"
    '  briefing send 2022-02-01 --list "Sanctions desk"\n'
    "  briefing send 2022-02-01 --resend-unknown"
)
@click.argument("day", type=OneDay(), metavar="DAY")
@click.option("--dry-run", is_flag=True, help="Show who would get what, with sizes; nothing is sent.")
@click.option("--list", "only", metavar="NAME", default="", help="Only this list or channel.")
@click.option("--resend-unknown", is_flag=True, help="Send again where the line broke before the server answered.")
@click.option("--retry-refused", is_flag=True, help="Try again where the server refused the recipient or the message.")
@click.option(
    "--test",
    "trial",
    metavar="ADDRESS",
    default="",
    help="Send each list's mail to this address alone, marked as a test.",
)
@click.option("--again", is_flag=True, help="Send an edition that changed after it was sent, marked as a correction.")
@CONFIG
@OUT
def send(
    day: date,
    dry_run: bool,
    only: str,
    resend_unknown: bool,
    retry_refused: bool,
    trial: str,
    again: bool,
    config: Path | None,
    out: Path,
) -> int:
    """Hand the edition of a day to the lists and channels of the settings.

    Safe to run again after any failure: only what is missing is sent, and nobody is sent the same twice. Prints a line
    for each recipient: state, channel, theme, recipient, code, reason. The edition is proved first: with 1 something of
    it cannot be proved and nothing was sent; with 6 somebody is without the edition, or may be. An edition marked
    TLP:RED is never sent, nor is one of several days (--from, --to).

    With --test each list's mail goes to ADDRESS instead, its subject marked; it counts as no delivery.
    """
    if trial and (dry_run or resend_unknown or retry_refused or again):
        raise click.UsageError("--test goes with --list, and with none of the other options of a sending.")
    from briefing.build.desk_store import has_store, open_store
    from briefing.build.send_day import Post
    from briefing.cli.templates import templates_of
    from briefing.delivery import Wishes
    from briefing.outputs.renderings import Renderings
    from briefing.system.locking import held

    settings = settings_of(config)
    with ExitStack() as stack:
        if not (dry_run or trial):
            stack.enter_context(held(out, now=at_desk(settings)))
        kept = stack.enter_context(open_store(settings)) if not (dry_run or trial) or has_store(settings) else None
        renderings = None if trial else Renderings(stack.enter_context(cache_of(settings)))
        post = Post(settings, out, now, only, templates_of(settings), renderings)
        if trial:
            return _try(post, day, kept, trial)
        wishes = Wishes(resend_unknown=resend_unknown, retry_refused=retry_refused, again=again)
        if dry_run:
            _show(*post.plan(day, kept, wishes, environment=os.environ))
            return 0
        assert kept is not None
        done = post.send(day, kept, wishes, environment=os.environ, sleep=time.sleep)
    print_findings(done.proof.findings)
    if done.sent is None:
        _print_unproved(len(done.proof.findings), day)
        return UNPROVED
    return print_outcome(done.sent, day)


def _try(post: Post, day: date, store: Store | None, address: str) -> int:
    """Send a test of each list's mail to one address and return the exit code."""
    code = print_outcome(post.trial(day, store, address, environment=os.environ, sleep=time.sleep), day)
    echo("This was a test: the lists are still to be sent theirs.", err=True)
    return code


def _print_unproved(findings: int, day: date) -> None:
    echo(f"{counted(findings, 'finding', 'findings')}; not sent.", err=True)
    echo(
        f"  hint: `briefing daily --date {day.isoformat()}` leaves out what cannot be proved and sends the rest; "
        f"`briefing build --date {day.isoformat()}` builds it again.",
        err=True,
    )


def _show(sending: Sending, parcels: Sequence[Parcel]) -> None:
    """Print the plan: who would get what."""
    for parcel in parcels:
        size = sum(len(content) for _, content in sending.compose(parcel)) if parcel.step == "send" else 0
        what = ("would be sent", f"{size:,} bytes") if size else (f"not sent: {parcel.step}", "")
        row(what[0], *_place(parcel), what[1])
    steps = Counter(parcel.step for parcel in parcels)
    echo(f"{steps['send']} of {counted(len(parcels), 'parcel', 'parcels')} would be sent.", err=True)


def print_outcome(sent: Sent, day: date) -> int:
    """Print the result of each parcel and return the exit code."""
    for handover in sent.handovers:
        row(told_state(handover), *_place(handover.parcel), *_why(handover))
    echo(f"{counted(len(sent.handovers), 'parcel', 'parcels')}: {tally(sent)}.", err=True)
    for code, advice in _ADVICE.items():
        if code in sent.codes:
            echo(f"  hint: {advice.format(day=day.isoformat())}", err=True)
    return 0 if sent.complete else NOT_ALL


def tally(sent: Sent) -> str:
    """Return the number of parcels per result: "4 accepted, 1 no news"."""
    states = Counter(map(told_state, sent.handovers))
    return ", ".join(f"{number} {state}" for state, number in sorted(states.items()))


def told_state(handover: Handover) -> str:
    """Return a parcel's state in words for a person."""
    return "no news" if handover.outcome.code == "W_MAIL_NO_NEWS" else handover.outcome.state


_ADVICE = {
    "W_MAIL_UNKNOWN": "Ask those whose outcome is unknown, or look into the server's log; "
    "`briefing send {day} --resend-unknown` sends to them once more.",
    "E_MAIL_LATER": "Run the same command later; only what is missing is sent.",
    "E_MAIL_UNREACHABLE": "Check server and port under [mail], then run the same command again.",
    "E_MAIL_TIMEOUT": "The mail server does not answer; run the same command later.",
    "E_MAIL_AUTH": "Check user and password of [mail]; docs/delivery.md says where the password is looked for.",
    "E_MAIL_TLS": "Check security and port under [mail], and that the server's certificate is of its name.",
    "E_MAIL_PROTOCOL": "Check that server and port under [mail] are those of a mail server.",
    "E_MAIL_REJECTED": "Fix the address in its list; `briefing send {day} --retry-refused` tries the same again.",
    "E_CONFIG": "Fix what is named in the settings or the file, then run the same command again: only what is missing "
    "is sent.",
    "W_MAIL_CHANGED": "The edition changed after it was sent; `briefing send {day} --again` sends it as a correction.",
}


def _place(parcel: Parcel) -> tuple[str, str, str]:
    delivery = parcel.delivery
    return delivery.channel, delivery.scope or "whole edition", delivery.recipient


def _why(handover: Handover) -> tuple[str, ...]:
    return (handover.outcome.code, handover.outcome.reply)
