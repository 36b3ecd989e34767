"""What a visit leaves for the next: a redirect for ever is a hint, and a wrong clock stops nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from briefing.model import Standing, Subscription
from briefing.sources.visits import believed, visit
from tests.hostile.corpus import item, rss
from tests.hostile.server import serving
from tests.sources.web.detour import NOW, elsewhere

HOUR = timedelta(hours=1)
SOURCE = Subscription("News", "feed", "http://news.example/feed.xml", full_text=False)
SAFE = Subscription("News", "feed", "https://news.example/feed.xml", full_text=False)
THERE = Standing("News", SOURCE.address, moved_to="http://other.example/there.xml")


@pytest.fixture
def server():
    with serving({}) as running:
        yield running


def feed(name: str, **more):
    body = rss(item(f"Report of {name}", desc="The harbour office of Varde counted ships on Monday. " * 9, guid=name))
    return {"type": "application/rss+xml", "body": body, **more}


def moved(to: str):
    return {"status": 301, "headers": {"Location": to}}


def go(server, standing=None, *, now=NOW, source=SOURCE):
    fetching = elsewhere(server)
    server.hits.clear()
    made = visit(source, standing or Standing("News"), now=now, known=lambda url: False, fetching=fetching)
    server.hits[:] = [path for path in server.hits if path != "/robots.txt"]
    return made


def codes(made):
    return [note.code for note in made.notes]


def test_a_move_within_the_house_is_remembered_for_a_day_and_told_at_each_visit(server):
    server.told |= {"/feed.xml": moved("http://www.news.example/there.xml"), "/there.xml": feed("there")}
    first = go(server)
    assert (server.hits, codes(first)) == (["/feed.xml", "/there.xml"], ["W_FEED_MOVED"])
    second = go(server, first.standing, now=NOW + HOUR)
    assert (server.hits, codes(second)) == (["/there.xml"], ["W_FEED_MOVED"])
    assert "set its address to http://www.news.example/there.xml" in second.notes[0].message
    third = go(server, second.standing, now=NOW + 24 * HOUR)
    assert (server.hits, codes(third)) == (["/feed.xml", "/there.xml"], ["W_FEED_MOVED"])


def test_a_source_that_is_back_at_its_address_is_read_there_within_a_day(server):
    server.told |= {"/feed.xml": moved("http://www.news.example/there.xml"), "/there.xml": feed("there")}
    standing = go(server).standing
    server.told["/feed.xml"] = feed("home")
    back = go(server, standing, now=NOW + 25 * HOUR)
    assert server.hits == ["/feed.xml"]
    assert (back.standing.moved_to, codes(back)) == ("", [])
    assert [raw.guid for one in back.inputs for raw in one.articles] == ["home"]


def test_a_move_to_another_host_told_over_plain_http_is_followed_told_and_never_remembered(server):
    server.told |= {
        "/feed.xml": moved("http://evil.example/there.xml"),
        "/there.xml": feed("there", headers={"ETag": "1"}),
    }
    first = go(server)
    assert codes(first) == ["W_FEED_MOVED"]
    assert "over plain http" in first.notes[0].message
    assert (first.standing.moved_to, first.standing.etag) == ("", "")
    server.told["/feed.xml"] = lambda asked: {"status": 304} if "if-none-match" in asked else feed("home")
    second = go(server, first.standing, now=NOW + HOUR)
    assert (server.hits, codes(second)) == (["/feed.xml"], [])
    assert [raw.guid for one in second.inputs for raw in one.articles] == ["home"]


def test_a_temporary_redirect_over_plain_http_leaves_nothing_to_ask_by(server):
    elsewhere_now = {"status": 302, "headers": {"Location": "http://evil.example/there.xml"}}
    server.told |= {"/feed.xml": elsewhere_now, "/there.xml": feed("there", headers={"ETag": '"a"'})}
    assert go(server).standing.etag == ""
    server.told["/feed.xml"] = feed("home", headers={"ETag": '"a"'})
    assert go(server).standing.etag == '"a"'


def test_what_the_new_place_was_known_by_is_not_shown_to_the_old_one(server):
    standing = replace(THERE, moved_at=NOW - 25 * HOUR, etag='"there"')
    server.told["/feed.xml"] = lambda asked: {"status": 304} if "if-none-match" in asked else feed("home")
    made = go(server, standing)
    assert [raw.guid for one in made.inputs for raw in one.articles] == ["home"]


def test_an_address_that_cannot_be_had_any_more_is_believed_for_another_day(server):
    server.told["/there.xml"] = feed("there")
    standing = replace(THERE, moved_at=NOW - 25 * HOUR)
    made = go(server, standing)
    assert server.hits == ["/feed.xml", "/there.xml"]
    assert (made.standing.moved_to, made.standing.moved_at, codes(made)) == (THERE.moved_to, NOW, ["W_FEED_MOVED"])
    assert len(made.inputs) == 1


def test_a_move_that_an_older_version_remembered_is_asked_for_again(server):
    server.told |= {"/feed.xml": feed("home"), "/there.xml": feed("there")}
    made = go(server, THERE)
    assert (server.hits, made.standing.moved_to) == (["/feed.xml"], "")


def test_a_source_that_never_sends_what_it_is_asked_for_is_named_after_three_visits(server):
    server.told["/feed.xml"] = {"status": 304}
    standing, told = Standing("News"), []
    for n in range(4):
        made = go(server, standing, now=NOW + n * HOUR)
        standing = made.standing
        told.append(codes(made))
    assert told == [[], [], ["W_NOT_MODIFIED"], ["W_NOT_MODIFIED"]]
    server.told["/feed.xml"] = feed("home", headers={"ETag": '"a"'})
    standing = go(server, standing, now=NOW + 5 * HOUR).standing
    server.told["/feed.xml"] = {"status": 304}
    for n in range(6, 12):  # asked for what has changed it may well say that nothing has
        made = go(server, standing, now=NOW + n * HOUR)
        standing = made.standing
        assert codes(made) == []


# ---------------------------------------------------------------- clocks

YEARS_ON = datetime(2030, 1, 1, 6, tzinfo=UTC)


def test_moments_after_now_are_unknown_and_it_is_said(server):
    server.told["/feed.xml"] = feed("home")
    ahead = go(server, now=YEARS_ON).standing
    made = go(server, ahead)
    assert codes(made) == ["W_CLOCK"]
    assert "2030-01-01 06:00" in made.notes[0].message
    assert made.standing.last_try == made.standing.last_success == NOW
    assert codes(go(server, made.standing, now=NOW + HOUR)) == []


@pytest.mark.parametrize(
    ("kept", "left"),
    [
        ({"last_try": NOW, "last_success": NOW}, {"last_try": NOW, "last_success": NOW}),
        ({"last_try": NOW + timedelta(minutes=4)}, {"last_try": NOW + timedelta(minutes=4)}),
        ({"last_try": YEARS_ON, "last_success": NOW}, {"last_success": NOW}),
        ({"last_try": NOW, "not_before": NOW + 23 * HOUR}, {"last_try": NOW, "not_before": NOW + 23 * HOUR}),
        ({"last_try": NOW, "not_before": YEARS_ON}, {"last_try": NOW}),
        ({"last_try": NOW + HOUR, "not_before": NOW + 2 * HOUR}, {}),
        ({"moved_to": "http://a.example", "moved_at": YEARS_ON}, {"moved_to": "http://a.example"}),
    ],
)
def test_what_is_believed_of_a_standing(kept, left):
    assert believed(Standing("News", **kept), NOW) == Standing("News", **left)
