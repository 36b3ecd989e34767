"""Progress lines on stderr at a terminal; nothing for a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Task


@contextmanager
def shown() -> Iterator[Callable[[str, int, int], None]]:
    """Yield the progress callback of a build: a line per stage with what is done, the rate, the time left."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TaskID, TextColumn

    class Pace(ProgressColumn):
        def render(self, task: Task) -> str:
            taken = task.finished_time if task.finished else task.elapsed
            return pace(task.completed, task.total, taken or 0.0)

    columns = (TextColumn("{task.description:<10}"), BarColumn(24), MofNCompleteColumn(), Pace())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True)) as bar:

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for before in list(tasks.values())[-1:]:
                    bar.stop_task(before)  # of unknown length, and over
                tasks[stage] = bar.add_task(stage, completed=done, total=total or None)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield show


def pace(done: float, total: float | None, seconds: float) -> str:
    """Return a stage's rate and the time left, such as "41/s, 0:03:20 left"; its duration when it is over.

    Args:
        done: How many parts are done.
        total: How many there are; None when nobody knows.
        seconds: Since it began.
    """
    if total is not None and done >= total:
        return _clock(seconds)
    if not done or not seconds:
        return ""
    rate = done / seconds
    said = f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s"
    return said if total is None else f"{said}, {_clock((total - done) / rate)} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
