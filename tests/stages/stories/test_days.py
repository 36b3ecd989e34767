"""How near two articles are in time: the day of the event, as their openings name it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from briefing.model import Article
from briefing.stages.stories.columns import first_event
from briefing.stages.stories.days import OWN_DAY, Days, event_named
from briefing.text.languages import language

EN = language("en")


def article(body: str, day: int) -> Article:
    return Article.from_text(body, published=datetime(2026, 3, day, 9, tzinfo=UTC), language="en")


def nearness(one: Article, other: Article) -> float:
    days = Days.of([one, other], EN, {})
    return float(days.one_event(np.array([0]), np.array([1]))[0])


@pytest.mark.parametrize("words", ["last week", "this week", "earlier this month", "last year"])
def test_a_week_or_month_that_an_opening_names_is_no_day_of_an_event(words: str) -> None:
    assert event_named(article(f"The strike that began {words} goes on in Brekk.", 12), EN) is None
    named = event_named(article(f"The strike that began {words} was called off on Tuesday in Brekk.", 12), EN)
    assert named == (date(2026, 3, 10), "Tuesday")


@pytest.mark.parametrize("earlier", ["had come to Brekk on Monday", "had already visited the port on Monday"])
def test_a_day_in_the_pluperfect_is_background(earlier: str) -> None:
    assert event_named(article(f"Two envoys are on their way to Brekk. A third {earlier}.", 12), EN) is None
    after = event_named(article(f"An envoy who {earlier} was shot at on Wednesday.", 12), EN)
    assert after == (date(2026, 3, 11), "Wednesday")
    for told in ("The mayor said on Monday that the ferry had sunk.", "The mayor had three votes on Monday."):
        assert event_named(article(told, 12), EN) == (date(2026, 3, 9), "Monday")


def test_two_articles_that_only_name_last_week_are_no_nearer_than_two_that_name_no_day() -> None:
    vague = "The ferry ran aground last week off Brekk."
    plain = "The ferry ran aground off Brekk."
    assert nearness(article(vague, 12), article(vague, 12)) == nearness(article(plain, 12), article(plain, 12))


def test_a_report_without_a_day_is_of_the_day_it_was_published_on() -> None:
    first = article("A ferry ran aground off Brekk.", 10)
    told_later = article("A ferry ran aground off Brekk on Tuesday.", 11)
    other_day = article("A ferry ran aground off Brekk on Monday.", 11)
    assert nearness(first, told_later) == pytest.approx(OWN_DAY)
    assert nearness(first, other_day) < OWN_DAY / 1.5
    assert nearness(first, article("A ferry ran aground off Brekk.", 11)) < OWN_DAY / 1.5


def test_the_headline_of_a_live_page_is_not_that_of_its_later_parts() -> None:
    first = "Tugs pulled the ferry Alma off the rocks near Brekk on Tuesday. Her hull is torn."
    second = "The council of Ardlow passed a budget of 41 million crowns. Schools receive the largest share of it."
    whole = Article.from_text(f"{first}\n{second}", title="Ferry Alma towed off Brekk – as it happened", language="en")
    parts = [replace(whole, span=(0, len(first))), replace(whole, span=(len(first) + 1, len(whole.body)))]
    assert [first_event(part, EN).title for part in parts] == [whole.title, ""]
