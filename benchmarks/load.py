"""A day of many articles measured: the whole analysis beside sumy's LexRank alone, in one run.

    python benchmarks/load.py                        1,000 articles of the project's own samples, varied
    python benchmarks/load.py --sizes 1000,10000     and how it grows
    python benchmarks/load.py --pool POOL.jsonl.gz   drawn from a pool of real articles instead
    python benchmarks/load.py --jobs 2               articles a second by the clock, on two cores

Each article is drawn with replacement and without a tenth of its words: no two are copies. Times are CPU seconds
of this process, numerical libraries held to one thread; all the work is done in it. With several jobs the others'
seconds are not counted, so that only the clock is printed. The analysis is everything `briefing build` does to raw text
before it renders: cleaning, sentences, themes, stories, summaries, claims, the edition. LexRank is sumy's own class,
given our sentences and words, three sentences an article; what that reading costs is counted on both sides. The
analysis keeps its work for the next build, as the command does, and a second one follows after one new article.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.ranking import sumy_lexrank
from briefing.build import edition_of
from briefing.build.single import read_cleaned
from briefing.model import DateClue, Input, RawArticle
from briefing.settings import Settings
from briefing.settings.sections import EngineSection
from briefing.system.cache import Cache
from briefing.text.sentences import split_sentences

DAY = date(2022, 2, 1)
DROPPED = 0.1  # share of words left out of each copy


def drawn(pool: Path | None, size: int) -> list[Input]:
    """Return so many varied articles, an input each."""
    draw = random.Random(7)
    texts = list(_pool(pool)) if pool else list(_samples())
    inputs = []
    for number in range(size):
        title, text, day = draw.choice(texts)
        lines = (" ".join(w for w in line.split() if draw.random() >= DROPPED) for line in text.split("\n"))
        clues = (DateClue(day, "metadata"),) if day else ()
        raw = RawArticle(f"a{number:05d}", "\n".join(lines), "text", title=f"{title} {number}", dates=clues)
        inputs.append(Input(raw.input, (raw,)))
    return inputs


def _pool(path: Path) -> list[tuple[str, str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [(row["title"], row["text"], row.get("date") or "") for row in map(json.loads, lines)]


def _samples() -> list[tuple[str, str, str]]:
    found = [article for _, article, _ in read_cleaned([ROOT / "seeds"], day=DAY) if article]
    return [(a.title, a.body, a.published.date().isoformat() if a.published else "") for a in found]


def by_the_clock(pool: Path | None, size: int, jobs: int) -> None:
    """Print how many articles a second several processes get through."""
    inputs = drawn(pool, size)
    started = time.perf_counter()
    edition_of(inputs, day=DAY, settings=_settings(jobs))
    took = time.perf_counter() - started
    print(f"{size:>7,} articles, {jobs} jobs: {took:7.1f} s by the clock, {size / took:6.0f} articles a second")


def _settings(jobs: int) -> Settings:
    return Settings(engine=EngineSection(jobs=jobs))


def measure(pool: Path | None, size: int) -> None:
    """Print what one size costs."""
    inputs = drawn(pool, size)
    words = sum(len(raw.text.split()) for read in inputs for raw in read.articles)
    with tempfile.TemporaryDirectory() as folder:
        ours, peak, stories = _built(pool, size, Path(folder))
        again, _, _ = _built(pool, size + 1, Path(folder))
        kept = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
    started = time.process_time()
    for _, article, _ in _cleaned(inputs):
        sumy_lexrank(article, split_sentences(article))
    theirs = time.process_time() - started
    print(
        f"{size:>7,} articles, {words:>10,} words: analysis {ours:7.1f} s, sumy's LexRank {theirs:7.1f} s, "
        f"ratio {ours / theirs:.2f}, {size / ours:6.0f} articles a second, peak {peak:,.0f} MB, "
        f"{stories} stories; after one new article {again:.1f} s, {again / ours:.1%} of that, "
        f"with {kept:,.1f} MB kept",
        flush=True,
    )


def _built(pool: Path | None, size: int, folder: Path) -> tuple[float, float, int]:
    """Return the CPU seconds of an analysis in a process of its own, its peak memory in MB, and its stories."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as one:
        return one.submit(_analysed, pool, size, folder).result()


def _analysed(pool: Path | None, size: int, folder: Path) -> tuple[float, float, int]:
    inputs = drawn(pool, size)
    started = time.process_time()
    cache = Cache(folder, DAY)
    edition = edition_of(inputs, day=DAY, settings=_settings(1), cache=cache)
    cache.close()
    taken = time.process_time() - started
    return taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, edition.counts.stories


def _cleaned(inputs: list[Input]):
    from briefing.stages.clean import clean_all

    raws = [raw for read in inputs for raw in read.articles]
    return [(item.raw.input, item.article, "") for item in clean_all(raws, today=DAY, time_zone="UTC") if item.article]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000", help="how many articles, with commas between")
    parser.add_argument("--pool", type=Path, help="JSON Lines, gzipped: title, text, date")
    parser.add_argument("--jobs", type=int, default=1, help="processes; more than one are timed by the clock alone")
    given = parser.parse_args()
    for size in map(int, given.sizes.split(",")):
        if given.jobs > 1:
            by_the_clock(given.pool, size, given.jobs)
        else:
            measure(given.pool, size)


if __name__ == "__main__":
    main()
