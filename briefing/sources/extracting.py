"""A page's tree in, its article's paragraphs out: found by trafilatura, completed, read again where that fails."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from briefing.sources.blocks import Block, blocks_of
from briefing.sources.completing import Completed, completed
from briefing.sources.metadata import Metadata, one_line

#: Share of a page's prose below which a second reading is made; times its prose from which that is taken.
#: On half of data/pages (by a hash of the name) 0.3 to 0.5 and 1.2 to 2.0 give the same F1 within .001.
LITTLE = 0.4
MUCH_MORE = 1.5
#: Share of a page's prose below which the ledger says that much was left out.
PARTLY = 0.5


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a page and what it was taken from."""

    lines: tuple[str, ...] = ()  # paragraphs
    kept: tuple[Block, ...] = ()  # blocks that are in it
    blocks: tuple[Block, ...] = ()  # all of the page
    prose: int = 0  # characters of prose on the page
    on_paragraphs: int = 0  # characters of the page's p elements, read or not
    declared: bool = False  # it is what the page states in its JSON-LD, for its markup holds no text

    @property
    def text(self) -> str:
        """Return the paragraphs, one a line."""
        return "\n".join(self.lines)

    @property
    def share(self) -> float:
        """Return how much of the page's prose was taken, 1.0 for a page without prose."""
        return _prose(self.kept) / self.prose if self.prose else 1.0


def extracted(tree: Any, headline: str, known: Metadata) -> Extracted:
    """Return a page's article: trafilatura's precise reading, completed, or its wider one where that has much more."""
    blocks = blocks_of(tree)
    paragraphs = sum(len(block.text) for block in blocks if block.element.tag == "p")
    prose = _prose(blocks)
    found = _reading(tree, blocks, headline, known, precise=True)
    if not found.lines or _prose(found.kept) < LITTLE * prose:
        wider = _reading(tree, blocks, headline, known, precise=False)
        if not found.lines or _prose(wider.kept) > MUCH_MORE * _prose(found.kept):
            found = wider
    if 2 * max(prose, sum(map(len, found.lines))) < len(known.body):
        lines = tuple(filter(None, map(one_line, known.body.split("\n"))))
        return Extracted(lines, blocks=tuple(blocks), on_paragraphs=paragraphs, declared=True)
    return Extracted(tuple(found.lines), tuple(found.kept), tuple(blocks), prose, paragraphs)


def _prose(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks if block.is_prose)


def _reading(tree: Any, blocks: Sequence[Block], headline: str, known: Metadata, *, precise: bool) -> Completed:
    import trafilatura

    # Without a handler of its own, what it says of a page would be printed in the middle of a build.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    found = trafilatura.extract(
        tree,
        favor_precision=precise,
        include_comments=False,
        include_tables=not precise,
        include_formatting=False,
        deduplicate=False,
        with_metadata=False,
        output_format="txt",
    )
    lines = [line for text in (found or "").split("\n") if (line := text.strip()) and one_line(line) != headline]
    return completed(blocks, lines, headline, known.description)
