"""Runs the stages in order: read `flow.edition_of` first.

The names of `api` are loaded when one of them is first used: a command that asks the store alone loads no stage.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing costs as much as an empty interpreter
if TYPE_CHECKING:
    from briefing.build.api import *  # noqa: F403


def __getattr__(name: str) -> object:
    if name.startswith("__"):
        raise AttributeError(name)
    from importlib import import_module

    # Not "from briefing.build import api": that asks this function for the name again.
    api = import_module("briefing.build.api")
    if name not in api.__all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # All at once: `taught` is the name of a module here too, which importing it would leave in the function's place.
    globals().update({known: getattr(api, known) for known in api.__all__})
    return globals()[name]
