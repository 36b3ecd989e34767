"""The first screen: one next step, whatever there is already."""

from __future__ import annotations

from pathlib import Path

from tests.build.desk.rounds import desk_with_articles
from tests.build.desk.setting import desk_over
from tests.desk.opened import visiting


def test_a_day_without_a_draft_offers_to_build_one_and_every_other_screen_says_so(tmp_path: Path) -> None:
    with desk_with_articles(tmp_path) as desk, visiting(desk) as visitor:
        page = visitor.page("/")
        assert page.focus == "next"
        assert "Build the draft" in page.text
        answer = visitor.client.get("/board")
        assert answer.status_code == 503
        assert "No draft was built for" in answer.text


def test_a_draft_that_nobody_touched_offers_the_review(tmp_path: Path) -> None:
    with desk_over(tmp_path) as desk, visiting(desk) as visitor:
        page = visitor.page("/")
        assert page.focus == "next"
        assert {link["href"] for link in page.links if link.get("class") == "button main"} == {"/review"}
        assert "The settings name no source." in page.text
