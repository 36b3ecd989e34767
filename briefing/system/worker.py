"""Calls functions in sandboxed subprocesses: one worker for all that reads and draws untrusted text.

A worker is started when it is first asked, and again after it has died over a request. `BRIEFING_ISOLATION=off` in the
environment calls the functions in this process, to see where one breaks.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from briefing.errors import BriefingError
from briefing.model.codes import declared
from briefing.system.sandbox import Apart, GoneError, allow_time, out_of_memory, read_message, shut_in, write_message

START = 60.0  # seconds on the clock for an interpreter to start, on a machine that is busy with other things
MADE, REFUSED = b"+", b"-"  # what an answer begins with


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a worker."""

    memory: int  # bytes of address space
    seconds: int  # of processor time for one request
    wait: float  # seconds on the clock for one request
    file_size: int = 0  # bytes of the largest file it may write


class Worker:
    """A sandboxed subprocess that answers requests by calling one function.

    Args:
        function: Its name, ``module:function``. It is handed the two messages of a request and returns the answer; what
            it refuses it raises as a `BriefingError`.
        limits: What it may use.
        refusal: The class of error that a refusal is raised as here.
        preparing: Name of the function that loads what requests need, called when the subprocess starts.
    """

    def __init__(self, function: str, limits: Limits, refusal: type[BriefingError], *, preparing: str = "") -> None:
        self.function = function
        self.limits = limits
        self.refusal = refusal
        self.preparing = preparing
        self._process: Apart | None = None
        self._greeted = False  # it has said that it is there
        self._ended = False
        _all.add(self)

    def start(self, *what: str) -> None:
        """Start the subprocess unless it is running; it loads what it needs while the caller goes on.

        Args:
            what: Arguments of the function that prepares it.

        Raises:
            OSError: None can be started.
        """
        if self.is_there():
            return
        self.close()
        self._greeted = self._ended = False
        limits = self.limits
        bounds = (str(limits.memory), str(limits.seconds), str(limits.file_size))
        self._process = Apart(__name__, self.function, *bounds, self.preparing, *what)

    def ask(self, head: bytes, body: bytes) -> bytes:
        """Return the function's answer to a request.

        Raises:
            BriefingError: The function refused; of the class of `refusal`.
            GoneError: It is gone: by its limits, by a fault of its own, or killed twice.
            OSError: No subprocess can be started.
        """
        if is_off():
            answer: bytes = named(self.function)(head, body)
            return answer
        fresh = not self.is_there()
        self.start()
        try:
            answer = self._answer(head, body)
        except GoneError as gone:
            if gone.outside and not fresh and not self._ended:
                return self.ask(head, body)  # it may not have come to this one
            raise
        except BaseException:
            self.close()  # it is still at it, and its answer would be taken for that to the next request
            raise
        try:
            return made_of(answer, self.refusal)
        except (ValueError, RecursionError) as error:
            self.close()
            raise GoneError("answered with what is no answer") from error

    def _answer(self, head: bytes, body: bytes) -> bytes:
        assert self._process is not None
        if not self._greeted:
            try:
                self._process.ask((), START)
            except GoneError as gone:
                if gone.outside:
                    raise
                raise ChildProcessError(f"it {gone}") from gone
            self._greeted = True
        return self._process.ask((head, body), self.limits.wait)

    def end(self) -> None:
        """Kill the subprocess; whoever waits for it gets an error, and `close` is still to be called."""
        self._ended = True
        if self._process is not None:
            self._process.end()

    def close(self) -> None:
        """Stop the subprocess, if there is one."""
        if self._process is not None and self._process.owner == os.getpid():  # else it is the one we were forked from's
            self._process.close()
        self._process = None

    def is_there(self) -> bool:
        """Return whether the subprocess is running."""
        process = self._process
        return process is not None and process.owner == os.getpid() and process.process.poll() is None


_all: weakref.WeakSet[Worker] = weakref.WeakSet()


@atexit.register
def close_all() -> None:
    """Stop every worker of this process."""
    for worker in tuple(_all):
        worker.close()


def is_off() -> bool:
    """Return whether functions are to be called in this process."""
    return os.environ.get("BRIEFING_ISOLATION") == "off"


def name_of(function: Any) -> str:
    """Return the name that a function is called by in a worker."""
    return f"{function.__module__}:{function.__qualname__}"


def named(name: str) -> Any:
    """Return the function of a name."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def _serve(function: str, memory: int, seconds: int, file_size: int, preparing: str, what: Sequence[str]) -> None:
    """Answer requests until the pipe closes."""
    requests, answers = shut_in(memory, longest_file=file_size)
    answered = named(function)
    if preparing:
        named(preparing)(*what)
    write_message(answers, b"")
    while (head := read_message(requests)) is not None:
        body = read_message(requests) or b""
        allow_time(seconds)
        write_message(answers, outcome(partial(answered, head, body)))


def outcome(call: Callable[[], bytes]) -> bytes:
    """Return the answer of a call: what it made, or what it refused; a process without memory is left."""
    try:
        return MADE + call()
    except BriefingError as error:
        return REFUSED + json.dumps([error.message, error.hint, error.code]).encode()
    except MemoryError:
        out_of_memory()


def made_of(answer: bytes, refusal: type[BriefingError]) -> bytes:
    """Return what an answer holds.

    Raises:
        BriefingError: It is a refusal; of the class given.
        ValueError: The bytes are not an answer of the subprocess.
    """
    if answer[:1] == MADE:
        return answer[1:]
    message, hint, code = map(str, json.loads(answer[1:]))
    raise refusal(message, hint, code=declared(code))


if __name__ == "__main__":
    _function, _memory, _seconds, _file_size, _preparing, *_what = sys.argv[1:]
    _serve(_function, int(_memory), int(_seconds), int(_file_size), _preparing, _what)
