"""What an edition says of earlier ones: forged, one thing at a time, and named by the proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from briefing.build import earlier_editions, verify, verify_files
from briefing.model import Edition, EditionStory, Printing
from briefing.outputs import make_files, render
from briefing.stages.proof import verify_edition
from tests.days import SECOND, second_day
from tests.paths import SEEDS


def problems(edition: Edition) -> list[str]:
    before = {e.day: e for e in second_day()[0]}
    return [f"{f.place}: {f.problem}" for f in verify_edition(edition, None, earlier=before).findings]


def told(edition: Edition, which: str, **changes: object) -> Edition:
    """The edition with fields of its first story of that state set."""
    changed = False

    def altered(story: EditionStory) -> EditionStory:
        nonlocal changed
        if changed or story.state != which:
            return story
        changed = True
        return replace(story, **changes)  # type: ignore[arg-type]

    sections = tuple(replace(s, stories=tuple(altered(story) for story in s.stories)) for s in edition.sections)
    return replace(edition, sections=sections)


@pytest.fixture(scope="module")
def today() -> Edition:
    return second_day()[1]


def test_a_true_edition_is_proved(today: Edition) -> None:
    assert problems(today) == []


def test_a_story_cannot_be_new_and_known(today: Edition) -> None:
    assert any("It is new" in p for p in problems(told(today, "developing", state="new")))


def test_an_unchanged_story_tells_nothing(today: Edition) -> None:
    summary = today.stories[0].summary
    assert any(
        "is unchanged and is told" in p for p in problems(told(today, "developing", state="unchanged", summary=summary))
    )


def test_a_known_sentence_was_printed_on_the_day_it_names(today: Edition) -> None:
    known = next(s.known[0] for s in today.stories if s.known)
    other = replace(known, day=date(2022, 1, 31))
    assert any("2022-01-31 does not print it" in p for p in problems(told(today, "developing", known=(other,))))
    forged = replace(known, text=known.text.replace(" ", " not ", 1))
    assert any("the receipt was made for" in p for p in problems(told(today, "developing", known=(forged,))))


def test_the_item_a_story_had_is_one_of_that_day(today: Edition) -> None:
    at = Printing(date(2022, 2, 1), 44)
    assert any("has no item 44" in p for p in problems(told(today, "developing", last_printed=at)))


def test_the_first_day_is_the_one_the_earlier_edition_knows(today: Edition) -> None:
    before = {e.day: told(e, "new", state="developing", since=date(2022, 1, 30)) for e in second_day()[0]}
    findings = verify_edition(today, None, earlier=before).findings
    assert any("is known since 2022-01-30" in f.problem for f in findings)


def test_nothing_was_printed_before_on_the_day_itself(today: Edition) -> None:
    assert any("not before the edition" in p for p in problems(told(today, "developing", since=SECOND)))


def test_a_story_that_went_quiet_was_there(today: Edition) -> None:
    before = second_day()[0][-1]
    quiet = before.quiet[0]
    assert problems(replace(before, quiet=(quiet,))) == []
    assert problems(replace(before, quiet=(replace(quiet, headline="Something else"),)))
    assert problems(replace(before, quiet=(replace(quiet, last=before.day + timedelta(days=1)),)))


def test_what_is_corrected_is_from_the_source_it_names(today: Edition) -> None:
    (correction,) = today.corrections
    other = next(s.article_id for s in today.sources if s.article_id != correction.article_id)
    forged = replace(today, corrections=(replace(correction, article_id=other),))
    assert [p for p in problems(forged) if p.startswith("correction 1")]


def test_a_source_that_still_says_it_took_nothing_back(today: Edition) -> None:
    seeds = SEEDS  # as it was before the change
    places = {f.place: f.problem for f in verify(today, seeds).findings}
    assert places["correction 1"] == "Its source still says what it is said to have taken back."


def test_the_editions_that_lie_beside_it_are_asked(today: Edition, tmp_path: Path) -> None:
    for edition in second_day()[0]:
        render(edition, tmp_path, formats=("json",))
    days = [e.day for e in earlier_editions(today, tmp_path)]
    assert days == [date(2022, 2, 1)]
    assert earlier_editions(today, tmp_path / "elsewhere") == ()


def test_no_output_can_say_otherwise_of_a_state_than_the_issue_file(today: Edition, tmp_path: Path) -> None:
    for name, content in make_files(today, formats=("html", "email", "text", "markdown", "docx")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content.replace(b"Developing since", b"Unfolding since"))
    assert any("Unfolding" in finding.problem for finding in verify_files(today, tmp_path))
