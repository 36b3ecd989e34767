"""Passages: what an article says of a theme its story is not led by, whole and never dangling."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.build import explain_cleaning
from briefing.model import Article, Passage, Theme
from briefing.stages.themes import DEFAULT_THEMES, find_passages, match_themes
from briefing.stages.themes.passages import LONGEST, MOST, is_long_past
from briefing.text.languages import language
from briefing.text.quote_marks import balanced
from briefing.text.sentences import split_sentences
from tests.paths import development

ENGLISH = language("en")
ENERGY = Theme("energy", "Energy", strong=("oil", "gas"))


def passages(body: str, *themes: Theme, leading: tuple[str, ...] = (), captions: tuple[int, ...] = ()) -> list[Passage]:
    article = Article.from_text(body, language="en")
    split = split_sentences(article, ENGLISH)
    kinds = [replace(s, kind="caption") if s.paragraph in captions else s for s in split]
    return list(find_passages(article, kinds, themes or (ENERGY,), leading=leading))


def texts(found: list[Passage]) -> list[list[str]]:
    return [[s.text for s in p.sentences] for p in found]


def test_a_sentence_on_the_theme_is_a_passage() -> None:
    assert texts(passages("The day was mild.\nOil was dear.\nThe night was cold.")) == [["Oil was dear."]]


def test_neighbours_on_the_theme_are_one_passage() -> None:
    found = passages("The day was mild.\nOil was dear. Gas was dearer.\nGas ran out.\nThe night was cold.")
    assert texts(found) == [["Oil was dear.", "Gas was dearer.", "Gas ran out."]]


POLITICS = Theme(
    "politics", "Domestic politics", terms=("prime minister", "election", "parliament", "opposition leader")
)
WAR = Theme("war", "War", terms=("war", "troops", "front line", "military aid", "shelling"))

#: What stands before the sentence in question, about no theme.
LEAD = "The day was mild. The ferry to Harn was late again.\n"


@pytest.mark.parametrize(
    "office",
    ["prime minister Per Lund", "prime minister, Per Lund,", "Prime Minister of Noria Per Lund"],
)
def test_an_office_before_a_name_says_who_spoke_and_not_of_what(office: str) -> None:
    assert passages(f"{LEAD}The {office} said the president and his government had met in Brekk.", POLITICS) == []
    plain = "The prime minister lost the vote of confidence in parliament and called an election."
    assert texts(passages(f"{LEAD}{plain}", POLITICS)) == [[plain]]


def test_a_phrase_by_itself_needs_another_word_of_its_subjects() -> None:
    assert passages(f"{LEAD}The nurses are at the front line of every clinic and hospital.", WAR) == []
    fought = "On the front line soldiers fought off an attack by artillery."
    assert texts(passages(f"{LEAD}{fought}", WAR)) == [[fought]]


def test_two_common_words_or_a_part_of_a_phrase_are_no_passage() -> None:
    assert passages(f"{LEAD}He toed the party line on the war in Noria.", WAR) == []
    assert passages(f"{LEAD}The island has its own elected government.", POLITICS) == []


DISASTERS = Theme("disasters", "Disasters", terms=("accident", "crash", "fire", "flood", "storm", "rescue", "weather"))


def test_a_company_whose_name_is_another_form_of_a_term_is_no_passage() -> None:
    assert passages(f"{LEAD}A spokeswoman for Shell said the company had answered to the war.", WAR) == []
    shelled = "The shelling of the harbour went on all night, and the war is in its third year."
    assert texts(passages(f"{LEAD}{shelled}", WAR)) == [[shelled]]


def test_a_sentence_most_of_whose_words_are_of_another_subject_is_no_passage() -> None:
    fought = "Enemy troops fired on the island in a storm, and bad weather hid them."
    assert passages(f"{LEAD}{fought}", DISASTERS) == []
    hit = "A fire broke out on the island in a storm, and bad weather kept the rescue boats away."
    assert texts(passages(f"{LEAD}{hit}", DISASTERS)) == [[hit]]


def test_words_of_a_theme_in_passing_between_other_matters_are_no_passage() -> None:
    passing = "On the market the shares and the profits of the company crashed after news of its rescue."
    alone = f"The bank of Harn has debts. {passing} The bank sells its shares in May."
    assert passages(alone, DISASTERS) == []
    beside = (
        f"The bank of Harn burnt in a fire, and the storm took its roof. {passing} The bank sells its shares in May."
    )
    assert passing in " ".join(s for found in texts(passages(beside, DISASTERS)) for s in found)


def test_the_theme_that_leads_the_story_gives_no_passage() -> None:
    assert passages("Oil was dear.", leading=("energy",)) == []


def test_a_pronoun_brings_the_sentence_before_it() -> None:
    found = passages("The day was mild. The minister came late. She said oil was dear. The night was cold.")
    assert texts(found) == [["The minister came late.", "She said oil was dear."]]


def test_a_phrase_that_refers_back_brings_the_sentence_before_it() -> None:
    found = passages("Three wells caught fire.\nIn response, oil rose.")
    assert texts(found) == [["Three wells caught fire.", "In response, oil rose."]]


def test_a_connective_takes_the_sentence_before_along_even_from_another_paragraph() -> None:
    assert texts(passages("The day was mild.\nMeanwhile, oil was dear.")) == [
        ["The day was mild.", "Meanwhile, oil was dear."]
    ]
    found = passages("The day was mild. But oil was dear.")
    assert texts(found) == [["The day was mild.", "But oil was dear."]]


def test_a_pronoun_with_no_text_before_it_gives_no_passage() -> None:
    assert passages("It said oil was dear.") == []
    assert passages("The minister at work.\nShe said oil was dear.", captions=(0,)) == []


def test_a_passage_never_crosses_a_caption() -> None:
    found = passages("Oil was dear.\nA rig at sea.\nGas was dearer.", captions=(1,))
    assert texts(found) == [["Oil was dear."], ["Gas was dearer."]]


def test_a_quotation_that_spans_sentences_is_kept_whole() -> None:
    found = passages("The day was mild.\n“Oil is dear. We shall all walk,” the minister said.")
    assert texts(found) == [["“Oil is dear.", "We shall all walk,” the minister said."]]


def test_a_quotation_too_long_to_keep_whole_gives_no_passage() -> None:
    assert passages("“Oil is dear. So we walk. We walk far. We walk on,” the minister said.") == []


def test_each_theme_gives_at_most_two_passages_and_the_best_of_them() -> None:
    body = "\n".join(["Oil was dear."] + ["The day was mild.", "Gas was dear."] * 4)
    assert len(passages(body)) == MOST
    weights = replace(ENERGY, weights=(("oil", 0.9),))
    body = "Oil was dear.\nIt rained.\nGas was dear.\nIt rained.\nGas was scarce."
    assert texts(passages(body, weights)) == [["Gas was dear."], ["Gas was scarce."]]


def test_passages_come_theme_by_theme_and_in_reading_order() -> None:
    weather = Theme("weather", "Weather", strong=("rain",))
    found = passages("Rain fell.\nOil was dear.\nRain fell on.", ENERGY, weather)
    assert [p.theme.slug for p in found] == ["energy", "weather", "weather"]
    assert found[1].sentences[0].position < found[2].sentences[0].position


def test_a_passage_says_why_and_shows_the_sentence_that_earned_it() -> None:
    found = passages("The minister came late. She said oil was dear.")[0]
    assert [(h.term, h.sentence) for h in found.match.why] == [("oil", 1)]
    assert found.match.evidence is found.sentences[1]
    assert not found.match.is_main


def test_sanctions_in_two_sentences_of_an_arms_story_are_found() -> None:
    body = (
        "Latvia sent nine patrol boats to Georgia on Friday.\n"
        "The boats were unloaded in Batumi, where crews had waited since dawn.\n"
        "Officials in Brussels, meanwhile, agreed to freeze the assets of four Russian banks.\n"
        "The boats will be painted before they put to sea."
    )
    found = passages(body, *DEFAULT_THEMES, leading=("arms-shipments",))
    assert [(p.theme.slug, p.sentences[0].paragraph) for p in found] == [("sanctions", 2)]


def test_a_sentence_that_only_comes_near_a_theme_is_no_passage() -> None:
    near = (
        "The boats arrive amid warnings of a storm, and weapons are stored on them in Latvia.",  # a mere mention
        "Thieves in Latvia, like their counterparts in Georgia, stole nine cars.",  # a term that is also a plain word
        "The history of sanctions is long and dull.",  # nobody sanctions anybody
        "The mayor of Riga met arms suppliers in Latvia.",  # a trade, not a delivery
    )
    for body in near:
        assert passages(body, *DEFAULT_THEMES) == [], body


@pytest.mark.parametrize(
    ("sentence", "past"),
    [
        ("Oil was dear in 2014, and gas in 2016.", True),
        ("In March 2014 oil was dear.", True),
        ("Oil was dear in 2014 and in 2022.", False),
        ("Oil has been dear since 2014.", False),
        ("Oil was dear from 2014 to 2022.", False),
        ("Oil was dear in 2021.", False),
        ("Oil firms sent 2014 tankers.", False),
        ("Oil firms lent the 2014 tankers.", False),
        ("Oil is dear.", False),
    ],
)
def test_what_a_sentence_dates_years_before_its_article_is_background(sentence: str, past: bool) -> None:
    assert is_long_past(sentence, 2022, ENGLISH) is past
    assert not is_long_past(sentence, 2016, ENGLISH)


def test_background_is_no_passage_of_a_dated_article() -> None:
    body = "The day was mild.\nIn 2014, oil was dear.\nThe night was cold."
    assert len(passages(body)) == 1
    article = Article.from_text(body, language="en", published=datetime(2022, 2, 1, tzinfo=UTC))
    assert not find_passages(article, split_sentences(article, ENGLISH), (ENERGY,), leading=())


def test_a_sum_of_doubtful_terms_is_no_passage() -> None:
    doubtful = replace(ENERGY, weights=(("oil", 0.5), ("gas", 0.5)))
    assert passages("Oil and gas were dear.", doubtful) == []
    assert texts(passages("Oil and gas were dear.", replace(ENERGY, weights=(("oil", 0.5),)))) == [
        ["Oil and gas were dear."]
    ]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("“So it is,” she said.", True),
        ("“So it is.", False),
        ("So it is,” she said.", False),
        ('"So it is," she said.', True),
        ('"So it is.', False),
        ("„So ist es“, sagte sie.", True),
        ("„Так є”, сказала вона.", True),
        ("„So ist es.", False),
        ("„So ist es.“ Er sagte: „Ja.“", True),
        ("” So “", False),
        ("«Так є», сказала вона.", True),
        ("«Так є.", False),
        ("»So ist es«, sagte sie.", True),
    ],
)
def test_quotation_marks_need_their_other_one(text: str, whole: bool) -> None:
    assert balanced(text) is whole


def real_articles() -> dict[str, Article]:
    read = explain_cleaning([development("seeds")], day=date(2022, 2, 1))
    return {item.path[:3]: cleaned.article for item, all_of_it in read for cleaned in all_of_it if cleaned.article}


@pytest.mark.development
def test_the_real_articles_give_every_default_theme_what_is_its_own() -> None:
    found = {}
    for name, article in real_articles().items():
        sentences = split_sentences(article, ENGLISH)
        main = [m.theme.slug for m in match_themes(article, sentences, DEFAULT_THEMES, ENGLISH) if m.is_main]
        given = find_passages(article, sentences, DEFAULT_THEMES, leading=main[:1], language=ENGLISH)
        found[name] = main[:1], {p.theme.slug: " ".join(s.text for s in p.sentences) for p in given}
    assert {name: main for name, (main, _) in found.items()} == {
        "000": ["arms-shipments"],
        "001": ["diplomacy"],
        "002": ["diplomacy"],
        "003": ["arms-shipments"],
        "004": ["diplomacy"],
    }
    assert "sanctions" in found["000"][1]["sanctions"]
    assert "SWIFT" in found["002"][1]["sanctions"]
    assert "200 million" in found["004"][1]["arms-shipments"]
    assert "diplomacy" in found["000"][1]


pieces = st.sampled_from(
    [
        "Oil was dear.",
        "“Gas is dear.",
        "We walk,” she said.",
        "It rained.",
        "But gas ran out.",
        "He left.",
        "A dog ran.",
    ]
)


@settings(max_examples=200, deadline=None)
@given(paragraphs=st.lists(st.lists(pieces, min_size=1, max_size=4).map(" ".join), max_size=6))
def test_no_passage_dangles_whatever_the_text(paragraphs: list[str]) -> None:
    article = Article.from_text("\n".join(paragraphs), language="en")
    sentences = split_sentences(article, ENGLISH)
    for passage in find_passages(article, sentences, (ENERGY,), leading=()):
        first, last = passage.sentences[0].position, passage.sentences[-1].position
        assert passage.sentences == sentences[first : last + 1]
        assert len(passage.sentences) <= LONGEST
        assert balanced(" ".join(s.text for s in passage.sentences))
        assert passage.sentences[0].text.split()[0] not in ("It", "He", "We")
        assert first == 0 or not passage.sentences[0].text.startswith("But ")
