"""What was collected is found again by its words, its theme, its outlet and its day."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.cli import run
from briefing.cli.search import shown
from briefing.errors import StoreError
from briefing.model import (
    Article,
    CitedSentence,
    Cleaned,
    DateClue,
    Edition,
    EditionStory,
    Hit,
    Imprint,
    Input,
    RawArticle,
    Receipt,
    Section,
    article_id,
)
from briefing.stages.clean import clean_all
from briefing.store import Store

DAY = date(2022, 2, 1)
NOON = datetime(2022, 2, 1, 12, tzinfo=UTC)


def raw(name: str, title: str, text: str, *, outlet: str = "", day: str = "") -> RawArticle:
    dates = (DateClue(day, "metadata"),) if day else ()
    url = f"https://news.example/{name}"
    return RawArticle(f"wire/{name}", text, "html", title=title, outlet=outlet, url=url, dates=dates)


ARTICLES = (
    raw(
        "javelins",
        "Anti-tank weapons reach Kyiv",
        "A third delivery of Javelin missiles landed on Tuesday. The minister thanked the crew in the café.\n" * 2,
        outlet="The Norvane Times",
        day="2022-01-25",
    ),
    raw(
        "gas",
        "Sanctions on a pipeline",
        "Lawmakers agreed to sanction the owner of the gas pipeline on Monday. Deliveries of gas went on.\n" * 2,
        outlet="Tarnholt Observer",
        day="2022-01-24",
    ),
    raw("talks", "Talks go on", "The foreign ministers met in Geneva to talk about missiles and a delivery.\n" * 2),
)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "briefing.sqlite") as opened:
        put(opened, *ARTICLES)
        yield opened


def put(store: Store, *raws: RawArticle, seen: datetime = NOON) -> None:
    store.add("wire", [Input(each.input, (each,)) for each in raws], seen=seen)
    store.keep(clean_all(raws, today=DAY, time_zone="UTC"))


def found(store: Store, words: str, **more) -> list[str]:
    return [hit.url.rsplit("/", 1)[1] for hit in store.search(words, **more)]


def test_any_form_of_a_word_is_found_newest_first(store):
    assert found(store, "missile") == ["talks", "javelins"]
    assert found(store, "MISSILES") == ["talks", "javelins"]
    assert found(store, "sanctioned") == ["gas"]
    assert found(store, "cafe") == ["javelins"]


def test_all_words_must_be_there_and_a_phrase_in_its_order(store):
    assert found(store, "delivery missiles") == ["talks", "javelins"]
    assert found(store, '"Javelin missiles"') == ["javelins"]
    assert found(store, '"missiles Javelin"') == []
    assert found(store, '"third delivery" crew') == ["javelins"]
    assert found(store, "pipeline Javelin") == []


def test_a_star_stands_for_any_ending(store):
    assert found(store, "deliv*") == ["talks", "javelins", "gas"]
    assert found(store, "pipel* Monda*") == ["gas"]


@pytest.mark.parametrize("word", ["war*", "using*", "U.S.*"])  # the stem of "using" is "us"
def test_a_beginning_that_would_find_nearly_everything_is_refused(store, word):
    with pytest.raises(StoreError, match="would find nearly everything") as error:
        store.search(word)
    assert error.value.code == "E_SEARCH"


@pytest.mark.parametrize(
    "words",
    [
        "missiles OR pipeline",
        "missiles NOT pipeline",
        "title:talks",
        "NEAR(missiles talks)",
        "mis'siles",
        "{title} : missiles",
        "^missiles",
        'unclosed "javelin missiles',
        'a "" b',
        "missiles)",
        "-missiles",
        "missiles; DROP TABLE article",
        "missiles\0",
    ],
)
def test_what_a_user_writes_is_words_and_never_a_command(store, words):
    store.search(words)
    assert found(store, "missile") == ["talks", "javelins"]


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_search_fails_but_with_a_sentence(opened_once, words):
    with contextlib.suppress(StoreError):
        opened_once.search(words)


@pytest.fixture(scope="module")
def opened_once(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("search") / "briefing.sqlite") as opened:
        put(opened, *ARTICLES)
        yield opened


def test_a_search_without_a_word_in_it_says_so(store):
    with pytest.raises(StoreError, match="holds no word"):
        store.search("— …")


def test_an_outlet_is_found_by_a_part_of_its_name(store):
    assert found(store, "", outlet="norvane times") == ["javelins"]
    assert found(store, "deliv*", outlet="Observer") == ["gas"]
    assert found(store, "missiles", outlet="Observer") == []
    assert found(store, "Observer") == []  # the outlet's name is no word of the article


def test_days_bound_a_search_by_publication_and_else_by_first_sight(store):
    tuesday = datetime(2022, 1, 25, tzinfo=UTC)
    assert found(store, "", since=tuesday) == ["talks", "javelins"]
    assert found(store, "", since=tuesday, until=tuesday + timedelta(1)) == ["javelins"]
    assert found(store, "", until=tuesday) == ["gas"]
    assert found(store, "deliv*", until=tuesday) == ["gas"]
    assert [hit.dated for hit in store.search("")] == [False, True, True]


def edition(theme: str, article: Article) -> Edition:
    sentence = CitedSentence(article.body[:20], Receipt.made(article.id, 0, 20, article.body[:20]))
    title = Receipt.made(article.id, 0, len(article.title), article.title, "title")
    story = EditionStory(1, article.id, article.title, title, sources=(article.id,), origins=(), summary=(sentence,))
    return Edition(Imprint("Morning", DAY), sections=(Section(theme, theme, "", (story,), ()),))


def test_an_article_is_found_under_the_theme_it_was_printed_under_until_the_edition_changes(store):
    (article,) = store.articles([article_id(url=ARTICLES[0].url)])
    store.remember(edition("arms-shipments", article), b"{}", made=NOON)
    (hit,) = store.search("Javelin", theme="arms-shipments")
    assert (hit.printed, hit.themes) == (("2022-02-01",), ("arms-shipments",))
    assert found(store, "", theme="arms-shipments") == ["javelins"]
    assert found(store, "", theme="arms") == []
    store.remember(edition("diplomacy", article), b"{}", made=NOON)
    assert found(store, "Javelin", theme="arms-shipments") == []
    assert found(store, "Javelin", theme="diplomacy") == ["javelins"]


def test_a_changed_article_is_found_once_by_its_new_and_its_old_words(store):
    changed = raw("javelins", "Anti-tank weapons reach Kyiv", ARTICLES[0].text.replace("Javelin", "Stinger"))
    put(store, changed, seen=NOON + timedelta(hours=1))
    assert found(store, "Stinger") == found(store, "Javelin") == ["javelins"]
    assert found(store, "") == ["javelins", "talks", "gas"]


def test_a_text_cleaned_again_replaces_the_one_before(store):
    item = clean_all([ARTICLES[0]], today=DAY, time_zone="UTC")[0]
    again = Article.from_text("Only Stingers.", url=item.article.url, title="Another", published=NOON)
    store.keep([Cleaned(item.raw, again)])
    assert found(store, "Javelin") == []
    assert found(store, "Stinger") == ["javelins"]


def test_the_snippet_shows_what_was_found_in_its_place(store):
    (hit,) = store.search("Javelin")
    assert [text for text, marked in hit.snippet if marked] == ["Javelin", "Javelin"]
    assert "".join(text for text, _ in hit.snippet).startswith("A third delivery of Javelin missiles landed")


def test_no_more_articles_are_given_than_asked_for(store):
    assert found(store, "missile", limit=1) == ["talks"]


def test_many_articles_of_one_minute_are_all_found(tmp_path, monkeypatch):
    monkeypatch.setattr("briefing.store.texts.A_MINUTE", 4)
    with Store.open(tmp_path / "s") as store:
        names = [f"n{n}" for n in range(10)]
        put(
            store,
            *(raw(name, f"Story {name}", "The council met on Tuesday to talk about the bridge.") for name in names),
        )
        assert sorted(found(store, "council")) == names
        assert sorted(found(store, "council", since=NOON, until=NOON + timedelta(minutes=1))) == names


# ---------------------------------------------------------------- on the command line


@pytest.fixture
def desk(here):
    with Store.open(here / "briefing.sqlite") as store:
        store.add("wire", [Input(each.input, (each,)) for each in ARTICLES], seen=NOON)
    return here


def test_the_command_finds_what_was_only_collected_and_marks_it_with_brackets(desk, capsys):
    assert run(["search", "Javelin", "--outlet", "Norvane"]) == 0
    out, err = capsys.readouterr()
    first, about, snippet = out.splitlines()
    assert first == "2022-01-25  Anti-tank weapons reach Kyiv"
    assert about.strip() == "The Norvane Times · https://news.example/javelins"
    assert snippet.strip().startswith("A third delivery of [Javelin] missiles landed")
    assert err == "1 article found.\n"


EVIL = "\x1b[31m\x07\u202e\x9b\r"


def hit(*snippet: tuple[str, bool], title: str = "Title", outlet: str = "", url: str = "") -> Hit:
    return Hit("k", title, outlet, url, NOON, dated=True, snippet=snippet)


def test_the_command_prints_nothing_that_a_terminal_obeys():
    pieces = (f"a{EVIL}\nb ", False), (f"Javelin{EVIL}", True)
    printed = shown(hit(*pieces, title=EVIL, outlet=EVIL, url=EVIL), UTC, styled=False)
    assert "[Javelin" in printed
    assert not set(printed) & set("\x1b\x07\u202e\x9b\r")
    assert len(printed.splitlines()) == 3


def test_the_command_makes_what_was_found_bold_on_a_terminal():
    pieces = ("some ", False), ("Javelin", True), (" missiles", False)
    assert shown(hit(*pieces), UTC, styled=True).splitlines()[1].strip() == "some \x1b[1mJavelin\x1b[0m missiles"


def test_the_command_takes_days_and_says_when_it_shows_only_some(desk, capsys):
    assert run(["search", "--since", "2022-01-25", "--until", "2022-01-25"]) == 0
    assert capsys.readouterr().out.startswith("2022-01-25  Anti-tank weapons")
    assert run(["search", "missiles", "--until", "2999-12-31", "--limit", "1"]) == 0
    assert "The newest 1 article; --limit shows more." in capsys.readouterr().err


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati"])
def test_days_are_those_of_the_desk_also_for_what_is_known_to_the_day_alone(here, capsys, zone):
    (here / "briefing.toml").write_text(f'[briefing]\ntime_zone = "{zone}"\n', encoding="utf-8")
    midnight = datetime(2022, 1, 25, tzinfo=ZoneInfo(zone))
    days = {
        "first": midnight,
        "last": midnight + timedelta(hours=23, minutes=59),
        "before": midnight - timedelta(0, 60),
    }
    dated = [raw(name, f"Pier {name}", "The pier of Skarn is closed.", day=at.isoformat()) for name, at in days.items()]
    dated.append(raw("day", "Pier day", "The pier of Skarn is closed until noon.", day="2022-01-25"))
    with Store.open(here / "briefing.sqlite") as store:
        store.add("wire", [Input(each.input, (each,)) for each in dated], seen=NOON)
    assert run(["search", "pier", "--since", "2022-01-25", "--until", "2022-01-25"]) == 0
    found = [line for line in capsys.readouterr().out.splitlines() if line.startswith("2022")]
    assert sorted(found) == [f"2022-01-25  Pier {name}" for name in ("day", "first", "last")]
    assert run(["forget", "--before", "2022-01-25", "--yes"]) == 0
    assert "The text of 1 article is forgotten." in capsys.readouterr().err
    assert run(["search", "pier"]) == 0
    assert "Pier before" not in capsys.readouterr().out


def test_the_command_without_a_store_or_a_question_says_what_to_do(here, capsys):
    assert run(["search", "Javelin"]) == 4
    assert "briefing.sqlite does not exist" in capsys.readouterr().err
    assert list(here.iterdir()) == []
    assert run(["search"]) == 2
    assert "Nothing is searched for" in capsys.readouterr().err
