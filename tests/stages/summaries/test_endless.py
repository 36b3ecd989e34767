"""What is too long to be a sentence, or has no word in it, is never printed whole and never stops a build."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import make_edition, verify
from briefing.model import Article, Receipt, Sentence
from briefing.model.article import CUT_TO, LONGEST_SENTENCE
from briefing.stages.ranking import RANKERS
from briefing.stages.summaries import summarise
from briefing.stages.themes import DEFAULT_THEMES, find_passages
from briefing.text.sentences import split_sentences

SHORT = "The harbour council voted on Monday to close the old pier."
ENDLESS = "the port and the quay and " * 60


def sentence(text: str) -> Sentence:
    return Sentence("a", 0, 0, 7, 7 + len(text), text)


def chosen(text: str, method: str = "newswire") -> tuple[Article, tuple[Sentence, ...]]:
    article = Article.from_text(text, language="en")
    return article, summarise([article], {article.id: split_sentences(article)}, method=method).sentences


@pytest.mark.parametrize("text", ["word " * (LONGEST_SENTENCE[0] + 1), "x" * (LONGEST_SENTENCE[1] + 1)])
def test_too_many_words_or_characters_make_no_sentence(text: str) -> None:
    assert sentence(text.strip()).is_endless
    assert not sentence(text.strip()[: LONGEST_SENTENCE[0] * 5 - 1]).is_endless


def test_a_summary_leaves_an_endless_sentence_out() -> None:
    _, found = chosen(f"{ENDLESS}ended.\n{SHORT}")
    assert [s.text for s in found] == [SHORT]


@pytest.mark.parametrize("method", RANKERS)
def test_of_a_text_that_is_one_endless_sentence_a_short_span_is_printed_and_proved(method: str) -> None:
    article, (found,) = chosen(ENDLESS, method)
    assert len(found.text) <= CUT_TO
    assert found.text.endswith((" the", " and", " port", " quay"))
    assert article.body[found.start : found.end] == found.text
    assert found.receipt == Receipt.made(article.id, found.start, found.end, article.body[found.start : found.end])


@pytest.mark.parametrize("method", RANKERS)
@pytest.mark.parametrize("text", ["1 2 3. 4 5 6. 7 8 9.", "\U0001f600. \U0001f600\U0001f600.", "--- *** /// === +++."])
def test_a_text_without_a_word_is_quoted_and_breaks_no_method(text: str, method: str) -> None:
    article, found = chosen(text, method)
    assert found
    assert all(article.body[s.start : s.end] == s.text for s in found)


def test_no_passage_holds_an_endless_sentence() -> None:
    said = "Washington sent Kyiv a shipment of Javelin missiles, the ministry said"
    article = Article.from_text(f"{said}.\n{said} {ENDLESS}ended.", language="en")
    found = find_passages(article, split_sentences(article), DEFAULT_THEMES, leading=())
    assert found
    assert not any(s.is_endless for passage in found for s in passage.sentences)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=3000))
def test_a_shortened_sentence_is_a_span_of_it_from_its_start(text: str) -> None:
    whole = sentence(text)
    short = whole.shortened()
    assert text.startswith(short.text)
    assert (short.start, short.end) == (whole.start, whole.start + len(short.text))
    assert not short.is_endless


@pytest.mark.parametrize(
    "text",
    [
        "The minister said the ferry was safe. " + "Officials said the talks on ships and grain would go on, and " * 60,
        "“" * 3_000 + "The harbour office said on Saturday that ministers had agreed on new rules. " * 3 + "”" * 3_000,
        "漢" * 20_000 + "。",
        "a. " * 30_000,
        "King M" + "D" * 5_000 + " spoke in Varde on Monday and said that the harbour would stay open.",
        "Title: "
        + "A" * 9_000
        + "\n\nThe harbour office said on Saturday that ministers had agreed on new rules. " * 3,
    ],
)
def test_an_edition_of_a_text_without_end_is_proved_by_its_source(tmp_path: Path, text: str) -> None:
    """One that is not would keep the whole edition from being sent."""
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    edition = make_edition([tmp_path / "a.txt"], day=date(2026, 11, 28))
    assert edition.sources
    assert verify(edition, [tmp_path / "a.txt"]).findings == ()
