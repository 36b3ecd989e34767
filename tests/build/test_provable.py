"""What cannot be proved is left out before anybody sees it, and the rest goes out."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.build import prove_stored
from briefing.build.desk_store import open_store
from briefing.build.provable import provable
from briefing.build.proving import prove
from briefing.cli import run
from briefing.model import Edition
from briefing.outputs import load_edition
from briefing.settings import read_settings
from tests.editions import all_new

DAY = "2026-03-02"
FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Vellmark Courier</title><link>https://courier.example/</link>
<item><title>Sluice opens again after repairs</title><guid isPermaLink="false">s1</guid>
<pubDate>Mon, 02 Mar 2026 06:00:00 +0000</pubDate>
<description>“The old sluice at Vellmark can be used for barges again as soon as the divers have looked \
at its sec…</description>
</item>
<item><title>Bakers want a longer night</title><guid isPermaLink="false">s2</guid>
<pubDate>Mon, 02 Mar 2026 06:00:00 +0000</pubDate>
<description>Bakers in Vellmark asked the council on Monday \
to let ovens be lit at two in the morning. The council will decide in \
April. Neighbours have com…</description></item>
<item><title>Tram line closed for a week</title><guid isPermaLink="false">s3</guid>
<pubDate>Mon, 02 Mar 2026 06:00:00 +0000</pubDate>
<description>The tram to the docks will not run before next Monday, since a water main has washed \
out its bed nea…</description></item>
</channel></rss>
"""
SETTINGS = """
[outputs]
formats = ["json", "markdown"]

[[sources]]
name = "Courier"
kind = "folder"
address = "inbox"
"""


@pytest.fixture
def desk(here: Path) -> Path:
    (here / "inbox").mkdir()
    (here / "inbox" / "feed.xml").write_text(FEED, encoding="utf-8")
    (here / "briefing.toml").write_text(SETTINGS, encoding="utf-8")
    return here


def test_a_teaser_cut_inside_a_quotation_stops_nothing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["daily", "--date", DAY]) == 0
    assert "sentences proved" in capsys.readouterr().err
    edition = load_edition(f"out/{DAY}/briefing.json")
    headlines = {story.headline: story for story in edition.stories}
    assert not headlines["Sluice opens again after repairs"].summary  # only its headline can be printed
    assert headlines["Bakers want a longer night"].summary


def test_half_a_sentence_is_printed_nowhere(desk: Path) -> None:
    assert run(["daily", "--date", DAY]) == 0
    edition = load_edition(f"out/{DAY}/briefing.json")
    assert not any("…" in cited.text for _, cited in edition.walk())
    assert {story.headline for story in edition.stories} >= {"Tram line closed for a week"}  # its headline is whole
    assert edition.key_points[0].sentence.text.startswith("Bakers")


@pytest.fixture(scope="module")
def edition() -> Edition:
    return all_new()


def test_what_the_proof_refuses_is_left_out_and_named_and_the_rest_stays(edition: Edition) -> None:
    where, cited = next((p, s) for p, s in edition.walk() if p[0] == "sections" and "summary" in p and "views" not in p)
    n, i, at = where[1], where[3], where[5]
    assert isinstance(n, int)
    assert isinstance(i, int)
    assert isinstance(at, int)
    section = edition.sections[n]
    bad = replace(cited, text="Nobody said this.")
    story = section.stories[i]
    summary = (*story.summary[:at], bad, *story.summary[at + 1 :])
    stories = (*section.stories[:i], replace(story, summary=summary), *section.stories[i + 1 :])
    sections = (*edition.sections[:n], replace(section, stories=stories), *edition.sections[n + 1 :])
    proved = provable(replace(edition, sections=sections), lambda tried: prove(tried, None))
    assert proved.ok
    assert f"item {story.number}, sentence {at + 1}" in {finding.place for finding in proved.left_out}
    assert "Nobody said this." not in {s.text for _, s in proved.edition.walk()}
    assert [s.number for s in proved.edition.stories] == [s.number for s in edition.stories]
    assert proved.edition.cuts[-1].why == "could not be proved"


def test_an_edition_that_is_proved_stays_as_it_is(edition: Edition) -> None:
    assert provable(edition, lambda tried: prove(tried, None)).edition is edition


def test_publish_and_send_refuse_what_daily_refuses(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("briefing.toml").write_text(
        SETTINGS + '\n[[channels]]\nname = "shelf"\nkind = "folder"\naddress = "shelf"\n', encoding="utf-8"
    )
    Path("shelf").mkdir()
    assert run(["daily", "--date", DAY, "--draft"]) == 0
    assert run(["publish", f"out/{DAY}/edition.md", "--by", "Edda Kroll"]) == 0
    issue = Path(f"out/{DAY}/briefing.json")
    shutil.copy(issue, "kept.json")
    text = issue.read_text(encoding="utf-8")
    issue.write_text(text.replace("Bakers in Vellmark", "Bankers in Vellmark"), encoding="utf-8")
    capsys.readouterr()
    assert run(["send", DAY]) == 1
    assert "not sent" in capsys.readouterr().err
    assert not any(Path("shelf").iterdir())
    shutil.copy("kept.json", issue)
    assert run(["send", DAY]) == 0
    settings = read_settings(None, methods=("newswire",), formats=("json", "markdown"))
    with open_store(settings) as store:
        assert prove_stored(load_edition(issue), store, settings).ok
