"""Parse, call, print. Results go to stdout, one per line; talk goes to stderr.

What parses is loaded when there is something to parse: `briefing --help` is answered from `table`, here and by the
parser alike.
"""

from __future__ import annotations

import os
import sys

from briefing.cli.table import COMMANDS, WIDEST, help_text

__all__ = ["COMMANDS", "main", "run"]

TYPE_CHECKING = False  # typing costs as much as an empty interpreter
if TYPE_CHECKING:
    from collections.abc import Sequence

UNWRITABLE = 5  # as of every output that cannot be written; here of what is printed
_LONGEST = 300  # characters of a line that repeats what stands on the command line
_NO_ROOM = ("ENOSPC", "EDQUOT", "EFBIG", "EIO")


def _width() -> int:
    """Return the columns that click would give a help text on this terminal."""
    try:
        columns = int(os.environ.get("COLUMNS", 0)) or os.get_terminal_size(sys.stdout.fileno()).columns
    except (ValueError, OSError, AttributeError):
        columns = 80
    return max(min(columns or 80, WIDEST) - 2, 50)


def main() -> None:
    """Run the program and leave with its exit code."""
    _have_streams()
    sys.exit(run())


def _have_streams() -> None:
    """Open null streams where the program was started with a closed output.

    Else the first file it writes would take the output's number, and get what is said.
    """
    if None not in (sys.stdin, sys.stdout, sys.stderr):
        return
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  open until the end
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def run(args: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code; an error is a sentence on stderr, never a traceback.

    Args:
        args: What stands after `briefing` on the command line; None for the process's own.
    """
    asked = sys.argv[1:] if args is None else list(args)
    try:
        if asked in (["-h"], ["--help"]):
            sys.stdout.write(help_text(_width()))
            sys.stdout.flush()
            return 0
        from briefing.system import signals

        with signals.heeded():
            return _parsed(asked)
    except KeyboardInterrupt:
        return _stopped(asked)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; there is nobody to tell
        return 0
    except OSError as error:
        import errno

        if errno.errorcode.get(error.errno or 0) not in _NO_ROOM:
            raise
        _say_last(f"briefing: Nothing more can be written: {error.strerror}.\n  hint: Make room, then run it again.\n")
        return UNWRITABLE


def _stopped(asked: Sequence[str]) -> int:
    import shlex

    from briefing.system.signals import exit_code

    again = "".join(c for c in shlex.join(("briefing", *asked)) if c.isprintable())
    sys.stderr.write(f"briefing: stopped; nothing is half written.\n  hint: Run it again: {again}\n")
    return exit_code()


def _say_last(text: str) -> None:
    """Print something if possible; what fails is dropped, and not flushed again at exit."""
    for stream, last in ((sys.stdout, ""), (sys.stderr, text)):
        try:
            stream.write(last)
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _parsed(args: Sequence[str]) -> int:
    import io

    import click

    from briefing.cli.echo import echo
    from briefing.cli.parser import program
    from briefing.errors import BriefingError

    try:
        result = program(list(args), prog_name="briefing", standalone_mode=False)
    except BriefingError as error:
        echo(f"briefing: {error.message}", err=True, lines=True)
        if error.hint:
            echo(f"  hint: {error.hint}", err=True)
        return error.exit_code
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        said = io.StringIO()
        error.show(said)  # it repeats what stands on the command line
        lines = (
            line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
            for line in said.getvalue().rstrip("\n").split("\n")
        )
        echo("\n".join(lines), err=True, lines=True)
        return error.exit_code
    except click.Abort as abort:
        raise KeyboardInterrupt from abort
    return result if isinstance(result, int) else 0
