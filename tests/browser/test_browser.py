"""What readers' programs make of the pages and the mail: Chromium, axe-core, the Nu HTML checker, caniemail."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefing.model import Brand, Mailing
from briefing.outputs import render
from tests.editions import EDITIONS, imprinted, ordinary

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
TOOLS = HERE / "node_modules"
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
MINUTES = 300  # seconds a tool may take on a busy machine


def need(*what: str) -> None:
    """Skip with the reason where a tool is missing."""
    if "node" in what and not shutil.which("node"):
        pytest.skip("Node.js is missing: apt-get install -y nodejs npm")
    if "java" in what and not shutil.which("java"):
        pytest.skip("Java is missing: apt-get install -y default-jre-headless")
    if "chromium" in what and not CHROMIUM.is_file():
        pytest.skip(f"Chromium is missing at {CHROMIUM}: apt-get install -y chromium")
    if not (TOOLS / ".installed").is_file():
        pytest.skip("The tools are not installed: run scripts/browser-setup")


def run(*command: str | Path) -> str:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=MINUTES, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four editions on a disk: ordinary, large, Ukrainian, and one of odd texts with a mark."""
    folder = tmp_path_factory.mktemp("out")
    formats = ["json", "html", "email"]
    mailing = Mailing(list_unsubscribe="https://halden.example/off")
    render(imprinted(ordinary(), mailing=mailing), folder, formats=formats)
    render(imprinted(EDITIONS["sixty-articles"](), day=date(2022, 2, 2)), folder, formats=formats, digests=False)
    render(imprinted(EDITIONS["ukrainian"](), day=date(2022, 2, 3)), folder, formats=formats, digests=False)
    odd = imprinted(EDITIONS["foreign-names"](), day=date(2022, 2, 4), brand=Brand(mark="TLP:RED", accent="#7a1f3d"))
    render(odd, folder, formats=formats, digests=False)
    return folder


# ---- axe-core


def test_nothing_stands_in_the_way_of_any_reader_in_light_and_dark(out: Path) -> None:
    need("node", "chromium")
    pages = [
        out / "index.html",
        out / "2022-02-01" / "briefing.html",
        *sorted(out.glob("*/email.html")),
        out / "2022-02-01" / "digests" / "sanctions.email.html",
    ]
    lines = [json.loads(line) for line in run("node", HERE / "axe.mjs", *pages).splitlines()]
    assert len(lines) == 2 * len(pages)
    assert [line for line in lines if line["violations"]] == []
    assert all(line["passes"] > 20 for line in lines)


def test_what_stands_in_the_way_would_be_found(out: Path, tmp_path: Path) -> None:
    need("node", "chromium")
    page = (out / "index.html").read_text(encoding="utf-8")
    broken = tmp_path / "broken.html"
    broken.write_text(
        page.replace("<label for=", "<span title=").replace("--grey: #4d5661", "--grey: #d0d4d8"), "utf-8"
    )
    found = [json.loads(line) for line in run("node", HERE / "axe.mjs", broken).splitlines()]
    assert {v["id"] for v in found[0]["violations"]} >= {"label", "color-contrast"}


# ---- the Nu HTML checker

#: What the checker says of mails that is meant so, and why.
MAIL_EXCEPTIONS = {
    # Outlook lays out with Word's engine of 2007, which takes widths and spacing from attributes alone.
    r"The “(border|width|cellpadding|cellspacing)” attribute on the “table” element is obsolete": "Outlook",
    r"The “align” attribute on the “td” element is obsolete": "Outlook",
    # Outlook's own property; without it the first words for the inbox are seen in the mail.
    r"CSS: “mso-hide”: Property “mso-hide” doesn't exist": "Outlook",
}
ARCHIVE_EXCEPTIONS = {
    # It does not compute hashes; the browser does, and the script runs: the archive test searches with it.
    r"Inline script violates Content Security Policy": "the script's hash is in the policy",
}


