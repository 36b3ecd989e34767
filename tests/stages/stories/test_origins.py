"""Origins: reprints and rewrites of one text are one report, independent reports stay two."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefing.model import Article, Origin
from briefing.stages.stories.origins import Reports
from briefing.stages.stories.texts import Wordbook
from briefing.text.aliases import default
from briefing.text.languages import language
from tests.paths import development

DAY = datetime(2026, 3, 2, tzinfo=UTC)
WIRE = (
    "The night ferry Halvard ran aground off Skelby harbour during a heavy storm late on Sunday. "
    "Coastguard lifeboats carried 214 passengers to the pier within three hours of the first alarm. "
    "The engine failed two miles from land, according to a preliminary report by the harbour authority. "
    "Norrlinje, the owner, cancelled every crossing until divers have inspected the damaged hull. "
    "Two sailors were treated for bruises in the regional hospital and sent home on Monday."
)
REWRITE = (
    "Late on Sunday the night ferry Halvard ran aground off the harbour of Skelby in a heavy storm. "
    "Lifeboats of the coastguard brought 214 passengers to the pier within three hours of the alarm. "
    "According to a preliminary report of the harbour authority, the engine failed two miles from land. "
    "The owner, Norrlinje, has cancelled all crossings until the damaged hull is inspected by divers. "
    "Two sailors treated for bruises in a regional hospital were sent home Monday."
)
INDEPENDENT = (
    "Passengers described hours of fear after the Halvard struck rocks close to Skelby. "
    "Anna Lind, a teacher, held her two children on deck while waves broke over the rail. "
    "Fishermen from the village arrived first and threw ropes before any official boat was seen. "
    "Some travellers complained that announcements were made in one language only. "
    "A spokesman for Norrlinje apologised and promised to repay every ticket this week."
)
QUOTES = (
    " “We heard a terrible noise and then the lights went out on every deck of the ship,” said captain Rolf Ek."
    " “Nobody panicked and the crew did exactly what they had practised for many years,” he told reporters."
    " “I am proud of everybody who was out there in the dark that night with the lifeboats,” the mayor added."
)


def article(text: str, outlet: str = "", wire: str = "") -> Article:
    return replace(Article.from_text(text, outlet=outlet, published=DAY, language="en"), wire=wire)


def origins(*articles: Article, copies: dict[str, str] | None = None) -> tuple[Origin, ...]:
    return Reports(language("en"), Wordbook(default())).origins(articles, copies or {})


def test_a_rewritten_copy_is_of_the_agency_it_was_made_from() -> None:
    (origin,) = origins(article(WIRE, "Post", "AP"), article(REWRITE, "Blog"))
    assert (origin.name, origin.kind) == ("AP", "agency")


def test_two_outlets_with_one_text_and_no_agency_share_it() -> None:
    (origin,) = origins(article(WIRE, "Post"), article(REWRITE, "Blog"))
    assert (origin.name, origin.kind) == ("Post", "shared text")


def test_two_reporters_at_one_event_are_two_origins() -> None:
    found = origins(article(WIRE, "Post"), article(INDEPENDENT, "Herald"))
    assert [(o.name, o.kind) for o in found] == [("Post", "own reporting"), ("Herald", "own reporting")]


def test_quoting_the_same_people_does_not_make_two_reports_one() -> None:
    assert len(origins(article(WIRE + QUOTES, "Post"), article(INDEPENDENT + QUOTES, "Herald"))) == 2


def test_two_articles_of_one_agency_are_one_origin() -> None:
    (origin,) = origins(article(WIRE, "Post", "Reuters"), article(INDEPENDENT, "Herald", "Reuters"))
    assert origin.name == "Reuters"
    assert len(origin.article_ids) == 2


def test_two_articles_of_one_outlet_are_one_origin() -> None:
    (origin,) = origins(article(WIRE, "Post"), article(INDEPENDENT, "Post"))
    assert (origin.name, origin.kind) == ("Post", "own reporting")


def test_articles_without_outlet_are_not_taken_for_one() -> None:
    assert len(origins(article(WIRE), article(INDEPENDENT))) == 2


def test_a_copy_belongs_to_the_origin_of_what_it_copies() -> None:
    one, copy, other = article(WIRE, "Post"), article("A short mirror.", "Mirror"), article(INDEPENDENT, "Herald")
    found = origins(one, copy, other, copies={copy.id: one.id})
    assert [o.article_ids for o in found] == [(one.id, copy.id), (other.id,)]


@pytest.mark.development
def test_the_real_rewrites_of_one_agency_story_are_one_origin_and_the_rest_stand_alone() -> None:
    from briefing.sources import read_inputs
    from briefing.stages.clean import clean_all
    from briefing.stages.stories import group_stories

    raws = [raw for read in read_inputs([development("seeds")]) for raw in read.articles]
    numbers = {raw.input: Path(raw.input).name[:3] for raw in raws}
    cleaned = clean_all(raws, today=date(2022, 2, 1), time_zone="UTC")
    number = {c.article.id: numbers[c.raw.input] for c in cleaned if c.article}
    stories = group_stories([c.article for c in cleaned if c.article])
    assert sorted(sorted(number[a.id] for a in s.articles) for s in stories) == [
        ["000"],
        ["001", "004"],
        ["002"],
        ["003"],
    ]
    (pair,) = [s for s in stories if len(s.articles) == 2]
    assert [(o.name, o.kind) for o in pair.origins] == [("AP", "agency")]
