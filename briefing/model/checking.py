"""Checks values against the types that dataclasses and functions declare."""

from __future__ import annotations

import types
from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints


def holds(value: Any, kind: Any) -> bool:
    """Return whether a value, with all that is in it, is of a declared type.

    Args:
        value: Any value.
        kind: A class, a dataclass, a ``Literal``, a union of these, or a tuple.
    """
    origin = get_origin(kind)
    if origin is Literal:
        return isinstance(value, Hashable) and value in get_args(kind)
    if origin in (Union, types.UnionType):
        return any(holds(value, one) for one in get_args(kind))
    if origin is tuple:
        return isinstance(value, tuple) and _holds_parts(value, get_args(kind))
    if is_dataclass(kind):
        return type(value) is kind and all(
            holds(getattr(value, f.name), declared_of(kind)[f.name]) for f in fields(kind)
        )
    return type(value) is kind


def _holds_parts(value: tuple[Any, ...], kinds: tuple[Any, ...]) -> bool:
    if kinds[-1] is Ellipsis:
        return all(holds(part, kinds[0]) for part in value)
    return len(value) == len(kinds) and all(map(holds, value, kinds))


def declared_of(thing: Any) -> dict[str, Any]:
    """Return the types of a dataclass's fields, or of a function's arguments and its result (``return``)."""
    return _declared(cast(Hashable, thing))


@cache
def _declared(thing: Hashable) -> dict[str, Any]:
    return get_type_hints(thing)
