"""Parses JSON within limits of size and depth."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from briefing.errors import ArticleError

MAX_DEPTH = 100
_SURROGATES = re.compile("[\ud800-\udfff]")
_NUL = re.compile("\x00")
_MARKS = re.compile(r"""\\.|["\[\]{}]""")


def load(text: str, shown: str) -> tuple[Any, bool]:
    """Return the value of a JSON text, and whether an object has a duplicate key (the last one counts).

    Raises:
        ArticleError: It is no JSON, nests too deep, or holds a number out of range.
    """
    repeated = False

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        found = dict(items)
        repeated = repeated or len(found) < len(items)
        return found

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_constant=_refuse, parse_float=_number)
    except RecursionError as error:
        raise _too_deep(shown) from error
    except ValueError as error:
        if _nesting(text) > MAX_DEPTH:  # how deep Python's parser goes before it gives up differs by version
            raise _too_deep(shown) from error
        at = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise ArticleError(
            f"{shown} is not valid JSON{at}.", "Export or download it again.", code="E_JSON_MALFORMED"
        ) from error
    if _depth(value) > MAX_DEPTH:
        raise _too_deep(shown)
    return value, repeated


def _too_deep(shown: str) -> ArticleError:
    return ArticleError(f"{shown} nests too deep.", f"Keep it below {MAX_DEPTH}.", code="E_JSON_LIMITS")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _number(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number


def _depth(value: object) -> int:
    depth, level = 0, [value]
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [
            member
            for one in level
            if isinstance(one, dict | list)
            for member in (one.values() if isinstance(one, dict) else one)
        ]
    return depth


def _nesting(text: str) -> int:
    """Return how deep the brackets of a text nest that need not be JSON, those within strings aside."""
    depth = deepest = 0
    quoted = False
    for mark in _MARKS.findall(text):
        if mark == '"':
            quoted = not quoted
        elif not quoted and mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif not quoted and mark in "]}":
            depth -= 1
    return deepest


def without_unpaired(value: str) -> tuple[str, int]:
    """Return a string without unpaired surrogates and NUL, and how many were removed."""
    text, halves = _SURROGATES.subn("", value)
    text, zeros = _NUL.subn("", text)
    return text, halves + zeros
