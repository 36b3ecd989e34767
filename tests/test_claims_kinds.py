"""What kind of statement each sentence is, and which statements are printed."""

from __future__ import annotations

import pytest

from briefing.claims import by_story, choose_statements, find_statements, kinds_of
from briefing.model import Article, Story
from briefing.sentences import split_sentences


def kinds(text: str, title: str = "") -> list[str]:
    article = Article.from_text(text, title=title, language="en")
    return list(kinds_of(article, split_sentences(article)).values())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The ferry left the harbour at noon.", "reported fact"),
        ("The ferry is late, the harbour owner Ada Lind said.", "attributed claim"),
        ("“The ferry is late,” said fisher Ada Lind.", "attributed claim"),
        ("“We are late,” she said.", "attributed claim"),
        ("The State Department said the talks would go on.", "official statement"),
        ("“The talks go on,” Foreign Minister Ada Lind said.", "official statement"),
        ("Russia has denied the claims.", "official statement"),
        ("“The talks go on,” Vladimir Putin said.", "official statement"),
        ("The talks go on, officials said.", "official statement"),
        ("I think the harbour was better when my father ran it.", "opinion"),
        ("It is time to close the harbour for good.", "opinion"),
    ],
)
def test_a_sentence_has_the_kind_its_form_shows(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize("title", ["Opinion | Close the harbour", "The harbour must close | Letters"])
def test_all_of_an_opinion_piece_is_opinion(title: str) -> None:
    assert set(kinds("The ferry left at noon. The harbour is old.", title)) == {"opinion"}


def test_words_within_a_quotation_do_not_make_an_opinion() -> None:
    assert kinds("“I love my harbour. I will stay,” said fisher Ada Lind.") == ["attributed claim", "attributed claim"]


def test_every_sentence_has_one_kind() -> None:
    article = Article.from_text("“One. Two,” she said. Three.\nFour “five. Six.\nSeven.", language="en")
    sentences = split_sentences(article)
    assert set(kinds_of(article, sentences)) == {(s.article_id, s.position) for s in sentences}


def test_the_most_quoted_speak_first_and_once_per_story() -> None:
    texts = (
        "“The port will stay open for everybody,” said Mayor Ada Lind. “It is open now,” said Mayor Ada Lind.",
        "“The ice is a month away,” said Captain Jon Varga. “The port is ready for it,” said Mayor Ada Lind.",
    )
    articles = [Article.from_text(text, language="en") for text in texts]
    stories = [Story(str(n), (article,), ()) for n, article in enumerate(articles)]
    pairs = by_story({a.id: find_statements(a, split_sentences(a)) for a in articles}, stories)
    chosen = choose_statements(pairs, 3)
    assert [(s.speaker, story.id) for s, story in chosen] == [("Ada Lind", "0"), ("Ada Lind", "1"), ("Jon Varga", "1")]
    assert choose_statements(pairs, 1) == chosen[:1]
    assert choose_statements(pairs, 0) == ()
