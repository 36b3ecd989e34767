"""Extracts the paragraphs of an HTML fragment."""

from __future__ import annotations

import html
import re

from briefing.sources.plain import Plain, plain

_BLOCK = re.compile(
    r"</?(?:p|div|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|pre|table|tr|article|section|figure|figcaption|header"
    r"|footer|aside|main|address)(?=[\s>/])[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")


def prose(fragment: str) -> tuple[str, Plain]:
    """Return the text of a fragment, a paragraph a line, and notes on the markup that was dropped.

    A fragment without a tag keeps its own line ends; one with tags ends paragraphs where its blocks end.
    """
    page = plain(fragment)
    markup = page.markup
    if "<" in markup:
        markup = _TAG.sub("", _BLOCK.sub("\n", markup.replace("\n", " ")))
    lines = (_SPACES.sub(" ", html.unescape(line)).strip() for line in markup.split("\n"))
    return "\n".join(line for line in lines if line), page
