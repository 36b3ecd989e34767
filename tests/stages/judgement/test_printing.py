"""What may be printed where, and with what beside it: the one predicate."""

from __future__ import annotations

from dataclasses import replace

import pytest

import briefing
from briefing.model import Article, Judgement, Receipt, Sentence
from briefing.stages.judgement.printing import STANDS, PrintedIn, broken, is_plain, permit

LINE = "The harbour of Port Halvern has been closed since Monday."
WHERE = Receipt.made("a", 0, 11, "The harbour")


def judged(**fields: object) -> Judgement:
    return replace(Judgement(Sentence("a", 3, 1, 200, 200 + len(LINE), LINE)), **fields)  # type: ignore[arg-type]


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
    assert not permit(judged(voice="opinion"), "summary").refused


def test_what_hangs_is_printed_behind_its_neighbour_or_with_its_referent_or_not_at_all() -> None:
    hanging = judged(standing=0.1, behind=0.9)
    assert permit(hanging, "summary").refused
    behind = permit(hanging, "summary", behind=True)
    assert (behind.refused, behind.needs, behind.introduced) == ("", "previous", None)
    named = permit(replace(hanging, referent=WHERE), "summary")
    assert (named.refused, named.needs, named.introduced) == ("", "more", WHERE)


def test_a_key_point_must_stand_better_than_a_sentence_under_its_headline() -> None:
    doubtful = judged(standing=0.6, behind=0.6)
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
