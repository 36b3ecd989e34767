"""What a desk collected, printed and sent is kept in one file, whatever happens to the program."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import StoreError
from briefing.model import Added, DateClue, DateEvidence, Delivery, Input, Note, RawArticle, Standing
from briefing.outputs.issue import issue_bytes
from briefing.stages.clean import clean_all
from briefing.store import Store

DAY = date(2022, 2, 1)
NOON = datetime(2022, 2, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
BODY = "The council met on Tuesday to discuss the new bridge. Officials said the work would begin in spring.\n" * 3


def news(name: str, text: str = BODY, *, title: str = "A bridge is planned", feed: str = "", **more: str) -> RawArticle:
    url = more.pop("url", f"https://news.example/{name}")
    return RawArticle(input=f"wire/{name}", text=text, kind="html", title=title, url=url, feed=feed, **more)


def read(*raws: RawArticle) -> tuple[Input, ...]:
    return tuple(Input(raw.input, (raw,)) for raw in raws)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "briefing.sqlite") as opened:
        yield opened


def all_of(store: Store, until: datetime = NOON + 1000 * HOUR) -> tuple[Input, ...]:
    return store.inputs(since=NOON - 1000 * HOUR, until=until)


def cleaned(*raws: RawArticle):
    return clean_all(raws, today=DAY, time_zone="UTC")


def keep(store: Store, *raws: RawArticle) -> None:
    store.add("wire", read(*raws), seen=NOON)
    store.keep(cleaned(*raws))


# ---------------------------------------------------------------- articles and their versions


def test_an_article_collected_twice_is_kept_once(store):
    assert store.add("wire", read(news("a"), news("b")), seen=NOON) == Added(2, 0, 0)
    assert store.add("wire", read(news("a"), news("b")), seen=NOON + HOUR) == Added(0, 0, 2)
    assert all_of(store) == read(news("a"), news("b")) or all_of(store) == read(news("b"), news("a"))


def test_a_changed_article_is_a_second_version_and_both_can_be_read(store):
    first, second = news("a"), news("a", BODY + "The mayor disagreed.")
    store.add("wire", read(first), seen=NOON)
    assert store.add("wire", read(second), seen=NOON + HOUR) == Added(0, 1, 0)
    (key,) = {version.key for version in store.versions(article_key(store))}
    assert [(v.number, v.seen) for v in store.versions(key)] == [(1, NOON), (2, NOON + HOUR)]
    assert (store.raw(key, 1), store.raw(key, 2)) == (first, second)


def article_key(store: Store) -> str:
    ((key,),) = store._database.rows("SELECT key FROM article")
    return key


def test_an_edition_of_an_earlier_moment_has_the_text_of_that_moment(store):
    first, second = news("a"), news("a", BODY + "The mayor disagreed.")
    store.add("wire", read(first), seen=NOON)
    store.add("wire", read(second), seen=NOON + HOUR)
    assert all_of(store, NOON + HOUR) == read(first)
    assert all_of(store, NOON + 2 * HOUR) == read(second)


def test_a_text_that_goes_back_to_what_it_said_is_a_third_version(store):
    first, second = news("a"), news("a", BODY + "The mayor disagreed.")
    for hour, raw in enumerate((first, second, first)):
        store.add("wire", read(raw), seen=NOON + hour * HOUR)
    assert len(store.versions(article_key(store))) == 3
    assert all_of(store) == read(first)


def test_two_subscriptions_that_show_one_page_differently_do_not_change_it_at_each_visit(store):
    full = news("a")
    short = RawArticle("site/a", BODY[:60], "html", url=full.url)
    for hour in range(0, 6, 2):
        store.add("wire", read(full), seen=NOON + hour * HOUR)
        store.add("site", read(short), seen=NOON + (hour + 1) * HOUR)
    keys = [raw.identity for one in all_of(store) for raw in one.articles]
    assert [len(store.versions(key)) for key in keys] == [1, 1]  # each has its own


def test_a_file_that_was_edited_stands_for_its_newest_text_only(store):
    first, second = news("a.txt", url=""), news("a.txt", BODY + "The mayor disagreed.", url="")
    store.add("wire", read(first), seen=NOON)
    store.add("wire", read(second), seen=NOON + HOUR)
    assert all_of(store, NOON + HOUR) == read(first)
    assert all_of(store) == read(second)


def test_only_articles_first_seen_or_published_in_the_time_asked_for_are_given(store):
    old = news("old", dates=(DateClue("2022-01-02T09:00:00Z", "metadata"),))
    store.add("wire", read(old), seen=NOON - 48 * HOUR)
    store.add("wire", read(news("new")), seen=NOON)
    assert store.inputs(since=NOON, until=NOON + HOUR) == read(news("new"))
    assert store.inputs(since=NOON - HOUR, until=NOON) == ()
    january = datetime(2022, 1, 2, tzinfo=UTC)
    assert store.inputs(since=january, until=january + 24 * HOUR) == ()
    store.keep(cleaned(old))
    assert store.inputs(since=january, until=january + 24 * HOUR) == ()  # nobody had seen it by then
    late = {"since": january, "until": january + 24 * HOUR}
    assert store.inputs(**late, seen_before=NOON - 48 * HOUR) == ()
    assert store.inputs(**late, seen_before=NOON + HOUR) == read(old)  # an edition made afterwards
    embargoed = news("later", dates=(DateClue("2022-02-05T09:00:00Z", "metadata"),))
    keep(store, embargoed)
    day = datetime(2022, 2, 5, tzinfo=UTC)
    assert store.inputs(since=day, until=day + 24 * HOUR) == read(embargoed)


def test_old_news_that_a_new_source_brings_is_no_news_of_the_day(store):
    week, older = (
        news(name, dates=(DateClue(f"{day.isoformat()}T12:00:00Z", "metadata"),))
        for name, day in (("week", NOON.date() - timedelta(days=6)), ("older", NOON.date() - timedelta(days=9)))
    )
    keep(store, week, older, news("undated"))
    found = store.inputs(since=NOON, until=NOON + HOUR)
    assert [read.path for read in found] == ["wire/undated", "wire/week"]


def test_a_long_list_without_dates_that_a_new_source_brings_is_no_news_of_the_day(store):
    keep(store, *(news(f"notice-{n}") for n in range(6)))
    early = {"since": NOON, "until": NOON + HOUR}
    late = {"since": NOON, "until": NOON + 2 * HOUR}
    assert store.inputs(**early, backlog=False) == ()
    assert len(store.inputs(**early, backlog=True)) == 6
    store.add("wire", read(news("second-visit")), seen=NOON + HOUR)
    store.keep(cleaned(news("second-visit")))
    assert [read.path for read in store.inputs(**late, backlog=False)] == ["wire/second-visit"]


def test_a_few_undated_items_and_files_of_a_new_source_are_news_of_the_day(store):
    keep(store, *(news(f"notice-{n}") for n in range(5)))
    assert len(store.inputs(since=NOON, until=NOON + HOUR, backlog=False)) == 5
    files = [news(f"file-{n}", f"{BODY} It has {n} arches.", url="") for n in range(9)]
    store.add("folder", read(*files), seen=NOON)
    store.keep(cleaned(*files))
    assert len(store.inputs(since=NOON, until=NOON + HOUR, backlog=False)) == 14


def test_what_was_refused_is_given_with_its_reason_until_it_can_be_read(store):
    refused = Input("wire/a", (), (Note("E_EMPTY", "wire/a: it is empty."),))
    store.add("wire", [refused], seen=NOON)
    store.add("wire", [refused], seen=NOON + HOUR)
    assert all_of(store) == (refused,)
    store.add("wire", read(news("a")), seen=NOON + 2 * HOUR)
    assert all_of(store) == read(news("a"))
    assert all_of(store, NOON + HOUR) == (refused,)


def test_an_address_is_known_once_it_was_collected(store):
    store.add("wire", read(news("a"), news("b", url="")), seen=NOON)
    assert store.known("https://news.example/a", "wire")
    assert not store.known("https://news.example/c", "wire")
    assert not store.known("https://news.example/a", "blog")
    assert not store.known("", "wire")


TEXTS = st.text(st.characters(), max_size=60)  # half surrogate pairs too: JSON feeds have them
RAWS = st.builds(
    RawArticle,
    input=TEXTS,
    text=TEXTS,
    kind=st.sampled_from(["text", "html"]),
    title=TEXTS,
    outlet=TEXTS,
    url=TEXTS,
    guid=TEXTS,
    feed=TEXTS,
    dates=st.lists(st.builds(DateClue, TEXTS, st.sampled_from(get_args(DateEvidence))), max_size=2).map(tuple),
    notes=st.lists(st.builds(Note, TEXTS, TEXTS), max_size=2).map(tuple),
)


@settings(max_examples=25, deadline=None)  # each example synchronises a file with the disk
@given(st.lists(RAWS, max_size=5, unique_by=(lambda raw: raw.input, lambda raw: raw.guid, lambda raw: raw.url)))
def test_whatever_is_added_comes_back_equal(tmp_path_factory, raws):
    with Store.open(tmp_path_factory.mktemp("store") / "briefing.sqlite") as store:
        store.add("wire", read(*raws), seen=NOON)
        assert {raw.input: raw for i in all_of(store) for raw in i.articles} == {raw.input: raw for raw in raws}


def test_the_order_in_which_versions_and_articles_arrive_does_not_matter(tmp_path):
    visits = [
        (NOON + hour * HOUR, news(name, f"{BODY}{state}"))
        for hour, name, state in [(0, "a", 1), (1, "a", 2), (3, "b", 1), (2, "b", 1)]
    ]
    seen = set()
    for n, order in enumerate(permutations(visits)):
        with Store.open(tmp_path / f"{n}.sqlite") as store:
            for moment, raw in order:
                store.add("wire", read(raw), seen=moment)
            keys = [key for (key,) in store._database.rows("SELECT key FROM article ORDER BY key")]
            history = tuple(store.versions(key) for key in keys)
            given_out = tuple(all_of(store, NOON + hour * HOUR) for hour in range(5))
            seen.add((history, given_out))
    assert len(seen) == 1


# ---------------------------------------------------------------- cleaned texts, editions, standings


def test_what_cleaning_made_of_an_article_comes_back_equal(store):
    raws = [news("a"), news("b", title="Another"), news("c", "x", title="")]
    store.add("wire", read(*raws), seen=NOON)
    made = cleaned(*raws)
    articles = tuple(item.article for item in made if item.article)
    assert store.keep(made) == len(articles) == 2
    assert store.articles(a.id for a in articles) == articles
    assert store.articles(["0" * 16]) == ()


def test_only_what_was_not_cleaned_yet_is_given_to_cleaning(store):
    raws = [news("a"), news("c", "x", title="")]
    store.add("wire", read(*raws), seen=NOON)
    assert store.to_clean() == read(*raws)
    store.keep(cleaned(*raws))
    assert store.to_clean() == ()
    store.add("wire", read(news("a", BODY + "The mayor disagreed.")), seen=NOON + HOUR)
    assert [i.path for i in store.to_clean()] == ["wire/a"]


def test_a_text_that_goes_back_to_what_it_said_is_cleaned_in_each_of_its_versions(store):
    first, second = news("a"), news("a", BODY + "The mayor disagreed.")
    for hour, raw in enumerate((first, second, first)):
        store.add("wire", read(raw), seen=NOON + hour * HOUR)
    store.keep(cleaned(first))
    assert store.to_clean() == read(second)
    store.keep(cleaned(second))
    assert store.to_clean() == ()
    (old,), (new,) = cleaned(first), cleaned(second)
    given = [store.articles([old.article.id], until=NOON + hour * HOUR + HOUR) for hour in range(3)]
    assert given == [(old.article,), (new.article,), (old.article,)]


def test_an_article_is_given_as_it_was_known_at_a_moment(store):
    first, second = news("a"), news("a", BODY + "The mayor disagreed.")
    store.add("wire", read(first), seen=NOON)
    store.add("wire", read(second), seen=NOON + HOUR)
    (old,), (new,) = (cleaned(first), cleaned(second))
    store.keep([old, new])
    assert store.articles([new.article.id]) == (new.article,)
    assert store.articles([new.article.id], until=NOON + HOUR) == (old.article,)


def test_the_edition_of_a_day_is_kept_byte_for_byte_and_replaced_by_a_later_one(store, sample):
    issue = issue_bytes(sample)
    store.remember(sample, b"an earlier one", made=NOON)
    store.remember(sample, issue, made=NOON + HOUR)
    assert store.issue(sample.day) == issue
    assert store.issue(date(2022, 1, 31)) is None
    assert store.issues(since=date(2022, 1, 1), before=sample.day) == ()
    assert store.issues(since=date(2022, 1, 1), before=date(2022, 2, 2)) == (issue,)


def test_the_days_on_which_a_sentence_was_printed_are_known(store, sample):
    hashes = [sentence.receipt.sha256 for story in sample.stories for sentence in story.summary]
    store.remember(sample, issue_bytes(sample), made=NOON)
    assert hashes
    assert store.printed([*hashes, "0" * 64]) == dict.fromkeys(hashes, (sample.day,))


def test_a_standing_comes_back_equal_and_the_newest_counts(store):
    first = Standing("wire", "https://news.example/feed", etag='"1"', last_try=NOON, not_before=NOON + HOUR, failures=2)
    store.keep_standing(first)
    assert store.standings() == {"wire": first}
    store.keep_standing(Standing("wire", gone=True))
    assert store.standings() == {"wire": Standing("wire", gone=True)}


def test_a_subscription_shows_its_articles_and_how_many_a_day_are_new(store):
    for days, name in enumerate("abcd"):
        store.add("wire", read(news(name)), seen=NOON - timedelta(days=4 * days))
    store.keep_standing(Standing("wire"))
    store.keep_standing(Standing("silent"))
    silent, wire = store.health(NOON)
    assert (silent.articles, silent.per_day, silent.newest) == (0, 0.0, None)
    assert (wire.articles, wire.per_day, wire.newest) == (4, 2 / 7, NOON)


# ---------------------------------------------------------------- deliveries

MESSAGE = Delivery(DAY, "sanctions", "0" * 64, "mail", "a@example.org", message_id="<1@example.org>")


def test_a_message_under_way_accepted_or_unknown_is_not_begun_again(store):
    assert store.begin(MESSAGE, NOON)
    assert not store.begin(MESSAGE, NOON)
    for state, again in [("accepted", False), ("unknown", False), ("deferred", True), ("refused", True)]:
        store.settle(MESSAGE, state, "the server's words", NOON + HOUR)
        assert store.begin(MESSAGE, NOON + HOUR) is again
        store.settle(MESSAGE, "deferred", "", NOON)
    (row,) = store.deliveries(DAY)
    assert (row.attempts, row.message_id) == (3, "<1@example.org>")
    assert store.deliveries(date(2022, 2, 2)) == ()


def test_a_message_that_a_dead_process_left_under_way_may_have_arrived(tmp_path):
    with Store.open(tmp_path / "s") as store:
        store.begin(MESSAGE, NOON)
    with Store.open(tmp_path / "s") as store:
        assert [row.state for row in store.deliveries()] == ["sending"]  # somebody may be at it still
        assert store.give_up_stale() == 1
        assert [row.state for row in store.deliveries()] == ["unknown"]
        assert not store.begin(MESSAGE, NOON)
        assert store.give_up_stale() == 0


def test_nothing_is_begun_to_a_suppressed_address_however_it_is_written(store):
    store.suppress("A@Example.org ", "asked us by telephone")
    assert store.suppressed() == {"a@example.org"}
    assert not store.begin(MESSAGE, NOON)
    assert [(row.state, row.reply, row.attempts) for row in store.deliveries()] == [
        ("suppressed", "asked us by telephone", 0)
    ]
    assert store.unsuppress("a@example.ORG")
    assert not store.unsuppress("a@example.org")
    assert store.begin(MESSAGE, NOON)


def test_who_has_left_one_list_is_still_sent_what_another_list_asks_for(store):
    store.unsubscribe("A@Example.org", "Everybody", "by the link in a mail")
    assert store.unsubscribed() == {("a@example.org", "Everybody")}
    assert not store.begin(MESSAGE, NOON, ("Everybody",))
    assert store.deliveries()[0].reply == "by the link in a mail"
    assert store.begin(MESSAGE, NOON, ("Everybody", "Night shift"))
    assert store.resubscribe("a@example.org")
    assert not store.resubscribe("a@example.org")
    assert store.unsubscribed() == frozenset()


def test_a_key_is_made_once_for_each_store(tmp_path):
    with Store.open(tmp_path / "a") as one, Store.open(tmp_path / "b") as other:
        key = one.secret("unsubscribe")
        assert len(key) == 32
        assert len({key, one.secret("other"), other.secret("unsubscribe")}) == 3
    with Store.open(tmp_path / "a") as one:
        assert one.secret("unsubscribe") == key


def test_what_was_not_begun_cannot_be_settled(store):
    with pytest.raises(StoreError, match=r"a@example\.org"):
        store.settle(MESSAGE, "accepted", "", NOON)