def checked(*pages: Path) -> list[dict[str, Any]]:
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    said = run("java", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", *pages)
    messages: list[dict[str, Any]] = json.loads(said)["messages"]
    return messages


def beyond(messages: list[dict[str, Any]], exceptions: dict[str, str]) -> list[str]:
    return [m["message"] for m in messages if not any(re.match(pattern, m["message"]) for pattern in exceptions)]


def test_the_mail_and_the_archive_are_valid_html(out: Path) -> None:
    need("java")
    mails = [*sorted(out.glob("*/email.html")), out / "2022-02-01" / "digests" / "sanctions.email.html"]
    assert beyond(checked(*mails), MAIL_EXCEPTIONS) == []
    assert beyond(checked(out / "index.html"), ARCHIVE_EXCEPTIONS) == []


def test_a_fault_would_be_found(out: Path, tmp_path: Path) -> None:
    need("java")
    page = (out / "2022-02-01" / "email.html").read_text(encoding="utf-8")
    broken = tmp_path / "email.html"
    broken.write_text(page.replace("<h1", "<p><li></p><h1", 1).replace('alt="', 'data="', 1), encoding="utf-8")
    assert len(beyond(checked(broken), MAIL_EXCEPTIONS)) >= 2


# ---- caniemail

#: What some client does not support, and what its reader sees instead.
ALLOWED = {
    "<bdi> element": "the name is shown, without its isolation; the text around it is ours and short",
    "<body> element": "its background is repeated on the table of the whole page",
    "<style> element": "it holds dark mode and the margins of phones; every other rule is on its element",
    "@media": "the mail is fluid without it; the client's own dark mode applies",
    "Class selector": "what only the head says is colour, dark mode, phones' margins, in long mails the size of notes",
    "Type selector": "the same: links have the client's own colour, numbers of sources its own size",
    "Local anchors": "the number is not a link there; each item links its own sources",
    "dir attribute": "the letters of a language run its way by themselves; only the alignment is lost",
    "color-scheme meta tag": "the client's own dark mode applies",
    "display:none": "the first words for the inbox are one pixel high, of no height and in the colour of the ground",
    "height property": "images have their height as an attribute",
    "max-height property": "mso-hide hides the first words for the inbox there",
    "overflow": "mso-hide hides the first words for the inbox there",
    "role attribute": "tables are read out as tables",
    "word-break": "a word longer than the line makes the page wider",
}
#: What is supported in part, everywhere in the part that is used: plain values on blocks, cells and images.
PARTLY = {
    "<body> element", "<img> element", "<style> element", "<ul>, <ol> and <dl>", "@media", "Class selector",
    "Local anchors", "Type selector",
    "align attribute", "background", "border", "box-sizing", "dir attribute", "display",
    "display:none", "font-size", "font-weight",
    "height attribute", "height property", "lang attribute", "line-height", "margin", "max-width", "overflow",
    "padding", "role attribute", "text-align", "text-decoration", "width attribute", "width property", "word-break",
}  # fmt: skip


@pytest.mark.parametrize("day", ["2022-02-01", "2022-02-04"])
def test_mail_clients_support_what_the_mail_uses_or_show_something_as_good(out: Path, day: str) -> None:
    need("node")
    told = json.loads(run("node", HERE / "caniemail.mjs", out / day / "email.html"))
    assert told["unknown"] == []
    assert {f: c for f, c in told["errors"].items() if f not in ALLOWED} == {}
    assert {f: c for f, c in told["warnings"].items() if f not in PARTLY} == {}


def test_what_clients_do_not_support_would_be_found(out: Path, tmp_path: Path) -> None:
    need("node")
    page = (out / "2022-02-01" / "email.html").read_text(encoding="utf-8")
    broken = tmp_path / "email.html"
    broken.write_text(
        page.replace("<h1 style=", '<video src="x.mp4"></video><h1 style="display: grid" data-x='), "utf-8"
    )
    told = json.loads(run("node", HERE / "caniemail.mjs", broken))
    assert {*told["errors"], *told["warnings"]} - {*ALLOWED, *PARTLY} != set()


# ---- a reader


@pytest.fixture(scope="module")
def seen(out: Path) -> dict[str, Any]:
    need("node", "chromium")
    told: dict[str, Any] = json.loads(run("node", HERE / "archive.mjs", out))
    return told


def days(result: dict[str, Any]) -> list[str]:
    return [edition["day"] for edition in result["editions"]]


def test_the_archive_opened_from_a_disk_lists_every_edition(seen: dict[str, Any]) -> None:
    assert days(seen["before"]) == ["2022-02-04", "2022-02-03", "2022-02-02", "2022-02-01"]
    assert seen["before"]["found"] == seen["cleared"]["found"] == "4 editions"
    assert seen["cleared"]["editions"] == seen["before"]["editions"]


def test_the_search_finds_headlines_themes_and_dates(seen: dict[str, Any]) -> None:
    assert seen["headline"] == {
        "editions": [{"day": "2022-02-01", "lines": ["Cargo aircraft land with launchers and ammunition"]}],
        "found": "1 edition",
    }
    assert days(seen["theme"]) == ["2022-02-02"]
    assert len(seen["theme"]["editions"][0]["lines"]) == len(EDITIONS["sixty-articles"]().sections[2].stories)
    assert days(seen["date"]) == ["2022-02-01"]
    assert days(seen["accent"]) == ["2022-02-03"]
    assert days(seen["sentence"]) == ["2022-02-01"]
    assert seen["address"] == "#q=eastern%20garrisons"
    assert days(seen["kept"]) == ["2022-02-01"]
    assert seen["nothing"] == {"editions": [], "found": "No edition has that."}
    assert seen["markup"]["editions"] == []


def test_the_archive_can_be_used_with_the_keyboard_alone(seen: dict[str, Any]) -> None:
    assert seen["stops"] == ["feed.xml", "query", "2022-02-04/briefing.html"]


def test_a_citation_leads_to_its_source_and_back(seen: dict[str, Any]) -> None:
    assert seen["item"] == {"hash": "#item-3", "there": True}
    assert seen["source"] == {"hash": seen["cite"]["href"], "there": True}
    assert seen["back"]["hash"] == f"#{seen['cite']['id']}"
    assert seen["back"]["text"] == seen["cite"]["href"].removeprefix("#source-")


def test_nothing_is_fetched_and_nothing_is_complained_about(seen: dict[str, Any]) -> None:
    assert seen["foreign"] == []
    assert seen["messages"] == []


def test_on_a_phone_nothing_sticks_out(seen: dict[str, Any]) -> None:
    assert set(seen["overflow"].values()) == {0}
