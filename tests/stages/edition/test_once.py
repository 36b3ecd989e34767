"""Each thing is printed once: what an item says already is pointed to from everywhere else."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Edition, Passage, Statement, Summary
from briefing.outputs.view import view_of
from briefing.stages.edition.once import SAME
from briefing.stages.proof import verify_edition
from briefing.text.languages import language
from briefing.text.terms import content_set
from tests.stages.edition.by_hand import ARMS, TALKS, article, made, matched, material, sentences_of, story

TREATY = article(
    "Norvia signs treaty with Velland",
    "Norvia and Velland signed a fishing treaty in Brask on Monday.",
    "The treaty lets ninety boats cross the strait each spring.",
)
TWIN = article(
    "Fishing treaty is signed",
    "A fishing treaty was signed by Norvia and Velland in Brask.",
    "Grain prices fell sharply in the markets of Orvel after it.",
    outlet="Brook Daily",
)
ECHO = article("Monday in Brask", "In Brask the fishing treaty of Norvia and Velland was signed on Monday.")


def said_twice(edition: Edition) -> list[tuple[str, str]]:
    """Return the pairs of printed sentences that say the same, key points, corrections, boxes and digests apart."""
    printed = [
        cited.text for place, cited in edition.walk() if place[0] in ("sections", "statements") and "views" not in place
    ]
    stems = [(text, content_set(text, language("en"))) for text in printed]
    return [
        (one, two)
        for (one, a), (two, b) in combinations(stems, 2)
        if a and b and len(a & b) >= SAME * min(len(a), len(b))
    ]


def edition(*articles: Article, **more: object) -> Edition:
    importance = {a.id: 4.0 - n for n, a in enumerate(articles)}
    given = material(
        [story(a) for a in articles], {a.id: [matched(TALKS)] for a in articles}, importance=importance, **more
    )
    return made(given, key_points=0)


def test_a_sentence_that_another_item_says_gives_way_to_a_pointer() -> None:
    printed = edition(TREATY, TWIN)
    first, second = printed.stories
    assert [s.text for s in second.summary] == [TWIN.body.split("\n")[1]]
    assert second.see == (first.number,)
    assert said_twice(printed) == []
    assert view_of(printed).sections[0].stories[1].see[0].number == first.number
    assert verify_edition(printed, {a.id: a for a in (TREATY, TWIN)}).ok


def test_an_item_that_says_nothing_else_is_a_line_that_points_to_the_one_that_tells_it() -> None:
    printed = edition(TREATY, ECHO)
    assert printed.stories[1].in_a_line
    line = view_of(printed).sections[0].lines[0]
    assert (line.headline, [s.number for s in line.see]) == ("Monday in Brask", [1])


def test_what_matters_more_speaks_first() -> None:
    assert [len(s.summary) for s in edition(TWIN, TREATY).stories] == [2, 1]


def test_a_passage_that_its_item_prints_is_a_pointer_under_the_other_theme() -> None:
    passage = Passage(ARMS, sentences_of(TREATY)[1:], matched(ARMS, 0.4, main=False))
    printed = edition(TREATY, passages={TREATY.id: (passage,)})
    assert (printed.sections[1].passages, printed.sections[1].see) == ((), (1,))
    arms = view_of(printed).sections[1]
    assert (arms.slug, arms.nothing, [s.number for s in arms.see]) == ("arms", "", [1])


def test_a_passage_that_is_the_heading_of_an_item_without_a_headline_is_a_pointer() -> None:
    untitled = article("", "Norvia sends forty radar sets to Velland, the ministry said.", "The sets cross in spring.")
    passage = Passage(ARMS, sentences_of(untitled)[:1], matched(ARMS, 0.4, main=False))
    second = Summary(sentences_of(untitled)[1:])
    printed = edition(untitled, passages={untitled.id: (passage,)}, summaries={untitled.id: second})
    assert printed.stories[0].untitled
    assert (printed.sections[1].passages, printed.sections[1].see) == ((), (1,))


def _on_arms(told: Article, place: int, score: float) -> Passage:
    return Passage(ARMS, sentences_of(told)[place : place + 1], matched(ARMS, score, main=False))


def test_passages_of_one_item_stand_together() -> None:
    more = article(
        "Boats", "Trade grows.", "Norvia sells radar sets.", "Velland buys forty lorries.", "Orvel sends tents."
    )
    other = article("Tents", "Winter comes.", "Mines were cleared near Sund.")
    found = {
        more.id: (_on_arms(more, 1, 0.9), _on_arms(more, 2, 0.2)),
        other.id: (_on_arms(other, 1, 0.5),),
    }
    summaries = {a.id: Summary(sentences_of(a)[:1]) for a in (more, other)}
    printed = edition(more, other, passages=found, summaries=summaries)
    assert [p.story for p in printed.sections[1].passages] == [1, 1, 2]


def test_a_statement_whose_sentence_an_item_prints_is_not_printed_again() -> None:
    sentence = sentences_of(TREATY)[0]
    said = Statement("Envoy", "", "said", sentence.text, sentence)
    other = replace(said, sentence=sentences_of(TWIN)[1], quotation=sentences_of(TWIN)[1].text)
    statements = [(said, story(TREATY)), (other, story(TWIN))]
    assert edition(TREATY, statements=statements).statements == ()
    only = {TREATY.id: Summary(sentences_of(TREATY)[:1]), TWIN.id: Summary(sentences_of(TWIN)[:1])}
    assert [s.quotation for s in edition(TREATY, TWIN, statements=statements, summaries=only).statements] == [
        other.quotation
    ]


def test_the_sample_edition_says_nothing_twice(sample: Edition) -> None:
    assert sum(len(s.summary) for s in sample.stories) > 10
    assert said_twice(sample) == []


WORDS = st.sampled_from(["norvia", "velland", "treaty", "grain", "envoy", "storm", "budget", "tanks", "strait"])
SENTENCE = st.lists(WORDS, min_size=1, max_size=6).map(lambda words: " ".join(words).capitalize() + ".")


@given(st.lists(st.lists(SENTENCE, min_size=1, max_size=3), min_size=1, max_size=6))
def test_no_two_printed_sentences_say_the_same(texts: list[list[str]]) -> None:
    articles = {a.id: a for n, lines in enumerate(texts) for a in [article(f"Report {n}", *lines)]}
    assert said_twice(edition(*articles.values())) == []
