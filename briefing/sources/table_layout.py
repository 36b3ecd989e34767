"""Whether a page is laid out in a table, as pages once were, so that its cells are blocks and no figures."""

from __future__ import annotations

import re

_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p[\s>]|<br\s*/?>\s*<br", re.IGNORECASE)
_HEADLINE = re.compile(r"<h[1-3][\s>]|<font", re.IGNORECASE)
_ARTICLE = re.compile(r"<(?:article|main)[\s>]", re.IGNORECASE)


def is_laid_out_in_tables(text: str) -> bool:
    """Return whether a page, as pages once did, holds its headline or most of its paragraphs in a table."""
    start, end = _TABLE.search(text), text.rfind("</")
    if not start or end < 0:
        return False
    inside, whole = len(_PARAGRAPH.findall(text, start.end())), len(_PARAGRAPH.findall(text))
    return bool(_HEADLINE.search(text, start.end())) and inside * 2 > whole and not _ARTICLE.search(text)
