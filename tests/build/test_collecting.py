"""What `briefing collect` brings into the store, when it asks whom, and what `briefing sources` says of it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.build.collecting import collect, next_visit, why_not
from briefing.cli import run
from briefing.errors import SettingsError
from briefing.model import Standing, Subscription
from briefing.settings import Settings, read_settings
from briefing.store import Store
from tests.hostile.corpus import PARA, item, rss
from tests.hostile.server import serving
from tests.paths import ROOT
from tests.sources.web.detour import NOW, elsewhere

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
SOURCE = Subscription("News", "feed", "http://news.example/feed.xml")


@pytest.fixture
def server():
    with serving({}) as running:
        yield running


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "briefing.sqlite") as opened:
        yield opened


def settings(*sources, **more):
    return Settings.model_validate({"sources": [{"full_text": False, **source} for source in sources], **more})


def feed(name, path="/feed.xml", **more):
    return {"name": name, "address": f"http://{name.lower()}.example{path}", **more}


def told(*titles, desc=PARA):
    body = rss("".join(item(title, desc=desc, link=f"http://x.example/{title}") for title in titles))
    return {"type": "application/rss+xml", "body": body}


def go(store, chosen, server, **more):
    return collect(store, chosen, **({"now": NOW, "fetching": elsewhere(server)} | more))


def kept(store):
    ever = {"since": datetime(2000, 1, 1, tzinfo=UTC), "until": datetime(2100, 1, 1, tzinfo=UTC)}
    return [read.path for read in store.inputs(**ever)]


# ---------------------------------------------------------------- one run


def test_what_is_new_changed_and_the_same_is_told_apart(server, store):
    chosen = settings(feed("News"))
    server.told["/feed.xml"] = told("a", "b")
    (first,) = go(store, chosen, server)
    server.told["/feed.xml"] = {"body": told("b", "c")["body"].replace("new bridge", "old bridge", 1)}
    (second,) = go(store, chosen, server, now=NOW + timedelta(hours=2))
    assert (first.added.new, first.added.changed, first.added.same) == (2, 0, 0)
    assert (second.added.new, second.added.changed, second.added.same) == (1, 1, 0)


def test_a_source_that_fails_stops_none_of_the_others_and_what_was_kept_stays(server, store):
    server.told |= {"/feed.xml": told("a"), "/other.xml": told("b")}
    chosen = settings(feed("News"), feed("Bad", "/none.xml"), feed("Other", "/other.xml"))
    done = go(store, chosen, server)
    assert [(one.subscription.name, one.failed) for one in done] == [("News", False), ("Bad", True), ("Other", False)]
    assert kept(store) == ["News/http://x.example/a", "Other/http://x.example/b"]
    assert store.standings()["Bad"].failures == 1
    del server.told["/feed.xml"]
    go(store, chosen, server, now=NOW + timedelta(hours=2))
    assert kept(store) == ["News/http://x.example/a", "Other/http://x.example/b"]


def test_the_order_of_the_results_is_that_of_the_settings_whoever_answers_first(server, store):
    names = [f"N{n}" for n in range(12)]
    server.told |= {f"/{name}": told(name) for name in names}
    sources = [{"name": name, "address": f"http://news.example/{name}"} for name in names]
    done = go(store, settings(*sources), server)
    assert [one.subscription.name for one in done] == names
    assert server.hits.count("/robots.txt") == 1
    assert len(kept(store)) == 12


def test_a_page_that_held_no_article_is_not_asked_for_again_the_same_day(server, store):
    front = '<title>Front</title><a href="/news/ferry-halted-by-a-storm">A headline that is long enough for one</a>'
    server.told |= {"/": {"type": "text/html", "body": front}}
    server.told |= {
        "/news/ferry-halted-by-a-storm": {"type": "text/html", "body": "<title>Log in</title><input type=password>"}
    }
    chosen = settings({"name": "News", "kind": "site", "address": "http://news.example/", "every": 1})
    (first,) = go(store, chosen, server)
    go(store, chosen, server, now=NOW + timedelta(minutes=2))
    assert (first.rejected, server.hits.count("/news/ferry-halted-by-a-storm")) == (1, 1)


def test_a_page_that_could_not_be_had_is_asked_for_again(server, store):
    front = '<title>Front</title><a href="/news/ferry-halted-by-a-storm">A headline that is long enough for one</a>'
    server.told |= {"/": {"type": "text/html", "body": front}}
    chosen = settings({"name": "News", "kind": "site", "address": "http://news.example/", "every": 1})
    go(store, chosen, server)
    go(store, chosen, server, now=NOW + timedelta(minutes=2))
    assert server.hits.count("/news/ferry-halted-by-a-storm") == 2


def test_what_was_collected_can_be_searched_at_once(server, store):
    server.told["/feed.xml"] = told("Ferry halted")
    go(store, settings(feed("News")), server)
    assert [hit.title for hit in store.search("ferry")] == ["Ferry halted"]


def test_a_mistake_of_ours_in_one_visit_is_told_after_the_others_are_kept(server, store, monkeypatch):
    from briefing.sources import visits

    def broken(errand):
        raise ZeroDivisionError

    monkeypatch.setitem(visits.VISITS, "page", broken)
    server.told["/feed.xml"] = told("a")
    chosen = settings({"name": "Page", "kind": "page", "address": "http://news.example/a"}, feed("News"))
    with pytest.raises(ZeroDivisionError):
        go(store, chosen, server)
    assert kept(store) == ["News/http://x.example/a"]


def test_nothing_is_asked_before_a_contact_is_set(server, store, tmp_path):
    chosen = settings({"name": "Folder", "kind": "folder", "address": str(tmp_path)}, feed("News"))
    with pytest.raises(SettingsError) as error:
        go(store, chosen, server, fetching=elsewhere(server, contact=""))
    assert "contact" in error.value.hint
    assert (server.hits, store.standings()) == ([], {})


def test_a_folder_needs_no_contact(server, store, tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(PARA)
    chosen = settings({"name": "Folder", "kind": "folder", "address": str(tmp_path / "news")})
    (one,) = go(store, chosen, server, fetching=elsewhere(server, contact=""))
    assert one.added.new == 1


def test_a_source_that_is_none_of_the_settings_is_answered_with_those_there_are(server, store):
    with pytest.raises(SettingsError) as error:
        go(store, settings(feed("News")), server, names=["Newz"])
    assert error.value.hint == "Use one of News."


def test_without_sources_there_is_nothing_to_collect(server, store):
    with pytest.raises(SettingsError):
        go(store, settings(), server)


# ---------------------------------------------------------------- when


def standing(**more):
    return Standing("News", SOURCE.address, last_try=NOW, last_success=NOW, **more)


def test_a_source_is_due_when_its_time_has_come():
    assert why_not(SOURCE, Standing("News"), NOW) == ""
    assert why_not(SOURCE, standing(), NOW + timedelta(minutes=59)) == "is not due before 2026-11-25 07:00 UTC"
    assert why_not(SOURCE, standing(), NOW + timedelta(minutes=60)) == ""
    assert why_not(SOURCE, standing(), NOW, forced=True) == ""


def test_a_source_that_fails_is_visited_half_as_often_each_time_and_once_a_day_at_least():
    hours = [(next_visit(SOURCE, standing(failures=n)) - NOW) / timedelta(hours=1) for n in (0, 1, 2, 3, 4, 5, 99)]
    assert hours == [1, 2, 4, 8, 16, 24, 24]
    weekly = replace(SOURCE, every=10_080)
    assert next_visit(weekly, standing(failures=3)) == NOW + timedelta(days=7)


def test_what_a_server_asked_for_holds_whatever_the_desk_wants():
    later = standing(not_before=NOW + timedelta(hours=3))
    assert why_not(SOURCE, later, NOW + timedelta(hours=2), forced=True).startswith("asked not to be visited before")
    assert why_not(SOURCE, later, NOW + timedelta(hours=3)) == ""


@pytest.mark.parametrize("wrong", [datetime(2030, 1, 1, 6, tzinfo=UTC), datetime(2001, 1, 1, 6, tzinfo=UTC)])
def test_a_run_under_a_wrong_clock_stops_no_later_one(server, store, wrong):
    server.told["/feed.xml"] = told("a")
    chosen = settings(feed("News"))
    go(store, chosen, server, now=wrong)
    server.told["/feed.xml"] = told("a", "b")
    (one,) = go(store, chosen, server, now=NOW)
    assert one.added.new == 1
    assert [note.code for note in one.visit.notes] == (["W_CLOCK"] if wrong > NOW else [])
    (one,) = go(store, chosen, server, now=NOW + timedelta(minutes=5))
    assert "is not due before 2026-11-25 07:00" in one.why_not
    (health,) = store.health(NOW + timedelta(minutes=5))
    assert health.newest == NOW
    inputs = store.inputs(
        since=NOW - timedelta(days=1), until=NOW + timedelta(days=1), seen_before=NOW + timedelta(minutes=5)
    )
    # What was first seen in the year 2030 is news of now; in the year 2001, it is as old as its feed says: four days.
    assert len(inputs) == (2 if wrong > NOW else 1)


def test_a_source_that_is_gone_is_not_asked_again_before_its_address_is_changed(server, store):
    server.told["/feed.xml"] = {"status": 410}
    chosen = settings(feed("News"))
    go(store, chosen, server)
    server.hits.clear()
    (one,) = go(store, chosen, server, now=NOW + timedelta(days=9), names=["News"])
    assert (one.visit, server.hits) == (None, [])
    assert "gone for good" in one.why_not
    server.told["/new.xml"] = told("a")
    (one,) = go(store, settings(feed("News", "/new.xml")), server, now=NOW + timedelta(days=9))
    assert one.added.new == 1


def test_only_what_is_due_is_visited_unless_it_is_named(server, store):
    server.told["/feed.xml"] = told("a")
    chosen = settings(feed("News"), feed("Other"))
    go(store, chosen, server, names=["News"])
    later = NOW + timedelta(minutes=5)
    assert [bool(one.visit) for one in go(store, chosen, server, now=later)] == [False, True]
    assert [bool(one.visit) for one in go(store, chosen, server, now=later, names=["News"])] == [True]
    assert [bool(one.visit) for one in go(store, chosen, server, now=later, everything=True)] == [True, True]


# ---------------------------------------------------------------- the command


@pytest.fixture
def desk(here: Path, server):
    """A settings file whose sources are on loopback."""

    def write(*sources, collect="loopback = true\ndelay = 0"):
        tables = "".join(
            f'[[sources]]\nname = "{name}"\naddress = "{server.url(path)}"\nfull_text = false\n'
            for name, path in sources
        )
        (here / "briefing.toml").write_text(f"[collect]\n{collect}\n{tables}")
        return here

    return write


def test_each_source_is_a_line_and_the_sum_is_on_stderr(desk, server, capsys):
    server.told["/feed.xml"] = told("a", "b")
    desk(("News", "/feed.xml"), ("Bad", "/none.xml"))
    assert run(["collect"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "News: 2 new, 0 changed, 0 unchanged",
        f"Bad: failed. {server.url('/none.xml')} is not there (404). Check the address.",
    ]
    assert said.err.splitlines() == [
        f"{Path.cwd() / 'briefing.sqlite'} is new: nothing was kept before.",
        "2 sources visited, 1 failed.",
    ]


def test_a_second_run_visits_nothing_that_is_not_due(desk, server, capsys):
    server.told["/feed.xml"] = told("a")
    desk(("News", "/feed.xml"))
    run(["collect"])
    capsys.readouterr()
    assert run(["collect"]) == 0
    assert capsys.readouterr().err.splitlines() == ["0 sources visited; 1 not due."]
    assert run(["collect", "--all"]) == 0
    assert capsys.readouterr().out.splitlines() == ["News: 0 new, 0 changed, 1 unchanged"]


def test_when_every_source_failed_the_exit_code_says_so(desk):
    desk(("Bad", "/none.xml"), ("Worse", "/nothing.xml"))
    assert run(["collect"]) == 3


def test_this_machine_is_not_asked_unless_the_desk_allows_it(desk, server, capsys):
    desk(("News", "/feed.xml"), collect="delay = 0")
    assert run(["collect"]) == 3
    assert "loopback = true" in capsys.readouterr().out
    assert server.hits == []


def test_the_table_of_sources_says_how_each_has_been_doing(desk, server, capsys):
    server.told["/feed.xml"] = told("a", "b")
    desk(("News", "/feed.xml"), ("Bad", "/none.xml"))
    assert run(["sources"]) == 0
    before = capsys.readouterr().out.splitlines()
    assert [line.split()[:3] for line in before[1:]] == [["News", "feed", "never"], ["Bad", "feed", "never"]]
    assert not (Path() / "briefing.sqlite").exists()
    run(["collect"])
    run(["collect", "Bad"])
    capsys.readouterr()
    assert run(["sources"]) == 0
    head, news, bad, why = capsys.readouterr().out.splitlines()
    assert head.split("  ")[0] == "source"
    assert "0.3" in news  # two in seven days
    assert "0 d" in news
    assert "never" in bad
    assert why == f"  {server.url('/none.xml')} is not there (404). (2 visits in a row)"


def until(holds, seconds=30):
    """Wait for something to hold, but not for ever."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def seen(store):
    """Return how many versions of articles another process has kept so far; none while it is busy."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute("SELECT count(*) FROM version").fetchone()[0]
        except sqlite3.OperationalError:
            return 0


@pytest.mark.slow
def test_who_interrupts_a_run_waits_for_nobody_and_what_was_kept_stays(desk, server):
    server.told |= {"/feed.xml": told("a"), "/slow.xml": {"mode": "silent"}}
    folder = desk(("News", "/feed.xml"), ("Slow", "/slow.xml"))
    command = [sys.executable, "-m", "briefing", "collect"]
    running = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
    while "/slow.xml" not in server.hits:
        time.sleep(0.02)
    until(lambda: seen(folder / "briefing.sqlite") == 1)
    began = time.monotonic()
    running.send_signal(signal.SIGINT)
    said = running.communicate(timeout=20)[1]
    assert (running.returncode, time.monotonic() - began < 5) == (130, True)
    assert "briefing: stopped" in said
    assert "Traceback" not in said
    with Store.open(folder / "briefing.sqlite") as store:
        assert kept(store) == ["News/http://x.example/a"]


@pytest.mark.slow
def test_two_runs_at_a_time_keep_each_article_once(desk, server):
    server.told |= {f"/{n}.xml": told(f"a{n}", f"b{n}") for n in range(6)}
    folder = desk(*((f"N{n}", f"/{n}.xml") for n in range(6)))
    command = [sys.executable, "-m", "briefing", "collect", "--all"]
    running = [subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE) for _ in range(2)]
    assert [process.wait(60) for process in running if process.communicate()] == [0, 0]
    with Store.open(folder / "briefing.sqlite") as store:
        assert len(kept(store)) == 12


@pytest.mark.parametrize("contact", ["desk", "\u00e4@example.org", "http://", "a@b"])
def test_a_contact_that_nobody_could_write_to_is_refused(here, contact):
    (here / "briefing.toml").write_text(f'[collect]\ncontact = "{contact}"\n', encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert "contact" in error.value.message


@pytest.mark.parametrize("contact", ["desk@example.org", "https://example.org/contact", ""])
def test_a_contact_is_a_mail_or_web_address(here, contact):
    (here / "briefing.toml").write_text(f'[collect]\ncontact = "{contact}"\n')
    assert read_settings().collect.contact == contact


def test_the_table_of_sources_names_where_a_feed_has_moved_until_the_settings_do(desk, server, capsys):
    server.told["/old.xml"] = {"status": 301, "headers": {"Location": server.url("/new.xml")}}
    server.told |= {"/new.xml": told("a"), "/gone.xml": {"status": 410}}
    desk(("News", "/old.xml"), ("Blog", "/gone.xml"))
    run(["collect"])
    capsys.readouterr()
    assert run(["sources"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == f"  It has moved for good; set its address to {server.url('/new.xml')}."
    assert lines[3].endswith("never: gone")
    desk(("News", "/new.xml"), ("Blog", "/elsewhere.xml"))
    assert run(["sources"]) == 0
    assert [line.split()[-1] for line in capsys.readouterr().out.splitlines()[1:]] == ["now", "now"]
