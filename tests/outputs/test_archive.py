"""The page of all editions and the feed."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64encode
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree, html

from briefing.model import Brand, Edition, is_red
from briefing.outputs import render
from briefing.outputs.archive import read_listings, write_archive
from briefing.outputs.issue import issue_bytes
from tests.editions import EDITIONS, imprinted, ordinary
from tests.outputs import atom_rules
from tests.outputs.hostile_edition import BAD, hostile

ATOM = "{http://www.w3.org/2005/Atom}"


def put(out: Path, edition: Edition, *others: str) -> None:
    folder = out / edition.day.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "briefing.json").write_bytes(issue_bytes(edition))
    for name in others:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"x")


def three(out: Path) -> None:
    put(out, ordinary(), "briefing.html", "briefing.pdf", "digests/diplomacy.html")
    put(out, imprinted(EDITIONS["ukrainian"](), day=date(2022, 2, 3)), "briefing.html")
    put(out, imprinted(EDITIONS["undated"](), day=date(2022, 1, 30)))


def page_of(out: Path) -> html.HtmlElement:
    write_archive(out)
    return html.document_fromstring((out / "index.html").read_bytes())


def searched(out: Path) -> list[dict[str, Any]]:
    """What the page's script is told of every edition, the newest month first."""
    files = sorted((out / "search").glob("*.js"), reverse=True)
    texts = [re.fullmatch(r"briefingMonth\((.*)\);\n", file.read_text(encoding="utf-8")) for file in files]
    return [edition for text in texts if text for edition in json.loads(text[1])]


def test_editions_are_listed_newest_first_with_links_to_what_is_there(tmp_path: Path) -> None:
    three(tmp_path)
    page = page_of(tmp_path)
    articles = page.findall(".//article")
    assert [a.get("aria-labelledby") for a in articles] == ["day-2022-02-03", "day-2022-02-01", "day-2022-01-30"]
    links = [a.get("href") for a in page.iter("a")]
    for link in links:
        assert (tmp_path / link.partition("#")[0]).is_file(), link
    assert "2022-02-01/briefing.pdf" in links
    assert "2022-02-01/digests/diplomacy.html" in links
    assert "2022-02-01/digests/sanctions.html" not in links
    assert "2022-02-01/briefing.html#item-3" in links
    assert not [link for link in links if link.startswith("2022-01-30")]


def test_an_edition_of_which_not_all_items_are_listed_says_how_many_more_it_has(tmp_path: Path) -> None:
    put(tmp_path, EDITIONS["sixty-articles"]())
    lines = [line.text_content() for line in page_of(tmp_path).findall(".//ul[@class='shown']/li")]
    assert len(lines) == 7
    assert lines[-1] == "24 more items"
    three(tmp_path)
    assert "more item" not in page_of(tmp_path).findall(".//article")[0].text_content()


def test_a_build_writes_the_archive_and_a_digest_alone_does_not(tmp_path: Path) -> None:
    written = render(ordinary(), tmp_path, formats=["json", "html"])
    assert [path.name for path in written[-2:]] == ["index.html", "feed.xml"]
    assert "2022-02-01" in (tmp_path / "index.html").read_text(encoding="utf-8")
    render(ordinary(), tmp_path / "other", only="sanctions")
    assert not (tmp_path / "other" / "index.html").exists()


def test_an_item_linked_from_the_archive_is_on_its_page(tmp_path: Path) -> None:
    render(ordinary(), tmp_path, formats=["json", "html"])
    page = html.document_fromstring((tmp_path / "2022-02-01" / "briefing.html").read_bytes())
    ids = {element.get("id") for element in page.iter("*")}
    archive = html.document_fromstring((tmp_path / "index.html").read_bytes())
    items = [a.get("href").partition("#")[2] for a in archive.iter("a") if "#" in a.get("href")]
    assert len(items) == 5
    assert set(items) <= ids


