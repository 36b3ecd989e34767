"""The web page in a real browser: axe-core in light and dark, at desk and phone width; a citation there and back."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from briefing.outputs import OUTPUTS, Job
from tests.editions import EDITIONS

pytestmark = pytest.mark.browser

TOOLS = Path(__file__).parent


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    chromium, node = shutil.which("chromium"), shutil.which("node")
    if not chromium or not node:
        pytest.skip("Chromium or Node is not here; apt-get install chromium nodejs")
    if not (TOOLS / "node_modules" / "axe-core").exists():
        pytest.skip("axe is not here; npm install --ignore-scripts --prefix tests/browser")
    folder = tmp_path_factory.mktemp("pages")
    pages = []
    for name, make in EDITIONS.items():
        pages.append(folder / f"{name}.html")
        pages[-1].write_bytes(Job(make(), OUTPUTS).made("html"))
    pages.append(folder / "digest.html")
    pages[-1].write_bytes(Job(EDITIONS["ordinary"]().only("sanctions"), OUTPUTS).made("html"))
    command = [node, str(TOOLS / "look.js"), chromium, *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    looks = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(looks) == 4 * len(pages)
    return looks


def where(look: dict[str, Any]) -> str:
    return f"{look['file']} at {look['width']} in {look['scheme']}"


def test_axe_finds_no_violation(seen: list[dict[str, Any]]) -> None:
    assert {where(look): look["violations"] for look in seen if look["violations"]} == {}


def test_no_page_scrolls_sideways(seen: list[dict[str, Any]]) -> None:
    assert [where(look) for look in seen if look["scrolls"]] == []


def test_the_first_key_press_offers_to_skip_the_contents(seen: list[dict[str, Any]]) -> None:
    assert {look["first"] for look in seen} == {"#main"}


def test_a_citation_leads_to_its_source_and_back_into_view(seen: list[dict[str, Any]]) -> None:
    rounds = {where(look): look["round"] for look in seen if look["file"] != "nothing.html"}
    assert {place: r for place, r in rounds.items() if r != {"arrived": True, "returned": True, "same": True}} == {}


def test_the_page_follows_the_readers_colour_scheme(seen: list[dict[str, Any]]) -> None:
    assert {look["ground"] for look in seen if look["scheme"] == "light"} == {"rgb(255, 255, 255)"}
    assert {look["ground"] for look in seen if look["scheme"] == "dark"} == {"rgb(20, 23, 27)"}


def test_opening_a_page_asks_nobody_for_anything(seen: list[dict[str, Any]]) -> None:
    assert {where(look): look["asked"] for look in seen if look["asked"]} == {}
