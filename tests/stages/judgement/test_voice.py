"""Whose words a sentence is, and who speaks."""

from __future__ import annotations

import pytest

import briefing
from tests.stages.judgement.articles import COLUMN, REPORT, SPEECH


def _judged(text: str, **of: str) -> list[briefing.Judgement]:
    return list(briefing.judge(briefing.Article.from_text(text, **of)))


def test_words_of_a_quotation_over_several_sentences_are_somebodys_unmarked_words() -> None:
    judged = {j.sentence.text: j for j in _judged(SPEECH)}
    told_on = [
        "Every village in the south remembers the winter when the bridges burned.",
        "“Our factories worked at night so that the army could hold the river.",
        "Nobody helped us then.",
    ]
    assert [judged[text].voice for text in told_on] == ["unmarked"] * 3


def test_their_speaker_is_carried_to_every_sentence_of_the_speech() -> None:
    unmarked = [j for j in _judged(SPEECH) if j.voice == "unmarked"]
    assert unmarked
    assert {j.speaker for j in unmarked} == {"Adan Kresh"}


def test_the_reporter_returns_behind_the_speech() -> None:
    last = _judged(SPEECH)[-1]
    assert (last.voice, last.speaker) == ("reported", "")


def test_opinion_is_a_property_of_the_article() -> None:
    voices = [j.voice for j in _judged(COLUMN)]
    assert voices.count("opinion") >= len(voices) - 1


def test_a_report_has_no_opinion_and_no_unmarked_words() -> None:
    assert {j.voice for j in _judged(REPORT)} <= {"reported", "attributed"}


def test_what_opens_an_article_is_the_words_of_who_said_this() -> None:
    text = (
        "Velland must return the ships at once, and every delay will have severe consequences.\n\n"
        "Adan Kresh, the president of Norvia, said this at a joint briefing with the mayor of Skarn on Tuesday.\n\n"
        "The harbour of Skarn has been closed since Sunday, and 200 sailors are waiting on board."
    )
    first = _judged(text)[0]
    assert (first.voice, first.speaker) == ("unmarked", "Adan Kresh")


def test_without_data_on_speech_nothing_is_refused_for_whose_words_it_is() -> None:
    text = "Powiedział: „Zostajemy. Nikt nam nie pomaga. To hańba”. Minister wrócił potem do domu."
    assert {(j.voice, j.voiced) for j in _judged(text, language="pl")} == {("reported", False)}


def test_words_of_speech_tell_whose_a_german_sentence_is() -> None:
    text = "Der Bauer Karl Ober sagte, er bleibe. Niemand habe ihm geholfen. Das Haus steht seit 1911 am Fluss."
    judged = _judged(text, language="de")
    assert [(j.voice, j.speaker) for j in judged] == [
        ("attributed", ""),
        ("unmarked", "Karl Ober"),
        ("reported", ""),
    ]


@pytest.mark.development
def test_the_weights_are_what_the_labels_give() -> None:
    import os
    import subprocess
    import sys

    from tests.paths import ROOT, development

    script = ROOT / "training" / "train_judgement.py"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, script, development("data"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.stdout.strip() == "the weights are what the data gives", done.stderr
