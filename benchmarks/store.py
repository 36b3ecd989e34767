"""How fast the store takes articles in and finds them again, and how it grows.

    python benchmarks/store.py [--articles 30000 300000] [--file FILE]

Articles are made up: some 60,000 words whose frequencies fall as those of a language do, the commonest of them
English; names and outlets, 1,000 articles a day. Queries of 17 kinds are drawn anew at each size. A FILE is kept, and
filled further when it holds fewer articles.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from briefing.model import (
    Article,
    CitedSentence,
    Cleaned,
    Dated,
    Edition,
    EditionStory,
    Input,
    RawArticle,
    Receipt,
    Section,
    Standing,
    article_id,
    paragraphs_of,
)
from briefing.store import Store

SEED = 20261125
A_DAY = 1_000  # articles
WORDS = 450  # of an article, median
FIRST = datetime(2021, 1, 1, tzinfo=UTC)
ENGLISH = """
the of to and in a that said for on is was with as at by it from he has have be his are an not were but who will they
this been its would their had which after more or also about one people we than up new government president could out
when year two over there last other officials country state minister military security forces foreign
"""
COMMON = ENGLISH.split()
SYLLABLES = [a + b + c for a in "bcdfghklmnprstv" for b in "aeiou" for c in ("", "", "n", "r", "s", "l", "m")]
ENDINGS = ("", "", "", "s", "ed", "ing", "er", "ly", "tion")
THEMES = ("diplomacy", "arms-shipments", "sanctions")
EACH = 40  # queries of a kind


class News:
    """Articles without end, the same in each run."""

    def __init__(self) -> None:
        self.rng = np.random.default_rng(SEED)
        likely = 1 / (self.rng.permutation(len(SYLLABLES)) + 5.0) ** 0.9  # of a first syllable, as in con- and pro-
        self.likely = np.cumsum(likely / likely.sum())
        made = {self.word() for _ in range(80_000)}
        self.words = np.array([*COMMON, *sorted(made)], dtype=object)
        self.rng.shuffle(self.words[len(COMMON) :])
        weights = 1 / (np.arange(len(self.words)) + 2.7) ** 1.05
        self.heap = np.cumsum(weights / weights.sum())
        self.names = [f"{self.word().title()} {self.word().title()}" for _ in range(20_000)]
        self.outlets = [f"The {self.word().title()} {kind}" for kind in ("Times", "Post", "News") for _ in range(40)]

    def word(self) -> str:
        """Return a made-up word of two or three syllables."""
        syllables = np.searchsorted(self.likely, self.rng.random(self.rng.integers(2, 4)))
        return "".join(SYLLABLES[n] for n in syllables) + self.rng.choice(ENDINGS)

    def text(self, words: int) -> str:
        """Return sentences of about 20 words, three to a paragraph, about a few things they name again and again."""
        drawn = self.words[np.searchsorted(self.heap, self.rng.random(words))].tolist()
        about = [self.name(), *self.rng.choice(self.words[1_000:], 4)]
        for at in self.rng.integers(0, words, words // 15):
            drawn[at] = about[at % len(about)]
        sentences = [" ".join(drawn[at : at + 20]).capitalize() + "." for at in range(0, words, 20)]
        return "\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))

    def name(self) -> str:
        """Return one of the names, some of them far more often than others."""
        return self.names[min(int(self.rng.pareto(0.6)), len(self.names) - 1)]

    def outlet(self) -> str:
        """Return one of the outlets, some of them far more often than others."""
        return self.outlets[min(int(self.rng.pareto(0.8)), len(self.outlets) - 1)]

    def day(self, number: int) -> list[Cleaned]:
        """Return the articles of a day."""
        self.rng = np.random.default_rng((SEED, number))
        minutes = np.sort(self.rng.integers(0, 24 * 60, A_DAY))
        lengths = np.clip(self.rng.lognormal(np.log(WORDS), 0.5, A_DAY), 40, 4_000).astype(int)
        midnight = FIRST + timedelta(days=number)
        return [
            self.article(number * A_DAY + n, midnight + timedelta(minutes=int(minute)), int(length))
            for n, (minute, length) in enumerate(zip(minutes, lengths, strict=True))
        ]

    def article(self, number: int, moment: datetime, words: int) -> Cleaned:
        """Return an article, collected and cleaned."""
        title, body, outlet = self.text(9).rstrip("."), self.text(words), self.outlet()
        url = f"https://news.example/{moment.date()}/{number}"
        raw = RawArticle(f"wire/{number}", body, "html", title=title, outlet=outlet, url=url)
        dated = Dated(moment, "minute", "metadata", moment.isoformat())
        key = article_id(url=url)
        return Cleaned(raw, Article(key, body, paragraphs_of(body), title, outlet, url=url, language="en", date=dated))

    def edition(self, day: date, articles: list[Cleaned]) -> Edition:
        """Return an edition that prints a sentence of 40 articles of the day."""
        chosen = [item.article for item in articles[:40] if item.article]
        sections = []
        for n, theme in enumerate(THEMES):
            stories = tuple(self.story(at, article) for at, article in enumerate(chosen) if at % len(THEMES) == n)
            sections.append(Section(theme, theme.title(), "", stories, ()))
        return Edition("Morning briefing", day, sections=tuple(sections))

    def story(self, number: int, article: Article) -> EditionStory:
        """Return a story of the first sentence of an article."""
        text = article.body.split(". ", 1)[0] + "."
        sentence = CitedSentence(text, Receipt.made(article.id, 0, len(text), text), 1)
        return EditionStory(
            number, article.id, article.title, 1, untitled=False, sources=(1,), origins=(), summary=(sentence,)
        )


@dataclass
class Clock:
    """Seconds spent on the processor and in all, by what they were spent on."""

    spent: dict[str, list[float]] = field(default_factory=dict)

    def run(self, name: str, work: Callable[[], object]) -> tuple[float, float]:
        """Do some work and return the seconds of processor and of wall it took."""
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        took = time.process_time() - cpu, time.perf_counter() - wall
        total = self.spent.setdefault(name, [0.0, 0.0])
        total[0] += took[0]
        total[1] += took[1]
        return took


def fill(store: Store, news: News, days: range, clock: Clock) -> int:
    """Put days of articles into the store and return the bytes of their text."""
    size = 0
    for number in days:
        cleaned = news.day(number)
        seen = FIRST + timedelta(days=number + 1)
        inputs = [Input(item.raw.input, (item.raw,)) for item in cleaned]
        clock.run("collected", lambda inputs=inputs, seen=seen: store.add("wire", inputs, seen=seen))
        clock.run("indexed", lambda cleaned=cleaned: store.keep(cleaned))
        edition = news.edition(seen.date(), cleaned)
        clock.run("printed", lambda edition=edition, seen=seen: store.remember(edition, b"{}", made=seen))
        size += sum(len(item.raw.text.encode()) for item in cleaned)
    return size


def queries(news: News, days: int) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield queries with their kind."""
    rng = news.rng

    def common() -> str:
        return str(rng.choice(COMMON))

    def middling() -> str:
        return str(news.words[rng.integers(100, 2_000)])

    def beginning(letters: int) -> str:
        word = middling()[:letters]
        return beginning(letters) if word[-1] in "sdgey" else f"{word}*"  # an ending that a stem has not

    def rare() -> str:
        return str(news.words[rng.integers(10_000, len(news.words))])

    def week() -> dict[str, object]:
        since = FIRST + timedelta(days=int(rng.integers(0, max(days - 7, 1))))
        return {"since": since, "until": since + timedelta(days=7)}

    kinds: dict[str, Callable[[], dict[str, object]]] = {
        "common word": lambda: {"words": common()},
        "middling word": lambda: {"words": middling()},
        "rare word": lambda: {"words": rare()},
        "name": lambda: {"words": f'"{news.name()}"'},
        "phrase of common words": lambda: {"words": f'"{common()} {common()}"'},
        "phrase of five words": lambda: {"words": '"' + " ".join(common() for _ in range(5)) + '"'},
        "two common words": lambda: {"words": f"{common()} {common()}"},
        "two rare words": lambda: {"words": f"{rare()} {rare()}"},
        "common and rare word": lambda: {"words": f"{common()} {rare()}"},
        "six words": lambda: {"words": " ".join([common(), common(), middling(), middling(), middling(), rare()])},
        "beginning of four letters": lambda: {"words": beginning(4)},
        "beginning of six letters": lambda: {"words": beginning(6)},
        "common word of an outlet": lambda: {"words": common(), "outlet": str(rng.choice(news.outlets))},
        "word under a theme": lambda: {"words": middling(), "theme": str(rng.choice(THEMES))},
        "common word in a week": lambda: {"words": common(), **week()},
        "rare word in a week": lambda: {"words": rare(), **week()},
        "all of a theme in a week": lambda: {"words": "", "theme": str(rng.choice(THEMES)), **week()},
    }
    for _ in range(EACH):
        for kind, make in kinds.items():
            yield kind, make()


