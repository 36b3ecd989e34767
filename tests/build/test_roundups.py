"""Round-ups through the build: each event is an item, the article one source, proof and memory work on events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import briefing
from briefing.outputs import make_files
from briefing.outputs.issue import issue_bytes, parse_edition
from tests.build.rows import edition_of
from tests.roundup_articles import ARREST, NEXT_DAY, WAR_BRIEFING


def test_each_event_of_a_round_up_is_an_item_of_its_own(tmp_path: Path) -> None:
    edition = edition_of(tmp_path / "in", WAR_BRIEFING, ARREST)
    assert len(edition.stories) == 4
    arrest = next(story for story in edition.stories if "Ivan" in story.headline)
    assert arrest.headline == ARREST["title"]
    assert len(arrest.sources) == len(arrest.origins) == 2
    assert not any(story.headline == WAR_BRIEFING["title"] for story in edition.stories)
    assert any("Karvel" in story.headline for story in edition.stories)


def test_the_round_up_is_one_source_and_the_ledger_says_which_of_its_events_are_told(tmp_path: Path) -> None:
    edition = edition_of(tmp_path / "in", WAR_BRIEFING, ARREST)
    assert [source.title for source in edition.sources if source.parts] == [WAR_BRIEFING["title"]]
    assert edition.counts.articles == 2
    assert edition.counts.origins == 2
    used = {entry.title: entry.reason for entry in edition.ledger}
    assert used[WAR_BRIEFING["title"]] == "Items 1, 2, 3 and 4: 4 of the 4 events it tells."


def test_an_edition_of_a_round_up_is_proved_and_survives_its_issue_file(tmp_path: Path) -> None:
    edition = edition_of(tmp_path / "in", WAR_BRIEFING, ARREST)
    assert briefing.verify(edition, [tmp_path / "in"]).findings == ()
    assert parse_edition(issue_bytes(edition), "it") == edition


def test_the_events_of_a_round_up_without_a_title_are_proved_too(tmp_path: Path) -> None:
    written = WAR_BRIEFING["text"].split("\n\n")
    heads = ("Aid", "Missiles", "Arrest", "Consulates")
    text = "\n\n".join(f"– {head} –\n\n{part}" for head, part in zip(heads, written, strict=True))
    edition = edition_of(tmp_path / "in", {**WAR_BRIEFING, "title": "", "text": text})
    (source,) = edition.sources
    assert source.untitled
    assert len(source.parts) == len(edition.stories) == 4
    assert len({story.headline for story in edition.stories}) == 4
    assert briefing.verify(edition, [tmp_path / "in"]).findings == ()


def test_the_page_says_where_in_which_round_up_an_item_stands(tmp_path: Path) -> None:
    edition = edition_of(tmp_path / "in", WAR_BRIEFING)
    files = dict(make_files(edition, formats=("html",)))
    shown = files["briefing.html"].decode()
    assert '<a href="#source-1">In a round-up of The Example, event 2 of 4</a>' in shown
    assert 'id="source-1"' in shown


def test_an_item_that_prints_from_another_event_is_found(tmp_path: Path) -> None:
    edition = edition_of(tmp_path / "in", WAR_BRIEFING)
    one, other = edition.stories[:2]
    forged = replace(one, events=other.events)
    sections = tuple(
        replace(s, stories=tuple(forged if story == one else story for story in s.stories)) for s in edition.sections
    )
    proof = briefing.verify(replace(edition, sections=sections), [tmp_path / "in"])
    assert any("event" in finding.problem for finding in proof.findings)


def test_tomorrows_round_up_goes_on_with_the_same_event(tmp_path: Path) -> None:
    first = edition_of(tmp_path / "first", WAR_BRIEFING)
    article = briefing.read_articles(tmp_path / "first")[0]
    memory = briefing.memory_of([issue_bytes(first)], [article])
    second = edition_of(tmp_path / "second", NEXT_DAY, day=date(2026, 3, 5), memory=memory)
    states = {("Ivan" in story.headline): story.state for story in second.stories}
    assert states == {True: "developing", False: "new"}
    assert briefing.verify(second, [tmp_path / "second"]).findings == ()


def test_a_round_up_printed_yesterday_is_not_printed_again(tmp_path: Path) -> None:
    first = edition_of(tmp_path / "first", WAR_BRIEFING)
    memory = briefing.memory_of([issue_bytes(first)], briefing.read_articles(tmp_path / "first"))
    second = edition_of(tmp_path / "second", WAR_BRIEFING, day=date(2026, 3, 5), memory=memory)
    assert second.stories == ()
    (entry,) = second.ledger
    assert (entry.fate, entry.reason.split(",")[0]) == ("left out", "Printed on 2026-03-04")
