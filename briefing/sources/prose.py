"""Extracts the paragraphs of an HTML fragment."""

from __future__ import annotations

import re

from briefing.sources.character_references import unescape
from briefing.sources.plain import Plain, plain

_BLOCK = re.compile(
    r"</?(?:p|div|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|pre|table|tr|td|th|article|section|figure|figcaption|header"
    r"|footer|aside|main|address|summary|details)(?=[\s>/])[^>]*>"
)
_ITEM = re.compile(r"<li(?=[\s>/])[^>]*>\s*(?=[^\s<]|<(?!/?(?:li|p|div|ul|ol|table|h[1-6])\b))")
_LINK = re.compile(r"<a(?=[\s>])[^>]*>(.*?)</a>", re.DOTALL)
UNLINKED = 60  # characters beside the links that say something, if they end as a sentence does or are many
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")


def prose(fragment: str, *, bullets: bool = False) -> tuple[str, Plain]:
    """Return the text of a fragment, a paragraph a line, and notes on the markup that was dropped.

    A fragment without a tag keeps its own line ends; one with tags ends paragraphs where its blocks end.

    Args:
        fragment: Markup or text.
        bullets: Mark the items of lists, as plain text does.
    """
    page = plain(fragment)
    markup = page.markup
    if "<" in markup:
        markup = markup.replace("\n", " ")
        markup = _ITEM.sub("\n- ", markup) if bullets else markup
        markup = _TAG.sub("", _BLOCK.sub("\n", markup))
    lines = (_SPACES.sub(" ", unescape(line)).strip() for line in markup.split("\n"))
    return "\n".join(line for line in lines if line), page


def is_headlines(markup: str) -> bool:
    """Return whether a plain fragment is links and names of outlets alone: headlines of others, without a sentence.

    Args:
        markup: As `prose` left it.
    """
    linked = sum(len(_TAG.sub("", found[1])) for found in _LINK.finditer(markup))
    if not linked:
        return False
    besides = " ".join(unescape(_TAG.sub(" ", _LINK.sub(" ", markup))).split())
    return len(besides) < UNLINKED and not (len(besides) > UNLINKED // 2 and besides[-1] in ".!?…")
