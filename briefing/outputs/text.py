"""The edition as plain text: for terminals, and for mail clients that show nothing else."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from briefing.outputs.addresses import page_address
from briefing.outputs.charts import charts_of
from briefing.outputs.job import Job
from briefing.outputs.links import printable, unsubscribe_address
from briefing.outputs.markup import render_text

WIDTH = 76  # columns; RFC 5322 recommends fewer than 78, and a reply needs two for its marks


def make_text(job: Job) -> bytes:
    """Return the plain text of an edition, UTF-8, at most `WIDTH` columns wide where no single word is wider."""
    view = job.view
    context: dict[str, Any] = {
        "e": view,
        "w": view.words,
        "charts": [chart for chart in charts_of(view) if chart.name != "origins"],
        "page": page_address(job.edition),
        "unsubscribe": unsubscribe_address(job.edition.imprint.mailing.list_unsubscribe),
        "wrap": wrap,
        "rule": rule,
    }
    text = render_text("email.txt.j2", context, job.templates)
    lines = re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n")))
    return (lines.strip("\n") + "\n").encode("utf-8")


def wrap(text: str, first: str = "", rest: str | None = None, width: int = WIDTH) -> str:
    """Return a text in lines of at most ``width`` columns; words, and so addresses, are never broken.

    Args:
        text: One paragraph; any white space in it becomes one space.
        first: What its first line begins with.
        rest: What further lines begin with; as many spaces as ``first`` has columns when None.
        width: Columns.
    """
    rest = " " * columns(first) if rest is None else rest
    lines, line, used = [], first, columns(first)
    empty = True
    for word in printable(text).split():
        long = columns(word)
        if not empty and used + 1 + long > width:
            lines.append(line)
            line, used, empty = rest, columns(rest), True
        line += word if empty else f" {word}"
        used += long if empty else long + 1
        empty = False
    return "\n".join([*lines, line])


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def rule(text: str, character: str = "=") -> str:
    """Return a heading's text, wrapped, with a line of ``character`` under it."""
    lines = wrap(text)
    return f"{lines}\n{character * max(columns(line) for line in lines.split(chr(10)))}"
