"""Summaries: what may be printed, within which budget, in which order, and what proves it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Article, Judgement, Paragraph, Sentence
from briefing.stages.ranking import RANKERS
from briefing.stages.summaries import SentenceKey, capped, summarise
from briefing.stages.summaries.order import reading_order
from briefing.stages.summaries.prepared import prepare
from briefing.stages.summaries.support import supports
from briefing.text.languages import language
from briefing.text.openings import asks_or_teases, bare_noun, leans_on_neighbour, openings, points_back
from briefing.text.sentences import split_sentences

KNOWN = openings("en")
PIER = """The harbour council voted on Monday to close the old pier.
The pier has stood for ninety years. It was damaged by a storm in March.
Council leader Ann Dale said the repair would cost $4 million. "We cannot pay that," she said.
Fishermen protested outside the hall. They want the council to sell the site."""


def article(text: str, title: str = "", day: date | None = None) -> Article:
    return Article.from_text(text, title=title, published=day, language="en")


def summary(*articles: Article, **wanted: object) -> list[str]:
    split = {a.id: split_sentences(a) for a in articles}
    return [s.text for s in summarise(articles, split, **wanted).sentences]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "He said that the war would end.",
        "The move surprised the markets.",
        "That decision was reversed in May.",
        "It comes a day after the vote.",
        "They've left the country.",
        "But the minister refused.",
        "As a result, the port closed.",
        "“We will go,” he said.",
        "In his speech he named nobody.",
        "The company said it would appeal.",
        "An engineer by trade, he takes recorders apart.",
        "Maybe that’s why the actor left.",
        "We do not take notice of such claims.",
    ],
)
def test_a_sentence_that_points_back_is_known(text: str) -> None:
    assert points_back(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Dale said she would leave.",
        "The decision to close the pier was taken on Monday.",
        "The council voted on Monday.",
        "This week the port will close.",
        "It is unclear who fired first.",
        "So far, 12 people have died.",
        "“We will go,” said Ann Dale.",
        "The U.S. sent 200 tons of arms.",
        "A man who said he was a guard was held.",
        "There was nobody waiting for us.",
        "I. Dale, a guard, was held.",
        "When the police opened the case, they found a watch.",
        "In this photo the harbour lies empty.",
        "When Ann Dale left, she took the files.",
        "“We are ready,” said Ann Dale of the US embassy.",
    ],
)
def test_a_sentence_that_stands_alone_is_known(text: str) -> None:
    assert not points_back(text, KNOWN)


@pytest.mark.parametrize(
    ("code", "text", "leans"),
    [
        ("de", "Er lehnte den Plan ab.", True),
        ("de", "Im Gegenzug sagte Polen Hilfe zu.", True),
        ("de", "Das Parlament lehnte den Plan ab.", False),
        ("fr", "Cette décision a surpris les alliés.", True),
        ("fr", "En Ukraine, le président a refusé.", False),
        ("es", "Sin embargo, el ministro se negó.", True),
        ("es", "Este lunes el ministro se negó.", False),
        ("uk", "Він відмовився від пропозиції.", True),
        ("uk", "Київ відмовився від пропозиції.", False),
        ("ru", "При этом министр отказался.", True),
        ("und", "Un homme.", False),
    ],
)
def test_other_languages_know_their_pronouns_and_phrases(code: str, text: str, leans: bool) -> None:
    assert points_back(text, openings(code)) is leans


@pytest.mark.parametrize("text", ["Who will pay for it?", "Read more about the storm here.", "Here is what we know:"])
def test_questions_and_teasers_are_known(text: str) -> None:
    assert asks_or_teases(text, KNOWN)


def test_a_reference_is_printed_only_behind_the_sentence_that_grounds_it() -> None:
    text = "The port was closed by a storm. Ann Dale has led the council since May. She wants to rebuild the port."
    for count in (1, 2, 3):
        chosen = summary(article(text), count=count)
        if "She wants to rebuild the port." in chosen:
            at = chosen.index("She wants to rebuild the port.")
            assert chosen[at - 1] == "Ann Dale has led the council since May."


def named_before(sentence: Sentence, chosen: tuple[Sentence, ...]) -> bool:
    noun = bare_noun(sentence.text, KNOWN)
    return not leans_on_neighbour(sentence.text, KNOWN) and any(
        noun in s.text for s in chosen if s.position < min(3, sentence.position)
    )


def test_the_company_stands_beside_the_opening_that_names_one() -> None:
    text = (
        "The port was closed by a storm on Monday.\nHarbour Gas is a company from Oster that owns the pier.\n"
        "Rain fell on Tuesday.\nThe company said repairs of the pier would cost $4 million."
    )
    for count in (2, 3):
        chosen = summary(article(text), count=count)
        if any(s.startswith("The company") for s in chosen):
            assert any(s.startswith("Harbour Gas") for s in chosen)
    assert bare_noun("The company said repairs would cost $4 million.", KNOWN) == "company"
    assert bare_noun("The company that owns the pier said so.", KNOWN) == ""


@given(
    st.lists(
        st.sampled_from(
            [
                "The port was closed by a storm on Monday.",
                "He said the repair would cost 4 million dollars.",
                "“We have no money for the pier.",
                "Nobody has told us anything,” Ann Dale said.",
                "The move surprised fishermen in the town.",
                "Who is going to pay for the repair?",
                "Fishermen want the council to sell the site.",
                "A ferry with 200 people on board was diverted.",
                "But the minister refused to pay for it.",
            ]
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 4),
)
@settings(max_examples=60, deadline=None)
def test_whatever_the_text_no_summary_dangles_or_halves_a_quotation(lines: list[str], count: int) -> None:
    made = article(" ".join(["The storm closed the port on Monday.", *lines]))
    chosen = summarise([made], {made.id: split_sentences(made)}, count=count).sentences
    places = [s.position for s in chosen]
    assert 1 <= len(chosen) <= count
    assert places == sorted(places)
    assert all(not points_back(s.text, KNOWN) or s.position - 1 in places or named_before(s, chosen) for s in chosen)
    assert not any(asks_or_teases(s.text, KNOWN) for s in chosen)
    text = " ".join(s.text for s in chosen)
    assert text.count("“") == text.count("”")


def test_a_caption_or_heading_is_never_summarised() -> None:
    body = (
        "The port was closed by a storm.\nA ship lies on its side in the port, Monday.\nWhat happens next in the port"
    )
    lines = body.split("\n")
    kinds, spans, at = ("text", "caption", "heading"), [], 0
    for line, kind in zip(lines, kinds, strict=True):
        spans.append(Paragraph(at, at + len(line), kind))
        at += len(line) + 1
    made = Article(id="a", body=body, paragraphs=tuple(spans), language="en")
    for method in RANKERS:
        assert summary(made, count=3, method=method) == [lines[0]]


def test_bullets_are_summarised_only_when_there_is_nothing_else() -> None:
    body = "Storm closes the old harbour pier"
    made = Article(id="a", body=body, paragraphs=(Paragraph(0, len(body), "bullet"),), language="en")
    assert summary(made, count=1) == [body]


def test_a_sentence_that_repeats_the_headline_is_not_printed() -> None:
    chosen = summary(article(f"Storm closes old harbour pier.\n{PIER}", "Storm closes old harbour pier"), count=3)
    assert "Storm closes old harbour pier." not in chosen


def test_a_mark_that_closes_nothing_is_cut_off_and_the_span_still_holds() -> None:
    made = article("The council voted on Monday to close the harbour pier for good.”")
    (sentence,) = summarise([made], {made.id: split_sentences(made)}, count=1).sentences
    assert sentence.text.endswith("for good.")
    assert made.body[sentence.start : sentence.end] == sentence.text


@pytest.mark.parametrize("method", RANKERS)
@pytest.mark.parametrize("words", [12, 25, 40, 200])
def test_a_budget_of_words_is_kept_in_whole_sentences(method: str, words: int) -> None:
    made = article(PIER)
    whole = {s.text for s in split_sentences(made)}
    chosen = summary(made, words=words, method=method)
    assert chosen
    assert set(chosen) <= whole
    assert sum(len(s.split()) for s in chosen) <= words


def test_one_sentence_alone_may_exceed_the_budget() -> None:
    assert len(summary(article(PIER), words=2)) == 1


def test_what_is_excluded_is_not_chosen() -> None:
    made = article(PIER)
    for method in RANKERS:
        barred: set[SentenceKey] = {(made.id, 0), (made.id, 1)}
        chosen = summarise([made], {made.id: split_sentences(made)}, count=3, method=method, exclude=barred).sentences
        assert not {(s.article_id, s.position) for s in chosen} & barred


@pytest.mark.parametrize("method", ["newswire", "lexrank", "lead"])
def test_a_themes_view_holds_a_sentence_on_the_theme_or_nothing(method: str) -> None:
    made = article(PIER)
    assert "Fishermen protested outside the hall." in summary(
        made, count=2, method=method, relevance={(made.id, 5): 1.0}
    )
    assert summary(made, count=2, method=method, relevance={}) == []


def test_a_themes_view_keeps_the_lede_and_what_stands_beside_it() -> None:
    made = article(
        "The ministry is sending guns to the port, the governor said on Tuesday.\n"
        "The comments come after a paper reported, citing people who know of the talks, that the ministry is weighing "
        "rockets, boats and advisers for the port amid worries about a storm in the winter.\n"
        "The governor said guns arrive from every side.\nFishermen stayed at home on Tuesday.\n"
        "Rain is expected in the port.\nThe port has had guns since 2014, the ministry says."
    )
    relevance = {(made.id, i): 1.0 for i in (0, 1, 5)} | {(made.id, 2): 0.8}
    places = [
        s.position for s in summarise([made], {made.id: split_sentences(made)}, count=2, relevance=relevance).sentences
    ]
    assert places == [0, 1]


def test_a_mild_pull_decides_between_like_sentences_and_empties_no_summary() -> None:
    made = article(PIER)
    split = {made.id: split_sentences(made)}
    plain = summarise([made], split, count=2).sentences
    assert summarise([made], split, count=2, relevance={}, pull=0.25).sentences == plain
    chosen = summarise([made], split, count=2, relevance={(made.id, 1): 1.0}, pull=0.5).sentences
    assert 1 in [s.position for s in chosen]
    assert 1 not in [s.position for s in plain]


def test_a_story_of_two_reports_opens_with_their_ledes_not_with_quotations() -> None:
    quoted = (
        "“The visit follows broad talks with allies and partners on a united approach to the threat to the port and "
        "its harbour,” the ministry said."
    )
    ledes = (
        "Minister Ann Dale will travel to the port of Oster this week to hear its fishermen on the planned closure.",
        "The government offered Oster $4 million in aid on Wednesday, when Ann Dale visited the town's harbour.",
    )
    first, second = (article(f"{lede}\nRain fell on the town.\n{quoted}") for lede in ledes)
    assert sorted(summary(first, second, count=2)) == sorted(ledes)


MISSILES = """Anti-tank missiles from Delland landed at Lesk airport on Friday, the Tolmari defence ministry said.
Minister Olek Drum met the plane on the apron of Lesk airport with Delland's envoy."""
ROUNDS = """Grenades and rifle rounds from Delland reached the army of Tolmar in Lesk on Friday, Ann Dale said.
Ravia called such deliveries by Delland to the Tolmari army in Lesk a threat to Ravia on Friday.
The cargo weighed 81 tonnes and was unloaded at Lesk airport by 40 Tolmari soldiers in two hours.
The town of Lesk has three airports."""


