"""The program run in this process, and two articles for it."""

from __future__ import annotations

import io
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from briefing import cli

TALKS = """Title: Ministers meet in Veldmark
Outlet: Aster Post
Date: 2022-01-31

The foreign ministers of Germany and Ukraine met in Berlin on Monday for talks on security guarantees.

They agreed to hold another summit with France next week, the German foreign ministry said.

A joint statement will follow after consultations with NATO, the ministry added.
"""


BAKERY = """Title: Bakery opens

A bakery opened on the harbour square on Saturday morning.

It sells bread, rolls and cakes, and it closes at noon.
"""


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(*args: str, cwd: Path) -> Done:
    """Run the program in this process, as the console script does."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        code = cli.run(args)
    return Done(code, out.getvalue(), err.getvalue())
