"""Stories: one event, one story; copies, origins and wider developments."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import SettingsError
from briefing.model import Article, Story
from briefing.stages.stories import STRICTNESS, group_stories
from tests.paths import development

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)

FERRY = (
    "The night ferry Halvard ran aground off Skelby harbour in a storm and 214 passengers were taken off by lifeboat. "
    "The coastguard said the engine failed two miles from the pier. Nobody was badly hurt. "
    "The company Norrlinje has cancelled all crossings until the hull is inspected by divers."
)
FERRY_TOLD_AGAIN = (
    "All 214 people aboard the ferry Halvard are safe after the ship struck rocks near Skelby on Sunday night. "
    "Lifeboats brought the passengers ashore, the coastguard reported; an engine failure is suspected. "
    "Norrlinje, which owns the vessel, stopped its crossings while divers look at the hull."
)
BANK = (
    "The central bank raised its key rate to 4.25 percent, the third increase this year, to slow inflation. "
    "Economists had expected a smaller step. Mortgage lenders said monthly payments would climb by spring."
)
GOAL = (
    "A goal in the last minute took Brunnby to the cup final for the first time since 1974. "
    "Keeper Lotta Vik saved a penalty before half-time. The club's supporters filled the square until midnight."
)
MUSEUM = (
    "The maritime museum has lent its oldest globe to Lisbon for an exhibition on early charts. "
    "Curators packed it in a case built by a violin maker."
)
HULL = (
    "the hull of the ferry torn open near the engine. Norrlinje, the company that owns the Halvard, said it would "
    "cancel crossings until June. The coastguard and the harbour of Skelby asked for a tug."
)
TEXTS = (FERRY, FERRY_TOLD_AGAIN, BANK, GOAL, MUSEUM)


def article(text: str, *, title: str = "", day: int | None = 0, outlet: str = "", url: str = "") -> Article:
    when = None if day is None else DAY + timedelta(days=day)
    return Article.from_text(text, title=title, published=when, outlet=outlet, url=url, language="en")


def groups(stories: Sequence[Story]) -> set[frozenset[str]]:
    return {frozenset(a.id for a in story.articles) for story in stories}


def story_of(stories: Sequence[Story], one: Article) -> Story:
    return next(story for story in stories if any(a is one for a in story.articles))


def test_two_reports_of_one_event_are_one_story() -> None:
    one, other, bank = article(FERRY), article(FERRY_TOLD_AGAIN), article(BANK)
    assert groups(group_stories([one, bank, other])) == {frozenset({one.id, other.id}), frozenset({bank.id})}


def test_no_articles_are_no_stories() -> None:
    assert group_stories([]) == []


def test_an_article_without_words_is_a_story_of_its_own() -> None:
    empty, bank = article("…"), article(BANK)
    assert groups(group_stories([empty, bank])) == {frozenset({empty.id}), frozenset({bank.id})}


def test_the_same_words_weeks_apart_are_two_stories() -> None:
    earlier, later = article(FERRY, day=-20), article(FERRY_TOLD_AGAIN)
    assert len(group_stories([earlier, later])) == 2


def test_the_day_of_the_event_parts_what_was_printed_on_one_day() -> None:
    one, other = article(FERRY), article(FERRY_TOLD_AGAIN)
    days = {one.id: date(2026, 3, 1), other.id: date(2026, 2, 16)}
    assert len(group_stories([one, other])) == 1
    assert len(group_stories([one, other], strictness="strict", event_days=days)) == 2


def test_languages_are_kept_apart() -> None:
    english = article(FERRY)
    german = Article.from_text(FERRY_TOLD_AGAIN, published=DAY, language="de")
    assert len(group_stories([english, german])) == 2


def test_a_language_whose_words_are_not_counted_asks_for_more_likeness() -> None:
    stage = (
        "Le coureur Lars Holm a gagné la troisième étape du tour entre Skelby et Tarn, devant le peloton. "
        "Une chute a retardé deux favoris dans la dernière descente, et le maillot change d'épaules."
    )
    again = (
        "Lars Holm a gagné la troisième étape du tour, loin devant le peloton, malgré une chute vers Tarn. "
        "Deux favoris sont retardés."
    )
    another = (
        "Les équipes du tour ont passé la nuit à Velm après une étape de montagne. "
        "Le maillot de Per Lund est menacé par la pluie annoncée, disent les mécaniciens."
    )
    first, same, other = (Article.from_text(text, published=DAY, language="fr") for text in (stage, again, another))
    assert len(group_stories([first, same])) == 1
    assert len(group_stories([first, other])) == 2


def test_an_unknown_strictness_is_named_with_the_known_ones() -> None:
    with pytest.raises(SettingsError) as error:
        group_stories([], strictness="wild")
    assert all(name in error.value.hint for name in STRICTNESS)


def test_stricter_desks_get_more_stories() -> None:
    articles = [article(text, day=n % 3) for n, text in enumerate(TEXTS)]
    counts = [len(group_stories(articles, strictness=name)) for name in ("strict", "normal", "loose")]
    assert counts == sorted(counts, reverse=True)


def test_a_mirror_is_merged_into_the_fullest_copy_and_kept_in_the_story() -> None:
    full = article(FERRY + " The mayor of Skelby thanked the crews.", outlet="Coast News")
    mirror = article(FERRY, outlet="Mirror", url="https://mirror.example/1")
    (story,) = group_stories([mirror, full])
    assert story.duplicates == ((mirror.id, full.id),)
    assert {a.id for a in story.articles} == {mirror.id, full.id}
    assert len(story.origins) == 1


def test_an_address_that_somebody_claims_hides_nobodys_report() -> None:
    url = "https://coast.example/ferry"
    real = Article.from_text(FERRY, url=url, published=DAY, language="en")
    claims = Article.from_text(BANK, url=url, published=DAY + timedelta(hours=3), language="en")
    found = group_stories([real, replace(claims, id="0123456789abcdef")])
    assert [(s.articles[0].body, s.duplicates) for s in found] in ([(FERRY, ()), (BANK, ())], [(BANK, ()), (FERRY, ())])


def test_articles_stand_oldest_first_and_undated_last() -> None:
    late, early, undated = article(FERRY, day=1), article(FERRY_TOLD_AGAIN), article(FERRY + " Crews rested.", day=None)
    (story,) = group_stories([undated, late, early])
    assert [a.published for a in story.articles] == [early.published, late.published, None]
    assert story.id.endswith(early.id)


def test_the_headline_is_one_of_the_articles_titles() -> None:
    untitled = article(FERRY)
    titled = article(FERRY_TOLD_AGAIN, title="Ferry passengers safe")
    (story,) = group_stories([untitled, titled])
    assert story.headline_article == titled.id
    (alone,) = group_stories([untitled])
    assert alone.headline_article == ""


def test_a_link_says_which_names_figures_and_day_both_articles_have() -> None:
    (story,) = group_stories([article(f"On Monday {FERRY}", day=0), article(f"On Monday {FERRY_TOLD_AGAIN}", day=0)])
    (link,) = story.links
    assert 0 < link.similarity <= 1
    assert (link.day, link.day_words) == (date(2026, 3, 2), "Monday")
    assert "214" in link.shared
    assert any("Halvard" in name for name in link.shared)


def test_later_news_of_the_same_matter_is_another_story() -> None:
    first = article(FERRY)
    later = article(
        "Divers inspecting the ferry Halvard found a crack of nine metres in the hull, Norrlinje said. "
        "The ship will be towed from Skelby to a yard and the crossings stay cancelled through Easter.",
        day=6,
    )
    assert len(group_stories([first, later, article(BANK, day=6)])) == 3


article_lists = st.lists(
    st.tuples(st.sampled_from(TEXTS), st.sampled_from(TEXTS), st.one_of(st.none(), st.integers(-3, 3))), max_size=9
).map(lambda rows: [article(a[: len(a) // 2] + b, day=day) for a, b, day in rows])


@settings(max_examples=40, deadline=None)
@given(article_lists)
def test_every_article_given_is_in_exactly_one_story(articles: list[Article]) -> None:
    found = [id(a) for story in group_stories(articles) for a in story.articles]
    assert sorted(found) == sorted(map(id, articles))


@settings(max_examples=40, deadline=None)
@given(article_lists, st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(articles: list[Article], draw: object) -> None:
    shuffled = list(articles)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert group_stories(shuffled) == group_stories(articles)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(TEXTS), st.one_of(st.none(), st.integers(-3, 3))), max_size=9))
def test_an_unrelated_article_splits_no_story(rows: list[tuple[str, int | None]]) -> None:
    articles = [article(text, title=str(n), day=day) for n, (text, day) in enumerate(rows)]
    unrelated = article("Beekeepers in Tarn weighed their hives after an early blossom of almond and plum trees.")
    after = group_stories([*articles, unrelated])
    for story in group_stories(articles):
        inside = {id(a) for a in story.articles}
        homes = [s for s in after if inside & {id(a) for a in s.articles}]
        assert len(homes) == 1


@settings(max_examples=40, deadline=None)
@given(article_lists)
def test_a_saga_never_parts_a_story_and_origins_cover_it(articles: list[Article]) -> None:
    for story in group_stories(articles):
        covered = [i for origin in story.origins for i in origin.article_ids]
        assert sorted(covered) == sorted({a.id for a in story.articles})


# ---- on the development data


def _quality() -> tuple[object, Path]:
    sys.path.insert(0, str(development("bench")))
    try:
        quality = importlib.import_module("quality")
    finally:
        sys.path.pop(0)
    return quality, development("data")


@pytest.mark.slow
@pytest.mark.development
def test_public_clusters_are_grouped_right() -> None:
    quality, data = _quality()
    scores = quality.score_stories([data / "clustering.dev.jsonl.gz"])  # type: ignore[attr-defined]
    assert scores["briefing"]["f1"] >= 0.93
    assert scores["ecb+"]["f1"] >= 0.9


@pytest.mark.slow
@pytest.mark.development
def test_of_one_crisis_different_events_are_never_one_story_and_never_followed() -> None:
    quality, data = _quality()
    scores = quality.score_links([data / "links.dev.jsonl.gz", data / "ukraine_pool.dev.jsonl.gz"])  # type: ignore[attr-defined]
    assert scores["different"]["one_story"] == scores["different"]["followed"] == 0
    assert scores["saga"]["one_story"] <= 0.14
    assert scores["next"]["one_story"] <= 0.2
    assert scores["same"]["one_story"] >= 0.55
    assert scores["next"]["followed"] >= 0.5
    assert scores["saga"]["followed"] <= 0.25
