"""Four days in January: the articles of each, all invented, and its edition beside those of the days before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from briefing.build import edition_of
from briefing.build.persistence import memory_of
from briefing.model import Article, Edition, EditionStory, Input, RawArticle
from briefing.model.article import DateClue
from briefing.outputs.issue import issue_bytes
from briefing.settings import Settings

MONDAY = date(2022, 1, 17)
#: What is new is asked here, not what is told of it.
FULL = Settings.model_validate({"limits": {"length": "full"}})


TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=n) for n in (1, 2, 3))


FERRY = """The harbour ferry Aurelia was halted on Monday after storm waves tore away its bow ramp near Tarnholt.
Harbour master Ines Calder said 14 passengers were taken off by a pilot boat before noon.
The ferry company Norvane Lines cancelled all crossings to the island of Skerrin until Wednesday."""


FERRY_AGAIN = """The harbour ferry Aurelia will stay in dock until March, the company Norvane Lines said on Tuesday.
The harbour ferry Aurelia was halted on Monday after storm waves tore away its bow ramp near Tarnholt.
Divers found a crack of two metres in the hull of the Aurelia below the torn bow ramp.
Skerrin's mayor Odile Brandt asked the navy for a landing craft to bring food to the island."""


LIBRARY = """The town library of Hadderstone reopened its reading room on Monday after a year of repairs.
Architect Pell Osgood kept the oak shelves of 1911 and put lamps of blown glass above the desks.
Some 9,000 books came back from a salt mine where they had been kept dry."""


ORCHARD = """Apple growers in the Cressholm valley lost a third of their blossom to frost on Tuesday night.
The growers' union said 200 orchards lit straw fires between the rows to keep the trees warm.
Minister Ada Kirwan promised seed money for late varieties within a month."""


def raw(name: str, day: date, title: str, text: str) -> RawArticle:
    return RawArticle(
        f"{name}.txt",
        text,
        "text",
        title=title,
        outlet="The Tarnholt Observer",
        url=f"https://observer.example/{name}",
        language="en",
        dates=(DateClue(day.isoformat(), "metadata"),),
    )


def built(
    day: date, raws: Sequence[RawArticle], before: Sequence[Edition] = (), texts: Mapping[str, Article] | None = None
) -> Edition:
    memory = memory_of([issue_bytes(edition) for edition in before], tuple((texts or {}).values()))
    inputs = [Input(r.input, (r,)) for r in raws]
    return edition_of(inputs, day=day, settings=FULL, memory=memory)


FERRY_MONDAY = raw("ferry", MONDAY, "Ferry Aurelia halted by storm", FERRY)


FERRY_TUESDAY = raw("dock", TUESDAY, "Ferry Aurelia in dock until March", FERRY_AGAIN)


LIBRARY_MONDAY = raw("library", MONDAY, "Hadderstone library reopens", LIBRARY)


ORCHARD_WEDNESDAY = raw("orchard", WEDNESDAY, "Frost takes a third of the blossom", ORCHARD)


def story(edition: Edition, word: str) -> EditionStory:
    return next(s for s in edition.stories if word in s.headline)
