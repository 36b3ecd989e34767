# ruff: noqa: E501  articles are easier to read on long lines
"""Learning from the store: what an editor kept under a theme, threw out of it, and put elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.build import match_themes, taught, themes_of
from briefing.build.desk_store import open_store
from briefing.build.single import learn_theme
from briefing.cli.options import today
from briefing.settings import Settings, read_settings
from tests.cli.running import run

DAY = today(Settings())  # the commands look back from today
THEME = '[store]\npath = "desk.sqlite"\n\n[[themes]]\nname = "Energy"\nterms = ["gas", "power plant", "electricity"]\n'
ARTICLES = {
    "plant": (
        "Power plant at Velm to close",
        (
            "The power plant at Velm will close in June, its owner said on Monday. Electricity for the region will come "
            "from turbines at sea. The turbines were ordered two years ago, and the grid is ready for them."
        ),
    ),
    "gas": (
        "Gas flows through new pipeline",
        (
            "Gas began to flow through the pipeline to Orrin on Tuesday, the operator said. The gas replaces coal in two "
            "boilers. Turbines in the harbour will follow, and the grid is to be made stronger, the ministry said."
        ),
    ),
    "party": (
        "Gas balloons and electricity delight Skarn",
        (
            "Gas balloons rose over Skarn on Sunday as the town held its festival of electricity and light. Gas for ninety "
            "balloons came by lorry, the festival office said. Children sang, and bakers gave away cakes in the square."
        ),
    ),
    "budget": (
        "Ardlow passes its budget",
        (
            "The council of Ardlow approved a budget of 41 million crowns late on Tuesday, ending a dispute of three "
            "months. Schools receive the largest share, the mayor Per Lund said."
        ),
    ),
}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "briefing.toml").write_text(THEME)
    (tmp_path / "articles").mkdir()
    for name, (title, text) in ARTICLES.items():
        head = f"Title: {title}\nOutlet: {name.title()} Post\nDate: {DAY}\n\n"
        (tmp_path / "articles" / f"{name}.txt").write_text(head + text + "\n")
    open_store(read_settings(tmp_path / "briefing.toml")).close()
    return tmp_path


def publish(desk: Path, *dropped: str) -> None:
    done = run("build", "articles", "--date", f"{DAY}", "--draft", cwd=desk)
    assert done.returncode == 0, done.stderr
    sheet = desk / "out" / f"{DAY}" / "edition.md"
    lines = sheet.read_text(encoding="utf-8").split("\n")
    marked = [
        "-" + line if line.startswith("## ") and any(title in line for title in dropped) else line for line in lines
    ]
    assert len([line for line in marked if line.startswith("-##")]) == len(dropped)
    sheet.write_text("\n".join(marked), encoding="utf-8")
    done = run("publish", f"out/{DAY}/edition.md", "--by", "Mirela Osk", "--format", "json", cwd=desk)
    assert done.returncode == 0, done.stderr


def test_what_an_editor_left_out_of_a_theme_counts_against_it(desk: Path) -> None:
    publish(desk, ARTICLES["party"][0])
    settings = read_settings(desk / "briefing.toml")
    (theme,) = themes_of(settings)
    found = taught(theme, settings, last=DAY, days=1)
    assert found.editions == 1
    assert {a.title for a in found.kept} == {ARTICLES["plant"][0], ARTICLES["gas"][0]}
    assert [a.title for a in found.thrown_out] == [ARTICLES["party"][0]]
    assert [a.title for a in found.others] == [ARTICLES["budget"][0]]
    learnt = learn_theme(theme, found.kept, [*found.thrown_out, *found.others])
    before, after = ({m.theme.slug: m.score for m in match_themes(found.thrown_out[0], [t])} for t in (theme, learnt))
    assert after.get("energy", 0.0) < before["energy"]


def test_an_edition_that_nobody_signed_teaches_nothing(desk: Path) -> None:
    assert run("build", "articles", "--date", f"{DAY}", "--format", "json", cwd=desk).returncode == 0
    settings = read_settings(desk / "briefing.toml")
    assert taught(themes_of(settings)[0], settings, last=DAY, days=7).editions == 0
    done = run("themes", "learn", "Energy", "--stored", cwd=desk)
    assert done.returncode == 2
    assert "No edition signed in the last 7 days has an article under Energy." in done.stderr


def test_the_command_learns_from_signed_editions_and_from_files_beside_them(desk: Path) -> None:
    publish(desk, ARTICLES["party"][0])
    done = run("themes", "learn", "Energy", "--stored", cwd=desk)
    assert done.returncode == 0, done.stderr
    assert "1 signed editions: 2 kept, 1 thrown out, 1 under other themes." in done.stderr
    assert "learnt from 2 articles and 2 others" in done.stderr
    (desk / "more.txt").write_text("Turbines at sea bring electricity, the grid's operator said on Monday.\n")
    more = run("themes", "learn", "Energy", "more.txt", "--stored", cwd=desk)
    assert "learnt from 3 articles and 2 others" in more.stderr


def test_learning_needs_articles(desk: Path) -> None:
    done = run("themes", "learn", "Energy", cwd=desk)
    assert done.returncode == 2
    assert "--stored" in done.stderr


def test_themes_are_tried_on_the_articles_of_the_store(desk: Path) -> None:
    assert run("build", "articles", "--date", f"{DAY}", "--format", "json", cwd=desk).returncode == 0
    (desk / "new.toml").write_text('[[themes]]\nname = "Town budgets"\nterms = ["budget", "council", "mayor"]\n')
    done = run("themes", "try", "new.toml", "--stored", "--days", "1", cwd=desk)
    assert done.returncode == 0, done.stderr
    assert "town-budgets: none → main" in done.stdout
    assert "energy: main → none" in done.stdout
    assert "of 4 articles would move." in done.stderr
    both = run("themes", "try", "new.toml", "articles", "--stored", cwd=desk)
    assert both.returncode == 2
