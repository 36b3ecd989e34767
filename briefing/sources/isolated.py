"""Runs the readers of untrusted formats in a sandboxed subprocess, limited in memory and time and without network.

One process serves all that is read, one thing after the other, and is started when the first is. When it dies over a
file, that file is refused (``E_LIMIT``) and the next is read by a fresh one. Articles come back as JSON: whatever a
file may make of its reader, this process is handed text.

`BRIEFING_ISOLATION=off` in the environment reads everything in this process, to see where a reader breaks.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from importlib import import_module
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from briefing.errors import ArticleError
from briefing.model.codes import declared
from briefing.sources.opened import Opened
from briefing.system.sandbox import Apart, GoneError, allow_time, out_of_memory, read_message, shut_in, write_message

MEMORY = 1024 * 1024 * 1024  # bytes of address space; the worst of the hostile inputs in the tests takes 190 MB
SECONDS = 10  # of processor time for one file; the worst takes 3.4
WAIT = 60.0  # seconds on the clock, on a machine that is busy with other things

#: What is read apart, by its name, and where it is: the other process calls nothing else.
READERS = {
    "article_links": "briefing.sources.web.listing",
    "read_feed": "briefing.sources.feed",
    "read_json_feed": "briefing.sources.json_feed",
    "read_lines": "briefing.sources.json_lines",
    "read_list_of_feeds": "briefing.sources.feed",
    "read_mail": "briefing.sources.mailbox",
    "read_page": "briefing.sources.page",
    "read_sitemap": "briefing.sources.web.sitemap",
}
#: What may come back, and where it is.
_TYPES = {
    "DateClue": "briefing.model",
    "Input": "briefing.model",
    "Listed": "briefing.sources.web.sitemap",
    "Note": "briefing.model",
    "RawArticle": "briefing.model",
    "Reading": "briefing.sources.opened",
    "Sitemap": "briefing.sources.web.sitemap",
}

T = TypeVar("T")


class _OutsideError(Exception):
    """The other process answered with a value that is not in its closed set."""


_turn = threading.Lock()
_current: Apart | None = None


def apart(read: Callable[..., T], file: Opened, *more: str) -> T:
    """Call one of `READERS` on a file in the subprocess and return its result.

    A reader that is none of them is called here, and so is every one where no process can be started.

    Args:
        read: The reader.
        file: Its first argument.
        more: Its other ones.

    Raises:
        ArticleError: As the reader does; ``E_LIMIT`` when the process died over it or had to be ended.
    """
    if read.__name__ not in READERS or os.environ.get("BRIEFING_ISOLATION") == "off":
        return read(file, *more)
    head = json.dumps([read.__name__, file.path, file.suffix, file.charset, file.address, *more]).encode()
    with _turn:
        answer = _answer(head, file)
    if answer is None:
        return read(file, *more)
    made, *rest = json.loads(answer.decode("utf-8", "surrogatepass"))
    if made:
        try:
            found: T = _decoded(rest[0])
        except _OutsideError as error:
            message = f"{file.shown} could not be read: the process that read it answered {error}."
            raise ArticleError(message, "Leave it out, or save its text as .txt.", code="E_LIMIT") from error
        return found
    message, hint, code = map(str, rest)
    raise ArticleError(message, hint, code=declared(code) or "E_LIMIT")


def _answer(head: bytes, file: Opened) -> bytes | None:
    """Return the subprocess's answer; None when no subprocess can be started."""
    process, fresh = _process()
    if process is None:
        return None
    try:
        return process.ask((head, file.blob), WAIT)
    except GoneError as gone:
        if gone.outside and not fresh:
            return _answer(head, file)  # it may not have come to this file
        raise ArticleError(
            f"{file.shown} could not be read: the process that read it {gone}.",
            "Remove the file, or save its text as .txt.",
            code="E_LIMIT",
        ) from gone


def _process() -> tuple[Apart | None, bool]:
    """Return the subprocess, and whether it was started just now."""
    global _current
    if _current and _current.owner == os.getpid() and _current.process.poll() is None:
        return _current, False
    close()
    try:
        _current = Apart(__name__, str(MEMORY), str(SECONDS))
        _current.ask((), WAIT)  # it says that it is there
    except (OSError, GoneError):
        close()
    return _current, True


def close() -> None:
    """End the subprocess, if there is one."""
    global _current
    if _current and _current.owner == os.getpid():  # else it is that of the process this one was forked from
        _current.close()
    _current = None


atexit.register(close)


def _encoded(value: Any) -> Any:
    """Serialise a value of `_TYPES` for JSON: a tuple as a list, a type as its name and its fields in order."""
    if isinstance(value, tuple):
        return [_encoded(part) for part in value]
    if type(value).__name__ in _TYPES:
        return {type(value).__name__: [_encoded(getattr(value, field)) for field in value.__slots__]}
    return value


def _decoded(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decoded(part) for part in value)
    if isinstance(value, dict):
        ((name, parts),) = value.items()
        kind = getattr(import_module(_TYPES[name]), name)
        values = [_decoded(part) for part in parts]
        for at, members in _closed(kind):
            if values[at] not in members:
                raise _OutsideError(f"with an unknown {fields(kind)[at].name}")
        return kind(*values)
    return value


@cache
def _closed(kind: Any) -> tuple[tuple[int, tuple[Any, ...]], ...]:
    """Return the places of a type's fields whose values are a closed set, each with the set."""
    hints = get_type_hints(kind)
    hinted = [(n, hints[field.name]) for n, field in enumerate(fields(kind))]
    return tuple((n, get_args(hint)) for n, hint in hinted if get_origin(hint) is Literal)


def _serve(memory: int, seconds: int) -> None:
    """Answer requests until the pipe closes."""
    requests, answers = shut_in(memory)
    write_message(answers, b"")
    while (head := read_message(requests)) is not None:
        name, path, suffix, charset, address, *more = json.loads(head)
        file = Opened(path, suffix, read_message(requests) or b"", charset, address)
        allow_time(seconds)
        try:
            answer = _made(name, file, more)
        except MemoryError:
            out_of_memory()
        write_message(answers, answer)


def _made(name: str, file: Opened, more: list[str]) -> bytes:
    try:
        made = getattr(import_module(READERS[name]), name)(file, *more)
        answer = [True, _encoded(made)]
    except ArticleError as error:
        answer = [False, error.message, error.hint, error.code]
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")


if __name__ == "__main__":
    _serve(*map(int, sys.argv[1:]))
