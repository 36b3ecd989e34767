"""A morning at the desk: build, edit, regroup, take in what came late, sign, send."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.build import load_edition, prove_stored
from briefing.build.desk import Desk
from briefing.build.desk.results import Board, Done, ItemLine, Refused
from briefing.model.acts import Act
from tests.build.desk.rounds import come_late, desk_with_articles

EDITOR = "Mirela Osk"


def do(desk: Desk, act: Act) -> Done:
    done = desk.act(act, editor=EDITOR, based_on=desk.board().version)
    assert isinstance(done, Done), done
    return done


def items(board: Board) -> dict[str, ItemLine]:
    return {item.headline: item for section in board.sections for item in section.items}


def named(desk: Desk, words: str) -> ItemLine:
    return next(item for title, item in items(desk.board()).items() if words in title)


@pytest.fixture
def desk(tmp_path: Path):
    with desk_with_articles(tmp_path) as made:
        assert made.morning().next in ("build", "collect")
        made.build()
        yield made


def test_a_day_is_built_edited_signed_and_sent(desk: Desk, tmp_path: Path) -> None:
    assert desk.morning().next == "review"
    do(desk, Act("drop", story=named(desk, "Choir").key))
    do(desk, Act("title", "item", story=named(desk, "Lighthouse").key, text="New light at Vellmark"))
    assert desk.findings() == ()
    assert desk.morning().next == "sign"
    signed = desk.sign(EDITOR)
    assert (signed.ok, signed.left_out) == (True, ())
    edition = load_edition(desk.out / "2026-03-03" / "briefing.json")
    assert edition.signed is not None
    assert edition.signed.name == EDITOR
    assert prove_stored(edition, desk.store, desk.settings).ok
    assert desk.morning().next == "send"
    assert desk.send(environment={}, sleep=lambda seconds: None).ok
    assert desk.morning().next == ""
    assert [d.state for d in desk.morning().deliveries] == ["accepted"]
    again = desk.send(environment={}, sleep=lambda seconds: None)
    assert again.ok
    assert sum(d.count for d in desk.morning().deliveries) == 1


def test_a_sentence_is_swapped_for_a_candidate_and_is_proved(desk: Desk) -> None:
    story = desk.story(named(desk, "Tram").key)
    assert {c.article_id for c in story.candidates} == {s.article.article_id for s in story.sources}
    assert [c.rank for c in story.candidates] == list(range(1, len(story.candidates) + 1))
    free = next(c for c in story.candidates if not c.is_chosen and not c.problem)
    old = story.chosen[0]
    do(desk, Act("swap", story=story.item.key, spans=(old.span, free.span)))
    after = desk.story(story.item.key)
    assert next(c.text for c in after.chosen if c.in_print) == free.text
    assert old.text not in [c.text for c in after.chosen if c.in_print]
    around = desk.paragraph(free.span)
    assert around.sentence == free.text
    assert desk.sign(EDITOR).left_out == ()
    printed = [
        s.text for story in load_edition(desk.out / "2026-03-03" / "briefing.json").stories for s in story.summary
    ]
    assert free.text in printed
    assert desk.undo(editor=EDITOR)
    assert next(c.text for c in desk.story(story.item.key).chosen if c.in_print) == old.text


def test_what_the_judge_would_not_print_is_marked_as_the_editors_choice(desk: Desk) -> None:
    for item in items(desk.board()).values():
        for free in desk.story(item.key).candidates:
            if not free.is_chosen:
                do(desk, Act("add", story=item.key, spans=(free.span,)))
    signed = desk.sign(EDITOR)
    assert (signed.ok, signed.left_out) == (True, ())


def test_two_items_are_merged_and_split_again(desk: Desk) -> None:
    before = items(desk.board())
    tram, mill = named(desk, "Tram"), named(desk, "Choir")
    do(desk, Act("title", "item", story=named(desk, "Lighthouse").key, text="Ours"))
    assert do(desk, Act("merge", story=tram.key, stories=(mill.key,))).needs_rebuild
    assert not desk.sign(EDITOR).ok  # the draft is not built with it yet
    assert desk.rebuild().lost == ()
    merged = named(desk, "Tram")
    assert set(merged.key) == {*tram.key, *mill.key}
    assert len(items(desk.board())) == len(before) - 1
    assert "Ours" in {item.retitled for item in items(desk.board()).values()}
    assert desk.sign(EDITOR).left_out == ()
    do(desk, Act("split", story=merged.key, articles=mill.key))
    desk.rebuild()
    assert {item.key for item in items(desk.board()).values()} == {item.key for item in before.values()}
    assert desk.sign(EDITOR).left_out == ()


def test_a_story_is_taken_off_a_theme_and_goes_where_it_fits(desk: Desk) -> None:
    item = named(desk, "Lighthouse")
    assert item.theme == "harbour"
    do(desk, Act("not theme", story=item.key, theme="harbour"))
    desk.rebuild()
    assert named(desk, "Lighthouse").theme == "other"
    assert desk.sign(EDITOR).left_out == ()


def test_an_article_is_left_out_and_taken_in_again(desk: Desk) -> None:
    item = named(desk, "Choir")
    do(desk, Act("leave out", articles=item.key))
    desk.rebuild()
    assert "Choir buys the old mill of Brenn" not in items(desk.board())
    gone = next(one for one in desk.left_out("mill") if one.article.article_id == item.key[0])
    assert (gone.where, gone.reason) == ("ledger", "Left out by the editor.")
    assert desk.sign(EDITOR).left_out == ()
    desk.undo(editor=EDITOR)
    desk.rebuild()
    assert "Choir buys the old mill of Brenn" in items(desk.board())


def test_a_late_article_is_loaded_and_no_edit_is_lost(desk: Desk) -> None:
    do(desk, Act("drop", story=named(desk, "Choir").key))
    do(desk, Act("title", "item", story=named(desk, "Lighthouse").key, text="Ours"))
    story = desk.story(named(desk, "Tram").key)
    free = next(c for c in story.candidates if not c.is_chosen and not c.problem)
    do(desk, Act("add", story=story.item.key, spans=(free.span,)))
    come_late(desk)
    assert [article.title for article in desk.late()] == ["Diggers find an ice cellar under the market of Tarn"]
    assert desk.morning().next == "load late"
    assert desk.rebuild(late=True).lost == ()
    assert desk.late() == ()
    board = items(desk.board())
    assert "Diggers find an ice cellar under the market of Tarn" in board
    assert "Choir buys the old mill of Brenn" not in board
    assert "Ours" in {item.retitled for item in board.values()}
    assert free.text in [c.text for c in desk.story(story.item.key).chosen if c.in_print]
    assert desk.sign(EDITOR).left_out == ()


def test_an_article_is_added_from_a_file(desk: Desk, tmp_path: Path) -> None:
    text = "The ice rink of Pellan reopens on Saturday.\nIts new roof cost 2 million crowns."
    (tmp_path / "rink.txt").write_text(f"Ice rink of Pellan reopens\n\n{text}\n", encoding="utf-8")
    ids = desk.add_article(str(tmp_path / "rink.txt"))
    do(desk, Act("take in", articles=ids))
    desk.rebuild()
    assert named(desk, "Pellan").key == ids
    assert desk.sign(EDITOR).left_out == ()
    desk.undo(editor=EDITOR)
    desk.rebuild()
    assert not any("Pellan" in title for title in items(desk.board()))
    assert desk.sign(EDITOR).left_out == ()


def test_a_held_item_is_in_the_next_days_edition(desk: Desk) -> None:
    from datetime import timedelta

    from tests.build.desk.rounds import DAY, MADE, Clock

    item = named(desk, "Library")
    do(desk, Act("hold", story=item.key))
    assert "Library of Halvern opens on Sundays" not in items(desk.board())
    assert desk.sign(EDITOR).ok
    tomorrow = Desk(desk.store, desk.settings, desk.out, DAY + timedelta(days=3), clock=Clock(MADE + timedelta(days=3)))
    tomorrow.build()
    assert [item.headline for item in items(tomorrow.board()).values()] == ["Library of Halvern opens on Sundays"]
    assert tomorrow.sign(EDITOR).left_out == ()


def test_a_job_runs_beside_and_tells_how_far_it_is(desk: Desk) -> None:
    assert desk.start("regroup")
    state = desk.jobs.wait()
    assert state is not None
    assert (state.finished, state.problem) == (True, "")


def test_nothing_is_signed_without_a_name(desk: Desk) -> None:
    assert not desk.sign("  ").ok
    assert desk.store.issue(desk.day) is None
    assert isinstance(desk.act(Act("title", "item", story=("0" * 16,), text="x"), editor=EDITOR, based_on=0), Refused)
