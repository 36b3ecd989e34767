"""The desk in the browser measured: what a request costs beside the same work done in process, at 500 articles.

    python benchmarks/desk.py --pool POOL.jsonl.gz    rows of id, title, text, date, source, taken for one day's
    python benchmarks/desk.py --of 60 --times 40      by default the pool of the development data

Printed for each thing an editor does: the median and the 95th percentile of CPU milliseconds of the whole process for a
request that is answered over a socket on loopback, redirects followed, the same of the core's calls alone, and the
ratio of the two 95th percentiles. An act is one that the log keeps, with the board that is shown after it.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from briefing.build.daily import Round
from briefing.build.desk import Desk
from briefing.build.desk.results import Done
from briefing.desk.rows import key_of
from briefing.model.acts import Act
from briefing.store import Store
from briefing.system.cache import Cache
from tests.desk import newsroom
from tests.desk.opened import Page, serving
from tests.paths import development


def main() -> None:
    """Measure and print a line for each thing that is done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pool", type=Path, help="Of articles; that of the development data by default.")
    parser.add_argument("--of", type=int, default=500, help="How many articles.")
    parser.add_argument("--times", type=int, default=30, help="How often each thing is done.")
    args = parser.parse_args()
    pool = args.pool or development("data", "ukraine_pool.dev.jsonl.gz")
    with tempfile.TemporaryDirectory() as folder, _desk(Path(folder), pool, args.of) as desk:
        items = [item for section in desk.board().sections for item in section.items]
        print(f"{args.of} articles, {len(items)} items")
        desk.warm()
        with serving(desk) as link:
            for name, ask, work in _things(desk, Browser(link)):
                ask(), work()  # what is made once, such as the rows of the board, is made
                asked = sorted(_cpu(ask) for _ in range(args.times))
                done = sorted(_cpu(work) for _ in range(args.times))
                high = [times[round(0.95 * (len(times) - 1))] for times in (asked, done)]
                middle = [times[len(times) // 2] for times in (asked, done)]
                asked_said, done_said = (f"{m:6.1f} {h:6.1f} ms" for m, h in zip(middle, high, strict=True))
                ratio = high[0] / high[1]
                print(f"{name:10} asked {asked_said}   in process {done_said}   ratio {ratio:.1f}", flush=True)


class Browser:
    """A client that costs little beside what it asks for: one connection, one cookie."""

    def __init__(self, link: str) -> None:
        address = urlsplit(link)
        self.origin = f"{address.scheme}://{address.netloc}"
        self._line = http.client.HTTPConnection(address.netloc, timeout=120)
        self._line.request("GET", f"{address.path}?{address.query}")
        answer = self._line.getresponse()
        self._headers = {"Cookie": str(answer.headers["Set-Cookie"]).partition(";")[0], "Origin": self.origin}
        answer.read()

    def get(self, path: str) -> bytes:
        """Return a screen."""
        return self._asked("GET", path)

    def post(self, path: str, fields: Mapping[str, str]) -> bytes:
        """Send a form and return what it leads to."""
        return self._asked("POST", path, urlencode(fields))

    def _asked(self, method: str, path: str, body: str = "") -> bytes:
        typed = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self._line.close()  # the server closes one that was idle
        self._line.request(method, path, body or None, self._headers | typed)
        answer = self._line.getresponse()
        content = answer.read()
        if answer.status == 303:
            return self.get(answer.headers["Location"])
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        return content


def _things(desk: Desk, browser: Browser) -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
    """Yield what an editor does: its name, done over the socket, done in process."""
    items = [item for section in desk.board().sections for item in section.items]
    turn = itertools.cycle(items)
    story = itertools.cycle(items[:20])
    form = Page(browser.get("/board").decode()).fields_of("/board")

    def act_over_socket() -> None:
        do = f"pin:{key_of(next(turn).key)}"
        browser.post("/board", {**form, "based_on": str(desk.state().version), "do": do})

    def act_in_process() -> None:
        done = desk.act(Act("pin", story=next(turn).key), editor="Mirela Osk", based_on=desk.state().version)
        assert isinstance(done, Done), done
        desk.board()

    yield "board", lambda: browser.get("/board"), desk.board
    yield "act", act_over_socket, act_in_process
    yield (
        "candidates",
        lambda: browser.get(f"/story/{key_of(next(story).key)}"),
        lambda: (desk.story(next(story).key), desk.board()),
    )
    yield "page", lambda: browser.get("/frame?form=html"), lambda: desk.page("html")


@contextmanager
def _desk(folder: Path, pool: Path, number: int) -> Iterator[Desk]:
    """Build the draft of a day, of the last articles of a pool."""
    settings, clock, day = newsroom.settings_in(folder), newsroom.Clock(), newsroom.TODAY
    clock.now = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    with gzip.open(pool, "rt", encoding="utf-8") as file:
        rows = sorted((json.loads(line) for line in file), key=lambda row: (row["date"], row["id"]))[-number:]
    moment = f"{day.isoformat()}T04:00:00+00:00"
    shown = [{**{k: row[k] for k in ("id", "title", "text")}, "date": moment, "outlet": row["source"]} for row in rows]
    newsroom.write(folder / "incoming", "day", *shown)
    cache = Cache(folder / "cache", day)
    with Store.open(folder / "briefing.sqlite") as store:
        day_round = Round(store, settings, folder / "out", day, clock, cache=cache)
        day_round.gather()
        day_round.make(draft=True, backlog=True)
        yield Desk(store, settings, folder / "out", day, clock=clock, cache=cache)
    cache.close()


def _cpu(work: Callable[[], object]) -> float:
    """Return the CPU milliseconds of this process that something takes."""
    before = time.process_time()
    work()
    return 1000 * (time.process_time() - before)


if __name__ == "__main__":
    main()
