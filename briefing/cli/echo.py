"""The one way to the terminal: nothing that a terminal obeys is printed of a name, a field or a foreign message.

Issue files, articles and servers' replies come from elsewhere. Escape sequences, controls, direction overrides and line
ends in them would move the cursor, rewrite what was printed before, or make up lines of their own.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from briefing.text.printable import printable

# Beside what no page may hold: carriage returns, Unicode's line ends, marks of direction.
_OBEYED = re.compile("[\r\x85\u2028\u2029\u200e\u200f\u061c]")
_STYLE = re.compile(r"(\x1b\[[0-9;]*m)")


def plain(text: str) -> str:
    """Return a text as one line without anything that a terminal obeys; tabs stay."""
    return printable(_OBEYED.sub(" ", text)).replace("\n", " ")


def echo(text: object = "", *, err: bool = False, lines: bool = False, styled: bool = False, nl: bool = True) -> None:
    """Print a text on stdout or stderr.

    Args:
        text: Anything; what a terminal obeys is taken out.
        err: On stderr.
        lines: Its line ends are ours and stay; else they become spaces.
        styled: It holds styles of `click.style`, which stay: whatever was styled has gone through `plain` before.
        nl: End with a line end.
    """
    parts = _STYLE.split(str(text)) if styled else [str(text)]
    clean = (part if n % 2 else _block(part) if lines else plain(part) for n, part in enumerate(parts))
    click.echo("".join(clean), err=err, nl=nl)


def row(*cells: object, err: bool = False) -> None:
    """Print cells with tabs between; no cell holds a tab."""
    echo("\t".join(plain(str(cell)).replace("\t", " ") for cell in cells), err=err)


def echo_path(path: Path | str) -> None:
    """Print a path on stdout: as it is for a program, harmless for a terminal."""
    text = str(path)
    if sys.stdout.isatty() or printable(text) != text:  # of a name that no pipe can be told either
        echo(text)
    else:
        click.echo(text)


def _block(text: str) -> str:
    return "\n".join(plain(line) for line in text.split("\n"))
