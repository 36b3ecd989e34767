"""Calls a function in forked children of a sandboxed subprocess, several at once.

A child has what its parent had loaded when it was forked, and is gone after its work, with all that a text did to it.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO, NoReturn

from briefing.errors import BriefingError
from briefing.system.sandbox import (
    GoneError,
    allow_time,
    die_with_parent,
    packed,
    read_message,
    unpacked,
    why_ended,
    write_message,
)
from briefing.system.worker import made_of, outcome

_NUMBER = 4  # bytes that write a piece of work's place in the queue


@dataclass(frozen=True, slots=True)
class Forks:
    """How children work.

    Args:
        at_once: How many there may be.
        seconds: Of processor time for one of them and one piece of work.
        refusal: The class of error that a refusal is raised as.
    """

    at_once: int
    seconds: int
    refusal: type[BriefingError]

    def called(self, function: Callable[[bytes], bytes], works: Sequence[bytes]) -> list[bytes]:
        """Return what the function makes of each piece of work, in their order.

        The process must have a single thread: a lock that another thread holds would stay locked in a child.

        Raises:
            BriefingError: The function refused one.
            GoneError: A child is gone: by its limits, or by a fault of its own.
            OSError: No child can be forked.
        """
        made: dict[int, bytes] = {}
        queue = _queue_of(sorted(range(len(works)), key=lambda n: (-len(works[n]), n)))
        with os.fdopen(queue, "rb"), ExitStack() as running:
            work = partial(self._worked, function, works, queue)
            children = [running.enter_context(_child(work, queue)) for _ in range(min(self.at_once, len(works)))]
            for child in children:
                answer = unpacked(made_of(child.answer(), self.refusal))
                made.update(zip(map(_number, answer[::2]), answer[1::2], strict=True))
        return [made[n] for n in range(len(works))]

    def _worked(self, function: Callable[[bytes], bytes], works: Sequence[bytes], queue: int) -> bytes:
        """Do what is next in the queue until nothing is; return the number and the result of each."""
        done = []
        while number := os.read(queue, _NUMBER):
            allow_time(self.seconds)
            done += [number, function(works[_number(number)])]
        return packed(done)


def _queue_of(numbers: Sequence[int]) -> int:
    """Return a pipe to read numbers from, whoever comes first: each read is one, and the last is empty."""
    read, write = os.pipe()
    with os.fdopen(write, "wb") as queue:
        queue.write(b"".join(number.to_bytes(_NUMBER, "big") for number in numbers))
    return read


def _number(written: bytes) -> int:
    return int.from_bytes(written, "big")


@dataclass(slots=True)
class _Child:
    """A forked child that makes one answer."""

    pid: int
    pipe: IO[bytes]
    status: int | None = None  # of its end, once it is reaped

    def answer(self) -> bytes:
        """Return its answer once it has one.

        Raises:
            GoneError: It ended without.
        """
        answer = read_message(self.pipe)
        _, self.status = os.waitpid(self.pid, 0)
        if answer is None:
            raise GoneError(why_ended(os.waitstatus_to_exitcode(self.status)))
        return answer


@contextmanager
def _child(make: Callable[[], bytes], queue: int) -> Iterator[_Child]:
    """Fork a child and yield it; one that is still at work in the end is killed."""
    read, write = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _answer_and_leave(make, {write, queue}, write, parent)
    os.close(write)
    child = _Child(pid, os.fdopen(read, "rb", buffering=0))
    try:
        yield child
    finally:
        child.pipe.close()
        if child.status is None:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _answer_and_leave(make: Callable[[], bytes], kept: Collection[int], write: int, parent: int) -> NoReturn:
    """Write the answer, in the child; nothing of the parent's is closed, flushed or removed on the way out."""
    code = 1
    try:
        die_with_parent()
        if os.getppid() == parent:  # else it went between the two
            _keep_only(kept)
            with os.fdopen(write, "wb", buffering=0) as pipe:
                write_message(pipe, outcome(make))
            code = 0
    finally:
        os._exit(code)


def _keep_only(kept: Collection[int]) -> None:
    """Close the other pipes: a child neither reads its parent's requests nor writes its answers."""
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, 0)
    for name in os.listdir("/dev/fd"):
        if int(name) > 2 and int(name) not in kept:
            try:
                os.close(int(name))
            except OSError:
                continue  # the one that listed them
