"""A digest: an edition narrowed to one theme."""

from __future__ import annotations

import pytest

from briefing.outputs.issue import check_edition
from tests.editions import EDITIONS, ordinary


def test_a_digest_has_its_theme_alone_and_cites_only_sources_it_has() -> None:
    whole = ordinary()
    digest = whole.only("sanctions")
    assert [s.theme for s in digest.sections] == ["sanctions"]
    assert digest.scope == "sanctions"
    assert [(s.number, s.title) for s in digest.sources] == [
        (4, "Foreign secretary flies to Orsk Bay before the summit"),
        (8, "Ministers agree list of banks to be cut off"),
    ]
    check_edition(digest)


def test_a_receipt_still_names_the_article_of_its_source() -> None:
    for make in EDITIONS.values():
        for slug in ("diplomacy", "arms-shipments", "sanctions"):
            digest = make().only(slug)
            for story in digest.stories:
                for sentence in story.summary:
                    assert digest.source(sentence.article_id).article_id == sentence.receipt.article_id
            for section in digest.sections:
                for passage in section.passages:
                    assert digest.source(passage.article_id).article_id == passage.sentences[0].receipt.article_id


def test_items_and_sources_keep_the_numbers_of_the_whole_edition() -> None:
    whole = ordinary()
    numbers = {source.article_id: source.number for source in whole.sources}
    for slug in ("diplomacy", "arms-shipments", "sanctions"):
        assert all(source.number == numbers[source.article_id] for source in whole.only(slug).sources)
    assert [s.number for s in whole.only("arms-shipments").stories] == [3, 4]


def test_a_story_is_told_by_its_view_for_the_theme() -> None:
    whole, digest = ordinary(), ordinary().only("diplomacy")
    assert [s.text for s in digest.stories[1].summary] == [s.text for s in whole.stories[1].views[0].summary]


def test_the_counts_and_the_ledger_are_the_digests_own() -> None:
    digest = ordinary().only("arms-shipments")
    assert (digest.counts.articles, digest.counts.stories, digest.counts.undated) == (3, 2, 1)
    assert {e.fate for e in digest.ledger} == {"used", "merged"}
    assert digest.counts.inputs == len(digest.ledger) == 4
    assert [p.theme for p in digest.key_points] == ["arms-shipments"]
    assert len(digest.accounts) == 1


def test_a_theme_without_news_has_a_digest_that_says_so() -> None:
    digest = EDITIONS["one-article"]().only("sanctions")
    assert (digest.stories, digest.sources, digest.ledger, digest.counts.origins) == ((), (), (), 0)


def test_a_theme_the_edition_does_not_have_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        ordinary().only("weather")
