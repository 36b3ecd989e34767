"""The sample articles handed over day by day: three days before, and the second day of February."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cache

from briefing.build import edition_of, memory_of
from briefing.model import Article, Edition, Input, Memory
from briefing.outputs.issue import issue_bytes
from briefing.settings import Settings
from briefing.sources import read_inputs
from briefing.stages.clean import clean_all
from tests.paths import SEEDS

SECOND = date(2022, 2, 2)
#: What the first of February did not bring yet, and what its source says otherwise a day later.
LATE = "hadderstone-post/sixth-flight-84-tons.txt"
CHANGED = ("feeds/ostrevane-monitor.xml", "5,000 provocateurs", "3,000 provocateurs")


def _articles(inputs: Collection[Input]) -> dict[str, Article]:
    raws = [raw for read in inputs for raw in read.articles]
    return {c.raw.input: c.article for c in clean_all(raws, today=SECOND, time_zone="UTC") if c.article}


@cache
def second_day() -> tuple[tuple[Edition, ...], Edition]:
    """Return the editions of the three days before, and the edition of the second of February beside them."""
    before, today, memory = second_morning()
    return before, edition_of(today, day=SECOND, settings=Settings(), memory=memory)


@cache
def second_morning() -> tuple[tuple[Edition, ...], tuple[Input, ...], Memory]:
    """Return the editions of the three days before, the inputs of the second of February, and the memory."""
    read = read_inputs([SEEDS])
    articles = _articles(read)

    def of(*months: str, without: str = "") -> list[Input]:
        kept = (
            replace(one, articles=tuple(raw for raw in one.articles if _month(articles, raw.input) in months))
            for one in read
            if one.path != without
        )
        return [one for one in kept if one.articles]

    before: list[Edition] = []
    for day, inputs in (
        (date(2022, 1, 30), of("2021-11", "2021-12")),
        (date(2022, 1, 31), of("2022-01", "undated")),
        (date(2022, 2, 1), of("2022-02", "undated", without=LATE)),
    ):
        memory = memory_of([issue_bytes(e) for e in before], tuple(articles.values()))
        before.append(edition_of(inputs, day=day, settings=Settings(), memory=memory))
    memory = memory_of([issue_bytes(e) for e in before], tuple(articles.values()))
    return tuple(before), tuple(_changed(one) for one in of("2022-02", "undated")), memory


def _month(articles: dict[str, Article], name: str) -> str:
    article = articles.get(name)
    return "" if article is None else f"{article.published or 'undated'}"[:7]


def _changed(read: Input) -> Input:
    name, old, new = CHANGED
    if read.path != name:
        return read
    return replace(read, articles=tuple(replace(raw, text=raw.text.replace(old, new)) for raw in read.articles))
