"""What a visit brings from a feed, a site, a page, a folder and a mailbox, and what it leaves for the next."""

from __future__ import annotations

import gzip
import json
import mailbox
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

import pytest

from briefing.model import Standing, Subscription
from briefing.sources.feed import read_feed
from briefing.sources.json_feed import read_json_feed
from briefing.sources.page import read_page
from briefing.sources.visits import visit
from briefing.sources.web import Fetching
from briefing.sources.web.listing import article_links, looks_like_article, offered_feed
from briefing.sources.web.sitemap import read_sitemap
from briefing.stages.clean import clean_all
from tests.hostile.corpus import item, rss
from tests.hostile.server import serving
from tests.sources.web.detour import NOW, elsewhere

HOME = "http://news.example"
VERSION = "https://jsonfeed.org/version/1.1"
FERRY = "The car ferry between Port Halvern and Skarn Island stopped running on Monday after a storm damaged its ramp. "
LATER = "Engineers said that repairs would take until Thursday, and the town hired two smaller boats for the week. "


def page(title="Ferry halted by storm", text=(FERRY + LATER) * 4, head=""):
    paragraphs = "".join(f"<p>{text[at : at + 400]}</p>" for at in range(0, len(text), 400))
    body = f"<body><article><h1>{title}</h1>{paragraphs}</article></body>"
    html = f"<html><head><title>{title}</title>{head}</head>{body}</html>"
    return {"type": "text/html; charset=utf-8", "body": html}


def feed(*items, **more):
    return {"type": "application/rss+xml", "body": rss("".join(items)), **more}


def story(name="a", desc="The ferry stopped…", **more):
    return item(f"Title {name}", desc=desc, link=f"{HOME}/{name}", **more)


@pytest.fixture
def server():
    with serving({}) as running:
        yield running


@pytest.fixture
def fetching(server):
    return elsewhere(server)


def source(kind="feed", path="/feed.xml", **more):
    return Subscription("News", kind, path if kind in ("folder", "mailbox") else HOME + path, **more)


def go(fetching, subscription, standing=None, *, known=(), now=NOW):
    return visit(subscription, standing or Standing("News"), now=now, known=lambda url: url in known, fetching=fetching)


def articles(made):
    return [raw for one in made.inputs for raw in one.articles]


def codes(made):
    return [note.code for one in made.inputs for note in (*one.notes, *(n for r in one.articles for n in r.notes))]


# ---------------------------------------------------------------- feeds


def test_a_teaser_is_replaced_by_the_text_of_its_page(server, fetching):
    server.told |= {
        "/feed.xml": feed(story("a")),
        "/a": page("Ferry halted", head='<meta name="author" content="L. Marsh">'),
    }
    (raw,) = articles(go(fetching, source(outlet="Courier", language="en")))
    assert raw.text.startswith(FERRY.strip())
    assert len(raw.text) > 700
    assert (raw.input, raw.guid, raw.url) == (f"News/{HOME}/a", f"{HOME}/a", f"{HOME}/a")
    assert (raw.title, raw.byline, raw.language) == ("Title a", "L. Marsh", "en")
    assert raw.dates[-1].text == "Sat, 21 Nov 2026 08:00:00 GMT"


def test_a_feed_with_whole_articles_is_enough(server, fetching):
    server.told["/feed.xml"] = feed(story("a", desc=(FERRY + LATER) * 6))
    assert len(articles(go(fetching, source()))) == 1
    assert server.hits == ["/robots.txt", "/feed.xml"]


def test_a_long_item_that_says_that_it_goes_on_is_a_teaser(server, fetching):
    server.told |= {
        "/feed.xml": feed(story("a", desc=(FERRY + LATER) * 6 + "Continue reading")),
        "/a": page(text=(FERRY + LATER) * 9),
    }
    (raw,) = articles(go(fetching, source()))
    assert len(raw.text) > 1800
    assert "/a" in server.hits


