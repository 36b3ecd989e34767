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
from briefing.settings.suggestions import suggestion
from briefing.settings.toml_errors import SEVERAL, may_be_secret
from briefing.text.printable import one_line

_WIDEST = 100  # characters of a line that are shown


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
            name = header[2].strip()
            if header[1] == "[[":
                found.setdefault(table, number)  # of the first of them, where all are meant
                table = (*table, str(counts[name]))
                counts[name] += 1
            elif counts[table[0]]:  # a table inside the last of several
                table = (table[0], str(counts[table[0]] - 1), *table[1:])
            found.setdefault(table, number)
        elif key:
            found.setdefault((*table, key[1].strip("\"'")), number)
    return found


def refusal(path: Path, text: str, mistakes: Sequence[tuple[int, str]]) -> SettingsError:
    """Return one error that lists every mistake with the line it is in, in the order of the file's lines."""
    ordered = sorted(mistakes, key=lambda mistake: mistake[0])  # of one line: in the order found
    return SettingsError(
        # A key may hold whatever its writer liked, line ends and what a terminal obeys among it.
        "\n".join(f"{path}:{line}: {one_line(sentence)}{quoted(text, line)}" for line, sentence in ordered),
        "Fix these lines; `briefing init` writes a file with every setting explained.",
        code="E_CONFIG",
    )


def quoted(text: str, number: int) -> str:
    """Return a line of the file to print below a message, behind a line end; nothing of what may be a password."""
    line = one_line(text.split("\n")[number - 1]) if number <= text.count("\n") + 1 else ""
    if may_be_secret(line):
        line = f"{line.partition('=')[0].rstrip()} = …"
    shown = line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"
    return f"\n    {shown}" if shown else ""


def mistake_of(text: str, error: Mapping[str, Any]) -> tuple[int, str]:
    """Return the line and the message of a validation error."""
    place: tuple[int | str, ...] = error["loc"]
    key = ".".join(str(p) for p in place)
    if error["type"] == "extra_forbidden":
        meant = suggestion(place)
        return locate(text, place), f"{key} is not a setting{f'; {meant}' if meant else '.'}"
    if len(place) == 1 and place[0] in SEVERAL and error["type"] == "tuple_type" and isinstance(error["input"], dict):
        return locate(text, place), f"there may be several {key}, each under a heading in double brackets: [[{key}]]."
    if len(place) == 1 and error["type"] in ("model_type", "dict_type") and isinstance(error["input"], list):
        return locate(text, place), f"there is one {key} only, so its heading has single brackets: [{key}]."
    if error["type"] == "missing":
        return locate(text, place), f"{key} is missing."
    message = error["msg"].removeprefix("Value error, ")
    message = message[0].lower() + message[1:]
    hint = ", without quotation marks" if error["type"] in _BARE and isinstance(error["input"], str) else ""
    return locate(text, place), f"{key} {_plain(message)}{hint}."


#: Kinds of mistake where a value in quotation marks would be right without them.
_BARE = ("int_type", "float_type", "bool_type")
#: The library's words, and a person's.
_PLAIN = {
    "input should": "should",
    "string should": "should",
    "greater than or equal to": "at least",
    "less than or equal to": "at most",
    "a valid tuple": "a list",
    "a valid string": "text",
    "a valid integer": "a whole number",
    "a valid number": "a number",
    "a valid boolean": "true or false",
    "a valid dictionary": "a table",
}


def _plain(message: str) -> str:
    for theirs, ours in _PLAIN.items():
        message = message.replace(theirs, ours)
    return message


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