def test_the_search_knows_every_headline_theme_date_and_sentence(tmp_path: Path) -> None:
    put(tmp_path, EDITIONS["sixty-articles"]())
    page = page_of(tmp_path)
    (edition,) = searched(tmp_path)
    stories = [(s, sec.name) for sec in EDITIONS["sixty-articles"]().sections for s in sec.stories]
    assert [item[:3] for item in edition["items"]] == [[s.number, s.headline, name] for s, name in stories]
    for item, (story, _) in zip(edition["items"], stories, strict=True):
        assert all(sentence.text in item[3] for sentence in story.summary)
    assert "2022-02-01 Tuesday, 1 February 2022 1 Feb 2022" in edition["about"]
    told = json.loads(page.get_element_by_id("data").text)
    assert told["counts"] == ["0 editions", "1 edition"]
    assert told["months"] == ["search/2022-02.js"]


def test_the_search_knows_key_points_and_passages_of_their_items(tmp_path: Path) -> None:
    put(tmp_path, ordinary())
    write_archive(tmp_path)
    (edition,) = searched(tmp_path)
    texts = {item[0]: item[3] for item in edition["items"]}
    assert all(point.sentence.text in texts[point.story] for point in ordinary().key_points)
    passages = [p for section in ordinary().sections for p in section.passages]
    assert passages
    assert all(sentence.text in texts[p.story] for p in passages for sentence in p.sentences)


def test_the_search_knows_the_spellings_of_a_name(tmp_path: Path) -> None:
    three(tmp_path)
    names = [set(line.split()) for line in json.loads(page_of(tmp_path).get_element_by_id("data").text)["names"]]
    assert any({"zelensky", "zelenskiy", "zelenskyy"} <= line for line in names)
    assert any({"kyiv", "kiev"} <= line for line in names)
    assert all(len(line) > 1 for line in names)


def test_editions_stand_under_their_months_and_older_ones_take_a_line(tmp_path: Path) -> None:
    for n in range(40):
        put(tmp_path, imprinted(ordinary(), day=date(2022, 2, 20) - timedelta(n)), "briefing.html")
    page = page_of(tmp_path)
    months = [section.find("h2").text for section in page.find_class("month")]
    assert months == ["2022-02", "2022-01", "2022-01"]
    assert len(page.findall(".//article")) == 31
    older = page.find_class("older")[0].findall(".//li")
    assert [line.get("id") for line in older] == [f"day-2022-01-{day:02}" for day in range(20, 11, -1)]
    assert older[0].find("a").get("href") == "2022-01-20/briefing.html"


def test_a_thousand_editions_open_with_less_than_300_kilobytes(tmp_path: Path) -> None:
    for n in range(1000):
        put(tmp_path, imprinted(ordinary(), day=date(2024, 12, 31) - timedelta(n)), "briefing.html", "briefing.pdf")
    write_archive(tmp_path)
    assert (tmp_path / "index.html").stat().st_size < 300_000
    assert len(searched(tmp_path)) == 1000
    assert len(list((tmp_path / "search").iterdir())) == 33  # months


def test_the_months_that_did_not_change_are_not_written_again(tmp_path: Path) -> None:
    three(tmp_path)
    assert [path.name for path in write_archive(tmp_path)] == ["2022-02.js", "2022-01.js", "index.html", "feed.xml"]
    put(tmp_path, imprinted(ordinary(), day=date(2022, 2, 5)))
    assert [path.name for path in write_archive(tmp_path)] == ["2022-02.js", "index.html", "feed.xml"]
    shutil.rmtree(tmp_path / "2022-01-30")
    write_archive(tmp_path)
    assert [path.name for path in (tmp_path / "search").iterdir()] == ["2022-02.js"]


def test_the_policy_of_the_page_names_its_one_script_by_hash(tmp_path: Path) -> None:
    three(tmp_path)
    page = page_of(tmp_path)
    scripts = [s for s in page.iter("script") if s.get("type") != "application/json"]
    assert len(scripts) == 1
    digest = b64encode(sha256(scripts[0].text.encode()).digest()).decode()
    policy = page.find(".//meta[@http-equiv]").get("content")
    assert f"script-src 'strict-dynamic' 'sha256-{digest}';" in policy
    assert "default-src 'none'" in policy
    assert "unsafe-inline'; img" in policy  # of styles alone
    assert "connect-src" not in policy


