"""Is it news prose."""

from __future__ import annotations

import pytest

import briefing
from tests.stages.judgement.articles import COLUMN, PAGE, REPORT, SPEECH


def _by_text(text: str, **of: str) -> dict[str, briefing.Judgement]:
    return {j.sentence.text: j for j in briefing.judge(briefing.Article.from_text(text, **of))}


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our free daily newsletter",
        "ADVERTISEMENT",
        "PAVEL ORLAN: THE MINISTER WHO NEVER SLEEPS",
        "Photograph: Jon Brill/Reuters",
        "Read more: what the strike means for parents",
    ],
)
def test_a_line_of_the_page_is_no_prose_and_says_why(line: str) -> None:
    judgement = _by_text(PAGE)[line]
    assert not judgement.is_prose
    assert judgement.why[0].startswith("no prose: ")


def test_the_sentences_beside_such_lines_are_prose() -> None:
    judged = _by_text(PAGE)
    assert [
        j.is_prose for text, j in judged.items() if text.startswith(("The government", "Interior", "Students"))
    ] == [True] * 3


@pytest.mark.parametrize("text", [SPEECH, COLUMN, REPORT])
def test_no_sentence_of_an_article_proper_is_refused(text: str) -> None:
    assert [t for t, j in _by_text(text).items() if not j.is_prose] == []


def test_there_is_one_judgement_a_sentence_in_order() -> None:
    article = briefing.Article.from_text(REPORT)
    assert tuple(j.sentence for j in briefing.judge(article)) == briefing.split_sentences(article)


def test_an_empty_article_has_nothing_to_judge() -> None:
    assert briefing.judge(briefing.Article.from_text("")) == ()


def test_lines_of_other_languages_are_told_by_their_shape() -> None:
    text = (
        "Die Regierung von Norvia hat am Montag drei Fakultäten geschlossen und vierzig Professoren entlassen.\n"
        "NICHT VERPASSEN\n"
        "Alle Bilder auf www.beispiel.de\n"
        "Der Minister Pavel Orlan sagte am Dienstag, niemand stehe über dem Gesetz und die Wahl sei frei gewesen."
    )
    judged = briefing.judge(briefing.Article.from_text(text, language="de"))
    assert [j.is_prose for j in judged] == [True, False, False, True]
    assert not any(j.full for j in judged)
