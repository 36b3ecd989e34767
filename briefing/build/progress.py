"""The progress callback of a build."""

from __future__ import annotations

from collections.abc import Callable

#: Called with the stage's name, how many of its parts are done, and how many there are (0 where that is not known).
Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """Ignore progress."""