def test_what_an_issue_file_says_is_text_in_the_archive_and_the_feed(tmp_path: Path) -> None:
    bad = replace(hostile(), sections=tuple(replace(s, name=f"{s.name}</script><!--") for s in hostile().sections))
    put(tmp_path, bad, "briefing.html")
    page = page_of(tmp_path)
    assert len(page.findall(".//script")) == 2
    assert not list(page.iter("img", "iframe", "object"))
    assert not [n for e in page.iter("*") for n in e.attrib if n.startswith("on")]
    assert BAD[:-1] in page.text_content()
    assert searched(tmp_path)[0]["items"][0][1] == BAD[:-1]
    assert "<" not in (tmp_path / "search" / "2022-02.js").read_text(encoding="utf-8")
    assert "\u202e" not in (tmp_path / "index.html").read_text(encoding="utf-8")
    feed = etree.parse(tmp_path / "feed.xml")
    assert not [e for e in feed.iter() if "script" in str(e.tag) or "img" in str(e.tag)]
    assert BAD[:-1] in "".join(feed.getroot().itertext())


def test_issue_files_that_cannot_be_read_are_left_out(tmp_path: Path) -> None:
    three(tmp_path)
    for name, content in {
        "2022-03-01": b"{", "2022-03-02": b"[]", "2022-03-03": b"\xff\xfe", "2022-03-04": b'{"schema": 99}',
        "2022-03-05": issue_bytes(ordinary()),  # of another day than its folder's
    }.items():  # fmt: skip
        (tmp_path / name).mkdir()
        (tmp_path / name / "briefing.json").write_bytes(content)
    put(tmp_path, imprinted(ordinary(), day=date(2022, 3, 6)).only("sanctions"))
    (tmp_path / "2022-03-07").mkdir()
    (tmp_path / "2022-03-07" / "briefing.json").mkdir()
    assert [e.folder for e in read_listings(tmp_path)] == ["2022-02-03", "2022-02-01", "2022-01-30"]


def test_an_empty_folder_has_an_empty_archive(tmp_path: Path) -> None:
    page = page_of(tmp_path)
    assert "There is no edition yet." in page.text_content()
    assert feedparser.parse((tmp_path / "feed.xml").read_bytes()).bozo is False


# ---- the feed


def test_the_feed_is_read_by_a_feed_reader(tmp_path: Path) -> None:
    three(tmp_path)
    write_archive(tmp_path)
    feed = feedparser.parse((tmp_path / "feed.xml").read_bytes())
    assert feed.bozo is False
    assert feed.version == "atom10"
    assert [e.title for e in feed.entries] == [
        "Ранковий огляд, Четвер, 3 лютого 2022 року",
        "[TLP:AMBER] Morning Briefing, Tuesday, 1 February 2022",
        "Morning Briefing, Sunday, 30 January 2022",
    ]
    assert feed.feed.updated == feed.entries[0].updated == "2022-02-03T06:00:00+02:00"
    assert feed.entries[1].link == "2022-02-01/briefing.html"
    assert ordinary().key_points[0].sentence.text in feed.entries[1].content[0].value


