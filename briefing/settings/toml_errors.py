"""Explains a TOML syntax error: the line that is to blame, the cause in plain words, and the way out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
#: Tables of which there may be several, each with a heading in double brackets.
SEVERAL = ("themes", "sources", "lists", "channels")
_CURLY = "“”„‟‘’‚‛«»‹›"  # quotation marks that word processors write
_VALUE = re.compile(r"\s*([^=\s]+)\s*=\s*(.*?)\s*$")
_WORDS = {"True": "true", "False": "false", "yes": "true", "no": "false", "on": "true", "off": "false"}


#: Keys whose value a terminal, and a log of it, is not to show: passwords that stand here by mistake, chats' addresses.
_SECRET = re.compile(r"\s*[\w-]*(?:pass|secret|token|key|address)[\w-]*\s*=", re.IGNORECASE)


def may_be_secret(line: str) -> bool:
    """Return whether the value that a line sets may be a password."""
    return bool(_SECRET.match(line))


@dataclass(frozen=True, slots=True)
class Explained:
    """What is wrong with a file, for a person."""

    line: int  # from 1
    cause: str  # a sentence without its full stop
    hint: str


@dataclass(frozen=True, slots=True)
class _Place:
    text: str
    what: str  # the parser's words
    number: int  # of the line, from 1
    column: int  # from 0

    @property
    def line(self) -> str:
        return self.lines[self.number - 1]

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")  # nothing else ends a line of TOML

    @property
    def key(self) -> str:
        found = _VALUE.match(self.line)
        return found[1] if found else "the key"

    @property
    def value(self) -> str:
        found = _VALUE.match(self.line)
        return "…" if may_be_secret(self.line) else found[2] if found else ""


def explain(text: str, error: ValueError | RecursionError) -> Explained:
    """Return the line to blame for a TOML error, and why, in plain words.

    Args:
        text: The whole file.
        error: What the parser raised.
    """
    place = _place(text, error)
    for cause in _CAUSES:
        if found := cause(place):
            return found
    return Explained(place.number, f"this is not valid TOML: {place.what[0].lower()}{place.what[1:]}", "Fix that line.")


def _place(text: str, error: ValueError | RecursionError) -> _Place:
    if isinstance(error, RecursionError):
        return _Place(text, "nested too deeply", 1, 0)
    message = str(error)
    found = _AT.search(message)
    what = message[: found.start()] if found else message
    if found and found[1]:
        return _Place(text, what, min(int(found[1]), text.count("\n") + 1), int(found[2]) - 1)
    return _Place(text, what, text.rstrip().count("\n") + 1, 0)


# ---- causes, the surest first


def _long_number(at: _Place) -> Explained | None:
    if not at.what.startswith("Exceeds the limit"):
        return None
    found = re.search(r"[0-9_]{4000,}", at.text)
    number = at.text.count("\n", 0, found.start()) + 1 if found else 1
    digits = len(found[0]) if found else 0
    return Explained(number, f"a number has {digits:,} digits", "Write a smaller number.")


def _curly(at: _Place) -> Explained | None:
    found = next((c for c in at.line[at.column :] if c in _CURLY), "") if "Invalid value" in at.what else ""
    if not found:
        return None
    return Explained(
        at.number, f"{found} is not a quotation mark that TOML knows", "Use straight quotation marks: \"…\" or '…'."
    )


def _backslash(at: _Place) -> Explained | None:
    if not re.match(r"Unescaped '\\'|Invalid hex value|Escaped character", at.what):
        return None
    return Explained(
        at.number,
        "between double quotation marks a \\ begins a special character; a Windows path needs single quotes",
        f"Write it as {at.key} = '{at.value.strip(chr(34))}', or with / for each \\.",
    )


def _open_quotation(at: _Place) -> Explained | None:
    if at.what.startswith("Illegal character '\\n'") or at.what.startswith("Illegal character '\\r'"):
        return Explained(at.number, "a quotation mark is not closed", "Close it at the end of the value.")
    if at.what.startswith("Unterminated string") or at.what.startswith("Expected \"'"):
        number = _last_opened(at, ('"""', "'''")) or at.number
        return Explained(number, "three quotation marks that begin a long text are not closed", "Close them.")
    return None


def _unclosed(at: _Place) -> Explained | None:
    if not at.what.startswith(("Unclosed array", "Unclosed inline table")):
        return None
    if at.column < len(at.line) and at.line[at.column] in "\"'":
        return Explained(at.number, "a comma is missing between two entries of a list", 'Write ["one", "two"].')
    opened = next(reversed(list(_brackets(at))), None)
    number, bracket = opened or (at.number, "[")
    closing = "]" if bracket == "[" else "}"
    return Explained(number, f"the {bracket} in this line is not closed", f"Write {closing} where the list ends.")


def _table_head(at: _Place) -> Explained | None:
    if not at.what.startswith(("Expected ']' at the end", "Expected ']]' at the end")):
        return None
    name = re.sub(r"[\s\[\]#].*", "", at.line.strip().lstrip("[").strip())
    both = ("[[", "]]") if name in SEVERAL else ("[", "]")
    return Explained(at.number, "the bracket of this heading is not closed", f"Write {both[0]}{name}{both[1]}.")


