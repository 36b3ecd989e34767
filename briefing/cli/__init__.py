"""Parse, call, print. Results go to stdout, one per line; talk goes to stderr."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from briefing.errors import BriefingError

INTERRUPTED = 130  # what a shell reports for Ctrl-C

#: Every command, each in the module of its name, and the first line of its help: none is loaded to list them.
COMMANDS: dict[str, str] = {
    "build": "Build the edition of a day from files and folders of articles.",
    "render": "Make every output of an edition again from its issue file; the articles are not needed.",
    "verify": "Prove that every printed sentence stands in its source, word for word, where the edition says.",
    "ledger": "Print what became of every input of an edition, a line each: fate, input, reason, codes.",
    "summarise": "Print the summary of each article.",
    "explain": "Show what was removed from an article, why it has its themes, or how its sentences were chosen.",
    "themes": "See, try and extend the themes an edition is sorted by.",
    "templates": "Make the pages look as the desk wants them.",
    "preview": "Open an edition in the browser.",
    "schedule": "Print what makes the daily round run every morning by itself.",
    "init": "Write a settings file with every setting explained, themes included.",
    "doctor": "Say whether this machine can build a briefing, and how to mend what it lacks.",
}


class _Program(click.Group):
    """The commands of the table above, each loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names in the order of the alphabet."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loaded, or None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"briefing.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands and what they do."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


@click.group(
    cls=_Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExamples:\n  briefing init\n  briefing build articles/\n  briefing summarise article.txt",
)
@click.version_option(package_name="briefing", prog_name="briefing")
def program() -> None:
    """Turn a pile of news articles into a dated briefing that proves every sentence it prints."""


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