@pytest.mark.parametrize("missing", [False, True])
def test_a_definite_reference_never_stands_behind_another_articles_sentence(missing: bool) -> None:
    both = article(MISSILES), article(ROUNDS)
    split = {a.id: split_sentences(a) for a in both}
    leaning = {"needs": "previous", "standing": 0.2, "behind": 0.9}
    judged = {
        (s.article_id, s.position): Judgement(s, **(leaning if s.text.startswith("The cargo") else {}))
        for sentences in split.values()
        for s in sentences
    }
    left_out = [key for key, j in judged.items() if missing and j.sentence.text.startswith("Ravia called")]
    printed = [
        s.text for s in summarise(both, split, count=5, judged=judged, exclude=left_out, printed_in="summary").sentences
    ]
    held = [printed[n - 1][:12] for n, text in enumerate(printed) if text.startswith("The cargo")]
    assert held == ([] if missing else ["Ravia called"])


def test_an_article_too_long_for_a_method_is_named() -> None:
    long = article("\n".join(f"Ship number {i} left the harbour with {i} tons of grain." for i in range(500)))
    short = article(PIER)
    split = {a.id: split_sentences(a) for a in (long, short)}
    assert capped([long, short], split, "textrank") == (long.id,)
    assert capped([long, short], split) == ()


