"""The edition as Markdown: headings, numbered items, sources as footnotes."""

from __future__ import annotations

import re
from typing import Any

from briefing.outputs.charts import charts_of
from briefing.outputs.job import Job
from briefing.outputs.links import printable
from briefing.outputs.markup import render_text

# What is markup anywhere in a line, in CommonMark or in the dialects of GitHub and Pandoc.
_MARKUP = re.compile(r"([\\`*_\[\]<>&|~$^{}])")
# What is markup where a line or a list item begins.
_OPENING = re.compile(r"^([-+#=:!%])|^(\d+)([.)])")
# What GitHub turns into links by itself.
_BARE_LINK = re.compile(r"(?i)\b(https?|ftp)(:)(?=//)|\b(www)(\.)")
# What GitHub turns into mail links and mentions after everything was unescaped: a backslash or an entity is no help.
_AT = re.compile(r"@(?=[\w-])")
_BREAK = "\u200b"  # seen by nobody


def make_markdown(job: Job) -> bytes:
    """Return the Markdown of an edition, UTF-8."""
    view = job.view
    context: dict[str, Any] = {
        "e": view,
        "w": view.words,
        "charts": [chart for chart in charts_of(view) if chart.name != "origins"],
        "md": escaped,
        "target": target,
    }
    text = render_text("briefing.md.j2", context, job.templates)
    return (re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n").encode("utf-8")


def escaped(text: str) -> str:
    """Return a text escaped as one line of Markdown, wherever in a line it stands."""
    line = _MARKUP.sub(r"\\\1", " ".join(printable(text).split()))
    line = _OPENING.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", line)
    line = _BARE_LINK.sub(lambda m: f"{m[1] or m[3]}\\{m[2] or m[4]}", line)
    return _AT.sub(f"@{_BREAK}", line)


def target(url: str) -> str:
    """Return an address as a Markdown link target; it must have gone through `links.link`."""
    return "<" + url.replace("&", "&amp;") + ">"
