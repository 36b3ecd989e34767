"""Parse, call, print. Results go to stdout, one per line; talk goes to stderr.

What parses is loaded when there is something to parse: `briefing --help` is answered from the table below, here and by
the parser alike.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing costs as much as an empty interpreter
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

UNWRITABLE = 5  # as of every output that cannot be written; here of what is printed
_NO_ROOM = ("ENOSPC", "EDQUOT", "EFBIG", "EIO")
WIDEST = 100  # columns of a help text

#: Every command, each in the module of its name, and the first line of its help: none is loaded to list them.
COMMANDS: dict[str, str] = {
    "collect": "Bring new articles from the sources of the settings into the store.",
    "sources": "Show how each source has been doing: last success, new articles a day, silence, last error.",
    "build": "Build the edition of a day from files and folders of articles, or from what was collected.",
    "publish": "Publish a draft as its edited sheet asks for, signed.",
    "render": "Make every output of an edition again from its issue file; the articles are not needed.",
    "verify": "Prove that every printed sentence stands in its source, word for word, where the edition says.",
    "ledger": "Print what became of every input of an edition, a line each: fate, input, reason, codes.",
    "send": "Hand the edition of a day to the lists and channels of the settings.",
    "lists": "Show who is sent what, and keep the list of those who are sent nothing.",
    "summarise": "Print the summary of each article.",
    "explain": "Show what was removed from an article, why it has its themes, or how its sentences were chosen.",
    "themes": "See, try and extend the themes an edition is sorted by.",
    "templates": "Make the pages look as the desk wants them.",
    "daily": "Collect what is new, build the day's edition, prove it and send it: one run that can be repeated.",
    "preview": "Open an edition's web page in the browser: the newest one, or that of DAY; print its path.",
    "schedule": "Print what makes `briefing daily` run every morning: a systemd timer, or with --cron a line for cron.",
    "search": "Find articles in the store that hold all these words, newest first.",
    "forget": "Remove the text of an article, or of all before a day, from the store, for good.",
    "backup": "Write a checked copy of the store to FILE, while others go on using it; print its path.",
    "init": "Write a settings file with every setting explained, themes included.",
    "doctor": "Check whether this machine can build a briefing, and say how to fix what it lacks.",
}
_ABOUT = "Turn a pile of news articles into a dated briefing that proves every sentence it prints."
_OPTIONS = {"--version": "Show the version and exit.", "-h, --help": "Show this message and exit."}
_EXAMPLES = ("briefing init", "briefing build articles/", "briefing summarise article.txt")


def help_text(width: int) -> str:
    """Return what `briefing --help` prints, at most ``width`` columns wide."""
    parts = [
        ["Usage: briefing [OPTIONS] COMMAND [ARGS]..."],
        list(_wrapped(_ABOUT, "  ", width)),
        ["Options:", *_defined(_OPTIONS, width)],
        ["Commands:", *_defined({name: COMMANDS[name] for name in sorted(COMMANDS)}, width)],
        ["  Examples:", *(f"    {example}" for example in _EXAMPLES)],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _defined(things: dict[str, str], width: int) -> Iterator[str]:
    column = max(map(len, things)) + 4
    for name, text in things.items():
        first, *rest = _wrapped(text, " " * column, width)
        yield f"  {name}".ljust(column) + first.strip()
        yield from rest


def _wrapped(text: str, indent: str, width: int) -> Iterator[str]:
    line = indent
    for word in text.split():
        if line != indent and len(line) + len(word) >= width:
            yield line.rstrip()
            line = indent
        line += word + " "
    yield line.rstrip()


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

    again = shlex.join(("briefing", *asked))
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
    import click

    from briefing.cli.parser import program
    from briefing.errors import BriefingError
    from briefing.text.printable import printable

    try:
        result = program(list(args), prog_name="briefing", standalone_mode=False)
    except BriefingError as error:
        # The names in it may be anybody's: nothing that a terminal would obey is passed on to it.
        click.echo(printable(f"briefing: {error.message}"), err=True)
        if error.hint:
            click.echo(printable(f"  hint: {error.hint}"), err=True)
        return error.exit_code
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort as abort:
        raise KeyboardInterrupt from abort
    return result if isinstance(result, int) else 0
