"""Decides what a mail leaves out when it would be too long, least valuable first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar, get_args

from briefing.outputs.view import EditionView, SectionView, StoryView

_T = TypeVar("_T")

#: What may be left out, in the order it is: furniture first, the news last.
Kind = Literal[
    "style",  # the rules of repeated elements stand once in the head, where few clients drop them
    "source",  # the list of sources; every item names and links its own
    "chart",
    "short",  # what one article of a story adds
    "quiet",
    "unchanged",
    "passage",
    "statement",
    "sentence",  # the third and later ones of every item first, then the second ones
    "brief",  # an item keeps its headline and its links
    "account",
    "link",  # an item of a headline names its outlets without link and day
    "line",  # an item told in a line
    "item",
    "point",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the view that may be left out. ``at`` holds its numbers and slugs."""

    kind: Kind
    at: tuple[str | int, ...]
    count: int = 1  # how many the reader is told


@dataclass(frozen=True, slots=True)
class ShortenedMail:
    """A view without some pieces, and what those were."""

    view: EditionView
    with_charts: bool
    with_styles: bool  # on every element, not in the head alone
    listed: frozenset[int]  # numbers of the sources in its list
    brief: frozenset[int]  # numbers of the items told by their headline alone
    unlinked: frozenset[int]  # numbers of the items whose outlets are named without link and day
    cut: tuple[tuple[Kind, int], ...]  # how many; in the order of KINDS


def pieces_of(view: EditionView, charts: int) -> tuple[Piece, ...]:
    """Return everything a mail may leave out, least valuable first: in each theme from the last item to the first."""
    placed = [(n, story) for section in view.sections for n, story in enumerate(section.stories)]
    tail = [story for _, story in sorted(placed, key=lambda p: (-p[0], -p[1].number))]
    lines = [line for s in reversed(view.sections) for line in reversed(s.lines)]
    passages = [(n, s.slug, len(p.sentences)) for s in view.sections for n, p in enumerate(s.passages)]
    kinds: dict[Kind, list[Piece]] = {
        "short": [Piece("short", (s.number,), len(s.in_short)) for s in tail if s.in_short],
        "quiet": [Piece("quiet", (n,)) for n in reversed(range(len(view.quiet)))],
        "unchanged": [Piece("unchanged", (u.number,)) for s in reversed(view.sections) for u in reversed(s.unchanged)],
        "passage": [Piece("passage", (slug, n)) for n, slug, _ in sorted(passages, reverse=True)],
        "statement": [Piece("statement", (n,)) for n in reversed(range(len(view.statements)))],
        "sentence": list(_sentences(tail)),
        "chart": [Piece("chart", (), charts)] if charts else [],
        "source": [Piece("source", (), len(view.sources))] if view.sources else [],
        "style": [Piece("style", (), 0)],
        "link": [Piece("link", (number,)) for number in (*(line.number for line in lines), *(s.number for s in tail))],
        "line": [Piece("line", (line.number,)) for line in lines],
        "brief": [Piece("brief", (s.number,)) for s in tail],
        "account": [Piece("account", (n,)) for n in reversed(range(len(view.accounts)))],
        "item": [Piece("item", (s.number,)) for s in tail],
        "point": [Piece("point", (n,)) for n in reversed(range(len(view.key_points)))],
    }
    return tuple(piece for kind in KINDS for piece in kinds[kind])


def _sentences(tail: Sequence[StoryView]) -> Iterator[Piece]:
    for kept in (2, 1):
        for story in tail:
            left = len(story.sentences) if kept == 2 else min(2, len(story.sentences))
            if left > kept:
                yield Piece("sentence", (story.number, kept), left - kept)


def without(view: EditionView, pieces: Sequence[Piece]) -> ShortenedMail:
    """Return the view without these pieces."""
    gone: dict[Kind, set[tuple[str | int, ...]]] = {kind: set() for kind in KINDS}
    for piece in pieces:
        gone[piece.kind].add(piece.at)
    shortened = replace(
        view,
        key_points=_kept(view.key_points, gone["point"]),
        sections=tuple(_section(section, gone) for section in view.sections),
        accounts=_kept(view.accounts, gone["account"]),
        statements=_kept(view.statements, gone["statement"]),
        quiet=_kept(view.quiet, gone["quiet"]),
    )
    counted = ((kind, _count(kind, pieces)) for kind in KINDS)
    return ShortenedMail(
        shortened,
        with_charts=not gone["chart"],
        with_styles=not gone["style"],
        listed=frozenset() if gone["source"] else frozenset(source.number for source in view.sources),
        brief=_numbers(gone["brief"]),
        unlinked=_numbers(gone["link"]),
        cut=tuple((kind, n) for kind, n in counted if n),
    )


def _numbers(places: set[tuple[str | int, ...]]) -> frozenset[int]:
    return frozenset(number for (number,) in places if isinstance(number, int))


def _count(kind: Kind, pieces: Sequence[Piece]) -> int:
    n = sum(piece.count for piece in pieces if piece.kind == kind)
    # An item that is not there at all is not counted among those of which something is there.
    whole = {"brief": ("item",), "link": ("item", "line")}.get(kind, ())
    return n - sum(piece.kind in whole for piece in pieces)


def _kept(many: Sequence[_T], gone: set[tuple[str | int, ...]]) -> tuple[_T, ...]:
    return tuple(one for n, one in enumerate(many) if (n,) not in gone)


def _section(section: SectionView, gone: dict[Kind, set[tuple[str | int, ...]]]) -> SectionView:
    stories = (_story(story, gone) for story in section.stories if (story.number,) not in gone["item"])
    passages = tuple(p for n, p in enumerate(section.passages) if (section.slug, n) not in gone["passage"])
    unchanged = tuple(u for u in section.unchanged if (u.number,) not in gone["unchanged"])
    lines = tuple(line for line in section.lines if (line.number,) not in gone["line"])
    return replace(section, stories=tuple(stories), lines=lines, passages=passages, unchanged=unchanged)


def _story(story: StoryView, gone: dict[Kind, set[tuple[str | int, ...]]]) -> StoryView:
    number = story.number
    if (number,) in gone["brief"]:
        return replace(story, sentences=(), known=(), in_short=(), accounts=())
    kept = next((n for n in (1, 2) if (number, n) in gone["sentence"]), len(story.sentences))
    short = () if (number,) in gone["short"] else story.in_short
    return replace(story, sentences=story.sentences[:kept], in_short=short)
