"""Markup in, tokens out, in one pass whose time grows with the length and nothing else.

Not a browser: what follows needs only to know where tags, attributes and text are, with every depth and count
bounded before a real parser sees the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MAX_ATTRIBUTES = 64  # of one tag; the rest are not looked at
WINDOW = 65_536  # characters in which a tag must end for its quotes to be respected
MAX_RETRIES = 50  # tags without an end before quotes are no longer respected at all

# The attributes are taken by looking ahead, never to be tried again: a possessive group would say so more plainly, but
# Python before 3.11.5 (Debian 12 has 3.11.2) matches possessive groups wrongly.
_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/>]*+)(?=((?:[^>"'=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|["'=])*))\3>""")
_NAME = re.compile(r"</?([A-Za-z][^\s/>]{0,100})")
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']*)))?""")


def names(listed: str) -> frozenset[str]:
    """Return names that are written in one string, parted by spaces."""
    return frozenset(listed.split())


@dataclass(frozen=True, slots=True)
class MarkupToken:
    """A piece of markup: ``kind`` is "text", "start", "end", "comment", "declaration" or "cdata"."""

    kind: str
    start: int  # characters, half-open
    end: int
    name: str = ""  # of a tag, lower case
    attributes: str = ""  # of a start tag, as written


def attributes(token: MarkupToken) -> dict[str, str]:
    """Return the first attributes of a start tag, names in lower case, entities as written."""
    found = islice(_ATTRIBUTE.finditer(token.attributes), MAX_ATTRIBUTES)
    return {m[1].lower(): m[2] or m[3] or m[4] or "" for m in reversed(list(found))}


class Tokens:
    """The tokens of a text in order; together they cover it.

    Whoever iterates may move ``at`` forward: what lies between is not tokenised.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def __iter__(self) -> Iterator[MarkupToken]:
        """Yield each token once."""
        text, scanner, look = self.text, _Scanner(self.text), 0
        while (look := text.find("<", look)) >= 0:
            token = scanner.token(look)
            if token is None:
                look += 1
                continue
            if look > self.at:
                yield MarkupToken("text", self.at, look)
            self.at = token.end
            yield token
            look = self.at
        if self.at < len(text):
            yield MarkupToken("text", self.at, len(text))


class _Scanner:
    """Reads one tag at a time and remembers which searches to the end have failed, so that none is repeated."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.retries = 0
        self.missing: set[str] = set()

    def find(self, needle: str, at: int) -> int:
        if needle in self.missing:
            return -1
        place = self.text.find(needle, at)
        if place < 0:
            self.missing.add(needle)
        return place

    def token(self, at: int) -> MarkupToken | None:
        """Return the token that begins with the ``<`` there, or None when that is only a character."""
        text = self.text
        after = text[at + 1 : at + 2]
        if after == "!":
            return self._declaration(at)
        if after == "?":
            end = self.find(">", at)
            return MarkupToken("declaration", at, end + 1) if end >= 0 else None
        if not (after.isascii() and after.isalpha()) and not (after == "/" and text[at + 2 : at + 3].isalpha()):
            return None
        return self._tag(at)

    def _declaration(self, at: int) -> MarkupToken:
        text = self.text
        if text.startswith("<!--", at):
            if text.startswith("<!-->", at):
                return MarkupToken("comment", at, at + 5)
            end = self.find("-->", at + 4)
            # Never closed: the mark alone goes, or one mistake would swallow the article.
            return MarkupToken("comment", at, end + 3 if end >= 0 else at + 4)
        if text.startswith("<![CDATA[", at):
            end = self.find("]]>", at)
            return MarkupToken("cdata", at, end + 3 if end >= 0 else at + 9)
        end = self.find(">", at)
        subset = text.find("[", at, end)
        if subset >= 0:
            close = self.find("]>", subset)
            end = close + 1 if close >= 0 else end
        return MarkupToken("declaration", at, end + 1 if end >= 0 else at + 2)

    def _tag(self, at: int) -> MarkupToken | None:
        text = self.text
        match = _TAG.match(text, at, at + WINDOW) if self.retries < MAX_RETRIES else None
        if match:
            return MarkupToken("end" if match[1] else "start", at, match.end(), match[2].lower(), match[3])
        self.retries += 1
        end = self.find(">", at)
        name = _NAME.match(text, at)
        if end < 0 or name is None:
            return None
        return MarkupToken(
            "end" if text[at + 1] == "/" else "start", at, end + 1, name[1].lower(), text[name.end() : end]
        )
