"""What grouping works out for many articles at once is what working it out one by one gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.stages.stories.grouping import agglomerate
from briefing.stages.stories.likeness import vectors
from briefing.stages.stories.ragged import Ragged, spread
from briefing.stages.stories.rewrites import LEAST_SENTENCES, LEAST_SHARE, REWRITTEN, Sentences, Stems
from briefing.stages.stories.texts import Texts, Wordbook
from briefing.text.aliases import default
from briefing.text.languages import language
from briefing.text.terms import tokens

EN = language("en")
PARTS = [
    "Kiev",
    "kryvyi",
    "Rih",
    "Xi",
    "Jinping's",
    "U.S.",
    "S-400",
    "the",
    "harbour",
    "ferry.",
    "(Odessa)",
    "said\n",
    "czech",
    "republic",
]
texts = st.lists(st.lists(st.sampled_from(PARTS), max_size=12).map(" ".join), max_size=6)


@given(texts)
def test_words_read_as_numbers_are_the_words_of_the_text(several: list[str]) -> None:
    book = Wordbook(default())
    rows = book.texts(several)
    read = [[book.words[n] for n in rows[k].tolist()] for k in range(len(rows))]
    assert read == [default().canonical(tokens(text)) for text in several]


def test_a_name_of_several_words_is_read_as_one_and_ends_with_its_text() -> None:
    book = Wordbook(default())
    rows = book.texts(["In Kryvyi Rih, Xi", "Jinping met nobody"])
    assert [book.words[n] for n in rows[0].tolist()] == ["in", "kryvyi_rih", "xi"]
    assert book.words[rows[1][0]] == "jinping"


def test_some_rows_of_a_ragged_array_are_those_rows_in_that_order() -> None:
    rows = Ragged(np.array([1, 2, 3, 4], np.int32), np.array([0, 1, 1, 4]))
    some = rows.only([2, 1, 0])
    assert [some[n].tolist() for n in range(3)] == [[2, 3, 4], [], [1]]
    assert rows.places.tolist() == [0, 0, 1, 2]
    assert spread(np.array([5, 1]), np.array([7, 2]))[0].tolist() == [5, 6, 1]


VOCABULARY = [
    "ferry",
    "harbour",
    "storm",
    "bank",
    "rate",
    "goal",
    "cup",
    "museum",
    "globe",
    "lifeboat",
    "engine",
    "divers",
    "mayor",
    "pier",
    "crew",
]
bodies = st.lists(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=30).map(" ".join), min_size=2, max_size=6)


@given(bodies)
def test_how_central_an_article_is_needs_no_pairs(several: list[str]) -> None:
    book = Wordbook(default())
    read = book.texts(several)
    rows = vectors(Texts(tuple(book.words), book.texts([""] * len(several)), read), EN, default())
    every = np.arange(len(several))
    scratch = np.zeros((rows.width, 4), np.float32)
    one_by_one = [rows.similarities(n, every, scratch).sum() for n in every]
    assert rows.centralities(every.tolist()) == pytest.approx(one_by_one, rel=1e-4)


sentences = st.lists(st.lists(st.sampled_from(VOCABULARY), min_size=4, max_size=14).map(" ".join), max_size=6)


@settings(deadline=None)
@given(st.lists(sentences.map("\n".join), min_size=2, max_size=5))
def test_no_rewrite_is_lost_by_looking_at_signatures_first(several: list[str]) -> None:
    book = Wordbook(default())
    read = Sentences.of(several, Stems(EN, book))
    found = {pair for pair in read.likely() if read.is_rewrite(*pair)}
    plain = [[s for line in text.split("\n") if len(s := set(line.split())) >= 6] for text in several]
    assert found == {(a, b) for b in range(len(plain)) for a in range(b) if _is_rewrite(plain[a], plain[b])}


def _is_rewrite(one: Sequence[set[str]], other: Sequence[set[str]]) -> bool:
    short, long = sorted((one, other), key=len)
    shared = sum(any(len(s & t) >= REWRITTEN * len(s | t) for t in long) for s in short)
    return shared >= max(LEAST_SENTENCES, LEAST_SHARE * len(short))


values = st.integers(0, 8).map(lambda n: n / 8)


@given(st.data(), st.integers(2, 7), st.sampled_from([0.0, 0.5, 1.0]))
def test_the_two_most_alike_are_merged_first_until_none_are_alike_enough(
    data: st.DataObject, size: int, average: float
) -> None:
    alike = np.ones((size, size))
    for a in range(size):
        for b in range(a):
            alike[a, b] = alike[b, a] = data.draw(values)
    known = {(a, b): float(alike[a, b]) for b in range(size) for a in range(b)}
    found = agglomerate([[n] for n in range(size)], known, lambda a, b: alike[np.ix_(a, b)], cut=0.5, average=average)
    assert found == _merged_one_by_one(alike, average)


def _merged_one_by_one(alike: np.ndarray, average: float) -> list[list[int]]:
    groups = dict(enumerate([[n] for n in range(len(alike))]))

    def value(a: int, b: int) -> float:
        pairs = alike[np.ix_(groups[a], groups[b])]
        return float(average * pairs.sum() / pairs.size + (1 - average) * pairs.min())

    for new in range(len(alike), 2 * len(alike)):
        best = min(((-value(a, b), a, b) for b in groups for a in groups if a < b), default=(0.0, 0, 0))
        if -best[0] < 0.5:
            break
        groups[new] = groups.pop(best[1]) + groups.pop(best[2])
    return sorted(sorted(group) for group in groups.values())