def test_pages_are_not_fetched_where_the_desk_does_not_want_it(server, fetching):
    server.told["/feed.xml"] = feed(story("a"))
    (raw,) = articles(go(fetching, source(full_text=False)))
    assert raw.text == "The ferry stopped…"
    assert server.hits == ["/robots.txt", "/feed.xml"]


def test_an_item_without_a_text_has_that_of_its_page(server, fetching):
    server.told |= {"/feed.xml": feed(story("a", desc="")), "/a": page()}
    assert len(articles(go(fetching, source()))) == 1


def test_an_item_without_a_text_and_without_a_page_is_refused_under_a_name_of_its_own(server, fetching):
    server.told["/feed.xml"] = feed(story("a", desc="", guid="tag:1"), story("b", desc="", guid="tag:2"))
    made = go(fetching, source(full_text=False))
    assert [one.path for one in made.inputs] == ["News/tag:1", "News/tag:2"]
    assert codes(made) == ["E_EMPTY", "E_EMPTY"]


def test_an_article_that_is_known_is_not_fetched_again_the_same_day(server, fetching):
    server.told |= {"/feed.xml": feed(story("a"), story("b")), "/a": page(), "/b": page()}
    before = replace(Standing("News"), last_success=NOW - timedelta(minutes=1))
    made = go(fetching, source(), before, known={f"{HOME}/a"})
    assert [raw.url for raw in articles(made)] == [f"{HOME}/b"]
    assert "/a" not in server.hits


def test_an_article_that_is_known_is_looked_at_again_once_a_day_as_long_as_it_is_listed(server, fetching):
    server.told |= {"/feed.xml": feed(*(story(f"p{n}") for n in range(9))), **{f"/p{n}": page() for n in range(9)}}
    known = {f"{HOME}/p{n}" for n in range(9)}
    looked = []
    for hour in range(24):
        at = NOW + timedelta(hours=hour)
        before = replace(Standing("News"), last_success=at - timedelta(hours=1))
        looked += [raw.url for raw in articles(go(fetching, source(), before, known=known, now=at))]
    assert sorted(looked) == sorted(known)


def test_a_known_article_whose_page_cannot_be_had_today_is_left_as_it_is(server, fetching):
    server.told["/feed.xml"] = feed(story("a"))
    before = replace(Standing("News"), last_success=NOW - timedelta(days=1))
    made = go(fetching, source(), before, known={f"{HOME}/a"})
    assert "/a" in server.hits
    assert made.inputs == ()


@pytest.mark.parametrize("status", [401, 402, 403, 500])
def test_where_the_page_cannot_be_had_the_teaser_is_kept_with_the_reason(server, fetching, status):
    server.told |= {"/feed.xml": feed(story("a")), "/a": {"status": status}}
    made = go(fetching, source())
    assert [raw.text for raw in articles(made)] == ["The ferry stopped…"]
    assert codes(made) == ["W_TEASER"]
    assert str(status) in articles(made)[0].notes[-1].message


def test_a_login_in_the_place_of_an_article_is_no_article(server, fetching):
    door = {
        "type": "text/html",
        "body": "<title>Log in</title><form><input type=password></form><p>Log in to read.</p>",
    }
    server.told |= {"/feed.xml": feed(story("a")), "/a": door}
    assert codes(go(fetching, source())) == ["W_TEASER"]


def test_a_link_to_this_machine_in_a_feed_from_elsewhere_is_not_followed(server, fetching):
    server.told |= {"/feed.xml": feed(item("T", desc="Short…", link="http://127.0.0.1/admin"))}
    made = go(fetching, source())
    assert codes(made) == ["W_TEASER"]
    assert "it is not connected to" in articles(made)[0].notes[-1].message


