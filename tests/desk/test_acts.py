"""Every act is a form: it works without script, and leads back to what it was about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.build.desk.setting import desk_over
from tests.desk.opened import Visitor, visiting


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with desk_over(tmp_path) as desk, visiting(desk) as visitor:
        yield visitor


def numbers(visitor: Visitor, theme: str) -> list[int]:
    """The items that are printed in a section, in order."""
    section = next(s for s in visitor.face.desk.board().sections if s.theme == theme)
    return [item.number for item in section.items]


def dropped(visitor: Visitor) -> set[int]:
    return {item.number for section in visitor.face.desk.board().sections for item in section.dropped}


def keys(visitor: Visitor) -> dict[int, str]:
    """The key in forms of every item."""
    return {row.number: row.key for row in visitor.face.board()[1].items}


def test_an_item_that_is_dropped_stays_where_it_was_with_a_way_back(visitor: Visitor) -> None:
    first = keys(visitor)[1]
    page = visitor.send("/board", f"drop:{first}")
    assert dropped(visitor) == {1}
    assert page.focus == f"item-{first}"
    assert page.said.startswith("Dropped: ")
    assert page.values("keep") == [first]
    page = visitor.send("/board", f"keep:{first}")
    assert dropped(visitor) == set()
    assert page.focus == f"item-{first}"


def test_undo_takes_back_the_last_act_and_leads_to_its_item(visitor: Visitor) -> None:
    one, two = keys(visitor)[1], keys(visitor)[2]
    visitor.send("/board", f"drop:{one}")
    page = visitor.send("/board", f"drop:{two}")
    undo = next(button for button in page.buttons if button.get("data-key") == "u")
    page = visitor.send("/undo", "", on="/board", number=undo["value"])
    assert dropped(visitor) == {1}
    assert page.focus == f"item-{two}"
    assert page.said.startswith("Took back act 2: Dropped: ")


def test_an_item_moves_up_and_down_in_its_section_and_into_another(visitor: Visitor) -> None:
    one, two = keys(visitor)[1], keys(visitor)[2]
    assert numbers(visitor, "diplomacy") == [1, 2]
    assert visitor.send("/board", f"down:{one}").focus == f"item-{one}"
    assert numbers(visitor, "diplomacy") == [2, 1]
    assert visitor.send("/board", f"up:{one}").focus == f"item-{one}"
    assert numbers(visitor, "diplomacy") == [1, 2]
    visitor.send("/board", f"pin:{two}")
    assert numbers(visitor, "diplomacy") == [2, 1]
    visitor.send("/board", "to:sanctions", mark=[one])
    assert numbers(visitor, "diplomacy") == [2]
    assert numbers(visitor, "sanctions") == [5, 1]


def test_what_cannot_go_further_says_so_and_stays(visitor: Visitor) -> None:
    page = visitor.send("/board", f"up:{keys(visitor)[1]}")
    assert page.said == "It cannot go further that way."
    assert numbers(visitor, "diplomacy") == [1, 2]


def test_what_is_marked_goes_together(visitor: Visitor) -> None:
    marked = [keys(visitor)[1], keys(visitor)[3]]
    visitor.send("/board", "drop", mark=marked)
    assert dropped(visitor) == {1, 3}


def test_with_nothing_marked_the_bar_says_what_to_do(visitor: Visitor) -> None:
    page = visitor.send("/board", "merge")
    assert page.said == "No item is marked. Mark some with m, or with the boxes, then press again."
    page = visitor.send("/board", "merge", mark=[keys(visitor)[1]])
    assert page.said == "Mark two items or more, then merge them."


def test_key_points_passages_and_boxes_are_dropped_and_taken_back(visitor: Visitor) -> None:
    for part in ("points", "statements", "short"):
        board = visitor.face.desk.board()
        before = getattr(board, part)
        shown = next(p for p in visitor.face.board()[1].parts if p.name == part)
        page = visitor.send("/board", f"line:{shown.rows[0].key}")
        assert page.focus == f"l-{shown.rows[0].key}"
        after = getattr(visitor.face.desk.board(), part)
        assert sum(line.in_print for line in after) == sum(line.in_print for line in before) - 1
        visitor.send("/board", f"line:{shown.rows[0].key}")
        assert sum(line.in_print for line in getattr(visitor.face.desk.board(), part)) == len(before)


def test_words_of_the_editors_own_go_on_the_cover_under_a_section_and_under_an_item(visitor: Visitor) -> None:
    one = keys(visitor)[1]
    visitor.send("/board", "line-cover", text="  Read item 4\nfirst. ")
    visitor.send("/board", "line-section:sanctions", text="Quiet after last week.")
    visitor.send(f"/story/{one}", "line", text="The second round is ours.")
    visitor.send(f"/story/{one}", "title", text="Talks resume")
    edition = visitor.face.desk.board().edition
    assert [line.text for line in edition.lines] == ["Read item 4 first."]
    words = {"Quiet after last week.", "The second round is ours.", "Talks resume"}
    assert words <= set(edition.editors_words)
    visitor.send("/board", "unline-cover", text="Read item 4 first.")
    visitor.send(f"/story/{one}", "title", text="")
    edition = visitor.face.desk.board().edition
    assert edition.lines == ()
    assert "Talks resume" not in edition.editors_words


def test_words_that_are_none_are_not_taken(visitor: Visitor) -> None:
    page = visitor.send("/board", "line-cover", text=" \u200b ")
    assert page.said == "Write something first."


def test_the_review_goes_from_item_to_item_with_three_buttons(visitor: Visitor) -> None:
    order = keys(visitor)
    page = visitor.page("/review")
    assert page.focus == f"item-{order[1]}"
    page = visitor.send("/review", f"review:{order[1]}")
    assert page.focus == f"item-{order[2]}"
    page = visitor.send("/review", f"drop:{order[2]}")
    assert page.focus == f"item-{order[3]}"
    assert "2 of 5 looked at" in page.text
    later = next(link for link in page.links if link.get("data-key") == "n")
    assert visitor.page(later["href"]).focus == f"item-{order[4]}"
    for number in (3, 4, 5):
        page = visitor.send("/review", f"review:{order[number]}")
    assert "Every item has been looked at." in page.text


def test_a_page_that_is_old_does_to_the_item_what_it_shows(visitor: Visitor) -> None:
    """Another tab dropped the item above: the button still is about the item it stands beside."""
    order = keys(visitor)
    old = visitor.page("/board").fields_of("/board")
    visitor.send("/board", f"drop:{order[1]}")
    data = {**old, "do": f"drop:{order[2]}"}
    visitor.client.post("/board", data=data, headers={"origin": visitor.face.access.origin})
    assert dropped(visitor) == {1, 2}


def test_an_act_that_clashes_with_somebody_elses_is_not_done_and_says_whose(visitor: Visitor) -> None:
    from briefing.model.acts import Act

    one = keys(visitor)[1]
    old = visitor.page(f"/story/{one}").fields_of(f"/story/{one}")
    item = next(i for s in visitor.face.desk.board().sections for i in s.items if i.number == 1)
    visitor.face.desk.act(Act("title", "item", story=item.key, text="Theirs"), editor="Jonas Velt", based_on=0)
    data = {**old, "do": "title", "text": "Ours"}
    answer = visitor.client.post(f"/story/{one}", data=data, headers={"origin": visitor.face.access.origin})
    assert "Jonas Velt" in answer.text
    assert "Theirs" in visitor.face.desk.board().edition.editors_words
    assert "Ours" not in visitor.face.desk.board().edition.editors_words


@pytest.mark.parametrize(
    "do",
    [
        "",
        "drop",
        "drop:",
        "drop:0123456789ab",
        "to:nowhere:",
        "to:",
        "merge:x",
        "line:x",
        "nothing:x",
        ":",
        "x" * 9_999,
    ],
)
def test_a_button_that_the_desk_does_not_have_does_nothing(visitor: Visitor, do: str) -> None:
    visitor.send("/board", do)
    assert len(visitor.face.desk.history()) == 0


def test_every_act_is_in_the_history_and_can_be_taken_back_there(visitor: Visitor) -> None:
    one = keys(visitor)[1]
    visitor.send("/board", f"drop:{one}")
    visitor.send("/board", "line-cover", text="Read item 4 first.")
    page = visitor.page("/history")
    assert "Dropped: " in page.text
    assert "Your words added: Read item 4 first." in page.text
    page = visitor.send("/undo", "", on="/history", number="1")
    assert dropped(visitor) == set()
    assert "taken back" in page.text
    assert page.focus == "act-1" or "act-1" in page.ids
