"""A build never makes what its proof refuses, whichever articles of a pile it is given, at any length."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from briefing.build.flow import edition_of
from briefing.build.proving import prove
from briefing.model import Edition, Input
from briefing.settings import Settings
from briefing.sources import read_inputs
from tests.paths import SEEDS, development

LENGTHS = ("brief", "standard", "full")


def settings_of(length: str) -> Settings:
    """The defaults at a length."""
    plain = Settings()
    return plain.model_copy(update={"limits": plain.limits.model_copy(update={"length": length})})


def refused(inputs: Sequence[Input], day: date, length: str) -> tuple[Edition, list[str]]:
    """The edition of some inputs, and what its proof refuses of it."""
    edition = edition_of(inputs, day=day, settings=settings_of(length))
    return edition, [f"{finding.place}: {finding.problem}" for finding in prove(edition, inputs).findings]


def origins_are_named(edition: Edition) -> bool:
    """Whether an edition counts no more independent origins than it names outlets and agencies."""
    outlets = {source.outlet for source in edition.sources if source.outlet}
    agencies = {source.wire for source in edition.sources if source.wire}
    return edition.counts.origins <= len(outlets) + len(agencies)


@pytest.mark.parametrize("number", range(6))
def test_an_edition_of_any_of_our_articles_is_proved(number: int) -> None:
    drawn = random.Random(number)
    inputs = read_inputs(SEEDS)
    chosen = [read for read in inputs if drawn.random() < 0.5]
    edition, problems = refused(chosen, date(2022, 2, 1), LENGTHS[number % 3])
    assert problems == []
    assert origins_are_named(edition)


@pytest.mark.slow
@pytest.mark.development
def test_a_thousand_editions_of_real_articles_are_proved(tmp_path: Path) -> None:
    with gzip.open(development("data", "ukraine_pool.dev.jsonl.gz"), "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    drawn = random.Random(20261129)
    failed: dict[str, list[str]] = {}
    for number in range(1000):
        day = date(2022, 1, 28) + timedelta(drawn.randrange(205))
        first = (day - timedelta(drawn.randrange(1, 4))).isoformat()
        near = [row for row in rows if first <= row["date"][:10] <= day.isoformat()]
        chosen = drawn.sample(near, min(len(near), drawn.randrange(1, 13)))
        pile = tmp_path / f"{number}.jsonl"
        pile.write_text("".join(f"{json.dumps(row | {'outlet': row['source']})}\n" for row in chosen), encoding="utf-8")
        edition, problems = refused(read_inputs(pile), day, LENGTHS[number % 3])
        if problems or not origins_are_named(edition):
            failed[f"edition {number} of {day}"] = problems or ["more origins than names"]
    assert failed == {}