def test_no_more_pages_are_fetched_than_the_desk_allows_and_the_rest_is_left_for_the_next_visit(server, fetching):
    names = [f"p{n}" for n in range(5)]
    told = feed(*(story(name) for name in names), headers={"ETag": '"1"'})
    server.told |= {"/feed.xml": told, **{f"/{name}": page() for name in names}}
    made = go(fetching, source(most=2))
    assert [raw.url for raw in articles(made)] == [f"{HOME}/p0", f"{HOME}/p1"]
    assert made.standing.etag == ""  # else the rest would never be seen
    again = go(fetching, source(most=9), made.standing, known={raw.url for raw in articles(made)})
    assert [raw.url for raw in articles(again)] == [f"{HOME}/p2", f"{HOME}/p3", f"{HOME}/p4"]
    assert again.standing.etag == '"1"'


def test_two_items_with_one_name_have_keys_of_their_own(server, fetching):
    server.told["/feed.xml"] = feed(story("a", guid="x"), story("b", guid="x", desc="Something else."))
    paths = [one.path for one in go(fetching, source(full_text=False)).inputs]
    assert len(set(paths)) == 2
    assert all(path.startswith("News/x") for path in paths)


def test_keys_do_not_depend_on_what_else_is_in_the_feed(server, fetching):
    server.told["/feed.xml"] = feed(story("a"))
    first = go(fetching, source(full_text=False)).inputs
    server.told["/feed.xml"] = feed(story("new"), story("a"))
    assert first[0] in go(fetching, source(full_text=False)).inputs


def test_an_atom_feed_and_a_json_feed_are_read_whatever_they_are_called(server, fetching):
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><title>T</title><id>1</id><summary>Ferry.</summary></entry></feed>'
    json_feed = (
        '{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","content_text":"Ferry."}]}'
    )
    for body in (atom, json_feed):
        server.told["/feed.xml"] = {"type": "text/plain", "body": body}
        assert [raw.text for raw in articles(go(fetching, source(full_text=False)))] == ["Ferry."]


@pytest.mark.parametrize(
    ("link", "url"), [("/a", f"{HOME}/a"), ("b.html", f"{HOME}/x/b.html"), ("//c.example/d", "http://c.example/d")]
)
def test_a_link_that_leaves_out_the_host_starts_where_the_feed_is(server, fetching, link, url):
    entry = f'<title>T</title><link href="{link}"/><id>1</id><summary>Ferry.</summary>'
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry>{entry}</entry></feed>'
    for body in (atom, rss(item("T", link=link))):
        server.told["/x/feed.xml"] = {"type": "application/xml", "body": body}
        assert [raw.url for raw in articles(go(fetching, source(path="/x/feed.xml", full_text=False)))] == [url]


def test_a_list_of_feeds_is_no_feed(server, fetching):
    server.told["/feed.xml"] = {"body": '<opml version="2.0"><body><outline xmlUrl="http://x.example/"/></body></opml>'}
    made = go(fetching, source())
    assert [note.code for note in made.notes] == ["E_NOT_A_FEED"]


def test_a_page_in_the_place_of_a_feed_is_answered_with_the_feed_it_offers(server, fetching):
    link = '<link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b=2">'
    server.told["/feed.xml"] = page(head=link)
    made = go(fetching, source())
    assert [note.code for note in made.notes] == ["E_NOT_A_FEED"]
    assert f"offers a feed at {HOME}/rss?a=1&b=2." in made.notes[0].message


# ---------------------------------------------------------------- what is remembered


def test_a_feed_that_has_not_changed_costs_one_short_answer(server, fetching):
    def answer(asked):
        return {"status": 304} if asked.get("if-none-match") == '"1"' else feed(story("a"), headers={"ETag": '"1"'})

    server.told["/feed.xml"] = answer
    first = go(fetching, source(full_text=False))
    second = go(fetching, source(full_text=False), first.standing, now=NOW + timedelta(hours=1))
    assert (first.unchanged, len(first.inputs)) == (False, 1)
    assert (second.unchanged, second.inputs) == (True, ())
    assert second.standing.last_success == NOW + timedelta(hours=1)
    assert second.standing.etag == '"1"'


