"""Large stories: near-copies are grouped by leaders, and a large group is compared by a few of its articles."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article
from briefing.stages.stories import group_events
from briefing.stages.stories.closeness import Pairs, spanning
from briefing.stages.stories.conflicts import Conflicts
from briefing.stages.stories.leaders import REPRESENTATIVES, led, representatives

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
REPORTS = (
    (
        "The night ferry Halvard ran aground off Skelby harbour on Sunday and 214 passengers were taken off by boat. "
        "The coastguard said the engine failed two miles from the pier. Nobody was badly hurt, officer Ane Holm said. "
        "The company Norrlinje cancelled all crossings until the hull is inspected by divers from Tarn."
    ),
    (
        "The central bank of Velmark raised its key rate to 4.25 percent on Sunday, the third increase this year. "
        "Economists had expected a smaller step. Mortgage lenders said monthly payments would climb by spring. "
        "Governor Ilse Brandt pointed to rents and to the price of heating oil."
    ),
    (
        "A goal in the last minute took Brunnby to the cup final on Sunday for the first time since 1974. "
        "Keeper Lotta Vik saved a penalty before half-time. The supporters filled the square until midnight. "
        "Brunnby meets the winner of the replay between Osterby and Lund in the capital."
    ),
)


def varied(size: int) -> list[Article]:
    """Return so many articles, each one of the reports without a tenth of its words."""
    draw = random.Random(3)
    texts = [" ".join(w for w in REPORTS[n % len(REPORTS)].split() if draw.random() >= 0.1) for n in range(size)]
    return [Article.from_text(text, title="", published=DAY, language="en") for text in texts]


def pairs(*rows: tuple[int, int, float]) -> Pairs:
    first, second, alike = zip(*rows, strict=True) if rows else ((), (), ())
    return np.array(first, np.int64), np.array(second, np.int64), np.array(alike, np.float64)


def test_an_article_joins_the_leader_it_is_most_like() -> None:
    found = led(4, pairs((0, 2, 0.6), (1, 2, 0.9), (1, 3, 0.7)), lambda a, b: False, {})
    assert found == [[0], [1, 2, 3]]


def test_an_article_that_joined_another_leads_none() -> None:
    assert led(3, pairs((0, 1, 0.9), (1, 2, 0.9)), lambda a, b: False, {}) == [[0, 1], [2]]


def test_an_article_joins_no_leader_whose_evidence_excludes_it_and_the_next_best_instead() -> None:
    found = led(3, pairs((0, 2, 0.9), (1, 2, 0.6)), lambda a, b: (a, b) == (0, 2), {})
    assert found == [[0], [1, 2]]


def test_two_parts_of_one_round_up_never_follow_one_leader() -> None:
    found = led(3, pairs((0, 1, 0.9), (0, 2, 0.8)), lambda a, b: False, {1: frozenset("r"), 2: frozenset("r")})
    assert found == [[0, 1], [2]]


def test_a_large_group_is_compared_by_articles_spread_over_it() -> None:
    assert representatives([4, 5, 6]) == [4, 5, 6]
    found = representatives(list(range(100)))
    assert len(found) == len(set(found)) == REPRESENTATIVES
    assert found[0] == 0
    assert found[-1] >= 80


@pytest.mark.parametrize("size", [30, 240])
def test_varied_copies_of_a_report_are_one_story_however_many(size: int) -> None:
    stories = group_events(varied(size))
    assert sorted(len(story.articles) for story in stories) == [size // 3] * 3


def test_four_times_the_reports_are_compared_about_four_times_as_often(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: Counter[int] = Counter()
    size = 0
    real = Conflicts.between

    def counting(self: Conflicts, a: int, b: int) -> bool:
        compared[size] += 1
        return real(self, a, b)

    monkeypatch.setattr(Conflicts, "between", counting)
    for size in (60, 240):
        group_events(varied(size))
    assert 0 < compared[240] < 5 * compared[60]


@given(st.integers(2, 7), st.data())
def test_a_group_is_held_together_by_its_most_similar_pairs(size: int, data: st.DataObject) -> None:
    rows = [(a, b, data.draw(st.integers(0, 8)) / 8) for b in range(size) for a in range(b) if data.draw(st.booleans())]
    assert list(spanning(0, pairs(*rows))) == list(_by_hand(size, rows))


def _by_hand(size: int, rows: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Prim's algorithm in its plainest form: the best pair from a joined article to another, the first of equals."""
    joined, found = [0], []
    while True:
        here = [
            (-alike, new, joined.index(old))
            for a, b, alike in rows
            for old, new in ((a, b), (b, a))
            if old in joined and new not in joined
        ]
        if not here:
            return found
        alike, new, old = min(here)
        found.append((joined[old], new, -alike))
        joined.append(new)
