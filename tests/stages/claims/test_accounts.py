"""Figures that differ between sources, side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefing.model import Account, Article, Origin, Story
from briefing.sources import read_inputs
from briefing.stages.claims import Counted, count_figures, find_accounts
from briefing.stages.claims.counted_units import units_of
from briefing.stages.claims.figures import figures_in
from briefing.stages.clean import clean_all
from briefing.stages.stories import group_stories
from briefing.text.languages import language
from briefing.text.sentences import split_sentences
from tests.paths import SEEDS, development


def article(text: str, outlet: str, day: date | None = None) -> Article:
    return Article.from_text(text, outlet=outlet, published=day, language="en", url=f"https://{outlet}.example/{day}")


def story(*articles: Article, origins: tuple[Origin, ...] | None = None) -> Story:
    own = tuple(Origin(a.outlet, "own reporting", (a.id,)) for a in articles)
    return Story("story", articles, origins or own)


def counted(*articles: Article) -> dict[str, tuple[Counted, ...]]:
    return {a.id: count_figures(a, split_sentences(a)) for a in articles}


def boxes(*stories: Story) -> list[list[str]]:
    found = find_accounts(stories, counted(*(a for s in stories for a in s.articles)))
    return [[figure.printed for figure in account.figures] for account, _ in found]


def figures(text: str) -> list[tuple[str, float, str]]:
    units = units_of(language("en"))
    assert units
    sentences = split_sentences(Article.from_text(text, language="en"))
    found = [c.figure for s in sentences for c in figures_in(s, units, language("en"))]
    return [(f.printed, f.value, f.unit) for f in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Oster has 120K troops in the north.", [("120K troops", 120_000, "people under arms")]),
        ("There are some 100,000 soldiers there.", [("some 100,000 soldiers", 100_000, "people under arms")]),
        (
            "There are as many as 90,000 Oster troops.",
            [("as many as 90,000 Oster troops", 90_000, "people under arms")],
        ),
        ("It sent 84 tons of grain.", [("84 tons", 84, "t")]),
        ("It gave $ 200 million in aid.", [("$ 200 million", 200_000_000, "USD")]),
        ("It gave $1.5bn in aid.", [("$1.5bn", 1_500_000_000, "USD")]),
        ("It gave 3 million euros in aid.", [("3 million euros", 3_000_000, "EUR")]),
        ("The strike killed at least 23 people.", [("at least 23 people", 23, "dead")]),
        ("Two dozen people were injured.", [("Two dozen people were injured", 24, "wounded")]),
        ("Oster holds 20 percent of the region.", [("20 percent of the region", 20, "percent")]),
        ("The force grew by 20% in 2014.", [("20%", 20, "percent")]),
        ("Police detained 40 protesters.", [("40 protesters", 40, "arrested people")]),
        ("The ferry had 86 people on board.", [("86 people on board", 86, "people aboard")]),
        ("It shot down 14 drones.", [("14 drones", 14, "drones")]),
        ("3 May 2022 18.05 Three people were killed.", [("Three people were killed", 3, "dead")]),
        ("It came three days after she was killed.", []),
    ],
)
def test_a_figure_is_read_with_what_it_counts(text: str, wanted: list[tuple[str, float, str]]) -> None:
    assert figures(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "It has 98-117 thousand troops.",
        "Between 3,000 and 5,000 troops went.",
        "On 24 February the road was closed.",
        "Two soldiers waved.",
    ],
)
def test_ranges_dates_and_a_few_soldiers_are_no_figures(text: str) -> None:
    assert figures(text) == []


LOW = "Russia has massed some 100,000 troops near the Ukrainian border."
HIGH = "The government in Kyiv counts 120,000 Russian soldiers close to its borders."


def test_two_sources_with_two_figures_on_one_thing_are_set_side_by_side_oldest_first_undated_last() -> None:
    early, late = article(HIGH, "a", date(2022, 1, 3)), article(LOW, "b", date(2022, 1, 5))
    undated = article("As many as 150,000 Russian troops stand near Ukraine.", "c")
    assert boxes(story(undated, late, early)) == [
        ["120,000 Russian soldiers", "some 100,000 troops", "As many as 150,000 Russian troops"]
    ]


def test_linked_stories_share_a_box() -> None:
    one, two = story(article(LOW, "a")), story(article(HIGH, "b"))
    found = find_accounts((one, two), counted(*one.articles, *two.articles))
    assert [stories for _, stories in found] == [(one, two)]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (LOW, LOW, "the same figure"),
        (LOW, "Nato has 40,000 troops near the Ukrainian border.", "another's troops"),
        (LOW, "Russia has massed 30,000 troops near the Polish border.", "another border"),
        (LOW, "Russia could send 300,000 troops to the Ukrainian border.", "only possible"),
        (LOW, "Russia sent an additional 7,000 troops to the Ukrainian border.", "an addition"),
        ("Russia has more than 100,000 troops near Ukraine.", HIGH, "more than 100,000 agrees with 120,000"),
        (LOW, f"{HIGH} Earlier it was 100,000 Russian soldiers.", "one source gives both"),
    ],
)
def test_figures_that_need_not_differ_are_no_box(one: str, other: str, why: str) -> None:
    assert boxes(story(article(one, "a"), article(other, "b"))) == [], why


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("At least 18 people were killed.", "A blast in the market killed 25 people.", False),
        ("At least 25 people were killed.", "A blast in the market killed 18 people.", True),
        ("More than 18 people were killed.", "Fewer than 30 people were killed in the market.", False),
        ("Some 95 people were wounded.", "A blast in the market wounded 100 people.", False),
        ("The minister and three others were killed.", "Four people were killed in the market.", False),
    ],
)
def test_a_bound_contradicts_only_what_it_excludes_and_a_round_figure_what_is_far(
    one: str, other: str, differ: bool
) -> None:
    assert bool(boxes(story(article(one, "a"), article(other, "b")))) is differ


def test_first_tolls_of_one_event_are_compared_though_they_share_few_words_and_later_ones_are_not() -> None:
    first = article("A quake shook the island. Ten people died.", "a")
    second = article("At least 14 people died, officials said on Sunday.", "b")
    filler = "The wind blew from the west. " * 12
    third = article(f"{filler}Years of rain had made the soil soft. A landslide there once killed 40 people.", "c")
    assert boxes(story(first, second, third)) == [["Ten people died", "At least 14 people died"]]


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        (
            "The fire at Lesk burned 40 homes on Sunday before the wind turned.",
            "The fire at Lesk burned 65 homes on Sunday, its mayor said.",
            ["40 homes", "65 homes"],
        ),
        (
            "The fire near Orrin has burned 12,000 acres of pine forest.",
            "The fire near Orrin has burned 18,500 acres of pine forest, the park said.",
            ["12,000 acres", "18,500 acres"],
        ),
        (
            "Tarn Steel will close its mill in Velm, which costs 900 jobs in the valley, said its owner.",
            "Tarn Steel closes its mill in Velm, which costs 1,400 jobs in the valley, the union said.",
            None,  # what is to come is no account
        ),
        (
            "The Tarn Steel mill in Velm has closed, which cost 900 jobs in the valley, said its owner.",
            "The Tarn Steel mill in Velm has closed, which cost 1,400 jobs in the valley, the union said.",
            ["900 jobs", "1,400 jobs"],
        ),
        (
            "Police in Harn counted 8,000 protesters on the square before the town hall.",
            "Organisers counted 20,000 protesters on the square before the town hall of Harn.",
            ["8,000 protesters", "20,000 protesters"],
        ),
        (
            "The police of Harn arrested 28,000 people on minor charges in 2013.",
            "The police of Harn arrested 50,000 people a year on minor charges under the last mayor.",
            None,
        ),
    ],
)
def test_sizes_of_a_fire_a_crowd_or_a_loss_are_compared(one: str, other: str, shown: list[str] | None) -> None:
    assert boxes(story(article(one, "a"), article(other, "b"))) == ([shown] if shown else [])


def test_sums_too_far_apart_are_two_things() -> None:
    text = "The city owes the water works {} for unpaid bills of its own houses."
    near, far = article(text.format("$150"), "b"), article(text.format("$70,246"), "c")
    assert boxes(story(article(text.format("$60,000"), "a"), far)) == [["$60,000", "$70,246"]]
    assert boxes(story(near, far)) == []


def test_copies_of_one_origin_count_once() -> None:
    a, b = article(LOW, "a"), article(HIGH, "b")
    assert boxes(story(a, b, origins=(Origin("KWP", "agency", (a.id, b.id)),))) == []


def test_one_source_with_two_figures_on_two_days_does_not_differ_from_itself() -> None:
    assert boxes(story(article(LOW, "a", date(2022, 1, 3)), article(HIGH, "a", date(2022, 1, 9)))) == []


def test_tolls_of_one_event_are_compared_and_of_two_events_are_not() -> None:
    one = article("The missile strike on Norvane market killed 18 people.", "a", date(2022, 1, 3))
    same = article("A missile strike on Norvane market killed 25 people, its mayor said.", "b", date(2022, 1, 4))
    other = article("A storm at sea off Tarnholt killed 40 people.", "c", date(2022, 1, 4))
    assert boxes(story(one, same, other)) == [["18 people", "25 people"]]


def accounts_under(folder: Path) -> list[Account]:
    raws = [raw for read in read_inputs([folder]) for raw in read.articles]
    cleaned = clean_all(raws, today=date(2022, 2, 1), time_zone="UTC")
    articles = list({c.article.id: c.article for c in cleaned if c.article}.values())
    stories = group_stories(articles)
    return [account for account, _ in find_accounts(stories, counted(*articles))]


def test_the_troops_at_the_border_are_100000_in_one_account_and_120000_in_another() -> None:
    assert [{f.value for f in account.figures} for account in accounts_under(SEEDS)] == [{100_000, 120_000}]


@pytest.mark.development
def test_the_troops_at_the_border_differ_in_the_real_articles_too() -> None:
    found = accounts_under(development("seeds"))
    assert [{f.value for f in account.figures} for account in found] == [{100_000, 120_000}]
