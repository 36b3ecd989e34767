"""An article belongs to the place that brought it: nobody else replaces, hides, corrects or blocks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Added, DateClue, Input, RawArticle
from briefing.stages.clean import clean_all
from briefing.store import Store
from briefing.store.articles import state_of
from briefing.store.records import stamp
from briefing.text.identity import shared
from tests.store.first_version import first_version

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FINED = (
    "The harbour authority of Ostrel fined the Brenn yard four million crowns on Friday for oil in the Varde channel. "
    "Inspector Mara Lind said that the yard had hidden the spill for twelve days."
)
CLEARED = (
    "The harbour authority of Ostrel cleared the Brenn yard on Friday of what was said of oil in the Varde channel. "
    "Inspector Mara Lind apologised to the yard."
)
LOAF = "A bakery in Torvik sells a new rye loaf. Customers queue from six in the morning, and the recipe is old."


def raw(place: str, text: str, **more: str) -> RawArticle:
    return RawArticle(input=place, text=text, kind="html", **more)


def bring(store: Store, subscription: str, *raws: RawArticle, seen: datetime = NOON) -> Added:
    added = store.add(subscription, [Input(one.input, (one,)) for one in raws], seen=seen)
    inputs = store.to_clean()
    store.keep(clean_all([r for read in inputs for r in read.articles], today=seen.date(), time_zone="UTC"))
    return added


def there(store: Store, *, until: datetime = NOON + 30 * DAY) -> dict[str, RawArticle]:
    """What an edition is made of, by identity; none is there twice."""
    raws = [r for read in store.inputs(since=NOON - 30 * DAY, until=until) for r in read.articles]
    found = {r.identity: r for r in raws}
    assert len(found) == len(raws)
    return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s") as opened:
        yield opened


REAL = {"title": "Yard fined", "feed": "https://times.example/", "guid": "fine-1", "url": "https://times.example/fine"}
CLAIMS = st.fixed_dictionaries({}, optional={key: st.just(value) for key, value in REAL.items()})


@given(claims=CLAIMS, text=st.sampled_from((FINED, CLEARED, LOAF)), first=st.booleans(), by_url=st.booleans())
def test_whatever_a_stranger_claims_the_article_of_another_stays_what_it_was(
    tmp_path_factory: pytest.TempPathFactory, claims: dict[str, str], text: str, first: bool, by_url: bool
) -> None:
    own = {key: value for key, value in REAL.items() if not (by_url and key == "guid")}
    real = raw("Times/fine-1", FINED, **own)
    false = raw("Blog/x", text, **{"url": "https://blog.example/x", **claims})
    with Store.open(tmp_path_factory.mktemp("s") / "s") as store:
        visits = [("Times", real, NOON), ("Blog", false, NOON + DAY)]
        for number, (name, one, _) in enumerate(visits[:: -1 if first else 1]):
            bring(store, name, one, seen=NOON + number * DAY)
        found = there(store)
        assert sorted(r.text for r in found.values()) == sorted([FINED, text])
        (mine,) = (r for r in found.values() if r.input == "Times/fine-1")
        assert mine == real or mine.notes  # the first to come may be the stranger: then the note is here
        assert (mine.text, mine.title, mine.url) == (FINED, real.title, real.url)
        assert [v.sha256 for v in store.versions(mine.identity)] == [state_of(real)]
        assert bring(store, "Times", real, seen=NOON + 3 * DAY) == Added(0, 0, 1)


def test_a_claim_with_another_text_is_said_and_an_honest_second_feed_is_not(store: Store) -> None:
    bring(store, "Times", raw("Times/fine-1", FINED, **REAL))
    bring(store, "Times city", raw("Times city/fine-1", FINED, **REAL))
    bring(store, "Blog", raw("Blog/fine-1", LOAF, **REAL))
    notes = {r.input: [note.code for note in r.notes] for r in there(store).values()}
    assert notes == {"Times/fine-1": [], "Times city/fine-1": [], "Blog/fine-1": ["W_IDENTITY_CLAIMED"]}


def test_an_address_that_a_stranger_named_is_still_fetched_from_its_own_source(store: Store) -> None:
    bring(store, "Blog", raw("Blog/x", LOAF, url="https://times.example/fine"))
    assert not store.known("https://times.example/fine", "Times")


FIRST = (
    "Dues at Port Halvern stay as they are until autumn. Minister Ada Brandt said that the board had weighed a rise."
)
SECOND = "Jonas Velt was named keeper of the Skarn light on Tuesday. He has served on the pilot boat for eleven years."


def page(title: str, text: str, published: str = "") -> RawArticle:
    url = "https://harbour.example/statement"
    return RawArticle(input=f"Harbour/{url}", text=text, kind="html", title=title, url=url)


def test_another_statement_on_a_page_is_another_article_and_the_first_comes_back_as_itself(store: Store) -> None:
    assert bring(store, "Harbour", page("Dues stay", FIRST)) == Added(1, 0, 0)
    assert bring(store, "Harbour", page("Keeper named", SECOND), seen=NOON + DAY) == Added(1, 0, 0)
    changed = page("Keeper named", SECOND.replace("eleven", "twelve"))
    assert bring(store, "Harbour", changed, seen=NOON + 2 * DAY) == Added(0, 1, 0)
    assert bring(store, "Harbour", page("Dues stay", FIRST), seen=NOON + 3 * DAY) == Added(0, 0, 1)
    found = there(store)
    assert [r.title for r in sorted(found.values(), key=lambda r: r.title)] == ["Dues stay", "Keeper named"]
    assert not any(r.notes for r in found.values())


def test_a_report_that_grows_and_changes_its_headline_is_still_the_same(store: Store) -> None:
    bring(store, "Harbour", page("Dues stay", FIRST))
    longer = f"{FIRST} Fishermen in Skarn welcomed it. The ministry will look at the matter again in September."
    assert bring(store, "Harbour", page("Dues stay, ministry says", longer), seen=NOON + DAY) == Added(0, 1, 0)
    assert len(there(store)) == 1


def test_two_texts_share_what_they_share() -> None:
    assert shared(FIRST, FIRST) == 1.0
    assert shared(FIRST, SECOND) == 0.0
    assert shared("one two three four", "zero one two three") == 0.5
    assert shared("", "") == 1.0


# ---------------------------------------------------------------- stores of before


def test_a_store_of_before_keeps_its_identities_and_parts_what_was_mixed_as_it_comes(tmp_path: Path) -> None:
    theirs = raw("Blog/fine-1", CLEARED, **REAL)
    key = first_version(tmp_path / "s", raw("Times/fine-1", FINED, **REAL), theirs)
    with Store.open(tmp_path / "s") as store:
        assert [v.number for v in store.versions(key)] == [1, 2]
        changed = raw("Times/fine-1", FINED.replace("four", "five"), **REAL)
        assert bring(store, "Times", changed, seen=NOON + 4 * DAY) == Added(0, 1, 0)
        # Of the other source it is an article of its own from now on, no news, and what it changes is its own.
        assert bring(store, "Blog", raw("Blog/fine-1", CLEARED, **REAL), seen=NOON + 5 * DAY) == Added(0, 0, 1)
        assert (
            bring(store, "Blog", raw("Blog/fine-1", f"{CLEARED} So be it.", **REAL), seen=NOON + 6 * DAY).changed == 1
        )
        assert {v.sha256 for v in store.versions(key)[2:]} == {state_of(changed)}
        moments = store._database.rows("SELECT published FROM version WHERE id < 3 ORDER BY id")
        assert moments == [(stamp(NOON - DAY),), (stamp(NOON - 2 * DAY),)]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["s", "s.version-1"]


# ---------------------------------------------------------------- what a store says of the past


def test_what_came_back_with_a_later_date_was_published_when_it_was_published(store: Store) -> None:
    first = replace(page("Dues stay", FIRST), dates=(DateClue("2026-11-28T05:00:00Z", "feed"),))
    later = replace(page("Dues stay", FIRST + " So it is."), dates=(DateClue("2026-12-20T05:00:00Z", "feed"),))
    bring(store, "Harbour", first)

    def past() -> tuple[Input, ...]:
        day = datetime(2026, 11, 28, tzinfo=UTC)
        return store.inputs(since=day, until=day + DAY, seen_before=NOON + timedelta(hours=1))

    before = past()
    assert len(before) == 1
    bring(store, "Harbour", later, seen=NOON + 22 * DAY)
    assert past() == before
    assert past()[0].articles[0].dates == first.dates
    december = datetime(2026, 12, 20, tzinfo=UTC)
    assert store.inputs(since=december, until=december + DAY)[0].articles[0].text == later.text
