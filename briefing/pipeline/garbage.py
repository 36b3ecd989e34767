"""Rubbish collected seldom: an edition is made of millions of values, nearly all of them in use until it is done."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

#: Values made before the youngest are looked through, and how often that is done before older ones are. Python's own
#: 700, 10 and 10 take a fifth of a rerun of 2,000 articles and a twelfth of its first run.
SELDOM = (50_000, 20, 100)


def seldom_collected(work: Callable[P, R]) -> Callable[P, R]:
    """Return the function with rubbish collected seldom while it runs; nothing of ours points back at what holds it."""

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        before = gc.get_threshold()
        gc.set_threshold(*SELDOM)
        try:
            return work(*args, **kwargs)
        finally:
            gc.set_threshold(*before)

    return run
