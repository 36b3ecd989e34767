"""Who said what."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Article
from briefing.stages.claims import find_statements
from briefing.text.sentences import split_sentences
from tests.paths import development

CASES = Path(__file__).parent / "statements.txt"


def cases() -> Iterator[tuple[str, str, list[tuple[str, ...]]]]:
    for block in CASES.read_text(encoding="utf-8").split("\n\n"):
        name, *lines = block.strip().split("\n")
        wanted = [tuple(part.strip() for part in line[1:].split("|")) for line in lines if line.startswith("|")]
        yield name.lstrip("# "), "\n".join(line for line in lines if not line.startswith("|")), wanted


def said_in(text: str, language: str = "en") -> list[tuple[str, str, str, str]]:
    article = Article.from_text(text, language=language)
    return [(s.speaker, s.role, s.verb, s.quotation) for s in find_statements(article, split_sentences(article))]


@pytest.mark.parametrize(("name", "text", "wanted"), list(cases()), ids=[name for name, _, _ in cases()])
def test_a_quotation_is_given_to_who_said_it_or_to_nobody(name: str, text: str, wanted: list[tuple[str, ...]]) -> None:
    assert said_in(text, "de" if name.startswith("German") else "en") == wanted


def test_every_quotation_is_a_span_of_its_sentence_and_the_sentence_of_the_article() -> None:
    for _, text, _ in cases():
        article = Article.from_text(text, language="en")
        for said in find_statements(article, split_sentences(article)):
            assert said.quotation in said.sentence.text
            assert article.body[said.sentence.start : said.sentence.end] == said.sentence.text


PIECES = (
    "Mr. ",
    "said ",
    "“",
    "”",
    '"',
    ", ",
    ". ",
    "Varga ",
    "he ",
    "the ministry ",
    "told ",
    "‘",
    "’",
    "of ",
    "and ",
    "\n",
)


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_the_marks_a_quotation_is_verbatim_and_closed(text: str) -> None:
    article = Article.from_text(text, language="en")
    for said in find_statements(article, split_sentences(article)):
        assert said.quotation in said.sentence.text
        assert said.quotation[0] + said.quotation[-1] in ("“”", '""', "‘’")
        assert said.speaker.strip()


def test_quotations_that_touch_and_control_characters_do_no_harm() -> None:
    assert [q for *_, q in said_in("“We go on,”“said Mr. Varga,” Mr. Varga said \0 \1 “here”.")] == [
        "“said Mr. Varga,”"
    ]


@pytest.mark.slow  # timed
def test_a_long_article_of_open_marks_is_read_in_linear_time() -> None:
    def seconds(times: int) -> float:
        article = Article.from_text("“Mr. Varga said, he said " * times + ".", language="en")
        sentences = split_sentences(article)
        start = time.process_time()
        find_statements(article, sentences)
        return time.process_time() - start

    small = min(seconds(100) for _ in range(5))
    assert min(seconds(1600) for _ in range(3)) < 40 * max(small, 0.005)  # quadratic would be 256


@pytest.mark.development
@pytest.mark.parametrize(
    ("file", "speakers"),
    [
        ("000", {"Oleksii Reznikov", "State Department", "White House", "Psaki"}),
        ("001", {"State Department", "Sergei Lavrov", "Jeanne Shaheen", "Annalena Baerbock"}),
        ("002", {"Antony Blinken", "Sergei Lavrov", "Sergei Shoigu"}),
        ("003", {"Dmitry Peskov"}),
        ("004", {"Antony Blinken", "Jen Psaki", "Sergey Lavrov", "Annalena Baerbock"}),
    ],
)
def test_the_speakers_of_the_real_articles_are_found(file: str, speakers: set[str]) -> None:
    text = next(development("seeds").glob(f"{file}_*.txt")).read_text(encoding="utf-8")
    found = {speaker for speaker, *_ in said_in(text)}
    assert speakers <= found