def _single_brackets(at: _Place) -> Explained | None:
    if not at.what.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate")):
        return None
    for number, line in enumerate(at.lines[: at.number], 1):
        found = re.match(r"\s*\[\s*(\w+)\s*\]", line)
        if found and found[1] in SEVERAL:
            name = found[1]
            return Explained(
                number, f"there may be several {name}, so each has its heading in double brackets", f"Write [[{name}]]."
            )
    return None


def _twice(at: _Place) -> Explained | None:
    head = re.match(r"\s*(\[+\s*[\w.\"'-]+\s*\]+)", at.line)
    if at.what.startswith("Cannot declare") and head:
        first = next((n for n, line in enumerate(at.lines, 1) if line.strip().startswith(head[1])), at.number)
        return Explained(
            at.number, f"{head[1]} stands in the file twice, first in line {first}", "Put their lines together."
        )
    if at.what.startswith("Cannot overwrite"):
        earlier = range(at.number - 1, 0, -1)
        same = (n for n in earlier if re.match(rf"\s*{re.escape(at.key)}\s*=", at.lines[n - 1]))
        first = next(same, 0)
        return Explained(
            at.number, f"{at.key} is set twice{f', first in line {first}' if first else ''}", "Remove one of the two."
        )
    return None


def _bare_text(at: _Place) -> Explained | None:
    if not at.what.startswith("Invalid value"):
        return None
    value = at.value.partition(" #")[0].strip()
    if not value or value.startswith("#"):
        return Explained(at.number, f"{at.key} has no value", f'Write one, or remove the line: {at.key} = "…".')
    if value in _WORDS:
        return Explained(at.number, f"{value} is not a value", f"Write {at.key} = {_WORDS[value]}.")
    if re.match(r"\w|[/.~#-]", value):
        return Explained(
            at.number, "a text stands without quotation marks", f'Write {at.key} = "{value.strip(chr(34))}".'
        )
    return None


def _key(at: _Place) -> Explained | None:
    if not at.what.startswith("Expected '=' after a key"):
        return None
    colon = re.match(r"\s*([\w-]+)\s*:\s*(.+)", at.line)
    if colon:
        return Explained(at.number, "a setting is written with =, not :", f"Write {colon[1]} = {colon[2].strip()}.")
    words = re.match(r"\s*((?:[\w-]+[ \t]+)+[\w-]+)[ \t]*=", at.line)
    if words:
        return Explained(at.number, "a key is one word", f"Write {'_'.join(words[1].split())} = …")
    if "=" not in at.line:
        return _neither(at)
    return Explained(at.number, "a key has letters, digits, - and _ only", "Write the key in these.")


def _more_behind(at: _Place) -> Explained | None:
    if not at.what.startswith("Expected newline or end of document"):
        return None
    if re.search(r"=\s*\d+,\d", at.line):
        return Explained(at.number, "a number has a point, not a comma", "Write it as 1.5.")
    if re.search(r"=\s*\d", at.line):
        value = at.value.partition(" #")[0].strip()
        return Explained(at.number, "a text stands without quotation marks", f'Write {at.key} = "{value}".')
    if at.line.count('"') > 2:
        return Explained(
            at.number, "a quotation mark inside the text ends it", "Put the text between single quotes: '…'."
        )
    return Explained(at.number, "something stands behind the value", "Remove it, or put # before it.")


def _statement(at: _Place) -> Explained | None:
    if not at.what.startswith("Invalid statement"):
        return None
    if at.line.lstrip().startswith(("//", ";", "/*", "<!--")):
        return Explained(at.number, "a comment begins with #", "Put # before that line.")
    return _neither(at)


def _neither(at: _Place) -> Explained:
    return Explained(at.number, "this line is neither a heading nor a setting", "Write key = value, or # before it.")


_CAUSES: tuple[Callable[[_Place], Explained | None], ...] = (
    _long_number,
    _curly,
    _backslash,
    _open_quotation,
    _unclosed,
    _table_head,
    _single_brackets,
    _twice,
    _bare_text,
    _key,
    _more_behind,
    _statement,
)


# ---- what was opened


def _brackets(at: _Place) -> Iterator[tuple[int, str]]:
    """Yield line and sign of each bracket of a value that is open where the parser gave up, the outermost first."""
    opened: list[tuple[int, str]] = []
    for number, line in enumerate(at.lines[: at.number], 1):
        head = re.match(r"\s*\[\[?[\w.\s\"'-]+\]\]?\s*(?:#|$)", line)
        if head and not opened:
            continue
        plain = re.sub(r"\"(?:\\.|[^\"\\])*\"|'[^']*'", "", line).partition("#")[0]
        if number == at.number:
            plain = "" if opened else plain
        for sign in plain:
            if sign in "[{":
                opened.append((number, sign))
            elif sign in "]}" and opened:
                opened.pop()
    yield from opened


def _last_opened(at: _Place, marks: tuple[str, ...]) -> int:
    """Return the line of the last mark in the text, from 1; 0 for none."""
    last = max(at.text.rfind(mark) for mark in marks)
    return at.text.count("\n", 0, last) + 1 if last >= 0 else 0
