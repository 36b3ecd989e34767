"""Calls the readers of untrusted formats in a sandboxed subprocess, limited in memory and time and without network.

One worker serves all that is read, one thing after the other. When it dies over a file, that file is refused
(``E_LIMIT``) and the next is read by a fresh one. What a reader returns comes back as JSON and is checked against the
types it declares: whatever a file may make of its reader, this process is handed text.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, Literal, TypeVar, get_args, get_origin

from briefing.errors import ArticleError
from briefing.model import RawArticle
from briefing.model.checking import declared_of
from briefing.sources.opened import Opened, bounded
from briefing.system.sandbox import GoneError
from briefing.system.worker import Limits, Worker, is_off, name_of, named

#: Of one file: of the hostile inputs in the tests the worst takes 190 MB and 3.4 s.
LIMITS = Limits(memory=1024 * 1024 * 1024, seconds=10, wait=60.0)

T = TypeVar("T")


class _UndeclaredError(Exception):
    """The subprocess answered with something else than the reader's declared type."""


def apart(read: Callable[..., T], file: Opened, *more: str) -> T:
    """Call a reader on a file in the sandboxed subprocess and return its result.

    Where no process can be started, or isolation is off, it is called in this one.

    Args:
        read: A function of a module, with the type of its result declared: text, numbers, and dataclasses and tuples
            of these.
        file: Its first argument.
        more: Its other ones.

    Raises:
        ArticleError: As the reader does; ``E_LIMIT`` when the process died over it or had to be ended.
    """
    if is_off():
        return read(file, *more)
    head = json.dumps([name_of(read), file.path, file.suffix, file.charset, file.address, *more]).encode()
    try:
        with _turn:
            answer = _worker.ask(head, file.blob)
        made: T = _decoded(json.loads(answer.decode("utf-8", "surrogatepass")), declared_of(read)["return"])
    except GoneError as gone:
        raise _unread(file, str(gone)) from gone
    except (_UndeclaredError, ValueError, RecursionError) as error:
        raise _unread(file, "answered with something else than its reader returns") from error
    except OSError:
        return read(file, *more)
    return made


_turn = threading.Lock()


def answered(head: bytes, blob: bytes) -> bytes:
    """Return the answer of the subprocess to one request: what the reader made of the file, as JSON."""
    name, path, suffix, charset, address, *more = json.loads(head)
    made = named(name)(Opened(path, suffix, blob, charset, address), *more)
    return json.dumps(_encoded(made), ensure_ascii=False).encode("utf-8", "surrogatepass")


_worker = Worker(name_of(answered), LIMITS, ArticleError)


def _unread(file: Opened, why: str) -> ArticleError:
    message = f"{file.shown} could not be read: the process that read it {why}."
    return ArticleError(message, "Remove the file, or save its text as .txt.", code="E_LIMIT")


def _encoded(value: Any) -> Any:
    """Serialise a value for JSON: a tuple as a list, a dataclass as the list of its fields."""
    if isinstance(value, tuple):
        return [_encoded(part) for part in value]
    if isinstance(value, RawArticle):
        value = bounded(value)
    if is_dataclass(value):
        return [_encoded(getattr(value, field.name)) for field in fields(value)]
    return value


def _decoded(value: Any, kind: Any) -> Any:
    """Return the value of a declared type.

    Raises:
        _UndeclaredError: It is none.
    """
    if get_origin(kind) is Literal:
        if value in get_args(kind):
            return value
    elif get_origin(kind) is tuple:
        if isinstance(value, list):
            return tuple(_decoded(part, get_args(kind)[0]) for part in value)
    elif is_dataclass(kind):
        if isinstance(value, list) and len(value) == len(fields(kind)):
            kinds = declared_of(kind)
            parts = (_decoded(part, kinds[field.name]) for part, field in zip(value, fields(kind), strict=True))
            return kind(*parts)  # type: ignore[operator]  # a class, not a value of one
    elif type(value) is kind:
        return value
    raise _UndeclaredError
