"""Sentences: the cases anyone can extend, and what must hold of every text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Article
from briefing.text.languages import LANGUAGES, language
from briefing.text.sentences import split_sentences, split_spans

CASES = Path(__file__).parent / "sentences"


def cases(name: str) -> list[tuple[str, list[str]]]:
    """Return (paragraph, its sentences) for every case of a file."""
    found: list[tuple[str, list[str]]] = []
    for line in (CASES / name).read_text(encoding="utf-8").split("\n"):
        if line.startswith("| "):
            found[-1][1].append(line[2:])
        elif line.strip() and not line.startswith("#"):
            found.append((line, []))
    return found


def ends(sentences: list[str]) -> set[int]:
    """Return where sentences end, counted in characters that are no white space, the last end left out."""
    lengths = [len("".join(sentence.split())) for sentence in sentences]
    return {sum(lengths[:n]) for n in range(1, len(lengths))}


def boundary_f1(name: str) -> float:
    """Return the F1 of the ends found in a file's cases."""
    rules = language(name.removesuffix(".txt").split("_")[0])
    right = wrong = missed = 0
    for text, expected in cases(name):
        gold, found = ends(expected), ends([text[start:end] for start, end in split_spans(text, rules)])
        right, wrong, missed = right + len(gold & found), wrong + len(found - gold), missed + len(gold - found)
    return 2 * right / (2 * right + wrong + missed)


@pytest.mark.parametrize(("text", "expected"), cases("en.txt"))
def test_an_english_case_is_split_as_a_reader_would(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split_spans(text, language("en"))] == expected


def test_the_first_english_set_is_large_and_held() -> None:
    assert len(cases("en.txt")) >= 120
    assert boundary_f1("en.txt") >= 0.98


@pytest.mark.parametrize("name", ["de.txt", "fr.txt", "es.txt", "uk.txt", "ru.txt"])
def test_every_other_language_has_its_cases_and_splits_them_all(name: str) -> None:
    assert len(cases(name)) >= 20
    rules = language(name.removesuffix(".txt"))
    for text, expected in cases(name):
        assert [text[start:end] for start, end in split_spans(text, rules)] == expected


def test_texts_of_languages_without_a_data_file_are_split_at_their_own_stops() -> None:
    for text, expected in cases("und.txt"):
        assert [text[start:end] for start, end in split_spans(text, language("und"))] == expected


def test_no_two_cyrillic_initials_are_parted_from_their_name() -> None:
    letters = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"
    parted = [
        (first, second)
        for first in letters
        for second in letters
        if len(split_spans(f"Об этом сообщил {first}. {second}. Холмов.", language("ru"))) > 1
    ]
    assert parted == []


def test_the_second_english_set_is_held_too() -> None:
    assert len(cases("en_second.txt")) >= 60
    assert boundary_f1("en_second.txt") >= 0.96


# ---- what must hold of every text