def test_several_articles_give_the_same_summary_in_whatever_order_they_come() -> None:
    a, b = (
        article(PIER, day=date(2022, 1, 2)),
        article("The town's pier is to close. Ann Dale has said so.", day=date(2022, 1, 1)),
    )
    assert summary(a, b, words=40) == summary(b, a, words=40)


def test_a_summary_opens_with_the_article_whose_sentence_stands_first() -> None:
    late, early = article("Lede. More.", day=date(2022, 1, 2)), article("Old lede. Old second.", day=date(2022, 1, 1))
    first, second = split_sentences(late)[0], split_sentences(early)[1]
    assert reading_order([second, first], [late, early]) == (first, second)


def test_support_is_what_another_article_says_with_the_same_figures() -> None:
    def said(id_: str, text: str) -> Sentence:
        return Sentence(id_, 0, 0, 0, len(text), text)

    mine = said("a", "The storm killed 12 people in the harbour.")
    same, other = (
        said("b", "12 people killed in harbour storm."),
        said("c", "The storm killed 14 people in the harbour."),
    )
    own = said("a", "The storm killed 12 people in the harbour.")
    assert supports([mine], [same, other, own], language("en")) == ((same,),)


def test_every_chosen_sentence_says_what_earned_it_its_place() -> None:
    made = article(PIER)
    found = summarise([made], {made.id: split_sentences(made)}, count=3)
    assert len(found.scores) == len(found.support) == len(found.sentences) == 3
    assert {p.name for p in found.scores[0]} >= {"newswire", "words", "place in its article"}


