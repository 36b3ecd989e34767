"""What is to be forgotten is gone from the file; what was printed stays printed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from briefing.build import edition_of
from briefing.cli import run
from briefing.model import Added, Forgettable, Input, RawArticle
from briefing.outputs.issue import issue_bytes
from briefing.settings import Settings
from briefing.stages.clean import clean_all
from briefing.store import Store
from briefing.store.articles import key_of
from briefing.store.records import pack_input

DAY = date(2022, 2, 1)
NOON = datetime(2022, 2, 1, 12, tzinfo=UTC)
WORD = "Zqxwvj"  # nothing else in the file looks like it
URL = "https://news.example/secret"


def raw(name: str, text: str) -> RawArticle:
    return RawArticle(f"wire/{name}", text, "html", title=f"Story {name}", url=f"https://news.example/{name}")


SECRET = raw("secret", f"Colonel {WORD} told the secret story to the council. The talks on sanctions went on.\n" * 3)
LATER = raw("secret", SECRET.text + f"Nobody but {WORD}7 had been invited to the table.")
OTHER = raw("other", "The harbour was closed because of the storm, officials said on Monday.\n" * 3)


def put(store: Store, *raws: RawArticle, seen: datetime = NOON) -> Added:
    added = store.add("wire", [Input(each.input, (each,)) for each in raws], seen=seen)
    store.keep(clean_all(raws, today=DAY, time_zone="UTC"))
    return added


@pytest.fixture
def path(here):
    path = here / "briefing.sqlite"
    with Store.open(path) as store:
        put(store, SECRET, OTHER)
        put(store, LATER, seen=NOON + timedelta(hours=1))
    return path


def traces(path) -> dict[str, int]:
    """How often what must be forgotten stands in the bytes of the file."""
    data = path.read_bytes().lower()
    records = [pack_input(Input(each.input, (each,)), each).lower() for each in (SECRET, LATER)]
    return {"text": data.count(WORD.lower().encode()), "records": sum(data.count(r[40:90]) for r in records)}


def test_a_forgotten_article_is_in_no_byte_of_the_file(path):
    assert traces(path)["text"] > 8  # two bodies of each three or four, and the index
    assert traces(path)["records"] == 2
    with Store.open(path) as store:
        assert store.forget(url=URL) == 1
        assert store.search(WORD) == ()
        assert [hit.title for hit in store.search("harbour")] == ["Story other"]
        store._database.run("INSERT INTO words (words) VALUES ('integrity-check')")
    assert traces(path) == {"text": 0, "records": 0}
    assert [p.name for p in path.parent.iterdir()] == ["briefing.sqlite"]


def test_hashes_and_addresses_stay_and_a_forgotten_article_does_not_come_back(path):
    key = key_of(SECRET)
    with Store.open(path) as store:
        before = store.versions(key)
        store.forget(url=URL)
        assert store.versions(key) == before
        assert store.known(URL, "wire")
        assert store.raw(key, 1) is None
        assert put(store, SECRET, LATER) == Added(0, 0, 2)
        assert [i.path for i in store.inputs(since=NOON, until=NOON + timedelta(1))] == ["wire/other"]
        assert store.forget(url=URL) == 0
    assert traces(path) == {"text": 0, "records": 0}


def test_all_before_a_day_is_forgotten_and_nothing_else(path):
    with Store.open(path) as store:
        put(store, raw("new", "Another day began in the harbour town."), seen=NOON + timedelta(days=3))
        assert store.forget(before=NOON) == 0
        assert store.forget(before=NOON + timedelta(days=2)) == 2
        assert [hit.title for hit in store.search("")] == ["Story new"]


def test_editions_that_quote_it_are_named_and_stay_as_they_are(path):
    with Store.open(path) as store:
        inputs = store.inputs(since=NOON, until=NOON + timedelta(1))
        edition = edition_of(inputs, day=DAY, settings=Settings())
        issue = issue_bytes(edition)
        assert WORD.encode() in issue
        store.remember(edition, issue, made=NOON)
        assert store.forgettable(url=URL) == Forgettable(1, (DAY,))
        store.forget(url=URL)
        assert store.issue(DAY) == issue
        assert store.forgettable(url=URL) == Forgettable(0, ())


def test_the_command_asks_first_and_does_nothing_when_nobody_answers(path, capsys):
    assert run(["forget", URL]) == 2
    assert "Add --yes" in capsys.readouterr().err
    assert traces(path)["text"] > 0
    assert run(["forget", URL, "--yes"]) == 0
    assert capsys.readouterr().err == "The text of 1 article is forgotten.\n"
    assert traces(path)["text"] == 0
    assert run(["forget", "--before", "2030-01-01", "--yes"]) == 0
    assert capsys.readouterr().err == "The text of 1 article is forgotten.\n"
    assert run(["forget", URL, "--yes"]) == 0
    assert "nothing was forgotten" in capsys.readouterr().err


def test_the_command_wants_an_address_or_a_day_and_not_both(path, capsys):
    for arguments in ([], [URL, "--before", "2030-01-01"]):
        assert run(["forget", *arguments, "--yes"]) == 2
        assert "Name what is to be forgotten" in capsys.readouterr().err
