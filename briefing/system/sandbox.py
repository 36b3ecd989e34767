"""A sandboxed subprocess, spoken to over a pipe: limited memory and file size, and no network.

What goes wrong in it, or is done to it, ends there: whoever asked it something is told that it is gone, and why.
"""

from __future__ import annotations

import ctypes
import io
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import IO, NoReturn

_LENGTH = 8  # bytes before each message, big-endian
MAX_MESSAGE = 512 * 1024 * 1024  # bytes; a longer one is no answer
OUT_OF_MEMORY = 70  # what a process leaves with when its memory does not do
#: What of this process's environment goes over: where things are and how they are written, and no password.
_PASSED_ON = ("PATH", "LANG", "LC_", "TZ", "TMPDIR", "PYTHON", "LD_LIBRARY_PATH", "DYLD_", "SYSTEMROOT", "XDG_", "FONT")
_NO_NEW_PRIVILEGES, _DIE_WITH_PARENT = 38, 1  # PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG of prctl(2)
_USERS, _NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of unshare(2)


class GoneError(Exception):
    """The subprocess has ended.

    Args:
        why: Completes "the process …".
        outside: It was killed, and not by us: by the system, or with the thread that had started it.
    """

    def __init__(self, why: str, *, outside: bool = False) -> None:
        super().__init__(why)
        self.outside = outside


class Apart:
    """A subprocess that runs a module of this package, with a request and response pipe.

    Args:
        module: Its name; it is to call `shut_in` before anything else.
        arguments: What it is given on its command line.

    Raises:
        OSError: No process can be started.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        # -P: a folder called briefing where the user happens to stand is not run. -B: it leaves no file behind.
        command = [sys.executable, "-P", "-B", "-m", module, *arguments]
        self.process = subprocess.Popen(  # noqa: S603  this very interpreter, on this very package
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=_environment(),
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.requests: IO[bytes] = self.process.stdin
        self.answers: IO[bytes] = self.process.stdout
        self.owner = os.getpid()

    def ask(self, messages: Sequence[bytes], seconds: float) -> bytes:
        """Send messages to the subprocess and return its answer.

        Args:
            messages: What the process reads before it answers.
            seconds: After which it is ended.

        Raises:
            GoneError: It gave none; it is gone then.
        """
        late = threading.Event()
        watch = threading.Timer(seconds, self._end, (late,))
        watch.daemon = True
        watch.start()
        try:
            for message in messages:
                write_message(self.requests, message)
            answer = read_message(self.answers)
        except (OSError, ValueError):  # it reads no more, or what it says is no message
            answer = None
        finally:
            watch.cancel()
        if answer is None:
            self.close(kill=False)
            if late.is_set():
                raise GoneError(f"was not done after {seconds:.0f} seconds")
            raise GoneError(why_ended(self.process.returncode), outside=self.process.returncode == -signal.SIGKILL)
        return answer

    def _end(self, late: threading.Event) -> None:
        late.set()
        self.process.kill()

    def end(self) -> None:
        """Kill the subprocess; `close` is still to be called."""
        self.process.kill()

    def close(self, *, kill: bool = True) -> None:
        """Close the pipes and reap the subprocess, killed first unless told otherwise."""
        if kill:
            self.end()
        for pipe in (self.requests, self.answers):
            with suppress(OSError):  # what was still to be said is said to nobody
                pipe.close()
        try:
            self.process.wait(1 if not kill else None)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def why_ended(code: int) -> str:
    """Return why a process ended, to complete "the process …"; ``code`` is its exit code, or minus the signal."""
    if code == -signal.SIGXCPU:
        return "used up its processor time"
    if code == OUT_OF_MEMORY:
        return "used up its memory"
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"broke down (exit code {code})"


def _environment() -> dict[str, str]:
    """Return the environment of the subprocess: it imports modules from where this process does."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    kept = {name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)}
    return {**kept, "PYTHONPATH": os.pathsep.join([*filter(None, sys.path), home])}


def shut_in(memory: int, *, longest_file: int = 0) -> tuple[IO[bytes], IO[bytes]]:
    """Sandbox this process (the subprocess calls it) and return its request and answer pipes.

    What the system does not offer is left out.

    Args:
        memory: Bytes of address space it may use.
        longest_file: Bytes of the largest file it may write.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # what a library prints is no answer
    os.close(nowhere)
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_FSIZE, longest_file)
    leave_no_core()
    with suppress(AttributeError, OSError):  # not Linux
        system = ctypes.CDLL(None)
        system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        die_with_parent()
        if system.unshare(_USERS | _NETWORK) != 0:
            system.unshare(_NETWORK)
    return sys.stdin.buffer, answers


def die_with_parent() -> None:
    """Have the system kill this process as soon as its parent is gone. A fork forgets it."""
    with suppress(AttributeError, OSError):  # not Linux
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, int(signal.SIGKILL), 0, 0, 0)


def _limit(kind: int, wanted: int) -> None:
    hard = resource.getrlimit(kind)[1]
    least = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with suppress(ValueError, OSError):  # not on this system
        resource.setrlimit(kind, (least, least))


def leave_no_core() -> None:
    """Have a crash of this process leave no core file: it would hold the articles."""
    _limit(resource.RLIMIT_CORE, 0)


def allow_time(seconds: int) -> None:
    """Limit the CPU time of this process to so many seconds from now; the system kills it after them."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))


def out_of_memory() -> NoReturn:
    """Exit at once: a process without memory cannot be trusted to clean up."""
    os._exit(OUT_OF_MEMORY)


def write_message(pipe: IO[bytes], message: bytes) -> None:
    """Write one length-prefixed message."""
    left = memoryview(len(message).to_bytes(_LENGTH, "big") + message)
    while left:
        left = left[pipe.write(left) :]
    pipe.flush()


def read_message(pipe: IO[bytes]) -> bytes | None:
    """Return the next message of a pipe; None at its end, or when it ends within a message.

    Raises:
        ValueError: It is longer than any message.
    """
    head = _exactly(pipe, _LENGTH)
    if head is None:
        return None
    length = int.from_bytes(head, "big")
    if length > MAX_MESSAGE:
        raise ValueError(f"a message of {length} bytes")
    return _exactly(pipe, length)


def packed(messages: Iterable[bytes]) -> bytes:
    """Return messages as one, for `unpacked`."""
    together = io.BytesIO()
    for message in messages:
        write_message(together, message)
    return together.getvalue()


def unpacked(message: bytes) -> list[bytes]:
    """Return the messages of `packed`."""
    return list(iter(partial(read_message, io.BytesIO(message)), None))


def _exactly(pipe: IO[bytes], length: int) -> bytes | None:
    parts = []
    while length:
        part = pipe.read(min(length, 1 << 20))
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
