"""A desk on its second morning: 45 items of invented towns, 16 of them without news, collected from a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from briefing.build.daily import Round
from briefing.build.desk import Desk
from briefing.settings import Settings, read_settings
from briefing.store import Store

YESTERDAY, TODAY = date(2026, 3, 2), date(2026, 3, 3)
FORMATS = ("json", "html", "text", "email")
SETTINGS = """
[outputs]
formats = ["json", "html", "text", "email"]

[limits]
length = "full"

[[themes]]
name = "Harbour"
terms = ["harbour", "ferry", "pier", "quay", "lighthouse", "ships", "boats", "divers", "tide"]

[[themes]]
name = "Culture"
terms = ["school", "pupils", "university", "choir", "museum", "painter", "library", "archive", "tapestry"]

[[themes]]
name = "Roads"
terms = ["road", "bridge", "tunnel", "tram", "signal tower"]

[[sources]]
name = "Wire"
kind = "folder"
address = "incoming"
every = 1

[[channels]]
name = "Archive"
kind = "folder"
address = "sent"
"""
_FIRST = ("Osk", "Tor", "Skar", "Vell", "Hal", "Bren", "Pel", "Tarn", "Nor", "Ild", "Mar", "Sev", "Gor", "Ast", "Lun")
_LAST = ("vik", "mark", "dale", "holm", "ford", "stad", "berg")
#: What sentences are made of: no two of one morning have much in common, or the page would tell them once.
_WHO = (
    "the harbour board", "a retired pilot", "the school council", "two engineers", "the baker's guild", "a choir",
    "the road office", "fishermen", "the museum", "a young painter", "the mayor", "teachers", "the ferry company",
    "a jury of seven", "the library", "tram drivers", "the fire brigade", "an orchard owner", "divers", "a bank clerk",
    "the weather station", "beekeepers", "the printing house", "a carpenter", "the hospital",
)  # fmt: skip
_DOES = (
    "opened", "sold", "repaired", "counted", "refused", "painted", "measured", "promised", "closed", "inherited",
    "rebuilt", "borrowed", "inspected", "found", "moved", "donated", "warned of", "studied", "lost", "replaced",
    "celebrated", "postponed", "doubled",
)  # fmt: skip
_WHAT = (
    "the lighthouse lamp", "an old bridge", "forty wooden boats", "the school garden", "a cracked bell",
    "the night tram", "a map of the coast", "the market roof", "three hundred lamps", "the swimming bath",
    "a steam crane", "the town clock",
    "an archive of letters", "the eastern pier", "a row of lime trees", "the ice rink", "the university hall",
    "a tunnel under the hill", "the reading room", "a herd of goats", "the signal tower", "the public scales",
    "a tapestry", "the long road", "the salt store", "a windmill", "the quay wall", "a printing press",
    "the tide gauge",
)  # fmt: skip
_WHY = (
    "after a winter of heavy frost", "because the roof leaked", "to make room for pupils", "at a cost of {m} crowns",
    "before the spring fair", "with money from a lottery", "on the advice of surveyors", "in spite of protests",
    "for the first time in {k} years", "while neighbours watched", "under a contract signed in autumn",
    "once the insurers had agreed", "so that ships can unload", "with the help of {k} volunteers",
    "against the wish of the owner", "as the law demands", "during the storm", "at the request of readers",
    "without raising any fee",
)  # fmt: skip


def town(n: int) -> str:
    """A town of its own for each number."""
    return _FIRST[n % len(_FIRST)] + _LAST[(n // len(_FIRST)) % len(_LAST)]


def article(n: int, day: date, outlet: str, told_on: date) -> dict[str, str]:
    """An article about event ``n``, six sentences, which was first told on a day."""

    def sentence(at: int) -> str:
        words = (
            part[(n * step + at * 5) % len(part)] for part, step in ((_WHO, 7), (_DOES, 5), (_WHAT, 11), (_WHY, 3))
        )
        who, does, what, why = words
        why = why.format(m=210 + n * 37 + at, k=3 + n % 17)
        return f"On {told_on:%A} {who} of {town(n + at % 2 * 60)} {does} {what} {why}."

    who, does, what = (part[n * step % len(part)] for part, step in ((_WHO, 7), (_DOES, 5), (_WHAT, 11)))
    title = f"{town(n)}: {who} {does} {what}"
    moment = datetime(day.year, day.month, day.day, 4, tzinfo=UTC).isoformat()
    text = "\n\n".join(map(sentence, range(6)))
    return {"id": f"{outlet}-{n}-{day}", "title": title, "text": text, "date": moment, "outlet": outlet}


def write(folder: Path, name: str, *rows: dict[str, str]) -> None:
    """Put articles into the folder that is collected from."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


class Clock:
    """A millisecond later each time it is asked."""

    def __init__(self) -> None:
        self.now = datetime(YESTERDAY.year, YESTERDAY.month, YESTERDAY.day, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def later(self) -> None:
        """Let the time pass after which a source is visited again."""
        self.now += timedelta(minutes=5)


def settings_in(folder: Path, more: str = "") -> Settings:
    """The settings of the newsroom in a folder."""
    file = folder / "briefing.toml"
    file.write_text(SETTINGS + more, encoding="utf-8")
    return read_settings(file, methods=("newswire",), formats=FORMATS)


@contextmanager
def second_morning(
    folder: Path, *, items: int = 45, unchanged: int = 16, clock: Clock | None = None, more: str = ""
) -> Iterator[Desk]:
    """A desk with the draft of the second day; the first day's edition went out."""
    settings, clock = settings_in(folder, more), clock or Clock()
    old = range(unchanged)
    write(folder / "incoming", "first", *(article(n, YESTERDAY, "Coast Post", YESTERDAY) for n in old))
    with Store.open(folder / "briefing.sqlite") as store:
        first = Round(store, settings, folder / "out", YESTERDAY, clock)
        first.gather()
        assert first.make().ok
        clock.now = datetime(TODAY.year, TODAY.month, TODAY.day, 5, tzinfo=UTC)
        rows = [article(n, TODAY, "Hill Courier", YESTERDAY) for n in old]
        rows += [article(n, TODAY, "Coast Post", TODAY) for n in range(unchanged, items)]
        write(folder / "incoming", "second", *rows)
        second = Round(store, settings, folder / "out", TODAY, clock)
        second.gather()
        second.make(draft=True)
        yield Desk(store, settings, folder / "out", TODAY, clock=clock)
