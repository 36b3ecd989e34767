"""The functions a Python program calls: what they take, and the word they say when they cannot."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import briefing
from briefing.errors import SettingsError

DAY = date(2022, 2, 1)
TEXT = "A bakery opened on the harbour square on Saturday.\nIt sells bread and cakes.\nIt closes at noon.\n"


@pytest.fixture
def article() -> briefing.Article:
    return briefing.Article.from_text(TEXT, title="Bakery opens")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"method": "lexrnak"}, "'lexrnak'"),
        ({"sentences": 2, "words": 20}, "one budget"),
        ({"sentences": 0}, "sentences is 0"),
        ({"words": -3}, "words is -3"),
    ],
)
def test_a_summary_that_cannot_be_made_is_refused_in_words(article, arguments, says):
    with pytest.raises(SettingsError, match=says) as refusal:
        briefing.summarise(article, **arguments)
    assert refusal.value.hint


def test_an_unknown_method_is_answered_with_those_there_are(article, folder):
    settings = briefing.Settings.model_validate({"summaries": {"method": "lexrnak"}})
    for call in (
        lambda: briefing.summarise(article, method="lexrnak"),
        lambda: briefing.make_edition(folder, day=DAY, settings=settings),
    ):
        with pytest.raises(SettingsError) as refusal:
            call()
        assert "newswire, lexrank" in refusal.value.hint


def test_one_path_may_be_given_without_a_list(folder):
    several = briefing.make_edition([folder], day=DAY)
    assert several.counts.articles == 1
    assert briefing.make_edition(folder, day=DAY) == several
    assert briefing.make_edition(str(folder), day=DAY) == several
    assert briefing.verify(several, str(folder)).findings == ()


def test_the_day_of_a_moment_is_its_date(folder):
    moment = datetime(2022, 2, 1, 23, 59, tzinfo=UTC)
    assert briefing.make_edition([folder], day=moment) == briefing.make_edition([folder], day=DAY)


def test_a_day_that_is_no_date_is_refused(folder):
    with pytest.raises(SettingsError, match="'2022-02-01' is not a date"):
        briefing.make_edition([folder], day="2022-02-01")


def test_every_public_name_is_there(folder):
    assert {"Settings", "Verification"} <= set(briefing.__all__)
    assert all(getattr(briefing, name) is not None for name in briefing.__all__)
    assert isinstance(briefing.verify(briefing.make_edition(folder, day=DAY), folder), briefing.Verification)


def test_what_is_said_to_be_no_input_is_none(folder):
    (folder / "drafts").mkdir()
    (folder / "drafts" / "b.txt").write_text(TEXT, encoding="utf-8")
    told: list[str] = []
    edition = briefing.make_edition(folder, day=DAY, leave_out=[folder / "drafts"], on_skipped=told.append)
    assert [entry.input for entry in edition.ledger] == ["a.txt"]
    assert told == ["drafts"]
