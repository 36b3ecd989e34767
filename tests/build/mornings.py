"""A desk on seven mornings, and the houses it reads: feeds that die, move and cut teasers, a page that changes."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from briefing.build import publish
from briefing.build.daily import HELD, WAITING, Round
from briefing.build.publishing import Published
from briefing.outputs import OUTPUTS
from briefing.settings import Settings, read_settings
from briefing.store import Store

MORNINGS = tuple(date(2026, 3, n) for n in (2, 3, 6, 7, 8, 9, 10))  # the fourth and fifth of March nobody is there
EDITED = (MORNINGS[1], MORNINGS[4])
FORMATS = ("json", "html", "text", "eml", "markdown")
SETTINGS = """
[outputs]
formats = {formats}

[collect]
loopback = true
delay = 0.0

[mail]
sender = "desk@y.example"
user = "desk"
password_variable = "DESK_PASSWORD"
server = "127.0.0.1"
port = {mail}

[[sources]]
name = "Coast Post"
kind = "feed"
address = "{web}/coast.xml"
full_text = false

[[sources]]
name = "Hill Courier"
kind = "feed"
address = "{web}/hill.xml"
full_text = false

[[sources]]
name = "Zeta"
kind = "feed"
address = "{web}/zeta.xml"

[[sources]]
name = "Harbour office"
kind = "page"
address = "{web}/statement"

[[lists]]
name = "Everybody"
recipients = ["a@x.example", "b@x.example"]
"""
HARBOUR = """
[[themes]]
name = "Harbour"
terms = ["harbour", "ferry", "pier", "lighthouse", "boats"]

