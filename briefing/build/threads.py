"""Limits BLAS to one thread: the same float sums on every machine, and no cores busy waiting."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def in_one_thread(work: Callable[P, R]) -> Callable[P, R]:
    """Decorator: limit numpy's linear algebra to one thread while the function runs.

    Our matrices are small: with two threads, OpenBLAS took half as much CPU again for 300 articles as with one, and how
    it shares out a sum depends on the number of cores.
    """

    @wraps(work)
    def alone(*args: P.args, **kwargs: P.kwargs) -> R:
        import numpy  # noqa: F401  its libraries are limited only once they are loaded
        from threadpoolctl import threadpool_limits

        with threadpool_limits(limits=1, user_api="blas"):
            return work(*args, **kwargs)

    return alone
