"""Suggests what an unknown key of the settings was meant to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from briefing.settings.base import Section
from briefing.settings.sections import Settings
from briefing.settings.toml_errors import SEVERAL


def suggestion(place: Sequence[int | str]) -> str:
    """Return a question or a remark on an unknown key at ``place``, such as "did you mean [[lists]]?"; or nothing."""
    name = str(place[-1])
    fields = _fields_at(place[:-1])
    if close := nearest(name, [*fields]):
        return f"did you mean {heading(close) if len(place) == 1 else close}?"
    homes = [heading(table) for table in _homes(name)]
    return f"it belongs under {' or '.join(homes[:3])}." if homes else ""


def nearest(word: str, words: Sequence[str]) -> str:
    """Return the word that a misspelt one was most likely meant to be; empty when none is near."""
    same = {other.casefold(): other for other in words}
    found = get_close_matches(word.casefold(), same, n=1, cutoff=0.7)
    return same[found[0]] if found else ""


def heading(name: str) -> str:
    """Return the heading of a table as it is written in the file."""
    return f"[[{name}]]" if name in SEVERAL else f"[{name}]"


def _fields_at(place: Sequence[int | str]) -> Mapping[str, Any]:
    """Return the settings that a table may hold."""
    section: type[Section] | None = Settings
    for part in place:
        if isinstance(part, str) and section:
            field = section.model_fields.get(part)
            section = next(_sections_in(field.annotation), None) if field else None
    return {name: None for name in section.model_fields if name != "folder"} if section else {}


def _sections_in(annotation: Any) -> Iterator[type[Section]]:
    if isinstance(annotation, type) and issubclass(annotation, Section):
        yield annotation
    for part in get_args(annotation):
        yield from _sections_in(part)


def _homes(name: str) -> Iterator[str]:
    """Yield the tables that have a setting of that name."""
    for table, field in Settings.model_fields.items():
        if any(name in section.model_fields for section in _sections_in(field.annotation)):
            yield table
