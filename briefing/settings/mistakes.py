"""Reports validation errors of a settings file with their lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefing.errors import SettingsError
from briefing.settings.sections import slug_of
from briefing.text.printable import one_line


def locate(text: str, path: tuple[int | str, ...]) -> int:
    """Return the line, from 1, on which a TOML text sets the value at ``path``; of its table when it does not."""
    lines, wanted = _lines(text), tuple(str(part) for part in path)
    return next((lines[wanted[:n]] for n in range(len(wanted), 0, -1) if wanted[:n] in lines), 1)


@lru_cache(maxsize=1)  # a file with one mistake may have thousands
def _lines(text: str) -> Mapping[tuple[str, ...], int]:
    """Return the line, from 1, of each table and each key of a TOML text."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    counts: Counter[str] = Counter()
    for number, line in enumerate(text.split("\n"), 1):  # nothing else ends a line of TOML
        header = re.match(r"\s*+(\[\[?)([\w.\s\"'-]++)\]", line)
        key = re.match(r"\s*([\w\"'-]+)\s*=", line)
        if header:
            table = tuple(part.strip("\"' ") for part in header[2].split("."))
            if header[1] == "[[":
                name = header[2].strip()
                table = (*table, str(counts[name]))
                counts[name] += 1
            found.setdefault(table, number)
        elif key:
            found.setdefault((*table, key[1].strip("\"'")), number)
    return found


def refusal(path: Path, mistakes: Sequence[tuple[int, str]]) -> SettingsError:
    """Return one error that lists every mistake, a line each, in the order of the file's lines."""
    ordered = sorted(mistakes, key=lambda mistake: mistake[0])  # of one line: in the order found
    return SettingsError(
        # A key may hold whatever its writer liked, line ends and what a terminal obeys among it.
        "\n".join(f"{path}:{line}: {one_line(sentence)}" for line, sentence in ordered),
        "Fix these lines; `briefing init` writes a file with every setting explained.",
        code="E_CONFIG",
    )


def mistake_of(text: str, error: Mapping[str, Any]) -> tuple[int, str]:
    """Return the line and the message of a validation error."""
    place: tuple[int | str, ...] = error["loc"]
    key = ".".join(str(p) for p in place)
    if error["type"] == "extra_forbidden":
        return locate(text, place), f"{key} is not a setting."
    if error["type"] == "missing":
        return locate(text, place), f"{key} is missing."
    message = error["msg"].removeprefix("Value error, ")
    message = message[0].lower() + message[1:]
    return locate(text, place), f"{key} {_plain(message)}."


def _plain(message: str) -> str:
    return message.replace("input should", "should").replace("a valid tuple", "a list").replace("valid string", "text")


def twins(text: str, data: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield the line of each entry whose slug or name is a duplicate; the file's data may still be wrong."""
    for table, called in (("themes", "slug"), ("sources", "name"), ("lists", "name"), ("channels", "name")):
        seen: set[str] = set()
        entries = data.get(table)
        for n, entry in enumerate(entries if isinstance(entries, list) else ()):
            name = _called(entry, called)
            if name and name in seen:
                yield locate(text, (table, n)), f"two {table} have the {called} {name[:80]!r}; rename one."
            seen.add(name)


def _called(entry: object, called: str) -> str:
    """Return the slug or name of an entry; empty when it has neither as text."""
    name, slug = (entry.get("name"), entry.get("slug", "")) if isinstance(entry, dict) else (None, None)
    if not isinstance(name, str) or not isinstance(slug, str):
        return ""
    return slug_of(name, slug) if called == "slug" else name
