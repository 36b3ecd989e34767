"""A desk with a store of invented articles of two days."""

# ruff: noqa: E501  sentences of articles are as long as they are

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from briefing.build.desk import Desk
from briefing.model import DateClue, Input, RawArticle
from briefing.settings import read_settings
from briefing.store import Store

DAY = date(2026, 3, 3)
MADE = datetime(2026, 3, 3, 5, tzinfo=UTC)
SETTINGS = """
[outputs]
formats = ["json", "html", "text"]

[[themes]]
name = "Harbour"
terms = ["harbour", "ferry", "pier", "lighthouse", "boats", "dredger"]

[[themes]]
name = "Rails"
terms = ["tram", "trams", "railway", "station", "bridge"]

[[channels]]
name = "Folder"
kind = "folder"
address = "sent"
"""
STORIES = (
    ("Coast Post", "Ferry to Skarn stays in harbour", "The ferry to Skarn will stay in the harbour until Friday, its owner said.",
     "A crack was found in the rudder of the boat on Monday.", "About 400 commuters travel by bus instead.",
     "Mechanics from Ostrel expect a new rudder on Thursday evening.", "The owner promised to refund monthly tickets."),
    ("Hill Courier", "Skarn ferry out of service until Friday", "Commuters from Skarn lost their ferry on Tuesday because of a broken rudder.",
     "The harbour master had ordered an inspection after the winter storms.", "Buses leave from the pier every 20 minutes.",
     "The town council will discuss a second boat in April.", "Fishermen offered to carry pupils to school."),
    ("Valley Times", "Tram bridge in Torvik closes for repairs", "The tram bridge in Torvik closes for repairs on Wednesday.",
     "Engineers found rust in 12 of its girders.", "Trams end at the railway station until the middle of May.",
     "The work costs 3 million crowns, the city said.", "Cyclists may cross the bridge at night."),
    ("Coast Post", "Lighthouse of Vellmark gets an electric lamp", "The lighthouse of Vellmark gets an electric lamp this week.",
     "Its keeper, Jonas Velt, has tended the oil lamp for 31 years.", "Boats will see the new light from 18 miles away.",
     "The harbour office keeps the old lens in its museum."),
    ("Hill Courier", "Choir buys the old mill of Brenn", "A choir of 40 singers has bought the old mill of Brenn.",
     "It paid 90,000 crowns, the notary confirmed on Monday.", "The first concert is planned for midsummer night.",
     "The mill had stood empty since 2011."),
    ("Valley Times", "Library of Halvern opens on Sundays", "The library of Halvern will open its doors on Sundays from April.",
     "Volunteers will lend books between noon and five.", "A survey among 600 readers had shown the wish.",
     "The town pays for heating and light."),
)  # fmt: skip
LATE = (
    "Coast Post", "Diggers find an ice cellar under the market of Tarn", "Diggers found an ice cellar under the market of Tarn on Monday.",
    "Its vault of 900 bricks is older than the town hall.", "Archaeologists will measure it until Saturday.",
)  # fmt: skip


def raw(number: int, day: date, story: tuple[str, ...]) -> Input:
    outlet, title, *sentences = story
    text = "\n".join((" ".join(sentences[:2]), *sentences[2:]))
    url = f"https://paper.example/{day.isoformat()}/{number}"
    moment = datetime(day.year, day.month, day.day, 3, number, tzinfo=UTC).isoformat()
    article = RawArticle(url, text, "text", title=title, outlet=outlet, url=url, dates=(DateClue(moment, "given"),))
    return Input(url, (article,))


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@contextmanager
def desk_with_articles(folder: Path, more: str = "") -> Iterator[Desk]:
    """A desk with the articles of a day in its store, and no draft yet."""
    path = folder / "briefing.toml"
    if not path.exists():
        path.write_text(SETTINGS + more, encoding="utf-8")
    settings = read_settings(path)
    with Store.open(folder / "briefing.sqlite") as store:
        store.add("papers", [raw(n, DAY, story) for n, story in enumerate(STORIES)], seen=MADE - timedelta(hours=1))
        yield Desk(store, settings, folder / "out", DAY, clock=Clock(MADE))


def come_late(desk: Desk) -> None:
    """One more article of the day."""
    desk.store.add("papers", [raw(50, DAY, LATE)], seen=desk.clock())
