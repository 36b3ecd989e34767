"""Is it understood alone, and what names what it points at."""

from __future__ import annotations

import briefing
from tests.stages.judgement.articles import REPORT


def _judged(text: str) -> dict[str, briefing.Judgement]:
    return {j.sentence.text: j for j in briefing.judge(briefing.Article.from_text(text))}


def test_a_lede_that_names_everybody_stands_alone() -> None:
    first = next(iter(_judged(REPORT).values()))
    assert first.stands_alone
    assert first.needs == ""


def test_pronouns_and_the_decision_hang() -> None:
    judged = _judged(REPORT)
    hanging = [
        "The decision surprised many residents.",
        "She added that the city had no money for repairs.",
        "He was there, too.",
    ]
    assert [judged[text].stands_alone for text in hanging] == [False] * 3
    assert all(judged[text].why[-1].startswith("needs ") for text in hanging)


def test_what_names_a_bare_surname_is_a_span_further_up() -> None:
    article = briefing.Article.from_text(REPORT)
    judged = {j.sentence.text: j for j in briefing.judge(article)}
    receipt = judged["Sand said the harbour office would publish a plan next week."].referent
    assert receipt is not None
    assert "Mira Sand" in article.body[receipt.start : receipt.end]
    assert receipt.end <= judged["Sand said the harbour office would publish a plan next week."].sentence.start


def test_this_has_no_referent_to_print() -> None:
    text = f"{REPORT}\nThis is why Sand will leave the office."
    assert _judged(text)["This is why Sand will leave the office."].referent is None
