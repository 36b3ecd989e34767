"""Sentences: the cases anyone can extend, and what must hold of every text."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.languages import language
from briefing.sentences import split_spans

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
