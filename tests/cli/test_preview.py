"""An edition in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest

from briefing.cli import run


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: bool(found.append(url)) or True)
    return found


@pytest.fixture
def out(here: Path) -> Path:
    for day in ("2022-01-31", "2022-02-01"):
        (here / "out" / day).mkdir(parents=True)
        (here / "out" / day / "briefing.html").write_text("<!doctype html>")
    (here / "out" / "zzz").mkdir()
    (here / "out" / "zzz" / "briefing.html").write_text("no edition")
    return here / "out"


def test_the_newest_edition_is_opened(out: Path, opened: list[str]) -> None:
    assert run(["preview"]) == 0
    assert opened == [(out / "2022-02-01" / "briefing.html").resolve().as_uri()]


def test_a_day_that_is_named_is_opened(out: Path, opened: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["preview", "2022-01-31"]) == 0
    assert capsys.readouterr().out == "out/2022-01-31/briefing.html\n"
    assert opened[0].endswith("/2022-01-31/briefing.html")


@pytest.mark.parametrize("words", [["2022-03-01"], ["--out", "elsewhere"]])
def test_an_edition_that_is_not_there_is_an_error_with_a_hint(
    out: Path, opened: list[str], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["preview", *words]) == 3
    assert "hint: " in capsys.readouterr().err
    assert opened == []


def test_without_a_browser_the_path_is_still_printed(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda url: False)
    assert run(["preview"]) == 0
    said = capsys.readouterr()
    assert said.out == "out/2022-02-01/briefing.html\n"
    assert "no browser" in said.err


def test_a_draft_can_be_looked_at_before_it_is_signed(
    here: Path, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "in").mkdir()
    (here / "in" / "a.txt").write_text(
        "Title: Mill sold\nDate: 2022-02-01\n\nThe mill was sold to a choir on Monday. Its owner said so.\n",
        encoding="utf-8",
    )
    assert run(["preview", "--draft"]) == 3
    assert run(["build", "in", "--date", "2022-02-01", "--draft"]) == 0
    sheet = here / "out/2022-02-01/edition.md"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(text.replace("\nNote:", "\nNote: Read this first."), encoding="utf-8")
    capsys.readouterr()
    assert run(["preview", "--draft"]) == 0
    assert capsys.readouterr().out == "out/2022-02-01/draft.html\n"
    page = (here / "out/2022-02-01/draft.html").read_text(encoding="utf-8")
    assert "Draft, not signed" in page
    assert "Read this first." in page
    assert opened[-1].endswith("/draft.html")
    assert not (here / "out/2022-02-01/briefing.json").exists()
    sheet.write_text(text.replace("The mill was sold", "The mill was bought"), encoding="utf-8")
    assert run(["preview", "--draft"]) == 3
    assert "edition.md:" in capsys.readouterr().err
