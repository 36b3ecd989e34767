"""What may be printed where, and with what beside it: the one predicate."""

from __future__ import annotations

from dataclasses import replace

import pytest

import briefing
from briefing.model import Article, CitedSentence, Judgement, Receipt, Sentence
from briefing.stages.judgement.printing import STANDS, PrintedIn, broken, closed, is_plain, permit

LINE = "The harbour of Port Halvern has been closed since Monday."
WHERE = Receipt.made("a", 0, 11, "The harbour")


def judged(**fields: object) -> Judgement:
    return replace(Judgement(Sentence("a", 3, 1, 200, 200 + len(LINE), LINE), news=2.0), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("place", STANDS)
def test_a_reporters_sentence_that_stands_is_printed_everywhere_as_it_is(place: PrintedIn) -> None:
    given = permit(judged(), place)
    assert (given.refused, given.needs, given.mark, given.introduced) == ("", "", "", None)


@pytest.mark.parametrize("place", [place for place in STANDS if place != "correction"])
def test_a_caption_is_printed_nowhere(place: PrintedIn) -> None:
    assert permit(judged(is_prose=False), place).refused


@pytest.mark.parametrize("place", ["summary", "short", "passage", "key point", "figure", "heading"])
def test_somebodys_words_are_printed_with_his_name_or_not_at_all(place: PrintedIn) -> None:
    assert permit(judged(voice="unmarked", speaker="Adan Kresh"), place).mark == "Adan Kresh"
    assert permit(judged(voice="unmarked"), place).refused


def test_a_statement_needs_no_second_name_beside_its_speaker() -> None:
    given = permit(judged(voice="unmarked", speaker="Adan Kresh"), "statement")
    assert (given.refused, given.mark) == ("", "")


def test_an_authors_view_is_no_key_point_nor_is_a_fact_of_an_opinion_piece() -> None:
    assert permit(judged(voice="opinion"), "key point").refused
    assert permit(judged(in_opinion=True), "key point").refused
    assert permit(judged(voice="opinion"), "summary").refused
    assert not permit(judged(voice="opinion"), "excerpt").refused
    assert not permit(judged(in_opinion=True), "summary").refused


def test_what_hangs_is_printed_behind_its_neighbour_or_with_its_referent_or_not_at_all() -> None:
    hanging = judged(standing=0.1, behind=0.9)
    assert permit(hanging, "summary").refused
    behind = permit(hanging, "summary", behind=True)
    assert (behind.refused, behind.needs, behind.introduced) == ("", "previous", None)
    named = permit(replace(hanging, referent=WHERE), "summary")
    assert (named.refused, named.needs, named.introduced) == ("", "more", WHERE)


def test_a_key_point_must_stand_better_than_a_sentence_under_its_headline() -> None:
    doubtful = judged(standing=0.75, behind=0.75)
    assert not permit(doubtful, "summary").refused
    assert permit(doubtful, "key point").refused


def test_where_nothing_was_learned_of_a_language_nothing_is_refused_for_its_voice() -> None:
    given = permit(judged(voice="unmarked", full=False, voiced=False), "summary")
    assert (given.refused, given.mark) == ("", "")
    assert permit(judged(needs="previous", full=False), "key point").refused


def test_where_words_of_speech_tell_whose_a_sentence_is_its_speaker_is_printed_with_it() -> None:
    assert permit(judged(voice="unmarked", full=False, speaker="Ada Lind"), "summary").mark == "Ada Lind"
    assert permit(judged(voice="unmarked", full=False), "summary").refused


def test_a_teaser_cut_inside_a_quotation_and_one_that_trails_off_are_broken() -> None:
    cut = "“The northern pier may have a narrow window of calm weather to reopen before the storms close the harb…"
    assert broken(Article.from_text(cut), 0, len(cut)) == "A quotation in it is not closed."
    assert broken(Article.from_text(cut[1:]), 0, len(cut) - 1) == "It is cut off."
    assert not broken(Article.from_text(LINE), 0, len(LINE))


def test_half_a_word_at_a_lines_end_is_no_end() -> None:
    start = Sentence("a", 0, 0, 0, 20, "The pier may reop")
    assert not is_plain(start)
    assert is_plain(replace(start, text="The pier reopened.”"))
    assert not is_plain(replace(start, text="Region: The pier reopened."))
    assert not is_plain(replace(start, text="A." * 60_000))


SPEECH = """“These wars had one goal,” Norvian President Adan Kresh said in a speech in Marrow on Monday.
In his speech the president recalled several conflicts of the last century.
According to him, all of them pursued one goal.
In Orvel, more than 300,000 people have died in a war unleashed to change the regime, and the creditors gained from it.
The mayor of Marrow, Ilja Venn, opened a bridge on Sunday."""


def test_what_follows_a_speech_told_on_is_its_speakers_until_another_is_named() -> None:
    found = {j.sentence.text.split()[1]: j for j in briefing.judge(Article.from_text(SPEECH, language="en"))}
    assert (found["Orvel,"].voice, found["Orvel,"].speaker) == ("unmarked", "Adan Kresh")
    assert found["mayor"].speaker != "Adan Kresh" or found["mayor"].voice != "unmarked"


CAPTION = """Nela Worin walks out of the music academy in Skarn. She says a note to the dean cost her a place. \
(Ada Brill for The Harbour Post)
The government of Sweden has closed three faculties since January, according to the teachers’ union."""


def test_a_credit_behind_a_paragraph_makes_all_of_it_a_caption() -> None:
    assert [j.is_prose for j in briefing.judge(Article.from_text(CAPTION, language="en"))][-1]
    assert not any(j.is_prose for j in briefing.judge(Article.from_text(CAPTION, language="en"))[:-1])


def standing(text: str, title: str = "") -> dict[str, float]:
    """How well each sentence stands, by its first word."""
    found = briefing.judge(Article.from_text(text, title=title, language="en"))
    return {j.sentence.text.split()[0].strip("“"): j.standing for j in found}


def test_a_name_that_opens_a_sentence_and_stands_nowhere_in_full_introduces_nobody() -> None:
    lost = standing("The ferry to Marrow sank on Monday. Worin told reporters in Marrow that Worin had left.")
    named = standing("Mayor Nela Worin closed the port of Skarn. Worin told reporters in Marrow that Worin had left.")
    assert lost["Worin"] < named["Worin"]


def test_the_deal_of_which_nothing_says_which_does_not_stand_unless_the_headline_tells_it() -> None:
    text = "Norvia reopened three ports on Monday. Norvia and Velland praised the deal, ministers said."
    assert standing(text)["Norvia"] < standing(text, "Norvia and Velland agree on a grain deal")["Norvia"]


def test_a_speech_printed_in_full_is_its_speakers_words() -> None:
    text = (
        "In Adan Kresh’s latest address on Monday evening the president spoke of the war.\n"
        "Today we met the heads of the regions.\nWe will rebuild our bridges before winter.\n"
        "The army shelled the harbour of Skarn again."
    )
    found = briefing.judge(Article.from_text(text, language="en"))
    assert [(j.voice, j.speaker) for j in found[1:]] == [("unmarked", "Adan Kresh")] * 3


def test_a_quotation_that_nothing_printed_behind_it_closes_is_not_printed() -> None:
    text = "Ada Lind said: “The port is shut. It opens in May.” Ships wait."
    first, second = "Ada Lind said: “The port is shut.", "It opens in May.”"

    def cited(part: str) -> CitedSentence:
        start = text.index(part)
        return CitedSentence(part, Receipt.made("a", start, start + len(part), part))

    assert closed([cited(first), cited(second)]) == (cited(first), cited(second))
    assert closed([cited(first), cited("Ships wait.")]) == (cited("Ships wait."),)


def test_a_first_sentence_that_shares_nothing_with_its_headline_stands_less_and_one_that_does_stands_more() -> None:
    text = "Norvia closed the port of Skarn on Monday after a storm. The harbour office counted 40 boats."
    beside, plain, told = (
        standing(text, title)["Norvia"]
        for title in ("Fishing treaty signed by Velland", "", "Norvia closes the port of Skarn after storm")
    )
    assert beside < 0.5 < plain < told


def test_a_heading_of_the_page_run_into_a_sentence_makes_it_stand_no_more() -> None:
    lines = "Storm closes harbours: Norvian minister Pavel Orlan said on Monday that three ports in Norvia would close."
    assert standing(f"Norvia is rainy.\n\n{lines}")["Storm"] < 0.2
    assert standing(f"Norvia is rainy.\n\n{lines.partition(': ')[2]}")["Norvian"] > 0.5


def test_what_is_likened_to_something_that_nothing_printed_tells_stands_less() -> None:
    similar = standing("Ports across Norvia have suffered similar damage in the storms of March.")["Ports"]
    assert similar < standing("Ports across Norvia have suffered heavy damage in the storms of March.")["Ports"]


ARTICLE = """Norvia closed the port of Skarn on Monday, the government in Brask said.
The transport ministry of Norvia sent 300 workers to the port of Skarn on Monday.
The parliament of Norvia voted on Tuesday to pay 40 million crowns for the port of Skarn.
Norvian president Adan Kresh visited the port of Skarn on Wednesday."""


def test_the_first_three_sentences_of_prose_are_an_articles_opening() -> None:
    article = Article.from_text(f"{ARTICLE}", language="en")
    assert [j.in_opening for j in briefing.judge(article)] == [True, True, True, False]


def test_a_sentence_from_beyond_the_opening_is_printed_behind_the_one_before_it_or_where_it_surely_stands() -> None:
    doubtful = judged(standing=0.8, behind=0.9)
    assert not permit(doubtful, "summary").refused
    later = replace(doubtful, in_opening=False)
    assert permit(later, "summary").refused
    assert permit(later, "summary", behind=True).needs == "previous"
    assert not permit(replace(later, standing=0.9), "summary").refused


def test_no_key_point_comes_from_beyond_an_opening() -> None:
    assert not permit(judged(), "key point").refused
    assert permit(judged(in_opening=False), "key point").refused


def test_naming_a_referent_mends_a_sentence_of_the_opening_alone() -> None:
    hanging = judged(standing=0.4, behind=0.4, referent=WHERE)
    assert permit(hanging, "summary").introduced == WHERE
    assert permit(replace(hanging, in_opening=False), "summary").refused
    # printed behind its neighbour it needs that neighbour, although its referent is named
    assert permit(replace(hanging, in_opening=False, behind=0.75), "summary", behind=True).needs == "previous"


def test_a_statement_that_tells_little_is_not_printed() -> None:
    assert permit(judged(news=0.8), "statement").refused
    assert not permit(judged(news=0.8), "summary").refused


def test_a_line_that_ends_with_a_quotation_but_no_stop_is_no_sentence() -> None:
    start = Sentence("a", 0, 0, 0, 20, "The minister called it “a step”.")
    assert is_plain(start)
    assert is_plain(replace(start, text="“It is a step,” the minister said, “and no more.”"))
    assert not is_plain(replace(start, text="The minister prepares Norvia for “a little storm”"))
