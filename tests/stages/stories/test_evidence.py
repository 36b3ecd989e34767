"""What makes two reports of one form two events, and one event told in two ways one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.model import Article, Story
from briefing.stages.stories import Step, follow_stories, followed, group_stories
from briefing.stages.stories.columns import first_event
from briefing.stages.stories.evidence import NO_EVIDENCE, Evidence, EvidenceReader
from briefing.text.aliases import default
from briefing.text.languages import language
from tests.paths import development

CASES = Path(__file__).parent


def pairs(file: str) -> Iterator[tuple[str, Article, Article]]:
    """Yield the cases of a file: what they are about, and two articles."""
    for block in (CASES / file).read_text(encoding="utf-8").strip().split("\n\n"):
        name, *lines = block.split("\n")
        one, other = (article(lines[n], lines[n + 1]) for n in (0, 2))
        yield name.removeprefix("# "), one, other


def article(head: str, body: str) -> Article:
    day, title = head.split(" | ")
    published = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    return Article.from_text(body, title=title, published=published, language="en")


@pytest.mark.parametrize(("about", "one", "other"), list(pairs("twins.txt")))
def test_reports_of_one_form_on_two_events_are_two_stories(about: str, one: Article, other: Article) -> None:
    assert len(group_stories([one, other])) == 2


@pytest.mark.parametrize(("about", "one", "other"), list(pairs("rewordings.txt")))
def test_one_event_told_in_other_words_is_one_story(about: str, one: Article, other: Article) -> None:
    assert len(group_stories([one, other])) == 1


def evidence(title: str, body: str, code: str = "en") -> Evidence:
    one = Article.from_text(body, title=title, language=code)
    return EvidenceReader(language(code), default()).read(one)


def test_the_ordinal_of_what_arrived_is_read_and_that_of_a_time_is_not() -> None:
    found = evidence("Third shipment of grain reaches Tesk", "It is the second time this week that a ship came in.")
    assert found.ordinals == {"shipment": {3}, "grain": {3}}


def test_roads_flights_and_models_are_told_by_their_numbers() -> None:
    found = evidence("Crash on A12", "A lorry that had left Highway 7 hit a bus. Flight KX 204 was diverted.")
    assert found.codes == {"A": {"12"}, "highway": {"7"}, "flight": {"204"}}


def test_a_result_needs_a_word_for_winning_beside_it() -> None:
    assert evidence("Brask beat Ulvik 3-0", "All goals fell late.").results == {"3-0"}
    assert evidence("Vote on 3-0 plan", "The council met for 2-3 hours.").results == frozenset()


def test_a_sum_that_was_agreed_counts_and_one_that_grows_does_not() -> None:
    assert evidence("", "Halland approved a $1.5 billion aid package for Peresh.").sums == {"$": {1.5e9}}
    assert evidence("", "Damage of $1.5 billion was reported in Halland.").sums == {}


def test_a_place_is_read_behind_its_preposition_and_a_state_is_told_from_it() -> None:
    found = evidence("", "A fire broke out in northern Telm on Monday. Help came from a base in Norway.")
    assert found.places == {"telm"}
    assert found.states == {"norway"}


def test_a_headline_in_capitals_throughout_shows_no_names_by_its_capitals() -> None:
    assert evidence("Fire In Warehouse Spreads Quickly", "A fire spread.").cast == frozenset()


def test_a_language_without_a_file_has_no_evidence() -> None:
    assert evidence("Zweite Lieferung", "Die zweite Lieferung kam am Montag in Lesk an.", "de") == NO_EVIDENCE


def test_a_column_is_compared_by_its_first_event_and_without_its_name() -> None:
    body = "\n".join(f"{name} " + "word " * 50 for name in ("Pier", "Budget", "Rain"))
    first = first_event(Article.from_text(body, title="Your Thursday Briefing", language="en"), language("en"))
    assert first.title == ""
    assert first.body.count("\n") == 1
    plain = Article.from_text(body, title="Pier closed", language="en")
    assert first_event(plain, language("en")) is plain


def test_two_columns_of_one_name_are_two_stories() -> None:
    one = article("2026-03-02 | What we know so far", "The ferry Alma ran aground off Brekk. Her crew was taken off.")
    other = article("2026-03-02 | What we know so far", "A dam broke above Harn at dawn. Three villages were cleared.")
    assert len(group_stories([one, other])) == 2


def stories(day: str, *texts: str) -> list[Story]:
    return group_stories([article(f"{day} | {title}", body) for title, body in (text.split(" | ") for text in texts)])


AGROUND = "Ferry Alma aground off Brekk | The ferry Alma ran aground off Brekk. Divers will look at her hull."
TOWED = "Ferry Alma towed to Hovden | Tugs pulled the ferry Alma off the rocks near Brekk. Her hull is torn."
BUDGET = "Council of Ardlow passes budget | The council of Ardlow passed a budget. Schools get most of it."


def test_the_next_step_of_a_story_is_followed_and_another_story_is_not() -> None:
    earlier = stories("2026-03-03", AGROUND, BUDGET)
    later = stories("2026-03-04", TOWED)
    aground = next(s for s in earlier if "Alma" in s.articles[0].title)
    assert follow_stories(earlier, later) == ((aground, later[0]),)


def test_a_person_alone_carries_no_story_from_one_day_to_the_next() -> None:
    speech = "Orla Venn speaks to the chamber | Orla Venn told the chamber of Noria that her harbours need cranes."
    fair = "Orla Venn opens a fair | Orla Venn opened a fair of painters in Tarn and bought a landscape of hills."
    cranes = "Noria buys cranes | After the speech of Orla Venn the chamber of Noria voted to buy cranes for harbours."
    (earlier,) = stories("2026-03-03", speech)
    later = stories("2026-03-04", fair, cranes)
    assert [b.articles[0].title for _, b in follow_stories([earlier], later)] == ["Noria buys cranes"]


def test_the_pairs_are_of_the_stories_that_were_given() -> None:
    earlier, later = stories("2026-03-03", AGROUND), stories("2026-03-04", TOWED)
    ((one, other),) = follow_stories(earlier, later)
    assert one is earlier[0]
    assert other is later[0]


MENTIONED = (
    "Storm season costs the coast of Hovland dear | The council of Ardlow counted its losses and set up a fund "
    "for farmers. Barns were flooded, and a bridge near Tarn is closed until the spring. Schools stay open, and"
    " buses take another road through the hills. Fruit growers expect half of what they picked last autumn. Off"
    " Brekk the ferry Alma is still aground. Insurers wait for the reports of their surveyors, and the council "
    "will vote on a dyke. Shops in the old town pumped water out of their cellars for a second week."
)


LONG_AGROUND = (
    f"{AGROUND} Passengers spent the night in a gymnasium, and a nurse looked after eleven of them. The captain had "
    "steered by an old chart, the owners said. Pilots had warned of the shoal since the harbour was dredged."
)


def test_a_long_report_that_mentions_an_earlier_event_among_others_is_not_its_next_step() -> None:
    (earlier,) = stories("2026-03-03", LONG_AGROUND)
    (mentions,), (goes_on,) = stories("2026-03-04", MENTIONED), stories("2026-03-04", f"{TOWED} She had run aground.")
    assert follow_stories([earlier], [mentions, goes_on]) == ((earlier, goes_on),)


def test_what_is_printed_as_a_next_step_must_be_more_alike_than_what_is_found() -> None:
    (earlier,) = stories("2026-03-03", LONG_AGROUND)
    claims = (
        "Shipping line faces claims | Farmers and a bakery want money from the line, since its ferry is "
        "aground. The hull blocks the way to the mill near Brekk, divers say, and flour comes by cart. A judge "
        "in Tarn will hear them in May, and lawyers expect that hearings take a year or two, as with tankers "
        "and barges. Insurers raise premiums for cargoes of timber."
    )
    (later,) = stories("2026-03-08", claims)
    before = {"alma": earlier.articles}
    assert followed([later], before) == {later.id: (Step("alma", is_sure=False),)}
    (towed,) = stories("2026-03-04", f"{TOWED} She had run aground.")
    assert followed([towed], before) == {towed.id: (Step("alma", is_sure=True),)}


def test_without_stories_nothing_is_followed() -> None:
    assert follow_stories([], stories("2026-03-04", TOWED)) == ()
    assert follow_stories(stories("2026-03-04", TOWED), []) == ()


EXPECTED = {
    "c01": 1,
    "c02": 2,
    "c03": 6,
    "c04": 4,
    "c05": 1,
    "c06": 2,
    "c07": 1,
    "c08": 2,
    "c09": 1,
    "c10": 3,
    "c11": 3,
}


@pytest.mark.development
@pytest.mark.parametrize("case", EXPECTED)
def test_the_known_twins_and_rewordings_are_told_apart(case: str) -> None:
    (folder,) = development("cases", "bugs").glob(f"{case}-*")
    rows = map(json.loads, (folder / "a.jsonl").read_text(encoding="utf-8").splitlines())
    articles = [
        Article.from_text(
            row["text"],
            title=row["title"],
            published=datetime.fromisoformat(row["date"]),
            outlet=row["outlet"],
            url=row["url"],
            language=row.get("language", "en"),
        )
        for row in rows
    ]
    assert len(group_stories(articles)) == EXPECTED[case]