def measure(store: Store, news: News, days: int) -> None:
    """Print how long searches take."""
    clock, took, found = Clock(), {}, 0
    for kind, query in queries(news, days):
        hits: list[object] = []
        took.setdefault(kind, []).append(clock.run(kind, lambda q=query, h=hits: h.extend(store.search(**q))))
        found += len(hits)
    every = np.array([pair for pairs in took.values() for pair in pairs]) * 1_000
    for name, column in (("processor", every[:, 0]), ("wall", every[:, 1])):
        p50, p99 = np.percentile(column, [50, 99])
        print(
            f"  {len(column)} searches, ms of {name}: median {p50:.1f}, 99 % within {p99:.1f}, most {column.max():.1f}"
        )
    print(f"  {found / len(every):.1f} hits a search")
    for kind, pairs in took.items():
        column = np.array(pairs)[:, 0] * 1_000
        print(f"    {kind:28} median {np.median(column):7.1f}  most {column.max():7.1f} ms of processor")


def held(path: Path) -> int:
    """Return how many days of articles a file holds."""
    if not path.exists():
        return 0
    with Store.open(path) as store:
        return sum(health.articles for health in store.health(FIRST)) // A_DAY


def fill_to(path: Path, articles: int, news: News) -> None:
    """Fill a file until it holds so many articles, and print how fast that was."""
    clock, start, size = Clock(), held(path), 0
    with Store.open(path) as store:
        store.keep_standing(Standing("wire"))
        size = fill(store, news, range(start, articles // A_DAY), clock)
    print(f"{articles:,} articles: a file of {path.stat().st_size / 1e6:,.0f} MB")
    for what, (cpu, wall) in clock.spent.items():
        done = articles - start * A_DAY
        print(f"  {what}: {done / cpu:,.0f} articles per second of processor, {done / wall:,.0f} in all")
    if size:
        print(f"  {size / 1e6:,.0f} MB of text were added")


def measure_rest(path: Path, days: int, news: News) -> None:
    """Print how long it takes to open the file, to read two days of articles, and to forget one article."""
    took = Clock().run("", lambda: Store.open(path).close())
    print("  opened: {:.3f} s of processor, {:.3f} in all".format(*took))
    with Store.open(path) as store:
        measure(store, news, days)
        until = FIRST + timedelta(days=days)
        took = Clock().run("", lambda: store.inputs(since=until - timedelta(days=1), until=until + timedelta(days=1)))
        print("  inputs of two days: {:.3f} s of processor, {:.3f} in all".format(*took))
        (hit,) = store.search("", limit=1)
        took = Clock().run("", lambda: store.forget(url=hit.url))
        print("  one article forgotten: {:.1f} s of processor, {:.1f} in all".format(*took))


def main() -> None:
    """Fill a store to each size and measure it there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[30_000, 300_000])
    parser.add_argument("--file", type=Path, help="a store made by this program; a temporary one by default")
    given = parser.parse_args()
    news = News()
    with tempfile.TemporaryDirectory() as folder:
        path = given.file or Path(folder) / "store.sqlite"
        for articles in sorted(given.articles):
            fill_to(path, articles, news)
            measure_rest(path, articles // A_DAY, news)


if __name__ == "__main__":
    main()