def test_a_feed_that_has_moved_for_good_is_asked_at_its_new_place(server, fetching):
    server.told |= {"/feed.xml": {"status": 301, "headers": {"Location": "/new.xml"}}, "/new.xml": feed(story("a"))}
    first = go(fetching, source(full_text=False))
    assert first.standing.moved_to == f"{HOME}/new.xml"
    assert [note.code for note in first.notes] == ["W_FEED_MOVED"]
    server.hits.clear()
    second = go(fetching, source(full_text=False), first.standing)
    assert server.hits == ["/new.xml"]
    assert second.standing.moved_to == f"{HOME}/new.xml"


def test_a_move_to_what_is_no_feed_is_not_believed(server, fetching):
    portal = {"type": "text/html", "body": "<title>Welcome to the hotel</title>"}
    server.told |= {"/feed.xml": {"status": 301, "headers": {"Location": "/portal"}}, "/portal": portal}
    assert go(fetching, source()).standing.moved_to == ""


def test_a_new_place_that_fails_three_times_is_given_up_for_the_old_one(server, fetching):
    standing = replace(Standing("News"), moved_to=f"{HOME}/new.xml", etag='"1"')
    for expected in (f"{HOME}/new.xml", f"{HOME}/new.xml", ""):
        standing = go(fetching, source(), standing).standing
        assert standing.moved_to == expected
    assert standing.etag == ""


def test_what_is_known_of_a_source_is_forgotten_when_the_desk_gives_it_another_address(server, fetching):
    server.told |= {"/feed.xml": {"status": 410}, "/other.xml": feed(story("a"))}
    gone = go(fetching, source()).standing
    assert gone.gone
    made = go(fetching, source(path="/other.xml", full_text=False), gone)
    assert (made.standing.gone, made.standing.failures, made.standing.error) == (False, 0, "")


def test_failures_are_counted_and_forgotten_at_the_first_success(server, fetching):
    standing = Standing("News")
    for number in (1, 2):
        standing = go(fetching, source(), standing).standing
        assert (standing.failures, standing.last_success) == (number, None)
        assert "is not there (404)" in standing.error
    server.told["/feed.xml"] = feed(story("a"))
    standing = go(fetching, source(full_text=False), standing).standing
    assert (standing.failures, standing.error, standing.last_success) == (0, "", NOW)


def test_when_a_server_may_be_asked_again_is_remembered(server, fetching):
    server.told["/feed.xml"] = {"status": 429, "headers": {"Retry-After": "600"}}
    assert go(fetching, source()).standing.not_before == NOW + timedelta(seconds=600)


# ---------------------------------------------------------------- sites


def links(*paths, text="A headline that is long enough to be one"):
    body = "".join(f'<li><a href="{path}">{text}</a></li>' for path in paths)
    return {"type": "text/html", "body": f"<title>Front page</title><ul>{body}</ul>"}


def test_a_page_of_links_leads_to_its_articles_and_to_nothing_else(server, fetching):
    listed = (
        *("/2026/11/25/ferry-halted-by-storm", "/about", "/tag/ferry-in-the-storm-now", "/photo-of-the-big-storm.jpg"),
        *("http://other.example/2026/11/25/x-y-z-story", "mailto:a@b.example", "javascript:alert(1)", "#top"),
        *("/2026/11/25/ferry-halted-by-storm#comments", "/news/bridge-closed-to-lorries-again"),
    )
    server.told |= {"/": links(*listed)}
    server.told |= {path: page() for path in (listed[0], "/news/bridge-closed-to-lorries-again")}
    made = go(fetching, source("site", "/", outlet="Courier"))
    assert [raw.url for raw in articles(made)] == [HOME + listed[0], f"{HOME}/news/bridge-closed-to-lorries-again"]
    assert {raw.outlet for raw in articles(made)} == {"Courier"}
    assert set(server.hits) == {"/robots.txt", "/", listed[0], "/news/bridge-closed-to-lorries-again"}


