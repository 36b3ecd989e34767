"""The one numbering of items and sources, and the one walk over cited sentences."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import pytest

from briefing.model import CitedSentence, Edition
from briefing.model.numbering import cited_articles, cited_only, in_reading_order, numbered
from tests.editions import EDITIONS, ordinary


def shuffled(edition: Edition) -> Edition:
    """The edition with its sections, items and passages the other way round, and its sources in another order."""
    sections = tuple(replace(s, stories=s.stories[::-1], passages=s.passages[::-1]) for s in reversed(edition.sections))
    return replace(edition, sections=sections, sources=edition.sources[::-1])


@pytest.mark.parametrize("name", EDITIONS)
def test_items_and_sources_are_numbered_as_a_reader_meets_them(name: str) -> None:
    edition = numbered(shuffled(EDITIONS[name]()))
    assert [story.number for story in edition.stories] == list(range(1, len(edition.stories) + 1))
    assert [source.number for source in edition.sources] == list(range(1, len(edition.sources) + 1))
    first_met = [key for story in edition.stories[:1] for key in story.sources]
    assert [source.article_id for source in edition.sources][: len(first_met)] == first_met


def test_whatever_names_an_item_names_the_same_story_after_numbering() -> None:
    before = ordinary()
    after = numbered(shuffled(before))
    story_of = {story.number: story.story_id for story in before.stories}
    item_of = {story.story_id: story.number for story in after.stories}
    assert [p.story for p in after.key_points] == [item_of[story_of[p.story]] for p in before.key_points]
    assert [s.story for s in after.statements] == [item_of[story_of[s.story]] for s in before.statements]
    assert [a.stories for a in after.accounts] == [
        tuple(sorted(item_of[story_of[n]] for n in a.stories)) for a in before.accounts
    ]


def test_what_names_an_item_that_is_gone_names_none() -> None:
    e = ordinary()
    without = replace(e, sections=(replace(e.sections[0], stories=e.sections[0].stories[1:]), *e.sections[1:]))
    assert numbered(without).key_points[0].story == 0


def test_numbering_twice_is_numbering_once() -> None:
    once = numbered(shuffled(ordinary()))
    assert numbered(once) == once
    assert in_reading_order(once)
    assert not in_reading_order(shuffled(once))


def test_what_cites_nothing_is_dropped_and_the_rest_keep_their_numbers() -> None:
    e = ordinary()
    first = replace(e.sections[0], stories=())
    bare = replace(e, sections=(first, *e.sections[1:]), key_points=(), accounts=(), statements=())
    left = cited_only(bare)
    assert [s.number for s in left.sources] == [s.number for s in e.sources if s.article_id in cited_articles(bare)]
    assert left.sources[0].number > 1


def every_sentence(value: object) -> list[CitedSentence]:
    """Every cited sentence in a value, looked for in every field there is."""
    if isinstance(value, CitedSentence):
        return [value]
    if isinstance(value, tuple):
        return [found for part in value for found in every_sentence(part)]
    if is_dataclass(value):
        return [found for field in fields(value) for found in every_sentence(getattr(value, field.name))]
    return []


@pytest.mark.parametrize("name", EDITIONS)
def test_the_walk_misses_no_sentence_and_gives_the_place_of_each(name: str) -> None:
    edition = EDITIONS[name]()
    walked = list(edition.walk())
    assert [sentence for _, sentence in walked] == every_sentence(edition)
    for place, sentence in walked:
        at: object = edition
        for step in place:
            at = at[step] if isinstance(step, int) else getattr(at, step)  # type: ignore[index]
        assert at is sentence