def test_an_article_without_a_fit_sentence_still_has_a_summary() -> None:
    assert summary(article("Who did it? He said so."), count=3) == ["Who did it?"]


def test_no_sentences_give_an_empty_summary() -> None:
    assert summary(article(""), count=3) == []


def test_a_copy_of_an_article_adds_nothing() -> None:
    made = article(PIER)
    assert summary(made, made, count=3) == summary(made, count=3)


def test_a_story_of_copies_never_says_one_thing_twice() -> None:
    lede = "The minister of trade will fly to Oslo on Monday to sign the ferry treaty with Norway."
    other = "Fishing rights were left out of the ferry treaty at the wish of both parliaments."
    copies = [
        Article.from_text(f"{lede}\n{other}", title="Ferry treaty", outlet="Aster Post", language="en"),
        Article.from_text(
            f"{lede}\nA crew of forty will serve the new line.", title="Ferry", outlet="B", language="en"
        ),
    ]
    split = {a.id: split_sentences(a) for a in copies}
    texts = [s.text for s in summarise(copies, split, count=3).sentences]
    assert texts.count(lede) == 1
    assert len(texts) == len(set(texts)) == 3


def test_of_a_story_without_end_each_article_has_its_share_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.stages.summaries.prepared.MOST", 40)
    long = [
        article("\n".join(f"Ship {town} number {i} left the harbour with {i} tons of grain." for i in range(100)))
        for town in ("Brask", "Vellin")
    ]
    ready = prepare(long, {a.id: split_sentences(a) for a in long})
    places: dict[str, list[int]] = {a.id: [] for a in long}
    for sentence in ready.material.sentences:
        places[sentence.article_id].append(sentence.position)
    assert [len(taken) for taken in places.values()] == [20, 20]
    assert all(taken[:15] == list(range(15)) for taken in places.values())
