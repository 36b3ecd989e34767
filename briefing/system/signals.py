"""Signal handling: SIGINT and SIGTERM stop the program at once, but in a critical section only at its end."""

from __future__ import annotations

import signal
import threading

TYPE_CHECKING = False  # typing costs as much as an empty interpreter
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType

#: The signals that ask a program to stop.
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class _Asked:
    """The state of the handler: which signal came, and whether it is deferred."""

    def __init__(self) -> None:
        self.signal = 0  # the first that came; 0 for none
        self.pending = False  # one came that has not stopped anything yet
        self.waiting = 0  # blocks that are not to be broken off

    def take(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal."""
        self.signal = self.signal or number
        self.pending = True
        if not self.waiting:
            pause()


_asked = _Asked()


class heeded:  # noqa: N801  a block, as `contextlib` writes them
    """Install handlers that turn the signals into `KeyboardInterrupt` while the block runs."""

    def __enter__(self) -> None:
        _asked.signal, _asked.pending = 0, False
        self._before = {number: signal.signal(number, _asked.take) for number in SIGNALS} if _is_main() else {}

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        _asked.pending = False


class unbroken:  # noqa: N801
    """Defer the signals while the block runs, except where it calls the function it is given.

    Without `heeded` around it, it changes nothing.
    """

    def __enter__(self) -> Callable[[], None]:
        _asked.waiting += _is_main()
        return pause

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        _asked.waiting -= _is_main()
        if error is None and not _asked.waiting and _is_main():
            pause()


def pause() -> None:
    """Raise `KeyboardInterrupt` when a deferred signal is pending."""
    if _asked.pending:
        _asked.pending = False
        raise KeyboardInterrupt


def exit_code() -> int:
    """Return the exit code of a program that was stopped by a signal: 128 and its number."""
    return 128 + (_asked.signal or signal.SIGINT)


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()
