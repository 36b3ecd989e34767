"""Importance beside the memory, with a desk's settings, and explained on the command line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import briefing
from briefing.outputs.issue import issue_bytes
from briefing.settings import read_settings
from tests.build.rows import edition_of
from tests.cli.running import run
from tests.roundup_articles import ARREST


def test_what_was_printed_yesterday_is_worth_less_today(tmp_path: Path) -> None:
    printed = edition_of(tmp_path / "in", ARREST)
    articles = briefing.read_articles(tmp_path / "in")
    memory = briefing.memory_of([issue_bytes(printed)], articles)
    stories = briefing.group_stories(articles)
    (new,) = briefing.rate_stories(stories, day=date(2026, 3, 5))
    (known,) = briefing.rate_stories(stories, day=date(2026, 3, 5), memory=memory)
    assert known == pytest.approx(new - 3.0)


def test_a_theme_the_desk_weighs_needs_no_matches_given(tmp_path: Path) -> None:
    edition_of(tmp_path / "in", ARREST)
    stories = briefing.group_stories(briefing.read_articles(tmp_path / "in"))
    bribes = briefing.Theme("bribes", "Bribes", strong=("bribe",))
    (plain,) = briefing.rate_stories(stories, day=date(2026, 3, 4))
    weights = briefing.ImportanceWeights(themes={"bribes": 1.0})
    assert briefing.rate_stories(stories, day=date(2026, 3, 4), weights=weights, themes=[bribes]) == (plain + 1.0,)


def test_the_settings_say_what_a_desk_adds(tmp_path: Path) -> None:
    file = tmp_path / "briefing.toml"
    file.write_text("[importance]\nwords = { grain = 1.5 }\ncountries = { Moldova = -1 }\n", encoding="utf-8")
    weights = read_settings(file).importance.weights()
    assert (dict(weights.words), dict(weights.countries)) == ({"grain": 1.5}, {"Moldova": -1.0})


def test_more_than_five_points_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "briefing.toml"
    file.write_text("[importance]\nwords = { grain = 9 }\n", encoding="utf-8")
    with pytest.raises(briefing.BriefingError, match="grain"):
        read_settings(file)


def test_explain_shows_what_an_article_is_worth_and_why(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(f"{ARREST['title']}\n\n{ARREST['text']}\n", encoding="utf-8")
    done = run("explain", "article.txt", "--show", "importance", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    shown = [float(points) for points in re.findall(r"([+-]\d+\.\d\d)  ", done.stdout)]
    (value,) = re.findall(r"importance (-?\d+\.\d\d)", done.stdout)
    assert "any news" in done.stdout
    assert sum(shown) == pytest.approx(float(value), abs=0.15)