@pytest.mark.parametrize(
    ("path", "text", "is_one"),
    [
        ("/2026/11/25/world/europe/talks.html", "Talks resume in Geneva after weeks", True),
        ("/news/world-europe-60220720", "Ukraine: what we know of the talks", True),
        ("/news/articles/c5yq2z0xk", "Ukraine: what we know of the talks", True),
        ("/de/artikel/die-minister-trafen-sich-in-berlin", "", True),
        ("/politics/2026/nov/25/ministers-meet", "Ministers meet in Berlin on Monday", True),
        ("/a/12345678", "Short", False),
        ("/world", "A headline that is long enough to be one", False),
        ("/author/a-man-of-many-words", "", False),
        ("/wp-content/uploads/2026/11/some-file-with-a-name.pdf", "", False),
        ("/video/what-we-know-of-it", "What we know of the ferry", False),
    ],
)
def test_an_article_is_known_by_the_shape_of_its_address(path, text, is_one):
    assert looks_like_article(path, text) == is_one


def test_no_more_than_the_latest_so_many_are_ever_looked_at(server, fetching):
    paths = [f"/news/one-of-so-many-stories-{n}" for n in range(9)]
    server.told |= {"/": links(*paths), **{path: page() for path in paths}}
    first = articles(go(fetching, source("site", "/", most=3)))
    assert [raw.url for raw in first] == [HOME + path for path in paths[:3]]
    before = replace(Standing("News"), last_success=NOW - timedelta(seconds=1))
    again = go(fetching, source("site", "/", most=3), before, known={raw.url for raw in first})
    assert again.inputs == ()  # the older ones are nobody's news


def test_a_listed_article_that_is_known_and_cannot_be_had_today_is_left_as_it_is(server, fetching):
    path = "/news/one-of-so-many-stories"
    server.told |= {"/": links(path)}
    before = replace(Standing("News"), last_success=NOW - timedelta(days=1))
    made = go(fetching, source("site", "/"), before, known={HOME + path})
    assert (path in server.hits, made.inputs, made.standing.error) == (True, (), "")


def test_a_page_without_articles_says_so(server, fetching):
    server.told["/"] = links("/about", "/contact")
    made = go(fetching, source("site", "/"))
    assert [note.code for note in made.notes] == ["E_EMPTY"]
    assert "sitemap" in made.notes[0].message


def sitemap(*entries, tag="url", root="urlset"):
    listed = "".join(f"<{tag}><loc>{loc}</loc>{rest}</{tag}>" for loc, rest in entries)
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{root}>'


def modified(day):
    return f"<lastmod>2026-11-{day:02}T08:00:00+00:00</lastmod>"


def test_a_sitemap_is_read_the_latest_first(server, fetching):
    entries = [(f"{HOME}/p{day}", modified(day)) for day in (3, 24, 9, 17)]
    server.told |= {
        "/sitemap.xml": {"type": "text/xml", "body": sitemap(*entries)},
        **{f"/p{d}": page() for d in range(30)},
    }
    made = go(fetching, source("site", "/sitemap.xml", most=2))
    assert [raw.url for raw in articles(made)] == [f"{HOME}/p24", f"{HOME}/p17"]


def test_a_news_sitemap_is_read_by_its_dates_of_publication(server, fetching):
    news = "<news:news xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><news:publication_date>{}</news:publication_date></news:news>"
    entries = [(f"{HOME}/p1", news.format("2026-11-20")), (f"{HOME}/p2", news.format("2026-11-25T05:00:00Z"))]
    server.told |= {"/n.xml": {"body": sitemap(*entries)}, "/p1": page(), "/p2": page()}
    assert [raw.url for raw in articles(go(fetching, source("site", "/n.xml")))] == [f"{HOME}/p2", f"{HOME}/p1"]


