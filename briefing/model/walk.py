"""The one walk over everything an edition prints: each cited sentence with the place it stands at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

#: Where a value stands: names of fields and positions in tuples, from the edition down.
Place = tuple[str | int, ...]


def walk(value: object, wanted: type, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every value of a type inside a dataclass, depth first, in the order of its fields.

    What may hold one is read off the annotations, so that a field added tomorrow is walked without being listed
    anywhere; fields that cannot hold one (the ledger's, the counts') cost nothing.
    """
    if isinstance(value, wanted):
        yield place, value
    elif isinstance(value, tuple):
        for n, part in enumerate(value):
            yield from walk(part, wanted, (*place, n))
    elif value is not None:
        kind: Any = type(value)
        for name in _fields_holding(kind, wanted):
            yield from walk(getattr(value, name), wanted, (*place, name))


def replaced(value: Any, wanted: type, change: Callable[[Place, Any], Any], place: Place = ()) -> Any:
    """Return a value with everything of a type inside it changed, the places those of `walk`."""
    if isinstance(value, wanted):
        return change(place, value)
    if isinstance(value, tuple):
        return tuple(replaced(part, wanted, change, (*place, n)) for n, part in enumerate(value))
    kind: Any = type(value)
    names = _fields_holding(kind, wanted) if value is not None else ()
    new = {name: replaced(getattr(value, name), wanted, change, (*place, name)) for name in names}
    return replace(value, **new) if new else value


@cache
def _fields_holding(kind: Any, wanted: type) -> tuple[str, ...]:
    if not is_dataclass(kind):
        return ()
    hints = get_type_hints(kind)
    return tuple(field.name for field in fields(kind) if _may_hold(hints[field.name], wanted))


@cache
def _may_hold(hint: Any, wanted: type) -> bool:
    """Return whether a value of an annotated type may be or hold a ``wanted``."""
    if hint is wanted:
        return True
    if get_origin(hint) in (tuple, Union, UnionType):
        return any(_may_hold(part, wanted) for part in get_args(hint) if part is not Ellipsis)
    return bool(_fields_holding(hint, wanted))