def test_the_feed_has_what_the_standard_requires(tmp_path: Path) -> None:
    three(tmp_path)
    write_archive(tmp_path)
    root = etree.parse(tmp_path / "feed.xml").getroot()
    ids = [e.text for e in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == 4
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", i) for i in ids)
    for place in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(place.findall(f"{ATOM}{name}")) == 1
    assert len(root.findall(f"{ATOM}author")) == 1
    times = [e.text for e in root.iter(f"{ATOM}updated")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", t) for t in times)


def test_the_feed_keeps_the_rules_of_atom(tmp_path: Path) -> None:
    write_archive(tmp_path)
    assert list(atom_rules.faults((tmp_path / "feed.xml").read_bytes())) == []
    three(tmp_path)
    write_archive(tmp_path)
    assert list(atom_rules.faults((tmp_path / "feed.xml").read_bytes())) == []


def test_on_the_web_every_address_of_the_feed_is_absolute(tmp_path: Path) -> None:
    edition = imprinted(ordinary(), web_address="https://desk.example/briefing")
    put(tmp_path, edition, "briefing.html", "briefing.pdf")
    write_archive(tmp_path)
    data = (tmp_path / "feed.xml").read_bytes()
    assert list(atom_rules.faults(data, absolute=True)) == []
    feed = feedparser.parse(data)
    home = "https://desk.example/briefing"
    assert [link.href for link in feed.feed.links] == [f"{home}/feed.xml", f"{home}/"]
    (entry,) = feed.entries
    assert entry.link == f"{home}/2022-02-01/briefing.html"
    assert [(tag.term, tag.label) for tag in entry.tags] == [(s.theme, s.name) for s in edition.sections if s.stories]
    (pdf,) = entry.enclosures
    assert (pdf.href, pdf.type) == (f"{home}/2022-02-01/briefing.pdf", "application/pdf")
    assert int(pdf.length) == (tmp_path / "2022-02-01" / "briefing.pdf").stat().st_size
    links = [f"{home}/2022-02-01/briefing.html#item-{story.number}" for story in edition.stories]
    assert all(f'href="{link}"' in entry.content[0].value for link in links)


@pytest.mark.parametrize(
    ("old", "new", "section"),
    [
        ("<updated>2022-02-03T06", "<updated>3 February 2022", "3.3"),
        ('term="diplomacy"', 'term=""', "4.2.2.1"),
        ("<name>", "<name/><x>", "3.2.1"),
        ('rel="self"', 'rel="via"', "4.1.1"),
        ("urn:uuid:", "", "4.2.6"),
        ('length="1" ', "", "4.2.7.2"),
        ("<generator>briefing</generator>", "<published>2022-02-03T06:00:00Z</published>", "4.1"),
        ('<div xmlns="http://www.w3.org/1999/xhtml">', '<div xmlns="">', "4.1.3.3"),
    ],
)
def test_a_broken_feed_is_noticed(tmp_path: Path, old: str, new: str, section: str) -> None:
    three(tmp_path)
    put(tmp_path, ordinary(), "briefing.pdf")
    write_archive(tmp_path)
    feed = (tmp_path / "feed.xml").read_text(encoding="utf-8")
    assert old in feed
    broken = feed.replace(old, new).replace("</name>", "</x>" if "<x>" in new else "</name>")
    assert any(fault.startswith(f"{section}:") for fault in atom_rules.faults(broken.encode()))


def test_ids_stay_when_editions_come_and_titles_change(tmp_path: Path) -> None:
    put(tmp_path, ordinary())
    write_archive(tmp_path)
    before = feedparser.parse((tmp_path / "feed.xml").read_bytes())
    put(tmp_path, imprinted(ordinary(), day=date(2022, 2, 2), title="Evening Briefing", organisation="Another"))
    write_archive(tmp_path)
    after = feedparser.parse((tmp_path / "feed.xml").read_bytes())
    assert after.feed.id == before.feed.id
    assert after.entries[1].id == before.entries[0].id


@pytest.mark.parametrize("mark", ["TLP:RED", "tlp:red", "TLP: RED", "TLP RED – for the board"])
def test_what_is_marked_red_is_never_in_the_feed(tmp_path: Path, mark: str) -> None:
    three(tmp_path)
    secret = imprinted(ordinary(), day=date(2022, 2, 9), title="Board only", brand=Brand(mark=mark))
    put(tmp_path, secret, "briefing.html")
    write_archive(tmp_path)
    feed = (tmp_path / "feed.xml").read_text(encoding="utf-8")
    assert "Board only" not in feed
    assert "2022-02-09" not in feed
    assert len(feedparser.parse(feed).entries) == 3
    assert "Board only" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_other_marks_are_not_red() -> None:
    assert not any(map(is_red, ["", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:GREEN", "TLP:CLEAR", "Redacted"]))


def test_the_same_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    three(tmp_path)
    first = [path.read_bytes() for path in write_archive(tmp_path)[-2:]]
    assert [path.read_bytes() for path in write_archive(tmp_path)] == first
