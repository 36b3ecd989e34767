"""The delta: what an edition tells beside those of earlier days. All texts are invented."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from briefing.build import comparing, edition_of
from briefing.build.persistence import memory_of
from briefing.model import Article, Edition, Input, Printing, RawArticle
from briefing.outputs.issue import issue_bytes
from briefing.settings import Settings
from briefing.stages.novelty.printed import printed_in
from briefing.stages.novelty.wording import Wording
from briefing.stages.proof import verify_edition
from briefing.stages.stories import Step
from briefing.text.languages import language
from tests.editions import imprinted
from tests.stages.novelty.week import (
    FERRY,
    FERRY_AGAIN,
    FERRY_MONDAY,
    FERRY_TUESDAY,
    LIBRARY_MONDAY,
    MONDAY,
    ORCHARD_WEDNESDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    built,
    raw,
    story,
)


def cleaned(raws: Sequence[RawArticle], day: date) -> dict[str, Article]:
    from briefing.stages.clean import clean_all

    return {c.article.id: c.article for c in clean_all(list(raws), today=day, time_zone="UTC") if c.article}


@pytest.fixture(scope="module")
def monday() -> Edition:
    return built(MONDAY, [FERRY_MONDAY, LIBRARY_MONDAY])


@pytest.fixture(scope="module")
def texts() -> dict[str, Article]:
    return cleaned([FERRY_MONDAY, LIBRARY_MONDAY], MONDAY) | cleaned([FERRY_TUESDAY], TUESDAY)


@pytest.fixture(scope="module")
def tuesday(monday: Edition, texts: dict[str, Article]) -> Edition:
    return built(TUESDAY, [LIBRARY_MONDAY, FERRY_TUESDAY], [monday], texts)


@pytest.fixture(scope="module")
def wednesday(monday: Edition, tuesday: Edition, texts: dict[str, Article]) -> Edition:
    return built(WEDNESDAY, [ORCHARD_WEDNESDAY, FERRY_TUESDAY], [monday, tuesday], texts)


def test_the_first_edition_finds_everything_new(monday: Edition) -> None:
    assert {s.state for s in monday.stories} == {"new"}
    assert monday.memory == ""


def test_a_story_that_goes_on_prints_only_what_is_new_and_one_line_of_what_was_known(
    monday: Edition, tuesday: Edition
) -> None:
    ferry = story(tuesday, "Aurelia")
    before = story(monday, "Aurelia")
    assert (ferry.state, ferry.since) == ("developing", MONDAY)
    assert ferry.last_printed is not None
    assert (ferry.last_printed.day, ferry.last_printed.item) == (MONDAY, before.number)
    assert not any("tore away its bow ramp" in s.text for s in ferry.summary)
    assert any("in dock until March" in s.text for s in ferry.summary)
    (known,) = ferry.known
    assert known.text in [s.text for s in before.summary]
    assert (known.day, known.item, known.outlet) == (MONDAY, before.number, "The Tarnholt Observer")


def test_a_story_of_which_nobody_wrote_again_is_not_printed_and_the_ledger_says_where_it_was(
    monday: Edition, tuesday: Edition
) -> None:
    assert [s.headline for s in tuesday.stories] == ["Ferry Aurelia in dock until March"]
    (entry,) = [entry for entry in tuesday.ledger if entry.input == "library.txt"]
    item = story(monday, "library").number
    assert (entry.fate, entry.reason) == ("left out", f"Printed on 2022-01-17, item {item}; no article is new.")


def test_a_new_article_that_says_the_same_gets_a_line_that_says_since_when(
    monday: Edition, tuesday: Edition, texts: dict[str, Article]
) -> None:
    mirror = replace(FERRY_TUESDAY, input="mirror.txt", url="https://mirror.example/dock", outlet="Mirror")
    late = built(WEDNESDAY, [ORCHARD_WEDNESDAY, mirror], [monday, tuesday], texts)
    ferry = story(late, "Aurelia")
    assert (ferry.state, ferry.since, ferry.summary) == ("unchanged", MONDAY, ())
    assert ferry.last_printed is not None
    assert ferry.last_printed.day == TUESDAY
    assert ferry.number == max(s.number for s in late.stories)  # what is unchanged comes last


def test_a_story_that_nothing_is_said_of_any_more_went_quiet_once(
    monday: Edition, tuesday: Edition, wednesday: Edition, texts: dict[str, Article]
) -> None:
    (quiet,) = wednesday.quiet  # its article of the day before is there once more, and no other
    assert (quiet.headline, quiet.first, quiet.last) == ("Ferry Aurelia in dock until March", MONDAY, TUESDAY)
    assert tuesday.quiet == ()  # the library was news on one day, from one origin
    late = built(THURSDAY, [ORCHARD_WEDNESDAY], [monday, tuesday, wednesday], texts)
    assert late.quiet == ()


def test_no_sentence_is_printed_twice_unless_it_is_marked(
    monday: Edition, tuesday: Edition, wednesday: Edition
) -> None:
    seen: set[str] = set()
    for edition in (monday, tuesday, wednesday):
        today = {p.sentence.text for p in printed_in(edition)}
        assert not today & seen
        seen |= today


def test_nothing_depends_on_the_order_of_the_articles(monday: Edition, texts: dict[str, Article]) -> None:
    raws = [LIBRARY_MONDAY, FERRY_TUESDAY, ORCHARD_WEDNESDAY]
    one = built(TUESDAY, raws, [monday], texts)
    shuffled = list(texts.items())
    random.Random(5).shuffle(shuffled)
    other = built(TUESDAY, raws, [monday], dict(shuffled))
    assert issue_bytes(one) == issue_bytes(other)
    turned = built(TUESDAY, raws[::-1], [monday], texts)
    assert {(s.headline, s.state, s.summary and s.summary[0].text) for s in turned.stories} == {
        (s.headline, s.state, s.summary and s.summary[0].text) for s in one.stories
    }


def test_the_memory_is_named_by_its_digest(monday: Edition, tuesday: Edition, texts: dict[str, Article]) -> None:
    raws = [ORCHARD_WEDNESDAY]
    one, two = (built(WEDNESDAY, raws, before, texts) for before in ([monday], [monday, tuesday]))
    assert len(one.memory) == 64
    assert one.memory != two.memory


def test_editions_of_the_day_itself_and_later_are_no_memory_of_it(tuesday: Edition, texts: dict[str, Article]) -> None:
    assert built(TUESDAY, [FERRY_TUESDAY], [tuesday], texts) == built(TUESDAY, [FERRY_TUESDAY])


def test_a_theme_says_what_is_usual_from_ten_days_on(monday: Edition) -> None:
    days = [imprinted(monday, day=MONDAY - timedelta(days=n)) for n in range(10, 0, -1)]
    other = built(MONDAY, [ORCHARD_WEDNESDAY], days).sections[-1]
    assert (other.theme, other.usual, other.usual_days) == ("other", 2.0, 10)
    assert built(MONDAY, [ORCHARD_WEDNESDAY], days[1:]).sections[-1].usual_days == 0


def test_a_source_that_changed_what_was_printed_is_corrected_once(monday: Edition, texts: dict[str, Article]) -> None:
    changed = replace(FERRY_MONDAY, text=FERRY.replace("14 passengers", "19 passengers"))
    today = built(TUESDAY, [changed, LIBRARY_MONDAY], [monday], texts)
    (correction,) = today.corrections
    assert "14 passengers" in correction.old.text
    assert correction.old.day == MONDAY
    assert correction.new is not None
    assert "19 passengers" in correction.new.text
    assert today.source(correction.article_id).url == FERRY_MONDAY.url
    assert built(WEDNESDAY, [changed], [monday, today], texts).corrections == ()


def test_a_correction_by_what_has_become_a_copy_of_another_article_is_accounted_for(
    monday: Edition, texts: dict[str, Article]
) -> None:
    copied = replace(FERRY_MONDAY, text=FERRY_AGAIN, title=FERRY_TUESDAY.title)
    kept = replace(FERRY_TUESDAY, url="https://observer.example/dock-18")  # of two equal texts the lower id is kept
    today = built(TUESDAY, [kept, copied], [monday], texts)
    (corrected,) = {c.article_id for c in today.corrections}
    (entry,) = [e for e in today.ledger if e.article_id == corrected]
    assert (entry.fate, entry.reason, entry.into) == ("used", "Quoted under Corrections.", "")
    assert [e.fate for e in today.ledger] == ["used", "used"]


def test_a_sentence_that_was_taken_out_is_corrected_without_another(monday: Edition, texts: dict[str, Article]) -> None:
    gone = replace(FERRY_MONDAY, text="\n".join(FERRY.split("\n")[::2]))
    (correction,) = built(TUESDAY, [gone], [monday], texts).corrections
    assert "14 passengers" in correction.old.text
    assert correction.new is None


OTHER = (
    "The library of Ostrel opens on Sundays from next month, the council decided on Tuesday.\n"
    "Two rooms will be lent to choirs, and the reading hall gets forty new lamps."
)


def test_another_statement_in_an_articles_place_corrects_nothing(monday: Edition, texts: dict[str, Article]) -> None:
    another = replace(FERRY_MONDAY, title="Library opens on Sundays", text=OTHER)
    assert built(TUESDAY, [another, LIBRARY_MONDAY], [monday], texts).corrections == ()
    assert built(TUESDAY, [another, LIBRARY_MONDAY], [monday]).corrections == ()  # also where the text is not kept
    at_one_headline = replace(FERRY_MONDAY, text=OTHER)
    assert built(TUESDAY, [at_one_headline, LIBRARY_MONDAY], [monday], texts).corrections == ()


def test_only_the_place_that_was_printed_from_takes_anything_back(monday: Edition, texts: dict[str, Article]) -> None:
    changed = replace(FERRY_MONDAY, text=FERRY.replace("14 passengers", "19 passengers"))
    assert built(TUESDAY, [replace(changed, input="Blog/x")], [monday], texts).corrections == ()
    (correction,) = built(TUESDAY, [replace(changed, input=f"given/{changed.input}")], [monday], texts).corrections
    assert "14 passengers" in correction.old.text


def test_a_source_that_did_not_change_is_never_corrected(
    monday: Edition, tuesday: Edition, texts: dict[str, Article]
) -> None:
    other_marks = replace(FERRY_MONDAY, text=FERRY.replace("'", "’").replace("noon.", "noon ."))
    raws = [other_marks, LIBRARY_MONDAY, FERRY_TUESDAY]
    assert built(WEDNESDAY, raws, [monday, tuesday], texts).corrections == ()
    assert built(WEDNESDAY, raws, [monday, tuesday]).corrections == ()


@pytest.mark.parametrize(
    ("printed", "today", "old"),
    [
        ("The envoys met in Geneva for nine hours on Friday.", "The envoys met in Geneva for nine hours Friday.", True),
        (
            "The envoys met in Geneva for nine hours on Friday, the ministry said.",
            "The envoys met in Geneva for nine hours.",
            True,
        ),
        ("The flood killed 14 people in the valley.", "The flood killed 19 people in the valley.", False),
        ("The flood killed four people in the long valley.", "The flood killed five people in the long valley.", False),
        ("The minister will attend the talks in Geneva.", "The minister will not attend the talks in Geneva.", False),
        (
            "Officials in Berlin said the helmets will be sent next week.",
            "Officials in Vienna said the helmets will be sent next week.",
            False,
        ),
        ("The envoys met in Geneva.", "The envoys met in Geneva and agreed to open the border bridge again.", False),
        ("He declined to comment.", "She declined to comment.", True),
    ],
)
def test_what_was_printed_is_old_in_nearly_the_same_words_and_never_with_other_figures(
    printed: str, today: str, old: bool
) -> None:
    english = language("en")
    assert Wording.of(today, english).adds_nothing_to(Wording.of(printed, english)) is old


def test_a_story_is_known_since_the_day_its_last_item_says_also_when_that_lies_before_the_memory(
    monday: Edition, texts: dict[str, Article]
) -> None:
    tuesday = built(TUESDAY, [FERRY_MONDAY, FERRY_TUESDAY], [monday], texts)
    # Of a memory that begins on Monday: Tuesday's item goes on from one of the week before, and has Monday's article.
    long_known = MONDAY - timedelta(days=40)
    going_on = replace(story(tuesday, "Aurelia"), since=long_known, last_printed=Printing(MONDAY - timedelta(3), 2))
    sections = tuple(
        replace(section, stories=tuple(going_on if "Aurelia" in s.headline else s for s in section.stories))
        for section in tuesday.sections
    )
    before = [monday, replace(tuesday, sections=sections)]
    later = FERRY_AGAIN.replace("until March", "until April").replace("two metres", "three metres")
    again = raw("april", WEDNESDAY, "Ferry Aurelia in dock until April", later.replace("Tuesday", "Wednesday"))
    today = built(WEDNESDAY, [ORCHARD_WEDNESDAY, again], before, texts)
    assert story(today, "Aurelia").since == long_known
    assert verify_edition(today, None, earlier={e.day: e for e in before}).findings == ()
    assert [q.first for q in built(WEDNESDAY, [ORCHARD_WEDNESDAY], before, texts).quiet] == [long_known]


def test_what_may_go_on_but_is_not_sure_to_is_printed_as_new_and_its_story_is_not_said_to_be_quiet(
    monday: Edition, tuesday: Edition, texts: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    mill = raw(
        "mill", WEDNESDAY, "Mill at Harn reopens", "The mill at Harn reopened on Wednesday. Flour will be sold there."
    )
    apart = built(WEDNESDAY, [mill], [monday, tuesday], texts)
    assert [quiet.headline for quiet in apart.quiet] == ["Ferry Aurelia in dock until March"]
    monkeypatch.setattr(
        comparing,
        "followed",
        lambda stories, earlier, **_: {s.id: tuple(Step(key, is_sure=False) for key in earlier) for s in stories},
    )
    loosely = built(WEDNESDAY, [mill], [monday, tuesday], texts)
    assert story(loosely, "Mill").state == "new"
    assert loosely.quiet == ()


def test_an_edition_of_several_days_remembers_what_was_before_its_first(
    monday: Edition, tuesday: Edition, texts: dict[str, Article]
) -> None:
    memory = memory_of([issue_bytes(e) for e in (monday, tuesday)], tuple(texts.values()))
    inputs = [Input(r.input, (r,)) for r in (FERRY_TUESDAY, ORCHARD_WEDNESDAY)]
    week = edition_of(inputs, day=THURSDAY, first_day=TUESDAY, settings=Settings(), memory=memory)
    assert week.imprint.first_day == TUESDAY
    assert story(week, "Aurelia").since == MONDAY  # Tuesday's own edition is no memory of it
    assert any("in dock until March" in s.text for s in story(week, "Aurelia").summary)


def test_a_new_article_that_only_shares_the_subject_starts_a_story_of_its_own(
    monday: Edition, texts: dict[str, Article]
) -> None:
    other = raw(
        "council",
        TUESDAY,
        "Tarnholt council votes on harbour dues",
        "The town council of Tarnholt voted on Tuesday to raise harbour dues by six percent from April.\n"
        "Councillor Bram Oster said the money would pay for dredging the inner basin and new bollards.",
    )
    assert [s.state for s in built(TUESDAY, [other], [monday], texts).stories] == ["new"]


@pytest.mark.parametrize(("days", "state"), [(1, "developing"), (8, "new")])
def test_an_undated_article_is_as_far_from_old_stories_as_the_day_it_came_in(
    days: int, state: str, monday: Edition, texts: dict[str, Article]
) -> None:
    first, _, third, fourth = FERRY_AGAIN.replace(" on Tuesday", "").splitlines()
    day = MONDAY + timedelta(days)
    undated = replace(raw("later", day, "Ferry in dock", "\n".join((first, third, fourth))), dates=())
    (told,) = built(day, [undated], [monday], texts).stories
    assert told.state == state


def test_a_copy_of_yesterdays_article_at_another_address_is_no_news(monday: Edition, texts: dict[str, Article]) -> None:
    mirror = replace(LIBRARY_MONDAY, input="mirror.txt", url="https://mirror.example/library", outlet="Mirror")
    second = "The town of Hadderstone will open a second library in Tarn in May, Mayor Ann Dale said on Tuesday."
    longer = replace(mirror, text=f"{mirror.text}\n{second}")
    (copy,) = built(TUESDAY, [mirror], [monday], texts).stories
    assert (copy.state, copy.since) == ("unchanged", MONDAY)
    (more,) = built(TUESDAY, [longer], [monday], texts).stories
    assert [s.text for s in more.summary] == [second]


@pytest.mark.parametrize(
    ("code", "printed", "today"),
    [
        ("de", "Bei dem Brand starben drei Menschen im Hafen.", "Bei dem Brand starben vier Menschen im Hafen."),
        ("de", "Die Fähre fährt am Montag wieder aus.", "Die Fähre fährt am Montag nicht wieder aus."),
        ("fr", "La grève a commencé lundi dans trois ports.", "La grève a commencé lundi dans quatre ports."),
        ("es", "La huelga empezó en tres puertos del norte.", "La huelga empezó en cinco puertos del norte."),
        ("uk", "Під час пожежі загинули п'ять людей у порту.", "Під час пожежі загинули шість людей у порту."),
    ],
)
def test_figures_in_words_and_denials_count_in_every_language(code: str, printed: str, today: str) -> None:
    tongue = language(code)
    assert not Wording.of(today, tongue).adds_nothing_to(Wording.of(printed, tongue))
    assert Wording.of(today, tongue).adds_nothing_to(Wording.of(today, tongue))
