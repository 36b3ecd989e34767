"""Completes what an extractor read of a page: standfirst, paragraphs passed over, further containers.

An extractor chooses one container and prunes it: a standfirst in the page's header, a short paragraph with a link in
it, a second container behind an advertisement are lost without a word. What is put back is prose, stands where the
article stands, and is in nothing that says of itself that it is a menu, a caption or a teaser.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from briefing.sources.blocks import Block, ends_as_prose
from briefing.sources.markup import names
from briefing.sources.placing import BULLET, HOUR, KNOWN_AGAIN, healed, parted, placed_in, tight

STANDFIRSTS = 3  # blocks between headline and text that are taken at most
STANDFIRST = 40  # characters from which one is taken
NEAR = 3  # levels above the headline within which a sentence needs no name to be its standfirst


_AWAY_TAGS = names("nav aside footer form figure figcaption button select dialog")
_FRAME_TAGS = names("html body main article")
_AWAY = re.compile(
    r"(?:^|[-_ ])(?:nav\w*|menu|footer|sidebar|related|recommend\w*|teasers?|newsletters?|promo\w*|comments?"
    r"|kommentare?|share|sharing|social|captions?|credits?|cookies?|consent|advert\w*|ads?|sponsor\w*|authors?|bio|bylines?"
    r"|breadcrumbs?|tags?|popup|modal|overlay|pushlayer|widget|disclaimer|disclosure|copyright|banner|subscri\w+|paywall"
    r"|sign-?up|log-?in|more|most-?read|popular|trending)(?=$|[-_ ])",
    re.IGNORECASE,
)
_INTRO = re.compile(
    r"intro|teaser|excerpt|lead|lede|standfirst|chapo|deck|\bdek\b|abstract|preface|description|summary|sub-?title"
    r"|sub-?head|perex|vorspann|anleser|anrei(?:ss|ß)er|bajada|sumario|entradilla|ingress|manchet|strap-?line",
    re.IGNORECASE,
)
ENTRY = 3  # blocks within which an entry of a live blog begins below its hour
HOURS = 3  # of a page that is one
_MARKS = "©@#"  # with which credits, accounts and tags begin
_HEADINGS = names("h1 h2 h3")
_BESIDE = names("h2 h3 h4 li")


@dataclass(frozen=True, slots=True)
class Completed:
    """A page's text and the blocks of the page that are in it."""

    lines: list[str]
    kept: list[Block]
    added: int = 0  # lines put back


def completed(blocks: Sequence[Block], lines: Sequence[str], headline: str, description: str = "") -> Completed:
    """Return the text that was read of a page with what belongs to it.

    Args:
        blocks: The page's.
        lines: What was read of it, a paragraph a line.
        headline: Its headline, as far as known.
        description: What the page says that it is about.
    """
    placed = placed_in(blocks, lines)
    lines = healed(blocks, placed, parted(blocks, placed, lines))
    sure = [at for at, line in enumerate(placed) if line is not None and len(tight(blocks[at].text)) >= KNOWN_AGAIN]
    if not sure:
        return Completed(list(lines), [])
    belonging = {*_standfirsts(blocks, sure[0], headline, description), *_passed_over(blocks, placed, sure)}
    belonging |= _hours(blocks, placed, sure) | _first_heading(blocks, sure[0], headline)
    taken = {tight(block.text): block.element for block, line in zip(blocks, placed, strict=True) if line is not None}
    kept, put, after = [], defaultdict(list), -1
    for at, block in enumerate(blocks):
        line = placed[at]
        if line is not None:
            after = line if at >= sure[0] else after
            kept.append(block)
        elif at in belonging and (HOUR.fullmatch(block.text) or not _is_copy(block, taken)):
            taken[tight(block.text)] = block.element
            put[after].append(_with_bullet(block))
            kept.append(block)
    whole = [
        *put[-1],
        *(text for number, line in enumerate(lines) for text in (*line.split("\n"), *put[number]) if text),
    ]
    return Completed(whole, kept, len(whole) - len(lines))


def _with_bullet(block: Block) -> str:
    is_item = block.element.tag == "li" and not HOUR.fullmatch(block.text)
    return f"{BULLET if is_item else ''}{block.text}"


def _is_copy(block: Block, taken: Mapping[str, Any]) -> bool:
    """Return whether a text is there already: in another container, as pages for two widths of screen hold it."""
    first = taken.get(tight(block.text))
    return first is not None and first.getparent() is not block.element.getparent()


def _standfirsts(blocks: Sequence[Block], first: int, headline: str, description: str) -> list[int]:
    """Return the blocks between the headline and the first that was read that open the article."""
    head = next((at for at in range(first - 1, -1, -1) if _is_headline(blocks[at], headline)), first)
    found = []
    for at in range(head + 1, first):
        block = blocks[at]
        if len(block.text) < STANDFIRST or block.linked > 0.3 * len(block.text) or block.element.tag in ("h1", "li"):
            continue
        if _opens(block, blocks[head], description):
            found.append(at)
    return found[:STANDFIRSTS]


