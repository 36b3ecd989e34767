"""The desk in Chromium: fourteen tasks and a whole morning by keyboard alone, hostile texts, axe-core, no script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.build.desk import Desk
from tests.browser.driving import Browser, browsing
from tests.browser.hostile_desk import hostile
from tests.build.desk.setting import desk_over
from tests.desk.newsroom import TODAY, Clock, article, second_morning, write

pytestmark = pytest.mark.browser

FEW, MANY = 8, 45  # items of a small and of an ordinary morning


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with second_morning(tmp_path, items=FEW, unchanged=3, clock=clock) as desk:
        yield desk
        desk.jobs.wait()


@pytest.fixture
def browser(desk: Desk) -> Iterator[Browser]:
    with browsing(desk) as browser:
        browser.go("/board")
        yield browser
        assert browser.now["wrong"] == []
        assert browser.now["foreign"] == []


def printed(desk: Desk) -> list[str]:
    """Headlines in print, in order."""
    return [item.retitled or item.headline for section in desk.board().sections for item in section.items]


def in_section(desk: Desk, theme: str) -> list[str]:
    return [item.headline for section in desk.board().sections if section.theme == theme for item in section.items]


def first_item(browser: Browser) -> str:
    """The headline of the first item, which is then in focus; the keys for getting there are not counted."""
    browser.press("j")
    browser.keys.clear()
    return str(browser.now["text"])


# ---- the fourteen tasks


def test_what_is_silent_is_named_on_the_first_screen(browser: Browser, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "incoming").rename(tmp_path / "away")
    clock.later()
    browser.press("0", "c")
    assert browser.ask("document.querySelector('[aria-labelledby=sources] li b').textContent") == "Wire"
    assert "fails" in browser.ask("document.querySelector('[aria-labelledby=sources] li').textContent")


def test_all_without_news_are_dropped_with_one_key(desk: Desk, browser: Browser) -> None:
    assert len(printed(desk)) == FEW
    browser.press("X")
    assert len(printed(desk)) == FEW - 3
    assert browser.said == "Dropped all items without news."


def test_an_item_is_dropped_with_one_key_and_undone_with_one(desk: Desk, browser: Browser) -> None:
    headline = first_item(browser)
    here = browser.item
    browser.press("x")
    assert headline not in printed(desk)
    assert browser.item == here
    assert browser.said == f"Dropped: {headline}"
    browser.press("u")
    assert headline in printed(desk)
    assert browser.item == here


def test_an_item_is_pinned_and_moved_by_place_and_to_a_section(desk: Desk, browser: Browser) -> None:
    section = next(s for s in desk.board().sections if len([i for i in s.items if i.state != "unchanged"]) > 1)
    first, second = (item.headline for item in section.items[:2])
    first_item(browser)
    while browser.now["text"] != second:
        browser.press("j")
    browser.keys.clear()
    browser.press("p")
    assert in_section(desk, section.theme)[:2] == [second, first]
    browser.press("J")
    assert in_section(desk, section.theme)[:2] == [first, second]
    browser.press("K")
    assert in_section(desk, section.theme)[:2] == [second, first]
    here = browser.item
    themes = [s.theme for s in desk.board().sections]
    other = next(n for n, theme in enumerate(themes, 1) if theme != section.theme)
    browser.press(str(other))
    assert second in in_section(desk, themes[other - 1])
    assert browser.item == here


def test_an_item_gets_a_headline_and_words_of_the_editors_own(desk: Desk, browser: Browser) -> None:
    first_item(browser)
    browser.press("Enter", "t")
    browser.type("As our desk puts it")
    browser.press("Enter")
    assert "As our desk puts it" in printed(desk)
    browser.press("o")
    browser.type("More on this tomorrow.")
    browser.press("Enter")
    assert "More on this tomorrow." in desk.board().edition.editors_words
    assert len(browser.keys) == 5


def test_a_key_point_is_switched_on_and_off_with_one_key(desk: Desk, browser: Browser) -> None:
    first_item(browser)
    browser.press("Enter")
    before = [p.sentence.text for p in desk.board().edition.key_points]
    browser.press("*")
    after = [p.sentence.text for p in desk.board().edition.key_points]
    assert {*before} ^ {*after} == {browser.now["text"]}
    browser.press("*")
    assert {p.sentence.text for p in desk.board().edition.key_points} == {*before}


def test_a_sentence_is_swapped_with_three_keys(desk: Desk, browser: Browser) -> None:
    headline = first_item(browser)
    browser.press("Enter")
    goes = browser.now["text"]
    browser.press("s")
    comes = browser.now["text"]
    browser.press("s")
    assert len(browser.keys) <= 4
    story = next(s for s in desk.board().edition.stories if s.headline == headline)
    assert story.summary[0].text == comes
    assert goes not in [s.text for s in story.summary]
    assert browser.now["text"] == comes


def test_a_receipt_lights_the_sentence_in_its_paragraph(browser: Browser) -> None:
    first_item(browser)
    browser.press("Enter", "r")
    lit = browser.ask("document.querySelector('#receipt mark').textContent")
    assert lit == browser.now["text"]
    assert lit in browser.ask("document.querySelector('#receipt blockquote').textContent")


def test_two_items_are_merged_with_four_keys_and_undone_with_one(desk: Desk, browser: Browser) -> None:
    first_item(browser)
    browser.press("m", "j", "m", "M")
    assert len(browser.keys) <= 5
    assert len(printed(desk)) == FEW - 1
    assert browser.item.startswith("item-")
    merged = next(i for s in desk.board().sections for i in s.items if len(i.key) == 2 and i.state == "new")
    assert browser.now["text"] == merged.headline
    browser.press("u")
    assert len(printed(desk)) == FEW


def test_a_story_is_split(desk: Desk, browser: Browser) -> None:
    first_item(browser)
    browser.press("m", "j", "m", "M", "Enter")
    assert len(printed(desk)) == FEW - 1
    browser.ask("document.querySelector('[name=article]').focus()")  # Tab leads there; how often is not the question
    browser.press(" ", "S")
    assert len(printed(desk)) == FEW


def test_what_was_left_out_is_searched_and_taken_in(desk: Desk, browser: Browser) -> None:
    headline = first_item(browser)
    browser.press("x")
    browser.keys.clear()
    browser.press("/")
    browser.type(headline.partition(":")[0])
    browser.press("Enter")
    assert headline in browser.ask("document.querySelector('#entries').textContent")
    browser.press("a")
    assert len(browser.keys) <= 4
    assert not browser.now["refused"]
    assert any(entry.entry.act.kind == "take in" for entry in desk.history())


def test_late_articles_are_loaded_with_two_keys_and_no_edit_is_lost(
    desk: Desk, browser: Browser, clock: Clock, tmp_path: Path
) -> None:
    headline = first_item(browser)
    browser.press("x")
    late = article(70, TODAY, "Valley Times", TODAY)
    write(tmp_path / "incoming", "late", late)
    clock.later()
    browser.press("0", "c")
    browser.keys.clear()
    browser.press("l")
    assert len(browser.keys) <= 2
    assert late["title"] in printed(desk)
    assert headline not in printed(desk)


def test_the_page_is_seen_with_one_key_at_the_item(browser: Browser) -> None:
    first_item(browser)
    browser.press("v")
    assert browser.path == "/page"
    assert "Draft, not signed" in browser.ask(
        "fetch(document.querySelector('iframe').src).then((answer) => answer.text())"
    )


def test_the_edition_is_signed_and_sent_with_three_keys(desk: Desk, browser: Browser, tmp_path: Path) -> None:
    browser.keys.clear()
    browser.press("g", "Enter")
    assert browser.said == "Signed; every output is written."
    browser.press("Enter")
    assert browser.said == "Sent."
    assert len(browser.keys) == 3
    assert (tmp_path / "out" / TODAY.isoformat() / "briefing.json").is_file()
    assert any((tmp_path / "sent").rglob("briefing.html"))


# ---- a whole morning


def to_next(browser: Browser, key: str = "k") -> None:
    """Go on to the next item that is printed, up or down; what was dropped is passed, a key each."""
    before = browser.item
    browser.press(key)
    assert browser.item != before, "the board ends here"
    while browser.ask("document.activeElement.closest('.dropped') !== null"):
        browser.press(key)
        assert len(browser.keys) < 300


@pytest.mark.slow
def test_a_morning_of_forty_five_items_takes_at_most_150_keys_and_no_mouse(tmp_path: Path) -> None:
    """Review all, 16 unchanged out, 5 drops, 2 moves, 1 merge, 2 swaps, 1 title, 2 own lines, sign, send."""
    with second_morning(tmp_path, items=MANY, unchanged=16) as desk, browsing(desk) as browser:
        assert len(printed(desk)) == MANY
        browser.go("/")
        browser.press("b", "X")
        assert len(printed(desk)) == MANY - 16
        browser.press(" ")
        drops, reviewed = 0, 0
        while browser.item:
            if reviewed % 5 == 4 and drops < 5:
                browser.press("x")
                drops += 1
            else:
                browser.press(" ")
            reviewed += 1
        assert (drops, reviewed, len(printed(desk))) == (5, MANY - 16, MANY - 21)
        browser.press("b", "j", "2")
        to_next(browser, "j")
        browser.press("4")
        assert sum(item.moved for section in desk.board().sections for item in section.items) == 2
        for _ in range(2):
            to_next(browser)
            browser.press("m")
        browser.press("M")
        assert len(printed(desk)) == MANY - 22
        for _ in range(2):
            browser.press("Enter", "s", "s", "b")
            to_next(browser)
        browser.press("Enter", "t")
        browser.type("As our desk puts it")
        browser.press("Enter", "o")
        browser.type("More on this tomorrow.")
        browser.press("Enter", "b")
        to_next(browser)
        browser.press("Enter", "o")
        browser.type("Seen by two of us.")
        browser.press("Enter")
        kinds = [entry.entry.act.kind for entry in desk.history()]
        assert (kinds.count("swap"), kinds.count("title"), kinds.count("line"), kinds.count("merge")) == (2, 1, 2, 1)
        browser.press("g", "Enter", "Enter")
        assert browser.said == "Sent."
        assert browser.now["wrong"] == []
        assert browser.now["foreign"] == []
        assert len(browser.keys) <= 150
        print(f"{len(browser.keys)} keys")


# ---- keys, focus and announcements


def test_the_keys_are_shown_and_none_acts_while_something_is_typed(desk: Desk, browser: Browser) -> None:
    browser.press("?")
    assert browser.ask("document.querySelector('#keys').matches(':popover-open')")
    browser.press("x", "Escape")
    assert len(desk.history()) == 0
    first_item(browser)
    browser.press("Enter", "t")
    browser.type("xup")
    browser.press("Escape")
    assert len(desk.history()) == 0
    assert browser.item.startswith("s-")


def test_two_keys_in_a_row_are_both_done(desk: Desk, browser: Browser) -> None:
    """The second is pressed before the first was answered; it is based on what the first made."""
    first_item(browser)
    browser.ask("for (const key of ['p', 'x']) document.activeElement.dispatchEvent("
                "new KeyboardEvent('keydown', { key, bubbles: true }))")  # fmt: skip
    assert [entry.entry.act.kind for entry in desk.history()] == ["drop", "pin"]


def test_a_refusal_is_announced_and_the_focus_stays(browser: Browser) -> None:
    first_item(browser)
    here = browser.item
    browser.press("K")
    assert browser.said == "It cannot go further that way."
    assert browser.now["refused"]
    assert browser.item == here


def test_a_desk_that_has_gone_says_so(desk: Desk, browser: Browser) -> None:
    first_item(browser)
    browser.ask("window.fetch = () => Promise.reject(new TypeError('gone'))")
    browser.press("x")
    assert browser.said.startswith("The desk does not answer.")


def test_without_script_an_act_leads_back_to_its_item(desk: Desk, browser: Browser) -> None:
    browser.do("script", 0)
    browser.go("/board")
    browser.ask("document.querySelector('button[value^=\"drop:\"]').focus()")
    here = browser.item
    browser.press("Enter")
    assert len(printed(desk)) == FEW - 1
    assert browser.item == here
    assert browser.said.startswith("Dropped: ")


# ---- hostile texts


def test_texts_of_articles_run_nothing_and_break_no_layout(tmp_path: Path) -> None:
    with desk_over(tmp_path, hostile()) as desk, browsing(desk) as browser:
        for width in (1280, 360):
            browser.do("view", [width, 800, "light"])
            for path in ("/board", "/review", "/page", "/left-out", "/history", "/sign"):
                browser.go(path)
                assert browser.now["sideways"] <= 0, (path, width)
        browser.go("/board")
        browser.ask(
            "document.querySelector('#text-cover').value = '\"><script>alert(1)</script><img src=x onerror=alert(1)>'"
        )
        browser.ask("document.querySelector('#text-cover').closest('form').requestSubmit("
                    "document.querySelector('[value=line-cover]'))")  # fmt: skip
        assert "alert(1)" in desk.board().lines[0]
        assert browser.ask("document.querySelectorAll('main script, main img, [onerror]').length") == 0
        assert browser.ask("getComputedStyle(document.querySelector('.top')).direction") == "ltr"
        assert browser.now["wrong"] == []
        assert browser.now["foreign"] == []


# ---- every reader


def test_nothing_stands_in_the_way_of_any_reader_on_any_screen(browser: Browser) -> None:
    first_item(browser)
    browser.press("x", "j", "Enter", "r")
    story = str(browser.now["path"])
    found = {}
    for path in ("/", "/board", "/review", story, "/page", "/left-out", "/history", "/sign"):
        for width in (1280, 360):
            for scheme in ("light", "dark"):
                browser.do("view", [width, 800, scheme])
                browser.go(path)
                found[path, width, scheme] = browser.do("axe", 1)
                assert browser.now["sideways"] <= 0, (path, width)
    assert {where: violations for where, violations in found.items() if violations} == {}
    assert len(found) == 32


def test_at_four_hundred_percent_everything_is_there_without_scrolling_sideways(browser: Browser) -> None:
    browser.do("view", [320, 225, "light"])  # 1280 by 900 at 400 %
    for path in ("/", "/board", "/review", "/page", "/left-out", "/history", "/sign"):
        browser.go(path)
        assert browser.now["sideways"] <= 0, path
        assert browser.ask("getComputedStyle(document.querySelector('.top')).position") == "static", path