[[lists]]
name = "Harbour desk"
recipients = ["c@x.example"]
theme = "harbour"
send_empty = true
"""
SANCTIONS = """
[[lists]]
name = "Sanctions desk"
recipients = ["c@x.example"]
theme = "sanctions"
send_empty = true
"""
PLACES = ("Ostrel", "Torvik", "Skarn", "Vellmark", "Halvern", "Brenn", "Pellan", "Tarn", "Norve")
THINGS = ("ferry", "library", "tram", "pier", "mill", "school", "bridge", "lighthouse", "market hall", "ice rink")
DONE = ("closes for repairs", "opens a week early", "is sold to a choir", "gets a new roof", "loses its heating")

#: What stands on the harbour office's page, another thing each morning.
STATEMENTS = (
    ("Dues stay as they are", "Harbour dues stay as they are until autumn, the office said.",
     "Minister Ada Brandt had weighed a rise of four percent.", "Fishermen welcomed it at a meeting in Skarn."),
    ("New keeper of the light", "Jonas Velt was named keeper of the Skarn light.",
     "He has served on the pilot boat for eleven years.", "The post had been empty since the winter storms."),
    ("Dredger works by night", "A dredger will deepen the western basin during the next three nights.",
     "Lamps on its deck must not be taken for the entrance marks.", "Masters call channel nine before they cast off."),
    ("Seal rescued from a net", "Divers cut a young seal out of a drifting net near the coal quay.",
     "It swam away unharmed after ten minutes.", "Whoever lost the net can fetch it from the yard."),
    ("Ice watch ends", "The ice watch has ended a fortnight earlier than usual.",
     "Two tugs return to their summer berths.", "Buoys that had been taken ashore are laid out again by Friday."),
    ("Crane passes its test", "The travelling crane has lifted its test weight of ninety tons.",
     "Inspectors found no crack in the jib.", "Timber ships can be unloaded at berth six from now on."),
    ("Open day in the pilot house", "Visitors may climb the tower of the pilot house on Sunday.",
     "Children are shown how flags spell a name.", "Soup is sold for the widows' fund."),
)  # fmt: skip


def item(title: str, text: str, guid: str, day: date, link: str = "") -> str:
    moment = datetime(day.year, day.month, day.day, 4, tzinfo=UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    where = f"<link>{link}</link>" if link else ""
    return (
        f"<item><title>{escape(title)}</title>{where}<guid isPermaLink='false'>{guid}</guid>"
        f"<pubDate>{moment}</pubDate><description>{escape(text)}</description></item>"
    )


def feed(title: str, *items: str) -> str:
    head = f"<title>{title}</title><link>https://{title.split()[0].lower()}.example/</link>"
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{head}{''.join(items)}</channel></rss>"


def story(n: int, day: date) -> tuple[str, str]:
    at = n * 7 + day.day
    place, thing, done = PLACES[at % len(PLACES)], THINGS[(at * 3) % len(THINGS)], DONE[at % len(DONE)]
    title = f"{place} {thing} {done}"
    text = (
        f"The {thing} of {place} {done}, the town said on {day:%A}. {12 + at % 30} people had asked for it in a letter "
        f"to the mayor. The work of {2 + at % 9} firms is to cost {at * 130} crowns. A spokeswoman said that "
        f"neighbours would be told by post before {day + timedelta(9):%d %B}."
    )
    return title, text


class Web:
    """The houses that the desk reads, as they are on a day."""

    themes = HARBOUR  # of the settings: what the desk follows, and who gets that alone

    def __init__(self) -> None:
        self.day = MORNINGS[0]
        self.late = False  # whether one more article has come in the course of the morning
        web = self

        class Pages(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, headers, body = web.answer(self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        xml = {"Content-Type": "application/rss+xml; charset=utf-8"}
        match path:
            case "/coast.xml":
                return 200, xml, self.coast().encode()
            case "/hill.xml" if self.day >= MORNINGS[2]:
                return 301, {"Location": f"{self.address}/hill-new.xml"}, b""
            case "/hill.xml" | "/hill-new.xml" if self.day == MORNINGS[4]:
                return 503, {}, b""
            case "/hill.xml" | "/hill-new.xml" if self.day > MORNINGS[4]:
                return 410, {}, b""
            case "/hill.xml" | "/hill-new.xml":
                return 200, xml, feed("Hill Courier", *self.stories(20, 24, "h")).encode()
            case "/zeta.xml":
                return 200, xml, self.teasers().encode()
            case "/statement":
                return 200, {"Content-Type": "text/html; charset=utf-8"}, self.statement().encode()
        return 404, {}, b""

    def stories(self, first: int, last: int, mark: str) -> list[str]:
        days = [d for d in (self.day - timedelta(n) for n in range(3)) if d >= MORNINGS[0]]
        return [
            item(*story(n, day), f"{mark}{n}-{day}", day, f"https://{mark}.example/{n}/{day}")
            for day in days
            for n in range(first, last)
        ]

    def coast(self) -> str:
        items = self.stories(0, 5, "c")
        boats = "nineteen" if self.day >= MORNINGS[3] else "fourteen"  # put right on the fourth morning
        storm = (
            f"A storm drove {boats} boats ashore at Skarn in the night to Monday, the harbour office said. Nobody was "
            "hurt. The lifeboat had been out since midnight. Owners are to come to the office with their papers."
        )
        items.append(item("Storm drives boats ashore at Skarn", storm, "storm", MORNINGS[0], "https://c.example/storm"))
        if self.late:
            title, text = story(60, self.day)
            items.insert(
                0, item(f"Late: {title}", text, f"late-{self.day}", self.day, f"https://c.example/late/{self.day}")
            )
        return feed("Coast Post", *items)

    def teasers(self) -> str:
        d = self.day
        return feed(
            "Zeta",
            item("Council and pier", "“The old pier may be used by ferries as soon as the divers have seen its fo…",
                 f"z1-{d}", d, f"{self.address}/closed/1/{d}"),
            item("Rents in Torvik", f"Rents in Torvik have gone up by {d.day} percent, the town counted. Tenants wan…",
                 f"z2-{d}", d, f"{self.address}/closed/2/{d}"),
        )  # fmt: skip

    def statement(self) -> str:
        title, *said = STATEMENTS[MORNINGS.index(self.day)]
        lines = "".join(f"<p>{escape(line)}</p>" for line in said)
        stamp = f"<meta property='article:published_time' content='{self.day}T03:00:00Z'>"
        head = f"<head><title>{escape(title)}</title>{stamp}</head>"
        return f"<html>{head}<body><article><h1>{title}</h1>{lines}</article></body></html>"


class RealWeb(Web):
    """The same houses with articles of others, a list of rows of each morning: title, text and outlet."""

    themes = SANCTIONS

    def __init__(self, mornings: Sequence[Sequence[Mapping[str, str]]]) -> None:
        super().__init__()
        self._mornings = dict(zip(MORNINGS, mornings, strict=True))

    def stories(self, first: int, last: int, mark: str) -> list[str]:
        share = slice(0, 26) if mark == "c" else slice(26, 36)
        days = [day for day in (self.day - timedelta(n) for n in range(3)) if day in self._mornings]
        return [
            item(row["title"], _paragraphs(row["text"]), row["id"], day, f"https://{mark}.example/{row['id']}")
            for day in days
            for row in self._mornings[day][share]
        ]

    def teasers(self) -> str:
        """Texts that end wherever the house's length for a teaser falls, some of them inside a quotation."""
        rows = enumerate(self._mornings[self.day][36:])
        cut = ((n, row, f"{row['text'][: 260 + 90 * n]}…") for n, row in rows)
        return feed(
            "Zeta",
            *(
                item(row["title"], _paragraphs(text), row["id"], self.day, f"{self.address}/closed/{n}/{self.day}")
                for n, row, text in cut
            ),
        )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())