def _is_headline(block: Block, headline: str) -> bool:
    return block.element.tag == "h1" or (block.element.tag in _HEADINGS and tight(block.text) == tight(headline))


def _opens(block: Block, head: Block, description: str) -> bool:
    """Return whether a block below the headline is a standfirst: by its name, by the page's description, or as near."""
    if block.text[0] in _MARKS or any(e.tag in _AWAY_TAGS for e in _ancestors(block.element)):
        return False
    if tight(block.text)[:60] in tight(description) or any(
        map(_INTRO.search, map(_name, _ancestors(block.element, 3)))
    ):
        return ends_as_prose(block.text) or block.text.count(" ") >= 5
    near = set(_ancestors(head.element, NEAR + 1))
    return ends_as_prose(block.text) and not is_away(block.element) and not near.isdisjoint(_ancestors(block.element))


def _passed_over(blocks: Sequence[Block], placed: Sequence[int | None], sure: Sequence[int]) -> Iterator[int]:
    """Yield the blocks of prose amid what was read, with the lists and headings beside its paragraphs, and the blocks
    of prose below it that stand in a container of the same kind."""
    prose = [blocks[at].element for at in sure if blocks[at].is_prose]
    own = {_name(around) for element in prose for around in _ancestors(element)}
    kinds, holders = set(map(_kind, prose)) - {None}, {element.getparent() for element in prose}
    read = defaultdict(set)
    for at in sure:
        read[tight(blocks[at].text)].add(blocks[at].element.getparent())
    lists = {blocks[at].element.getparent() for at in sure if blocks[at].element.tag == "li"}
    holders |= {element.getparent() for element in lists}
    for at in range(sure[0], len(blocks)):
        block = blocks[at]
        if placed[at] is not None:
            continue
        amid = at < sure[-1] and (block.is_prose or _stands_beside(block, holders, lists))
        again = block.element.getparent() in read.get(tight(block.text), ())  # a paragraph that its page has twice
        alike = block.is_prose and (again or _kind(block.element) in kinds)
        if (amid or alike) and not is_away(block.element, own):
            yield at


def _hours(blocks: Sequence[Block], placed: Sequence[int | None], sure: Sequence[int]) -> set[int]:
    """Return the hours of a live blog's entries: lines of their own, above what was read."""
    found = {
        at
        for at in range(max(0, sure[0] - ENTRY), sure[-1])
        if HOUR.fullmatch(blocks[at].text) and any(n is not None for n in placed[at + 1 : at + 1 + ENTRY])
    }
    return found if len(found) >= HOURS else set()


def _first_heading(blocks: Sequence[Block], first: int, headline: str) -> set[int]:
    """Return the heading of the first paragraph that was read, in the same element; none that is the page's own."""
    at = first - 1
    if at < 0 or blocks[at].element.tag not in ("h2", "h3", "h4") or _is_headline(blocks[at], headline):
        return set()
    beside = blocks[at].element.getnext() is blocks[first].element and blocks[at].linked * 2 < len(blocks[at].text)
    return {at} if beside and blocks[first].element.tag == "p" and not is_away(blocks[at].element) else set()


def _stands_beside(block: Block, holders: Collection[Any], lists: Collection[Any]) -> bool:
    """Return whether a block, not a link, is a heading or a list's item in an element that holds paragraphs, or an
    item of a list of which another was read."""
    element = block.element
    if block.linked * 2 >= len(block.text) or element.tag not in _BESIDE:
        return False
    if element.tag == "li":
        return element.getparent() in lists or element.getparent().getparent() in holders
    return element.getparent() in holders or element.getnext() in holders


def _kind(element: Any) -> tuple[str, ...] | None:
    """Return tag and class of an element and what holds it; None where neither has a class."""
    pair = _ancestors(element, 2)
    kind = tuple(f"{e.tag}.{e.get('class') or ''}" for e in pair)
    return kind if any(not part.endswith(".") for part in kind) else None


def _ancestors(element: Any, most: int = 100) -> list[Any]:
    """Return an element and what it stands in, from the inside."""
    return list(islice(chain((element,), element.iterancestors()), most))


def is_away(element: Any, own: Collection[str] = ()) -> bool:
    """Return whether an element stands in what is not the article: by its tag, its class or its id.

    Args:
        element: Any of the page.
        own: Classes that the article's own elements have, whatever they say.
    """
    for around in _ancestors(element):
        if around.tag in _AWAY_TAGS:
            return True
        name = _name(around)
        if around.tag not in _FRAME_TAGS and name not in own and _says_away(name):
            return True
    return False


@lru_cache(10_000)
def _says_away(name: str) -> bool:
    return _AWAY.search(name) is not None


def _name(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
