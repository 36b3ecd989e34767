"""Segments an article into its events: a round-up, newsletter or live blog becomes one segment an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.model import Article, Segment
from briefing.stages.segments.blocks import Block, blocks_of
from briefing.stages.segments.boundaries import starts_of
from briefing.stages.segments.phrases import phrases_of
from briefing.stages.segments.repeats import told_again
from briefing.stages.segments.signs import signs_of
from briefing.stages.segments.wording import WordingReader
from briefing.text.languages import language_of

#: Events of one text; a list of more is none that anybody reads event by event, and each is work of its own.
MOST = 100

__all__ = ["parts_of", "segments"]


def segments(article: Article) -> tuple[Segment, ...]:
    """Return the events an article tells as spans of its body, in order; one, all of it, for an ordinary article.

    What introduces, announces, subscribes or says good-bye is in none of several.
    """
    whole = (Segment(0, len(article.body)),)
    language = language_of(article)
    phrases = phrases_of(language)
    blocks = blocks_of(article, phrases)
    reader = WordingReader(language, phrases.near)
    signs = signs_of(article.title, blocks, phrases, reader)
    if not signs:
        return whole
    starts = starts_of(blocks, signs, phrases, reader)
    if not 2 <= len(starts) <= MOST:
        return whole
    spans = [_span(blocks[start:end]) for start, end in zip(starts, (*starts[1:], len(blocks)), strict=True)]
    again = told_again([reader.rarities(article.body[start:end]) for start, end in spans])
    return tuple(Segment(start, end, n in again) for n, (start, end) in enumerate(spans))


def parts_of(article: Article, found: Sequence[Segment]) -> tuple[Article, ...]:
    """Return an article event by event: the same article with ``span`` set and no headline; itself when it tells one.

    A round-up's headline is that of none of its events. What it tells twice is there once, where it tells it at greater
    length.
    """
    if len(found) < 2:
        return (article,)
    return tuple(replace(article, title="", span=(s.start, s.end)) for s in found if not s.told_again)


def _span(blocks: Sequence[Block]) -> tuple[int, int]:
    """Return from where to where an event is told that begins with the first of some blocks."""
    told = [block.place for block in blocks if block.role in ("news", "line")]
    return told[0].start, told[-1].end