def test_an_index_of_sitemaps_leads_to_the_latest_of_all_packed_or_not(server, fetching):
    index = sitemap(
        (f"{HOME}/1.xml", ""),
        (f"{HOME}/2.xml.gz", ""),
        ("http://other.example/3.xml", ""),
        tag="sitemap",
        root="sitemapindex",
    )
    server.told |= {
        "/sitemap.xml": {"body": index},
        "/1.xml": {"body": sitemap((f"{HOME}/p3", modified(3)), (f"{HOME}/p9", modified(9)))},
        "/2.xml.gz": {"type": "application/gzip", "body": gzip.compress(sitemap((f"{HOME}/p5", modified(5))).encode())},
        **{f"/p{n}": page() for n in range(10)},
    }
    made = go(fetching, source("site", "/sitemap.xml"))
    assert [raw.url for raw in articles(made)] == [f"{HOME}/p9", f"{HOME}/p5", f"{HOME}/p3"]
    assert "/3.xml" not in server.hits


def test_a_part_of_an_index_that_cannot_be_read_is_said_and_the_rest_is_read(server, fetching):
    index = sitemap((f"{HOME}/gone.xml", ""), (f"{HOME}/1.xml", ""), tag="sitemap", root="sitemapindex")
    server.told |= {"/sitemap.xml": {"body": index}, "/1.xml": {"body": sitemap((f"{HOME}/p1", ""))}, "/p1": page()}
    made = go(fetching, source("site", "/sitemap.xml"))
    assert len(articles(made)) == 1
    assert [note.code for note in made.notes] == ["W_SITEMAP_SKIPPED"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            '<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset>&x;</urlset>',
            "E_XML_ENTITIES",
        ),
        ('<!DOCTYPE urlset SYSTEM "http://127.0.0.1:9/x.dtd"><urlset/>', "E_XML_ENTITIES"),
        ("<urlset><url><loc>http://news.example/a</loc>", "E_XML_MALFORMED"),
        ("<urlset>" + "<a>" * 100_000, "E_XML_MALFORMED"),
        ("<urlset><url><loc>file:///etc/passwd</loc></url><url><loc>http://127.0.0.1/</loc></url></urlset>", "E_EMPTY"),
    ],
)
def test_a_sitemap_made_to_harm_is_refused(server, fetching, body, code):
    server.told["/sitemap.xml"] = {"type": "text/xml", "body": body}
    assert [note.code for note in go(fetching, source("site", "/sitemap.xml")).notes] == [code]
    assert server.hits == ["/robots.txt", "/sitemap.xml"]


# ---------------------------------------------------------------- pages


def test_a_page_is_an_article_under_its_own_address(server, fetching):
    server.told["/a"] = page()
    made = go(fetching, source("page", "/a", outlet="Courier"))
    (raw,) = articles(made)
    assert (raw.input, raw.url, raw.outlet) == (f"News/{HOME}/a", f"{HOME}/a", "Courier")


def test_a_page_may_call_itself_by_another_address_of_its_own_house_only(server, fetching):
    for canonical, url in (
        ("http://www.news.example/b", "http://www.news.example/b"),
        ("http://times.example/b", f"{HOME}/a"),
    ):
        server.told["/a"] = page(head=f'<link rel="canonical" href="{canonical}">')
        assert articles(go(fetching, source("page", "/a")))[0].url == url


def test_a_picture_is_no_page(server, fetching):
    server.told["/a"] = {"type": "image/png", "body": b"\x89PNG\r\n\x1a\n"}
    assert [note.code for note in go(fetching, source("page", "/a")).notes] == ["E_UNSUPPORTED"]


# ---------------------------------------------------------------- this machine


