"""No rubbish looked for: an edition is made of millions of values, nearly all of them in use until it is done."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def uncollected(work: Callable[P, R]) -> Callable[P, R]:
    """Return the function with Python's search for rings of values switched off while it runs.

    For work whose values form no rings, so that each is freed as its last user lets go: the search for what is not
    there takes a quarter of a rerun of 2,000 articles and a twentieth of its first run.
    """

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if not gc.isenabled():
            return work(*args, **kwargs)
        gc.disable()
        try:
            return work(*args, **kwargs)
        finally:
            gc.enable()

    return run
