"""Editions stay proved, however the pages they were made of change, vanish, come back and get other dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from briefing.build import Built, build_edition, keep_built, prove_stored, proved_draft
from briefing.build.desk_store import clean_collected
from briefing.build.proving import prove_made
from briefing.model import DateClue, Edition, Input, RawArticle
from briefing.settings import Settings
from briefing.store import Store

START = date(2026, 1, 5)
WHO = ("council", "harbour office", "ferry company", "school board", "power works", "rail company", "fire brigade")
DID = ("repairs", "closes", "opens", "sells", "inspects", "paints", "moves")
WHAT = ("old bridge", "north pier", "town hall", "lower lock", "ice rink", "bus depot", "grain store", "lighthouse")
MORE = (
    "The work is to take {n} weeks and will cost {m} crowns.",
    "Neighbours had asked for it at a meeting with {n} people in the spring.",
    "A spokeswoman said that {m} crowns had been set aside for it.",
    "The last time was {n} years ago, when a storm had lifted the roof.",
    "Drivers are asked to go round by the mill road for {n} days.",
)


def text(random: Random, title: str) -> str:
    said = [line.format(n=random.randint(2, 60), m=random.randint(100, 9000)) for line in random.sample(MORE, 3)]
    return "\n".join([f"The {title[:1].lower()}{title[1:]} this week.", *said])


def title_of(random: Random) -> str:
    return f"{random.choice(WHO).capitalize()} {random.choice(DID)} {random.choice(WHAT)}"


class Web:
    """Twenty addresses of one house, and what stands at them today."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.pages = {n: self.fresh(n, START) for n in range(20)}
        self.gone: dict[int, RawArticle] = {}

    def fresh(self, number: int, day: date) -> RawArticle:
        title = title_of(self.random)
        url = f"https://house.example/{number}"
        page = RawArticle(f"House/{url}", text(self.random, title), "html", title=title, outlet="House Post", url=url)
        return self.dated(page, day)

    def dated(self, page: RawArticle, day: date) -> RawArticle:
        clue = DateClue(f"{day}T0{self.random.randint(1, 9)}:00:00Z", "metadata")
        return replace(page, dates=() if self.random.random() < 0.15 else (clue,))

    def passes(self, day: date) -> None:
        """Let a day pass: pages change in a word, wholly, vanish, come back as they were or with today's date."""
        for number in self.random.sample(range(20), 7):
            page = self.pages.pop(number, None)
            if page is None:
                back = self.gone.pop(number)
                self.pages[number] = self.random.choice((back, self.dated(back, day)))
                continue
            self.pages[number] = self.random.choice(
                (
                    self.fresh(number, day),
                    self.dated(page, day),
                    self.dated(replace(page, text=f"{page.text}\nIt begins on day {self.random.randint(1, 28)}."), day),
                    replace(page, text=page.text.replace("crowns", "marks")),
                    self.dated(page, day - timedelta(days=self.random.randint(1, 40))),
                )
            )
            if self.random.random() < 0.3:
                self.gone[number] = self.pages.pop(number)


def lived(store: Store, seed: int, days: int) -> Iterator[tuple[date, Edition]]:
    """Collect and print for some days; yield each edition as it was printed."""
    web = Web(seed)
    for day in (START + timedelta(days=n) for n in range(days)):
        if day > START:
            web.passes(day)
        if day.weekday() == 6 and day.isocalendar().week % 3 == 0:
            continue  # a day on which nobody was there
        at = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
        store.add("House", [Input(page.input, (page,)) for page in web.pages.values()], seen=at)
        clean_collected(store, Settings(), today=day)
        now = at + timedelta(minutes=5)
        built = build_edition(Settings(), (), store, day=day, now=now)
        proved = proved_draft(built.edition, store, Settings(), made=now)  # as the round does
        assert (proved.proof.findings, proved.left_out) == ((), ()), day
        keep_built(store, Settings(), Built(proved.edition), now=now)
        yield day, proved.edition
    assert web


@pytest.mark.parametrize(
    ("seed", "days"), [(3, 9), *(pytest.param(seed, 365, marks=pytest.mark.slow) for seed in (2, 5))]
)
def test_every_edition_is_proved_after_all_that_came_later(tmp_path: Path, seed: int, days: int) -> None:
    with Store.open(tmp_path / "s") as store:
        printed = dict(lived(store, seed, days))
        for day, edition in printed.items():
            proof = prove_stored(edition, store, Settings())
            assert proof.findings == (), day
        assert any(edition.corrections for edition in printed.values()) or days < 20


def test_a_draft_in_the_editors_hands_stays_proved_while_the_round_goes_on_collecting(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        *_, (day, edition) = lived(store, 8, 5)
        made = store.made(day)
        assert made is not None
        web = Web(8)
        for n in range(1, 20):
            web.passes(day + timedelta(days=n))
            at = made + timedelta(days=n)
            store.add("House", [Input(page.input, (page,)) for page in web.pages.values()], seen=at)
            clean_collected(store, Settings(), today=at.date())
        assert prove_made(edition, store, Settings(), made=made).findings == ()