def test_a_folder_is_read_as_a_build_reads_it_and_nothing_is_asked(tmp_path):
    (tmp_path / "a.txt").write_text(f"Title: Ferry\n\n{FERRY}")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    made = go(Fetching(), source("folder", str(tmp_path), outlet="Courier"))
    assert [one.path for one in made.inputs] == ["News/a.txt", "News/b.png"]
    assert [(raw.input, raw.outlet) for raw in articles(made)] == [("News/a.txt", "Courier")]
    assert (made.fetched, made.standing.last_success) == (0, NOW)


def test_a_folder_that_is_not_there_is_a_failed_visit(tmp_path):
    made = go(Fetching(), source("folder", str(tmp_path / "none")))
    assert [note.code for note in made.notes] == ["E_NOT_FOUND"]
    assert made.standing.failures == 1


def letter(
    subject="Morning news", html="", plain="", sender="The Courier <desk@courier.example>", ident="<1@courier.example>"
):
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = sender, subject, ident
    message["Date"] = "Wed, 25 Nov 2026 05:00:00 +0100"
    message.set_content(plain or "See the other part.")
    if html:
        message.add_alternative(html, subtype="html")
    return message


def maildir(tmp_path, *messages):
    box = mailbox.Maildir(tmp_path / "mail")
    for message in messages:
        box.add(message)
    return source("mailbox", str(tmp_path / "mail"))


def mbox(tmp_path, *messages):
    box = mailbox.mbox(tmp_path / "mail")
    for message in messages:
        box.add(message)
    box.close()
    return source("mailbox", str(tmp_path / "mail"))


@pytest.mark.parametrize("made_of", [maildir, mbox])
def test_a_newsletter_is_an_article_of_its_sender_under_its_message_id(tmp_path, made_of):
    html = f"<html><body><p>{FERRY}</p><p>{LATER}</p></body></html>"
    box = made_of(tmp_path, letter(html=html, subject="=?utf-8?q?F=C3=A4hre?="))
    (raw,) = articles(go(Fetching(), box))
    assert raw.text == f"{FERRY.strip()}\n{LATER.strip()}"
    assert (raw.title, raw.outlet, raw.guid) == ("Fähre", "The Courier", "1@courier.example")
    assert (raw.input, raw.feed) == ("News/1@courier.example", "desk@courier.example")
    assert [(clue.text, clue.evidence) for clue in raw.dates] == [("Wed, 25 Nov 2026 05:00:00 +0100", "metadata")]


def test_a_plain_newsletter_is_read_as_plain_mail(tmp_path):
    (raw,) = articles(go(Fetching(), maildir(tmp_path, letter(plain=f"{FERRY}\n\n{LATER}"))))
    assert (raw.kind, raw.text.split("\n\n")[0].strip()) == ("email", FERRY.strip())


def test_a_newsletter_of_several_stories_keeps_them_all(tmp_path):
    cards = "".join(
        f'<h2><a href="http://c.example/{n}">Headline number {n} of the day</a></h2><p>Story {n}. {FERRY}</p>'
        for n in range(8)
    )
    (raw,) = articles(go(Fetching(), maildir(tmp_path, letter(html=f"<html><body>{cards}</body></html>"))))
    assert [n for n in range(8) if f"Story {n}." not in raw.text] == []


def test_lines_that_every_newsletter_has_are_not_news(tmp_path):
    around = ("View this email in your browser", "Unsubscribe from this list", "Update your preferences")
    html = f"<p>{around[0]}</p><p>{FERRY}</p><p>{LATER}</p>" + "".join(f"<p>{line}</p>" for line in around[1:])
    raws = articles(go(Fetching(), maildir(tmp_path, letter(html=html))))
    (cleaned,) = clean_all(raws, today=date(2026, 11, 25), time_zone="UTC")
    assert cleaned.article is not None
    assert cleaned.article.body == f"{FERRY.strip()}\n{LATER.strip()}"
    assert cleaned.article.published == datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


