"""A page's tree in, its blocks of text out in reading order, each with its element and how much of it is links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.sources.markup import names

#: Elements that begin a line of their own.
BLOCK_TAGS = names(
    "address article aside blockquote body br center dd details dir div dl dt fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr"
    " ul"
)
HEADING_TAGS = names("h1 h2 h3 h4 h5 h6")
#: Characters from which a block may be a paragraph of prose: a short sentence.
PARAGRAPH = 40

_NO_TEXT = names("head link meta script style title")
_STOPPED = re.compile(r"[.!?…。！？؟।።։][\"'”’»›“)\]]*\Z")
#: A source in brackets behind the stop: "… for nine hours. (dpa)".
_SOURCED = re.compile(r"[.!?…][\"”’»]? ?\((?=[A-ZÀ-Þ]|dpa|afp|ap)[^().!?]{2,30}\)\Z")
#: Scripts that write no stop at the end of a sentence: Thai, Lao, Khmer.
_UNSTOPPED = re.compile("[\u0e00-\u0eff\u1780-\u17ff]")
#: Scripts in which a character says as much as two or three Latin letters: Chinese, Japanese, Korean.
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(slots=True, eq=False)
class Block:
    """A run of text between two borders of blocks."""

    element: Any  # the block element it stands in
    text: str  # one line, white space collapsed
    linked: int  # characters of it that are links
    leads_on: bool = False  # a link in it leads to another page

    @property
    def size(self) -> int:
        """Return its length in Latin letters: a Chinese character counts for three."""
        return len(self.text) + 2 * len(_DENSE.findall(self.text))

    @property
    def is_prose(self) -> bool:
        """Return whether it is a sentence or more, mostly not links."""
        return self.size >= PARAGRAPH and self.linked * 2 < len(self.text) and ends_as_prose(self.text)

    @property
    def is_link(self) -> bool:
        """Return whether it is mostly a link to another page."""
        return self.leads_on and self.linked * 2 > len(self.text)


def ends_as_prose(text: str) -> bool:
    """Return whether a text ends as a sentence does, in any script that has a way to end one."""
    end = text[-6:]
    return any(
        found is not None for found in (_STOPPED.search(end), _UNSTOPPED.search(end), _SOURCED.search(text[-40:]))
    )


def blocks_of(tree: Any) -> list[Block]:
    """Return the blocks of a page's body; time is linear in the page."""
    body = next(tree.iter("body"), None)
    return list(_Walk().blocks(body)) if body is not None else []


class _Walk:
    """Collects text until a block begins or ends."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.links: list[bool] = []  # that are open: whether each leads to another page
        self.linked = 0
        self.leads_on = False

    def blocks(self, body: Any) -> Iterator[Block]:
        from lxml import etree

        open_blocks = [body]
        for event, element in etree.iterwalk(body, events=("start", "end")):
            is_border = element.tag in BLOCK_TAGS and element is not body
            if is_border:
                yield from self._flush(open_blocks[-1])
            if event == "start":
                if is_border and element.tag != "br":
                    open_blocks.append(element)
                self._enter(element)
                continue
            if is_border and element.tag != "br":
                open_blocks.pop()
            self._leave(element, body)
        yield from self._flush(body)

    def _enter(self, element: Any) -> None:
        if element.tag == "a":
            self.links.append(not (element.get("href") or "#").startswith("#"))
        if element.text and element.tag not in _NO_TEXT:
            self._add(element.text)

    def _leave(self, element: Any, body: Any) -> None:
        if element.tag == "a":
            self.links.pop()
        if element.tail and element is not body:
            self._add(element.tail)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        if self.links and not text.isspace():
            self.linked += len(" ".join(text.split()))
            self.leads_on = self.leads_on or self.links[-1]

    def _flush(self, element: Any) -> Iterator[Block]:
        text = " ".join("".join(self.parts).split())
        if text:
            yield Block(element, text, min(self.linked, len(text)), self.leads_on)
        self.parts, self.linked = [], 0
        self.leads_on = False
