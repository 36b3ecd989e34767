"""The desk in Chromium: what is brought, held for the next day and folded; and nothing of it reaches out."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.build.desk import Desk
from tests.browser.driving import Browser, browsing
from tests.build.desk.one_page import LOOPBACK, PAGE, TITLE, web
from tests.desk.newsroom import TODAY, Clock, second_morning
from tests.paths import ROOT

pytestmark = pytest.mark.browser


def printed(desk: Desk) -> list[str]:
    return [item.headline for section in desk.board().sections for item in section.items]


def lines_shown(browser: Browser) -> list[str]:
    """Headlines on the board that can be seen."""
    shown = "[...document.querySelectorAll('[data-item] .line')].filter((e) => e.checkVisibility())"
    return list(browser.ask(f"{shown}.map((e) => e.textContent)"))


def test_an_item_that_was_held_is_on_the_board_of_the_next_day(tmp_path: Path) -> None:
    clock = Clock()
    with second_morning(tmp_path, items=6, unchanged=2, clock=clock) as desk:
        with browsing(desk) as browser:
            browser.go("/board")
            browser.press("j")
            held = str(browser.now["text"])
            browser.press("h")
            assert browser.said == f"Held for tomorrow: {held}"
            assert held not in printed(desk)
            browser.press("g", "Enter")
            assert browser.said == "Signed; every output is written."
        clock.now += timedelta(days=1)
        tomorrow = Desk(desk.store, desk.settings, desk.out, TODAY + timedelta(days=1), clock=clock)
        with browsing(tomorrow) as browser:
            tomorrow.build()
            browser.go("/board")
            assert held in lines_shown(browser)
        tomorrow.jobs.wait()


def test_an_article_is_brought_by_its_address_and_a_private_one_is_refused(tmp_path: Path) -> None:
    with (
        web({"/rink": (200, {}, PAGE), "/there": (302, {"Location": "http://10.0.0.1/"}, "")}) as (address, _),
        second_morning(tmp_path, items=4, unchanged=1, more=LOOPBACK) as desk,
        browsing(desk) as browser,
    ):
        browser.go("/left-out")
        browser.ask("document.querySelector('#address').focus()")
        browser.type(f"{address}/rink")
        browser.press("Enter")
        desk.jobs.wait()
        assert TITLE in printed(desk)
        browser.go("/left-out")
        browser.ask("document.querySelector('#address').focus()")
        browser.type(f"{address}/there")
        browser.press("Enter")
        assert "it is not connected to" in browser.said
        assert browser.now["refused"]


def test_an_article_is_taken_in_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "rink.txt"
    text = "The ice rink of Ostrel froze again on Tuesday. Skaters had waited since January, the caretaker said."
    file.write_text(f"Title: {TITLE}\nDate: {TODAY.isoformat()}\n\n{text}\n", encoding="utf-8")
    with second_morning(tmp_path, items=4, unchanged=1) as desk, browsing(desk) as browser:
        browser.go("/left-out")
        browser.do("upload", ["#file", str(file)])
        browser.ask("document.querySelector('button[value=file]').focus()")
        browser.press("Enter")
        desk.jobs.wait()
        assert TITLE in printed(desk)


def test_sections_fold_and_keys_jump_between_them(tmp_path: Path) -> None:
    with second_morning(tmp_path, items=30, unchanged=4) as desk, browsing(desk) as browser:
        browser.go("/board")
        themes = [section.theme for section in desk.board().sections if section.items]
        assert len(themes) > 1
        browser.press("j")
        first = browser.item
        browser.press("]")
        home = "document.activeElement.closest('[data-section]').id"
        assert browser.ask(home) == f"section-{themes[1]}"
        browser.press("[")
        assert browser.item == first
        shown = len(lines_shown(browser))
        browser.press("f")
        assert len(lines_shown(browser)) < shown
        assert browser.ask("document.activeElement.localName") == "summary"
        browser.press("j")
        assert browser.ask(home) == f"section-{themes[1]}"
        browser.press("x")  # the page that comes back leaves the section folded
        assert browser.ask(f"document.querySelector('#section-{themes[0]}').open") is False
        assert browser.now["wrong"] == []


def test_neither_desk_nor_browser_reaches_for_anything_outside_this_machine() -> None:
    """Hostile texts in every field, on every screen, in a network namespace that has loopback alone."""
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rn", "true"], check=False).returncode:
        pytest.skip("The system gives no network namespace")
    command = ["unshare", "-rn", sys.executable, "-m", "tests.browser.alone"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    if "Skipped" in run.stderr:
        pytest.skip(run.stderr.splitlines()[-1])
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {"namespace": 0, "desk": [], "browser": []}
