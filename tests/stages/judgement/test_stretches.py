"""Quotation marks over sentences and paragraphs."""

from __future__ import annotations

import pytest

from briefing.model import Article
from briefing.stages.judgement.stretches import quoted_stretches

VERBS = frozenset(("said", "added"))


def _quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in quoted_stretches(Article.from_text(text), VERBS)]


def test_a_quotation_runs_over_sentences() -> None:
    assert _quoted("He said: “We stay. We pay.” They left.") == ["“We stay. We pay.”"]


def test_an_open_quotation_goes_on_in_the_next_paragraph_that_opens_with_a_mark() -> None:
    assert _quoted("“We stay.\n“We pay,” he said.") == ["“We stay.", "“We pay,”"]


def test_an_open_quotation_ends_with_its_paragraph_otherwise() -> None:
    assert _quoted("“We stay.\nThe ferry left.") == ["“We stay."]


def test_an_apostrophe_opens_nothing() -> None:
    assert _quoted("The officials' view of the '90s didn’t change, the sailors’ did.") == []


def test_single_marks_quote() -> None:
    assert _quoted("Sand said: ‘It doesn’t matter.’ He left.") == ["‘It doesn’t matter.’"]


def test_speech_behind_a_dash_ends_before_who_said_it() -> None:
    assert _quoted("- We stay in the port - said the mayor on Monday.") == ["- We stay in the port"]


@pytest.mark.parametrize("mark", ["“", '"', "‘", "'", "- A", "«", "„a"])
def test_a_text_of_marks_alone_is_read_in_a_moment(mark: str) -> None:
    quoted_stretches(Article.from_text(mark * 20_000), VERBS)
