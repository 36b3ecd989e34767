"""Finds a page's blocks again in the lines an extractor read of it, and makes whole the lines it broke or glued."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Sequence
from itertools import accumulate

from briefing.sources.blocks import HEADING_TAGS, Block

KNOWN_AGAIN = 25  # characters from which a block is known again in the text wherever a line of it ends
PART = 30  # characters by whose first or last ones a block is known again that was not read whole
BULLET = "- "  # before a list's item, as the extractor writes it
LOOKED_AT = 300_000_000  # characters compared at most to place a page's blocks: a third of a second
HOUR = re.compile(r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?: ?(?:[ap]\.?m\.?|Uhr|h|Z|[A-Z]{3,4}))?(?=\s|$)[\s:–—-]*")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def _without_hour(text: str) -> str:
    hour = HOUR.match(text)
    return text[hour.end() :] if hour and hour.end() < len(text) else text


def tight(text: str) -> str:
    """Return a text without white space and the marks of where a word may be parted, for comparison."""
    return "".join(text.translate(_UNSEEN).split())


def placed_in(blocks: Sequence[Block], lines: Sequence[str]) -> list[int | None]:
    """Return for each block the line it is in; None for a block that was not read."""
    texts = [tight(line.removeprefix(BULLET)) for line in lines]
    whole: dict[str, deque[int]] = defaultdict(deque)
    for number, text in enumerate(texts):
        whole[text].append(number)
    starts = [0, *accumulate(map(len, texts))]
    joined, after, looked = "".join(texts), 0, 0
    placed: list[int | None] = []
    for block in blocks:
        own = tight(_without_hour(block.text))
        if own in whole or len(own) < KNOWN_AGAIN or looked > LOOKED_AT:
            placed.append(_next(whole.get(own), repeats=block.is_prose))
            continue
        at = joined.find(own, after)
        at = joined.find(own) if at < 0 else at
        if at < 0 and len(own) > 2 * PART and block.is_prose and (begin := joined.find(own[:PART])) >= 0:
            at = begin if joined.find(own[-PART:], begin, begin + len(own)) >= 0 else -1
        looked += len(joined)
        placed.append(bisect_right(starts, at) - 1 if at >= 0 else None)
        after = max(after, at)
    return placed


def parted(blocks: Sequence[Block], placed: list[int | None], lines: Sequence[str]) -> list[str]:
    """Return the lines with those parted that glue a heading to its paragraph, or paragraphs of a list's item to each
    other; the blocks they are of count as placed."""
    whole, looked_at = list(lines), set()
    for at, line in enumerate(placed):
        if line is None or not blocks[at].is_prose or line in looked_at:
            continue
        looked_at.add(line)
        read, own = tight(lines[line].removeprefix(BULLET)), tight(blocks[at].text)
        if len(read) <= len(own):
            continue
        first = last = at
        before, _, behind = read.partition(own)
        while before and first and _is_part(blocks[first - 1]) and before.endswith(tight(blocks[first - 1].text)):
            first -= 1
            before = before.removesuffix(tight(blocks[first].text))
        while behind and last + 1 < len(blocks) and behind.startswith(tight(blocks[last + 1].text)):
            last += 1
            behind = behind.removeprefix(tight(blocks[last].text))
        if not before and not behind and all(map(_is_part, blocks[first : last + 1])):
            whole[line] = "\n".join(block.text for block in blocks[first : last + 1])
            placed[first : last + 1] = [line] * (last + 1 - first)
    return whole


def _is_part(block: Block) -> bool:
    return block.is_prose or block.element.tag in HEADING_TAGS


def _next(numbers: deque[int] | None, *, repeats: bool) -> int | None:
    """Return the next of the lines that are a text, the last one again and again unless each repetition counts."""
    if not numbers:
        return None
    return numbers.popleft() if repeats or len(numbers) > 1 else numbers[0]


def healed(blocks: Sequence[Block], placed: Sequence[int | None], lines: Sequence[str]) -> list[str]:
    """Return the lines with those made whole that are a part of a block of prose: without the words of a link, or up
    to where the extractor broke it, whose further lines become empty."""
    owners: dict[int, list[Block]] = defaultdict(list)
    for block, line in zip(blocks, placed, strict=True):
        if line is not None and len(block.text) >= PART:
            owners[line].append(block)
    whole = [BULLET + line if _is_item(owners.get(at, ()), line) else line for at, line in enumerate(lines)]
    for line, (block, *others) in owners.items():
        own = tight(block.text)
        if others or not block.is_prose or not whole[line] or "\n" in whole[line]:
            continue
        bullet = BULLET if whole[line].startswith(BULLET) else ""
        last, read = line, tight(lines[line].removeprefix(BULLET))
        while len(read) < len(own) and last + 1 < len(lines) and last + 1 not in owners:
            further = tight(lines[last + 1])
            if own.find(further, len(read)) < 0:
                break
            last, read = last + 1, read + further
        same_ends = own[:PART] == read[:PART] and own[-PART:] == read[-PART:]
        of_an_hour = own != read == tight(_without_hour(block.text))
        if of_an_hour or (same_ends and len(read) < len(own) < 2 * len(read)) or (last > line and read == own):
            whole[line : last + 1] = [bullet + block.text, *[""] * (last - line)]
    return whole


def _is_item(owners: Sequence[Block], line: str) -> bool:
    """Return whether a line is a list's item without a mark."""
    return len(owners) == 1 and owners[0].element.tag == "li" and not line.startswith(BULLET) and "\n" not in line
