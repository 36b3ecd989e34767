"""Reads the recipients of a list from a CSV file; a line that holds no address costs nobody else their mail."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from briefing.settings.values import is_address
from briefing.text.printable import one_line

LARGEST_FILE = 10_000_000  # bytes: some 300,000 recipients
#: What the column with the addresses may be called, in small letters.
HEADINGS = ("address", "email", "e-mail", "mail", "email address", "e-mail address", "recipient")
_TROUBLES = 20  # told one by one


def read_recipients(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses of a CSV file, each once, and a sentence for each line that has none.

    The columns may be parted by commas, semicolons or tabs. The addresses stand in the column that its first line calls
    address, email, e-mail or mail; without such a line, in the first column that holds one. Empty lines and lines that
    begin with # are passed over, other columns are not looked at.
    """
    try:
        if path.exists() and not path.is_file():
            return (), (f"{path.name} is not a file.",)
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        return (), (f"{path.name} cannot be read: {error.strerror}.",)
    if len(data) > LARGEST_FILE:
        return (), (f"{path.name} is larger than {LARGEST_FILE:,} bytes.",)
    try:
        rows = list(_rows(_decoded(data)))
    except csv.Error as error:
        return (), (f"{path.name} is not a CSV file: {error}.",)
    found: dict[str, str] = {}
    troubles: list[str] = []
    column = _column(rows[0][1]) if rows else None
    for number, cells in rows if column is None else rows[1:]:
        address = _address(cells, column)
        if is_address(address):
            found.setdefault(address.casefold(), address)
        else:
            troubles.append(f"{path.name}:{number}: {one_line(address)[:80]!r} is not an e-mail address.")
    if len(troubles) > _TROUBLES:
        more = len(troubles) - _TROUBLES
        troubles = [*troubles[:_TROUBLES], f"{path.name}: {more} more lines hold no e-mail address."]
    if not found and not troubles:
        troubles = [f"{path.name} holds no e-mail address."]
    return tuple(found.values()), tuple(troubles)


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):  # as spreadsheets save "Unicode text"
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # names in other columns; addresses are ASCII


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each line that says something, and its cells."""
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        plain = [cell.strip() for cell in cells]
        if any(plain) and not plain[0].startswith("#"):
            yield reader.line_num, plain


def _column(heading: list[str]) -> int | None:
    """Return the column that a heading names; None when the line is no heading."""
    return next((n for n, cell in enumerate(heading) if cell.casefold() in HEADINGS), None)


def _address(cells: list[str], column: int | None) -> str:
    if column is not None:
        return cells[column] if column < len(cells) else ""
    return next((cell for cell in cells if is_address(cell)), cells[0])
