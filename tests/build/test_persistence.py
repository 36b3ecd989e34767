"""The store beside the stages: what an edition is made of, what it is compared with, what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.build import build_edition, keep_built, load_edition
from briefing.build.persistence import collected, remembered, window
from briefing.cli.parser import program
from briefing.errors import SourceError
from briefing.model import Edition, Input, RawArticle
from briefing.outputs.issue import issue_bytes
from briefing.settings import Settings
from briefing.store import Store
from tests.stages.novelty.week import (
    FERRY,
    FERRY_AGAIN,
    FERRY_MONDAY,
    FERRY_TUESDAY,
    LIBRARY,
    LIBRARY_MONDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    story,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite") as opened:
        yield opened


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def visited(store: Store, day: date, *raws: RawArticle) -> None:
    store.add("observer", [Input(raw.input, (raw,)) for raw in raws], seen=noon(day))


def built(store: Store, day: date, **more: object) -> Edition:
    now = noon(day) + timedelta(hours=1)
    made = build_edition(Settings(), (), store, day=day, now=now, **more)  # type: ignore[arg-type]
    keep_built(store, Settings(), made, now=now)
    return made.edition


@pytest.mark.parametrize(
    ("zone", "first", "last", "hours"),
    [
        ("UTC", date(2022, 1, 17), date(2022, 1, 18), 48),
        ("Europe/Kyiv", date(2022, 3, 27), date(2022, 3, 27), 23),  # the clocks go forward
        ("Europe/Kyiv", date(2022, 10, 29), date(2022, 10, 30), 49),  # and back
        ("Pacific/Auckland", date(2022, 4, 3), date(2022, 4, 3), 25),
    ],
)
def test_the_window_of_an_edition_is_whole_days_at_the_desk(zone: str, first: date, last: date, hours: int) -> None:
    start, end = window(first, last, zone)
    assert (start.tzinfo, end - start) == (UTC, timedelta(hours=hours))


def test_a_day_starts_at_midnight_where_the_desk_is() -> None:
    assert window(date(2022, 3, 28), date(2022, 3, 28), "Europe/Kyiv")[0] == datetime(2022, 3, 27, 21, tzinfo=UTC)


def test_days_build_on_one_another(store: Store) -> None:
    visited(store, MONDAY, FERRY_MONDAY, LIBRARY_MONDAY)
    assert {s.state for s in built(store, MONDAY).stories} == {"new"}
    visited(store, TUESDAY, FERRY_TUESDAY)
    tuesday = built(store, TUESDAY)
    assert {s.headline: s.state for s in tuesday.stories} == {
        "Ferry Aurelia in dock until March": "developing",
    }
    assert story(tuesday, "dock").since == MONDAY


def test_the_same_inputs_settings_day_and_memory_give_the_same_bytes(store: Store) -> None:
    visited(store, MONDAY, FERRY_MONDAY, LIBRARY_MONDAY)
    built(store, MONDAY)
    visited(store, TUESDAY, FERRY_TUESDAY)
    once = built(store, TUESDAY)
    assert issue_bytes(built(store, TUESDAY)) == issue_bytes(once)  # its own earlier self is no memory of it
    assert remembered(store, Settings(), first_day=TUESDAY).digest == once.memory


def test_a_fresh_edition_is_compared_with_nothing(store: Store) -> None:
    visited(store, MONDAY, FERRY_MONDAY, LIBRARY_MONDAY)
    built(store, MONDAY)
    fresh = built(store, TUESDAY, fresh=True)
    assert (fresh.memory, {s.state for s in fresh.stories}) == ("", {"new"})


def test_an_article_that_changed_after_it_was_printed_is_read_again_however_old_it_is(store: Store) -> None:
    visited(store, MONDAY, FERRY_MONDAY, LIBRARY_MONDAY)
    built(store, MONDAY)
    visited(store, THURSDAY, replace(FERRY_MONDAY, text=FERRY.replace("14 passengers", "19 passengers")))
    thursday = built(store, THURSDAY)
    (correction,) = thursday.corrections
    assert correction.new is not None
    assert "19 passengers" in correction.new.text
    assert [entry.input for entry in thursday.ledger] == [FERRY_MONDAY.input]  # nothing else is of these two days
    read = collected(store, Settings(), day=WEDNESDAY, now=noon(WEDNESDAY))
    assert FERRY_MONDAY.input not in [one.path for one in read]


def test_an_edition_of_several_days_is_no_memory_of_later_ones(store: Store) -> None:
    visited(store, MONDAY, FERRY_MONDAY, LIBRARY_MONDAY)
    monday = built(store, MONDAY)
    visited(store, TUESDAY, FERRY_TUESDAY)
    week = built(store, TUESDAY, first_day=MONDAY)
    assert {s.state for s in week.stories} == {"new"}
    assert week.name == "2022-01-17_2022-01-18"
    assert remembered(store, Settings(), first_day=WEDNESDAY).editions == (monday,)


def test_without_a_path_and_a_store_there_is_nothing_to_build_from() -> None:
    with pytest.raises(SourceError, match="no PATH was given and nothing was collected"):
        build_edition(Settings(), (), None, day=MONDAY, now=noon(MONDAY))


# ---- on the command line


def written(name: str, day: str, title: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"Title: {title}\nDate: {day}\nURL: https://observer.example/{path.stem}\n\n{text}", "utf-8")


def briefing(*arguments: str) -> str:
    done = CliRunner().invoke(program, ["build", "--format", "json", *arguments], catch_exceptions=False)
    return done.stdout + done.stderr if done.exit_code == 0 else f"failed: {done.output}"


@pytest.fixture
def desk(here: Path) -> Path:
    written("monday/ferry.txt", "2022-01-17", "Ferry Aurelia halted by storm", FERRY)
    written("monday/library.txt", "2022-01-17", "Hadderstone library reopens", LIBRARY)
    written("tuesday/dock.txt", "2022-01-18", "Ferry Aurelia in dock until March", FERRY_AGAIN)
    return here


def test_a_build_of_files_remembers_only_where_the_settings_name_a_store(desk: Path) -> None:
    briefing("monday", "--date", "2022-01-17")
    briefing("tuesday", "--date", "2022-01-18")
    assert load_edition("out/2022-01-18/briefing.json").memory == ""
    assert not Path("briefing.sqlite").exists()
    Path("briefing.toml").write_text('[store]\npath = "desk.sqlite"\n', encoding="utf-8")
    briefing("monday", "--date", "2022-01-17")
    briefing("tuesday", "--date", "2022-01-18")
    assert [s.state for s in load_edition("out/2022-01-18/briefing.json").stories] == ["developing"]
    briefing("tuesday", "--date", "2022-01-18", "--fresh")
    assert load_edition("out/2022-01-18/briefing.json").memory == ""


def test_what_was_given_is_what_a_build_without_path_is_made_of(desk: Path) -> None:
    Path("briefing.toml").write_text('[store]\npath = "desk.sqlite"\n', encoding="utf-8")
    briefing("monday", "--date", "2022-01-17")
    briefing("tuesday", "--date", "2022-01-18")
    assert "3 inputs: 3 used" in briefing("--from", "2022-01-17", "--to", "2022-01-18")
    assert load_edition("out/2022-01-17_2022-01-18/briefing.json").imprint.first_day == date(2022, 1, 17)
    assert "2022-01-17_2022-01-18/" not in briefing("--date", "2022-01-18")
