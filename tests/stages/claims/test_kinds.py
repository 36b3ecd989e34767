"""What kind of statement each sentence is, and which statements are printed."""

from __future__ import annotations

import pytest

from briefing.model import Article, Statement, Story
from briefing.stages.claims import by_story, choose_statements, find_statements, kinds_of, under_one_name
from briefing.text.sentences import split_sentences


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
        ("“The sea rises,” said Becky Carden, an economics major.", "attributed claim"),
        ("“Our guests are safe,” said Paula Dirk, hotel spokeswoman.", "attributed claim"),
        ("“The town is ours,” Major Ola Brand said.", "official statement"),
        ("“Our guests are safe,” said Paula Dirk, a spokeswoman for the ministry.", "official statement"),
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


def pairs_of(*texts: str) -> tuple[tuple[Statement, Story], ...]:
    """The statements of texts, a story each."""
    articles = [Article.from_text(text, language="en") for text in texts]
    stories = [Story(str(n), (article,), ()) for n, article in enumerate(articles)]
    return by_story({a.id: find_statements(a, split_sentences(a)) for a in articles}, stories)


PORT = (
    "“The port will stay open for everybody,” said Mayor Ada Lind. “It is open now,” said Mayor Ada Lind.",
    "“The ice is 40 days away,” said Captain Jon Varga. “We will close it for no ship,” said Mayor Ada Lind.",
)


def test_the_most_quoted_speak_first_and_once() -> None:
    pairs = pairs_of(*PORT)
    chosen = choose_statements(pairs, 3)
    assert [(s.speaker, s.quotation) for s, _ in chosen] == [
        ("Ada Lind", "“We will close it for no ship,”"),  # a promise as well as a decision
        ("Jon Varga", "“The ice is 40 days away,”"),
    ]
    assert choose_statements(pairs, 1) == chosen[:1]
    assert choose_statements(pairs, 0) == ()


def test_what_decides_threatens_promises_denies_or_counts_is_kept_and_courtesies_are_not() -> None:
    kept = (
        "“The bridge will be closed from May,” said Mayor Ada Lind.",
        "“Whoever crosses must face the consequences,” said General Ola Brand.",
        "“There are no talks about it,” said Captain Jon Varga.",
        "“Of 40 ships one came,” said Minister Per Holm.",
    )
    dull = (
        "“I am grateful for your hard work,” said Minister Nils Aker.",
        "“It is a day for all of us,” said Senator Eva Ruud.",
    )
    assert {s.speaker for s, _ in choose_statements(pairs_of(*kept, *dull), 9)} == {
        "Ada Lind",
        "Ola Brand",
        "Jon Varga",
        "Per Holm",
    }


def test_a_lawyers_words_are_not_his_clients() -> None:
    assert (
        pairs_of("Jon Varga, an arms dealer, waits. Mr. Varga, his lawyer said, “believes this is not the end.”") == ()
    )


def test_the_leader_of_a_country_is_the_one_the_article_names() -> None:
    found = pairs_of("Norvian President Adan Kresh spoke. “The people were killed for this,” the Norvian leader said.")
    assert [(s.speaker, s.role) for s, _ in found] == [("Adan Kresh", "Norvian President")]


def test_a_statement_that_the_page_prints_already_gives_way() -> None:
    pairs = pairs_of(*PORT, "“The road is closed until further notice,” the Harbour Ministry said.")
    first = pairs[0][0].sentence
    chosen = choose_statements(pairs, 3, {(first.article_id, first.start)})
    assert [(s.speaker, s.quotation) for s, _ in chosen] == [
        ("Ada Lind", "“We will close it for no ship,”"),
        ("Jon Varga", "“The ice is 40 days away,”"),
        ("Harbour Ministry", "“The road is closed until further notice,”"),
    ]
    body = pairs[-1][0].sentence
    assert "Harbour Ministry" not in [
        s.speaker for s, _ in choose_statements(pairs, 3, {(body.article_id, body.start)})
    ]


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (("“We go on,” said Mayor Ada Lind.", "“Not yet,” Mayor Lind said."), ["Ada Lind", "Ada Lind"]),
        (("“We go on,” said Mayor Ada Lind.", "“Not yet,” Mr. Lind said."), ["Ada Lind", "Ada Lind"]),
        (
            ("“We go on,” said Minister Sergei Lavrov.", "“Not yet,” said Minister Sergey Lavrov.") * 2
            + ("“No way,” said Minister Sergei Lavrov.",),
            ["Sergei Lavrov"] * 5,
        ),
        (
            ("“We go on,” said Mayor Ada Lind.", "“Not yet,” said Captain Jon Lind.", "“So what,” Mr. Lind said."),
            ["Ada Lind", "Jon Lind", "Mr. Lind"],
        ),
        (("“We go on,” the Harbour Ministry said.", "“Not yet,” the Food Ministry said."), None),
    ],
    ids=["surname", "title", "spelling", "two of a surname", "bodies"],
)
def test_a_person_is_listed_under_one_name_when_it_is_certain(texts: tuple[str, ...], names: list[str] | None) -> None:
    listed = [(s.speaker, s.person) for s, _ in under_one_name(pairs_of(*texts))]
    assert [person or speaker for speaker, person in listed] == (names or [speaker for speaker, _ in listed])