def test_the_latest_messages_come_first_and_no_more_than_wanted(tmp_path):
    letters = [letter(subject=f"Day {n}", plain=FERRY, ident=f"<{n}@c.example>") for n in range(5)]
    box = mbox(tmp_path, *letters)
    assert [raw.title for raw in articles(go(Fetching(), replace(box, most=2)))] == ["Day 4", "Day 3"]


def test_a_message_that_is_none_is_refused_and_the_others_are_read(tmp_path):
    box = maildir(tmp_path, letter(plain=FERRY))
    for name, content in {
        "a": b"",
        "b": b"\n\n\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "c": b"Subject: x\n\n",
        "d": b"Content-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 3000,
        "e": b"From: \xff\nSubject: =?x?q?=00?=\nContent-Transfer-Encoding: base64\n\n",
        "f": b"Subject: big\n\n" + b"x" * 6_000_000,
    }.items():
        (tmp_path / "mail" / "new" / name).write_bytes(content)
    made = go(Fetching(), box)
    assert [raw.title for raw in articles(made)] == ["Morning news"]
    refused = {one.path: one.notes[0].code for one in made.inputs if one.notes}
    expected = ["E_EMPTY", "E_BINARY", "E_EMPTY", "E_MAIL_MALFORMED", "E_EMPTY", "E_TOO_LARGE"]
    assert refused == dict(zip([f"News/{name}" for name in "abcdef"], expected, strict=True))


def test_links_and_pipes_in_a_maildir_are_no_messages(tmp_path):
    import os

    box = maildir(tmp_path, letter(plain=FERRY))
    os.symlink("/etc/passwd", tmp_path / "mail" / "new" / "passwd")
    os.mkfifo(tmp_path / "mail" / "new" / "pipe")
    assert len(go(Fetching(), box).inputs) == 1


@pytest.mark.parametrize("what", ["missing", "a folder", "a pipe"])
def test_what_is_no_mailbox_is_a_failed_visit(tmp_path, what):
    import os

    place = tmp_path / "mail"
    if what == "a folder":
        place.mkdir()
    if what == "a pipe":
        os.mkfifo(place)
    made = go(Fetching(), source("mailbox", str(place)))
    assert made.notes[0].code in {"E_NOT_FOUND", "E_UNSUPPORTED"}


# ---------------------------------------------------------------- isolation


@pytest.mark.parametrize(
    ("kind", "path", "readers"),
    [
        ("feed", "/feed.xml", [read_feed, read_page]),
        ("feed", "/feed.json", [read_json_feed, read_page]),
        ("site", "/sitemap.xml", [read_sitemap, read_page]),
        ("site", "/list", [article_links, read_page]),
        ("page", "/harbour-ferry-halted-again", [read_page]),
        ("feed", "/list", [read_feed, offered_feed]),
    ],
)
def test_what_a_server_sends_is_parsed_in_a_process_of_its_own(server, fetching, monkeypatch, kind, path, readers):
    address = "/harbour-ferry-halted-again"
    feed_link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    told = {"id": "1", "url": HOME + address, "content_text": "The ferry…"}
    server.told |= {
        address: page(),
        "/feed.xml": feed(item("Title", desc="The ferry…", link=HOME + address)),
        "/feed.json": {"type": "application/feed+json", "body": json.dumps({"version": VERSION, "items": [told]})},
        "/sitemap.xml": {"type": "text/xml", "body": f"<urlset><url><loc>{HOME}{address}</loc></url></urlset>"},
        "/list": page(head=feed_link, text=f'<a href="{address}">The ferry is halted again, harbour says</a>'),
    }

    def broken(*of):
        raise AssertionError("a foreign file was read in the program's own process")

    for reader in readers:
        monkeypatch.setattr(reader, "__code__", broken.__code__)
    made = go(fetching, source(kind, path))
    if offered_feed in readers:
        assert "This page offers a feed at http://news.example/feed.xml" in made.notes[0].message
    else:
        assert len(articles(made)) == 1
