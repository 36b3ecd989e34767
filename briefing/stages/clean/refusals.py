"""Refuses texts without an article: empty ones, log-ins, errors, paywalls, indexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefing.model import Note, RawArticle
from briefing.stages.clean.lines import Line
from briefing.text.package_data import data_toml

#: A page with more words of prose than this is an article whatever its title says.
FEW_WORDS = 60
#: An index has at least this many lines, and none that ends as a sentence does; readers of pages know it by its links.
INDEX_LINES = 8


@cache
def _signs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    entries = data_toml("clean", "no_article.toml")["page"]
    return tuple((entry["what"], re.compile(rf"\b(?:{'|'.join(entry['signs'])})\b", re.I)) for entry in entries)


def why_no_article(raw: RawArticle, kept: Sequence[Line], title: str, *, capped: bool = False) -> Note | None:
    """Return the note that rejects a text without an article, or None when there is one.

    Args:
        raw: The text as read.
        kept: The lines that are left of it.
        title: Its headline, as far as known.
        capped: Some of the text was too long to look at, so its first part does not speak for all.
    """
    if not (capped and kept) and not any(any(map(str.isalnum, line.text)) or not line.text.isascii() for line in kept):
        what = "has a headline but no text" if title else "holds no text"
        return Note("E_EMPTY", f"{raw.input} {what}.")
    if raw.kind != "html":
        return None
    words = sum(line.words for line in kept if line.ends)
    if words <= FEW_WORDS:
        opening = f"{title}\n{raw.text[:4000]}"
        for what, pattern in _signs():
            if pattern.search(opening):
                return Note("E_EMPTY", f"{raw.input} holds no article: it looks like {what}.")
    if len(kept) >= INDEX_LINES and not words and not capped:
        return Note("E_EMPTY", f"{raw.input} holds no article: it looks like an index of headlines.")
    return None