PIECES = st.sampled_from(
    [
        *(
            "He",
            "said",
            "U.S",
            "Gen",
            "p.m",
            "Jan",
            "3",
            "1.5",
            "$",
            "J",
            "“",
            "”",
            "‘",
            "’",
            '"',
            "'",
            "(",
            ")",
            "[",
            "]",
        ),
        *(
            "«",
            "»",
            "„",
            ".",
            "..",
            "…",
            "?",
            "!",
            " .",
            ". ",
            " ",
            "\u00a0",
            "  ",
            "\t",
            "\n",
            "\r",
            "•",
            "•\u00a0",
            "-",
            "—",
        ),
        *(
            "。",
            "」",
            ",",
            ";",
            ":",
            "\u200b",
            "\u2028",
            "\x1c",
            "é",
            "Київ",
            "東京",
            "😀",
            "e\u0301",
            "a@b.c",
            "www.x.org",
            "\x00",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))
CODES = st.sampled_from([*LANGUAGES, "und"])


@given(TEXTS, CODES)
@settings(max_examples=400, deadline=None)
def test_joined_again_the_sentences_are_the_paragraph_white_space_aside(text: str, code: str) -> None:
    spans = split_spans(text, language(code))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    reached = 0
    for start, end in spans:
        assert reached <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        assert not text[reached:start].strip()
        reached = end


@given(TEXTS, CODES)
@settings(max_examples=200, deadline=None)
def test_an_articles_sentences_are_spans_of_its_body(text: str, code: str) -> None:
    article = Article.from_text(text, language=code)
    sentences = split_sentences(article)
    assert [s.position for s in sentences] == list(range(len(sentences)))
    for s in sentences:
        paragraph = article.paragraphs[s.paragraph]
        assert s.text == article.body[s.start : s.end]
        assert paragraph.start <= s.start < s.end <= paragraph.end
        assert s.article_id == article.id
    assert [(s.start, s.end) for s in sentences] == list(split_spans(text, language(code)))


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_paragraph_is_split_the_same_wherever_it_stands(text: str) -> None:
    alone = [text[start:end] for start, end in split_spans(text, language("en"))]
    among = "Before it.\n" + text + "\nAfter it."
    assert [among[s:e] for s, e in split_spans(among, language("en"))] == ["Before it.", *alone, "After it."]


# ---- by hand


def test_a_sentence_has_the_kind_of_its_paragraph() -> None:
    body = "He left. She stayed.\nA harbour in fog\n• One thing"
    kinds = ("text", "caption", "bullet")
    plain = Article.from_text(body, language="en")
    article = replace(plain, paragraphs=tuple(replace(p, kind=k) for p, k in zip(plain.paragraphs, kinds, strict=True)))
    assert [(s.position, s.paragraph, s.kind) for s in split_sentences(article)] == [
        (0, 0, "text"),
        (1, 0, "text"),
        (2, 1, "caption"),
        (3, 2, "bullet"),
    ]


def test_a_newline_always_ends_a_sentence() -> None:
    article = Article.from_text("The vote passed\nTHE MINISTER QUIT\nand then it rained", language="en")
    assert [s.text for s in split_sentences(article)] == ["The vote passed", "THE MINISTER QUIT", "and then it rained"]


def test_what_is_no_part_of_a_paragraph_is_no_sentence() -> None:
    plain = Article.from_text("Source link\nHe left. She stayed.", language="en")
    article = replace(plain, paragraphs=plain.paragraphs[1:])
    assert [s.text for s in split_sentences(article)] == ["He left.", "She stayed."]


def test_a_text_without_a_stop_is_one_sentence_however_long() -> None:
    text = "word " * 50_000
    assert list(split_spans(text, language("en"))) == [(0, len(text) - 1)]


def test_nothing_gives_nothing() -> None:
    assert split_sentences(Article.from_text("")) == ()
    assert split_sentences(Article.from_text(" \n\u00a0\n")) == ()


def test_the_articles_own_language_decides() -> None:
    text = "Der 2. Weltkrieg endete am 8. Mai. Danach wurde gebaut."
    assert [s.text for s in split_sentences(Article.from_text(text, language="de"))] == [text[:34], text[35:]]
    english = split_sentences(Article.from_text(text), language("en"))
    assert len(english) > 2


def test_an_unknown_language_is_split_by_what_holds_in_most() -> None:
    text = "Ministeri lähti. Kukaan ei kysynyt miksi. 東京で会議。市長は話した。"
    found = [s.text for s in split_sentences(Article.from_text(text, language="fi"))]
    assert found == ["Ministeri lähti.", "Kukaan ei kysynyt miksi.", "東京で会議。", "市長は話した。"]


ATTACKS = {
    "dots": ".",
    "dots and spaces": ". ",
    "stops and many spaces": "a." + " " * 50,
    "spaces": " ",
    "opening brackets": "(",
    "closing quotes": ".”",
    "quotes": "\"'",
    "stop and quote": '."A',
    "initials": "A.",
    "spaced initials": "A. ",
    "decimals": "1.",
    "hyphens": "a-",
    "addresses": "a@b.c",
    "abbreviations": "Mr. Dr. e.g. ",
    "marks": "?!",
    "asked": "Who?” Kask ",
    "names": "Go?” " + "Kask " * 40,
    "bullets": "• ",
    "dashes": ". — ",
    "ellipses": "… A",
    "full width": "。",
    "words": "word ",
    "newlines": "\t\n",
}


@pytest.mark.slow  # timed
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(attack: str) -> None:
    piece = ATTACKS[attack]

    def seconds(size: int) -> float:
        text = "a" + piece * (size // len(piece)) + " b. Over."
        began = process_time()
        split_spans(text, language("en"))
        return process_time() - began

    small, large = min(seconds(10_000) for _ in range(5)), min(seconds(80_000) for _ in range(3))
    assert large <= max(0.05, 8 * 3 * small)  # eight times the length; quadratic would be 64
