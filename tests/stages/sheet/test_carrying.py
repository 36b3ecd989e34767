"""A late article costs no edit: what the editor did on a sheet stands in the sheet of a newer draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from briefing.model import Edition, EditionStory, EditorLine, SignOff
from briefing.model.digest import counted
from briefing.model.numbering import numbered
from briefing.stages.proof import verify_edition
from briefing.stages.sheet import acts_of, apply_edits, lost_line, read_sheet, replay, write_sheet
from briefing.stages.sheet.edits import whole
from tests.editions import sound

SIGNED = SignOff("Mirela Osk", datetime(2022, 2, 1, 5, 40, tzinfo=UTC))


def without_item(edition: Edition, number: int) -> Edition:
    """The draft as it was before an article came: one item fewer, all numbered afresh."""
    sections = (replace(s, stories=tuple(i for i in s.stories if i.number != number)) for s in edition.sections)
    points = tuple(point for point in edition.key_points if point.story != number)
    rest = replace(edition, sections=tuple(sections), key_points=points, accounts=(), statements=())
    return counted(numbered(rest))


def titled(text: str, story: EditionStory, title: str) -> str:
    lines = text.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith(f"## {story.number}. {story.headline}"))
    return "\n".join([*lines[: at + 1], f"Title: {title}", *lines[at + 1 :]])


def headlines(edition: Edition) -> list[str]:
    return [story.retitled or story.headline for story in edition.stories]


def carried(before: Edition, text: str, draft: Edition) -> tuple[Edition, tuple[str, ...], str]:
    edits, mistakes = read_sheet(before, text)
    assert mistakes == ()
    found = replay(draft, acts_of(before, edits))
    lost = tuple(map(lost_line, found.misfits))
    sheet = write_sheet(draft, found.edits, lost)
    again, mistakes = read_sheet(draft, sheet)
    assert mistakes == ()
    edition = apply_edits(draft, again, SIGNED)
    assert verify_edition(edition, None).ok
    assert edition == apply_edits(draft, found.edits, SIGNED)  # the sheet says what was carried over
    return edition, lost, sheet


def test_what_was_done_on_the_sheet_is_done_on_the_newer_draft() -> None:
    draft = sound()
    late = draft.sections[0].stories[0]
    before = without_item(draft, late.number)
    one, two, *_ = before.stories
    text = write_sheet(before).replace("\nNote:", "\n> Read all of it.", 1)
    text = text.replace(f"## {one.number}. {one.headline}", f"- ## {one.number}. {one.headline}", 1)
    text = titled(text, two, "Our own words for it")
    edition, lost, sheet = carried(before, text, draft)
    assert lost == ()
    assert late.headline in headlines(edition)
    assert one.headline not in headlines(edition)
    assert "Our own words for it" in headlines(edition)
    assert edition.lines == (EditorLine("Read all of it."),)
    assert f"- ## {draft.stories[1].number}. {one.headline}" in sheet


def test_a_sentence_that_was_dropped_stays_dropped_and_a_moved_item_stays_moved() -> None:
    draft = sound()
    before = without_item(draft, draft.sections[0].stories[0].number)
    story = next(s for s in before.stories if len(s.summary) > 1)
    gone = story.summary[-1].text
    lines = write_sheet(before).split("\n")
    at = next(n for n, line in enumerate(lines) if line.endswith(f"] {gone}") and n > lines.index("# Diplomacy"))
    lines[at] = f"- {lines[at]}"
    last = before.sections[-1].stories[-1]
    start = next(n for n, line in enumerate(lines) if line.startswith(f"## {last.number}. "))
    end = next(n for n in range(start + 1, len(lines) + 1) if n == len(lines) or lines[n].startswith(("#", "- #")))
    block = lines[start:end]
    del lines[start:end]
    top = lines.index("# Diplomacy") + 1
    lines[top:top] = ["", *block]
    edition, lost, _ = carried(before, "\n".join(lines), draft)
    assert lost == ()
    assert gone not in {s.text for i in edition.stories for s in i.summary}
    assert last.headline in {story.headline for story in edition.sections[0].stories}


def test_what_no_longer_fits_is_listed_in_the_new_sheet() -> None:
    before = sound()
    lost_item = before.sections[0].stories[0]
    text = titled(write_sheet(before), lost_item, "Words for what goes")
    _, lost, sheet = carried(before, text, without_item(before, lost_item.number))
    assert [line for line in lost if "Words for what goes" in line]
    assert "// ! “Words for what goes”" in sheet


def test_an_untouched_sheet_carries_nothing() -> None:
    draft = sound()
    assert acts_of(draft, whole(draft)) == ()
    assert apply_edits(draft, replay(draft, ()).edits, SIGNED) == apply_edits(draft, whole(draft), SIGNED)


# ---- half as long


def unchanged(edition: Edition) -> Edition:
    """The edition with the last story of each section without news."""
    sections = tuple(
        replace(
            s,
            stories=tuple(
                replace(i, state="unchanged", summary=(), views=(), since=edition.day) if i == s.stories[-1] else i
                for i in s.stories
            ),
        )
        for s in edition.sections
    )
    return counted(replace(edition, sections=sections, key_points=(), accounts=(), statements=()))


def test_stories_without_news_are_one_line_that_keeps_or_drops_them_all() -> None:
    draft = unchanged(sound())
    quiet = [story.number for story in draft.stories if story.state == "unchanged"]
    assert len(quiet) > 1
    line = f"## {', '.join(map(str, quiet))}"
    text = write_sheet(draft)
    assert text.count(line) == 1

    def numbers(sheet: str) -> list[int]:
        edits, mistakes = read_sheet(draft, sheet)
        assert mistakes == ()
        return [item.number for section in edits.sections for item in section.items]

    every = [story.number for story in draft.stories]
    assert numbers(text) == every
    assert numbers(text.replace(line, f"- {line}")) == [n for n in every if n not in quiet]
    assert numbers(text.replace(line, f"## {', '.join(map(str, quiet[1:]))}")) == [n for n in every if n != quiet[0]]
    wrapped = f"## {quiet[0]},\n{', '.join(map(str, quiet[1:]))}"
    assert numbers(text.replace(line, wrapped)) == every


def test_what_is_no_number_in_that_line_is_named() -> None:
    draft = unchanged(sound())
    text = write_sheet(draft)
    at = text.index("\n# Unchanged\n")
    _, mistakes = read_sheet(draft, f"{text[:at]}\n# Unchanged\n\n## 1, 999\n## all of it\n")
    assert [m.problem.startswith("Here stand numbers of items alone") for m in mistakes] == [True, True]


def test_a_sheet_of_before_drops_no_correction_it_does_not_have() -> None:
    draft = unchanged(sound())
    text = write_sheet(draft)
    old = text.replace(" (3)\n", "\n", 1)
    assert read_sheet(draft, old)[0].kept.get(("#corrections", 0), []) == ()
    assert read_sheet(draft, old)[1] == ()
