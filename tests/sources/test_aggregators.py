# ruff: noqa: E501  markup is easier to read on one line
"""Aggregators and alerts: headlines of others are those of the outlets they name, never text of who passes them on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import briefing
from briefing.model import Article
from briefing.sources.aggregated import leads_to
from briefing.sources.mailbox import read_mail
from briefing.sources.opened import Opened
from briefing.stages.clean import clean_all

LIST = (
    '<ol><li><a href="https://a.example/1">Skarn closes northern pier after cracks found</a>&nbsp;<font>Halvern Courier</font></li>'
    '<li><a href="https://a.example/2">Pier shut at Skarn, ferries moved</a>&nbsp;<font>Orrin Times</font></li></ol>'
)


def feed(folder: Path, item: str, title: str = "skarn - News search") -> tuple[Article, ...]:
    text = f'<rss version="2.0"><channel><title>{title}</title><link>https://a.example/</link><item>{item}</item></channel></rss>'
    (folder / "feed.xml").write_text(text, encoding="utf-8")
    return briefing.read_articles(folder / "feed.xml")


def item(description: str, title: str, link: str = "https://a.example/1", more: str = "") -> str:
    return (
        f"<title>{title}</title><link>{link}</link><guid>1</guid><pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate>"
        f"{more}<description><![CDATA[{description}]]></description>"
    )


def test_the_headlines_of_an_item_are_those_of_the_outlets_it_names(tmp_path: Path) -> None:
    source = '<source url="https://courier.example">Halvern Courier</source>'
    found = feed(tmp_path, item(LIST, "Skarn closes northern pier after cracks found - Halvern Courier", more=source))
    assert [(a.title, a.outlet, a.url) for a in found] == [
        ("Skarn closes northern pier after cracks found", "Halvern Courier", "https://a.example/1"),
        ("Pier shut at Skarn, ferries moved", "Orrin Times", "https://a.example/2"),
    ]
    assert len({a.id for a in found}) == 2


def test_a_link_to_comments_is_the_headline_of_the_site_it_leads_to(tmp_path: Path) -> None:
    comments = '<a href="https://a.example/item?id=7">Comments</a>'
    (found,) = feed(tmp_path, item(comments, "Pier shut at Skarn", "https://www.courier.example/pier"))
    assert (found.title, found.outlet) == ("Pier shut at Skarn", "courier.example")


def test_an_edition_prints_a_headline_alone_as_no_more_than_that(tmp_path: Path) -> None:
    source = '<source url="https://courier.example">Halvern Courier</source>'
    feed(tmp_path, item(LIST, "Skarn closes northern pier after cracks found - Halvern Courier", more=source))
    edition = briefing.make_edition([tmp_path], day=date(2026, 3, 2))
    stories = [story for section in edition.sections for story in section.stories]
    assert {(source.outlet, source.title) for source in edition.sources} >= {
        ("Orrin Times", "Pier shut at Skarn, ferries moved")
    }
    assert not any(story.summary for story in stories)
    assert {point.sentence.receipt.of for point in edition.key_points} <= {"title"}
    assert briefing.verify(edition, [tmp_path]).findings == ()


def test_an_item_of_an_alert_is_its_sources_own(tmp_path: Path) -> None:
    text = "The port authority of Skarn closed its northern pier on Monday, divers said."
    link = "https://www.google.com/url?rct=j&amp;url=https://courier.example/pier&amp;ct=ga"
    (found,) = feed(tmp_path, item(text, "Skarn closes pier", link), "Google Alert - skarn")
    assert (found.outlet, found.url, found.body) == ("courier.example", "https://courier.example/pier", text)


def test_the_items_of_an_alert_by_mail_are_items() -> None:
    rows = (
        '<tr><td><a href="https://www.google.com/url?rct=j&url=https://hp.example/1">Skarn closes northern <b>pier</b> after cracks</a><br>'
        '<a href="x">Halvern Press</a><div>The port authority closed its pier on Monday after divers found ...</div><a href="f">Flag</a></td></tr>'
        '<tr><td><a href="https://www.google.com/url?rct=j&url=https://ot.example/2">Ferries moved as Skarn pier shuts</a><br>'
        '<a href="x">Orrin Times</a><div>Ferries use the eastern quay until then. The first leaves at five.</div></td></tr>'
    )
    html = f"<html><body><table><tr><td>Google Alerts</td></tr>{rows}<tr><td>See more results</td></tr></table></body></html>"
    head = "From: Google Alerts <alerts@a.example>\nSubject: Alert\nMessage-ID: <4@a.example>\nContent-Type: text/html; charset=utf-8\n"
    read = read_mail(Opened("1.eml", ".eml", f"{head}Date: Mon, 02 Mar 2026 07:00:00 +0000\n\n{html}".encode()))
    found = [c.article for c in clean_all(read.articles, today=date(2026, 3, 2), time_zone="UTC") if c.article]
    assert [(a.outlet, a.url, a.body) for a in found] == [
        ("Halvern Press", "https://hp.example/1", "Skarn closes northern pier after cracks"),
        ("Orrin Times", "https://ot.example/2", "Ferries use the eastern quay until then. The first leaves at five."),
    ]


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://www.google.co.uk/url?q=https://hp.example/1&sa=t", "https://hp.example/1"),
        ("https://www.google.com/url?url=javascript:alert(1)", "https://www.google.com/url?url=javascript:alert(1)"),
        ("https://hp.example/url?url=https://ot.example/", "https://hp.example/url?url=https://ot.example/"),
        ("https://[broken/url?url=x", "https://[broken/url?url=x"),
    ],
)
def test_only_the_redirect_of_the_search_engine_is_seen_through(link: str, address: str) -> None:
    assert leads_to(link) == address
