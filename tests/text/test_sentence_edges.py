from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.build import split_sentences
from briefing.model import Article
from briefing.text.sentence_edges import trimmed


def printed(text: str) -> list[str]:
    return [s.text for s in trimmed(split_sentences(Article.from_text(text, language="en")))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry confirmed the visit. .", "The ministry confirmed the visit."),
        ("“We are ready,” the minister said. .", "“We are ready,” the minister said."),
        ("He called it “total misinformation”. . .", "He called it “total misinformation”."),
        ("VELDMARK (KWP) — The bridge opened. .", "The bridge opened."),
        ("They waited . . .", "They waited . . ."),
        ("So said Ada Lind, mayor of New Hampshire. in a report.", "So said Ada Lind, mayor of New Hampshire."),
        ("They drove with Messrs. in a coach.", "They drove with Messrs. in a coach."),
        ("Photograph: Ada Lind/Getty Images The bridge opened.", "The bridge opened."),
        ("Photo: Jon Varga/AFP/Getty Images “We go on,” he said.", "“We go on,” he said."),
        ("Boats at rest in the harbour Photograph: Ada Lind/The Observer The bridge opened.", "The bridge opened."),
        ("She took the photograph: it shows the bridge.", "She took the photograph: it shows the bridge."),
        ("Photograph: Ada Lind/Reuters", "Photograph: Ada Lind/Reuters"),
        ("It cost $3.5 million.", "It cost $3.5 million."),
        (". .", ". ."),
    ],
)
def test_stray_stops_datelines_and_credits_of_pictures_are_not_printed(text: str, expected: str) -> None:
    assert printed(text) == [expected]


@given(st.text(alphabet="ab .,;!?”\n", max_size=60))
def test_what_is_printed_is_still_a_span_of_the_source(text: str) -> None:
    article = Article.from_text(text, language="en")
    for sentence in trimmed(split_sentences(article)):
        assert article.body[sentence.start : sentence.end] == sentence.text
        assert sentence.text