class Desk:
    """A desk with its store, its folder and a clock that shows the hour of each morning."""

    def __init__(self, folder: Path, web: Web, formats: Sequence[str] = FORMATS) -> None:
        self.out, self.web, self.formats = folder / "out", web, formats
        self.moment = datetime.combine(MORNINGS[0], datetime.min.time(), UTC) + timedelta(hours=5)

    def clock(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment

    def settings(self, mail: int) -> Settings:
        """The settings, with the port of today's mail server."""
        formats = json.dumps(self.formats)
        text = SETTINGS.format(web=self.web.address, mail=mail, formats=formats) + self.web.themes
        Path("briefing.toml").write_text(text, encoding="utf-8")
        return read_settings(None, methods=("newswire",), formats=tuple(OUTPUTS))

    def turn(self, store: Store, settings: Settings) -> Round:
        return Round(store, settings, self.out, self.web.day, self.clock)

    def draft(self, store: Store, settings: Settings) -> None:
        """Draft, edit, take a late article in, sign."""
        turn = self.turn(store, settings)
        assert turn.make(draft=True).how == HELD
        sheet = self.out / str(self.web.day) / "edition.md"
        lines = sheet.read_text(encoding="utf-8").split("\n")
        heads = [n for n, line in enumerate(lines) if line.startswith("## ") and ". " in line]
        lines[heads[1]] = f"- {lines[heads[1]]}"
        lines[heads[0]] += "\nTitle: As our desk puts it"
        text = "\n".join(lines).replace("\nNote:", "\nNote: Written by hand.")
        sheet.write_text(text, encoding="utf-8")
        self.web.late = True
        self.moment += timedelta(hours=2)
        turn.gather()
        waiting = turn.make(draft=True)
        assert (waiting.how, waiting.newer) == (WAITING, 1)
        made = turn.make(draft=True, again=True)
        assert made.drafted
        assert made.drafted.lost == ()
        self.web.late = False
        done = self.signed(store, settings, sheet)
        assert done.proved.left_out == ()
        assert {"As our desk puts it", "Written by hand."} <= set(done.edition.editors_words)
        assert any(s.headline.startswith("Late: ") for s in done.edition.stories)

    def signed(self, store: Store, settings: Settings, sheet: Path) -> Published:
        done = publish(sheet, store, settings, now=self.clock(), out=self.out, by="Edda Kroll", formats=self.formats)
        assert done.proved.ok
        return done
