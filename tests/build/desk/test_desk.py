"""The desk as an editor meets it: acts on a draft, taken back, replayed, and the sheet beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.build.desk.results import Done, Refused
from briefing.model.acts import Act, span_of
from tests.build.desk.setting import desk_over

EDITOR = "Mirela Osk"


def headlines(desk) -> list[str]:
    return [item.retitled or item.headline for section in desk.board().sections for item in section.items]


def do(desk, act: Act, editor: str = EDITOR) -> Done:
    done = desk.act(act, editor=editor, based_on=desk.board().version)
    assert isinstance(done, Done), done
    return done


def test_what_is_dropped_is_off_the_page_and_undo_brings_it_back(tmp_path: Path) -> None:
    with desk_over(tmp_path) as desk:
        before = headlines(desk)
        first = desk.board().sections[0].items[0]
        do(desk, Act("drop", story=first.key))
        assert headlines(desk) == before[1:]
        assert [item.headline for item in desk.board().sections[0].dropped] == [first.headline]
        assert first.headline.encode() not in desk.page("text").content
        assert isinstance(desk.undo(editor=EDITOR), Done)
        assert headlines(desk) == before
        assert [(h.said, h.taken_back) for h in desk.history()] == [("take back act 1", False), ("drop", True)]


def test_acts_are_there_when_the_desk_is_opened_again(tmp_path: Path) -> None:
    with desk_over(tmp_path) as desk:
        item = desk.board().sections[0].items[0]
        do(desk, Act("title", "item", story=item.key, text="Our own words"))
    with desk_over(tmp_path) as desk:
        assert headlines(desk)[0] == "Our own words"


def test_an_item_goes_to_another_section_and_to_the_top(tmp_path: Path) -> None:
    with desk_over(tmp_path) as desk:
        one, two = desk.board().sections[:2]
        do(desk, Act("move", story=one.items[0].key, theme=two.theme))
        assert [i.headline for i in desk.board().sections[1].items][-1] == one.items[0].headline
        do(desk, Act("pin", story=one.items[0].key))
        top = desk.board().sections[1].items[0]
        assert (top.headline, top.pinned, top.moved) == (one.items[0].headline, True, True)


def test_an_act_on_what_is_not_there_is_refused_and_nothing_is_logged(tmp_path: Path) -> None:
    with desk_over(tmp_path) as desk:
        for act in (Act("drop", story=("f" * 16,)), Act("title", "item", story=("f" * 16,), text="x"), Act("swap")):
            assert isinstance(desk.act(act, editor=EDITOR, based_on=0), Refused)
        assert desk.history() == ()


def test_two_editors_on_one_headline_clash_and_the_later_one_sees_both(tmp_path: Path) -> None:
    with desk_over(tmp_path) as desk:
        item = desk.board().sections[0].items[0]
        do(desk, Act("title", "item", story=item.key, text="One"))
        answer = desk.act(Act("title", "item", story=item.key, text="Two"), editor="Jon Ask", based_on=0)
        assert isinstance(answer, Refused)
        assert [(e.editor, e.act.text) for e in answer.theirs] == [(EDITOR, "One")]
        assert headlines(desk)[0] == "One"
        other = desk.board().sections[0].items[1]
        assert isinstance(desk.act(Act("drop", story=other.key), editor="Jon Ask", based_on=0), Done)


def test_what_is_edited_in_the_sheet_on_the_disk_is_an_act_like_the_others(tmp_path: Path) -> None:
    with desk_over(tmp_path) as desk:
        item, other = desk.board().sections[0].items[:2]
        do(desk, Act("title", "item", story=other.key, text="Ours"))
        desk.write_sheet()
        text = desk.sheet.read_text(encoding="utf-8")
        assert "Title: Ours" in text
        heading = f"## {item.number}. {item.headline}"
        assert heading in text
        desk.sheet.write_text(text.replace(heading, f"- {heading}"), encoding="utf-8")
        assert item.headline not in headlines(desk)
        assert [h.entry.editor for h in desk.history()] == ["sheet", EDITOR]


def test_a_sheet_saved_late_takes_back_nothing_that_was_done_meanwhile(tmp_path: Path) -> None:
    with desk_over(tmp_path) as desk:
        item, other = desk.board().sections[0].items[:2]
        text = desk.sheet.read_text(encoding="utf-8")
        do(desk, Act("title", "item", story=other.key, text="Ours"))
        heading = f"## {item.number}. {item.headline}"
        desk.sheet.write_text(text.replace(heading, f"- {heading}"), encoding="utf-8")
        assert "Ours" in headlines(desk)
        assert item.headline not in headlines(desk)


@pytest.mark.parametrize("kind", ["drop", "point"])
def test_a_sentence_is_dropped_or_made_a_key_point(tmp_path: Path, kind) -> None:
    with desk_over(tmp_path) as desk:
        story = next(s for s in desk.board().edition.stories if len(s.summary) > 1)
        key = next(i.key for s in desk.board().sections for i in s.items if i.number == story.number)
        gone = story.summary[-1]
        do(desk, Act(kind, "item", story=key, spans=(span_of(gone.receipt),)))
        edition = desk.board().edition
        if kind == "point":
            assert edition.key_points[-1].sentence.receipt == gone.receipt
        else:
            assert gone.receipt not in {s.receipt for i in edition.stories for s in i.summary}
