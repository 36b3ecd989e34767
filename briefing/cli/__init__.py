"""Parse, call, print. Results go to stdout, one per line; talk goes to stderr."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from briefing.cli.build import build
from briefing.cli.doctor import doctor
from briefing.cli.explain import explain
from briefing.cli.init import init
from briefing.cli.ledger import ledger
from briefing.cli.render import render
from briefing.cli.summarise import summarise
from briefing.cli.templates import templates
from briefing.cli.themes import themes
from briefing.cli.verify import verify
from briefing.errors import BriefingError

INTERRUPTED = 130  # what a shell reports for Ctrl-C


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExamples:\n  briefing init\n  briefing build articles/\n  briefing summarise article.txt",
)
@click.version_option(package_name="briefing", prog_name="briefing")
def program() -> None:
    """Turn a pile of news articles into a dated briefing that proves every sentence it prints."""


for command in (build, render, summarise, init, doctor, explain, themes, templates, verify, ledger):
    program.add_command(command)


def main() -> None:
    """Run the program and leave with its exit code."""
    sys.exit(run())


def run(args: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code; an error is a sentence on stderr, never a traceback.

    Args:
        args: What stands after `briefing` on the command line; None for the process's own.
    """
    try:
        result = program(args, standalone_mode=False)
    except BriefingError as error:
        click.echo(f"briefing: {error.message}", err=True)
        if error.hint:
            click.echo(f"  hint: {error.hint}", err=True)
        return error.exit_code
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("briefing: interrupted; nothing is half written. Run the same command to start again.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; there is nobody to tell
        return 0
    return result if isinstance(result, int) else 0
