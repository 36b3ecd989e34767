"""How fast articles are grouped, and how well where one story fills the day.

    python benchmarks/stories.py speed FILE                  time and memory for 1,000 and 10,000 articles
    python benchmarks/stories.py dominated FILE              BCubed of batches one story dominates
    python benchmarks/stories.py halves FILE                 BCubed on two halves of the clusters
    python benchmarks/stories.py origins FILE                how many origins stories have

FILE is JSON Lines, gzipped, with id, cluster, title, date and text per line.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import resource
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from briefing.model import Article
from briefing.stages.stories import group_stories

BATCHES = 200
SEED = 0
DROPPED = 0.1  # share of the words that a sampled article loses


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a data file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def article(row: dict[str, str], text: str | None = None) -> Article:
    """Return a row's article, dated when the row is."""
    day = (row.get("date") or "")[:10]
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return Article.from_text(
        row["text"] if text is None else text, title=row.get("title") or "", published=published, language="en"
    )


def bcubed(gold: list[str], found: list[int]) -> tuple[float, float, float]:
    """Return BCubed precision, recall and F1 of labels."""
    of_gold, of_found = defaultdict(set), defaultdict(set)
    for n, (g, f) in enumerate(zip(gold, found, strict=True)):
        of_gold[g].add(n)
        of_found[f].add(n)
    both = [len(of_gold[g] & of_found[f]) for g, f in zip(gold, found, strict=True)]
    precision = sum(b / len(of_found[f]) for b, f in zip(both, found, strict=True)) / len(gold)
    recall = sum(b / len(of_gold[g]) for b, g in zip(both, gold, strict=True)) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def labels(rows: list[dict[str, str]]) -> list[int]:
    """Return the number of each row's story."""
    articles = [article(row) for row in rows]
    home = {id(a): n for n, story in enumerate(group_stories(articles)) for a in story.articles}
    return [home[id(a)] for a in articles]


def dominated(path: Path) -> None:
    """Print BCubed of batches of 2 to 12 articles, 2 to 8 of them of one story; the mean of `BATCHES` draws."""
    rows, draw = read(path), random.Random(SEED)
    by_cluster = defaultdict(list)
    for row in rows:
        by_cluster[row["cluster"]].append(row)
    several = sorted(cluster for cluster, members in by_cluster.items() if len(members) > 1)
    scores = []
    for _ in range(BATCHES):
        cluster = draw.choice(several)
        main = draw.sample(by_cluster[cluster], draw.randint(2, min(8, len(by_cluster[cluster]))))
        others = [row for row in rows if row["cluster"] != cluster]
        batch = main + draw.sample(others, draw.randint(len(main), 12) - len(main))
        scores.append(bcubed([row["cluster"] for row in batch], labels(batch)))
    print("dominated by one story:", *(f"{sum(s[k] for s in scores) / BATCHES:.4f}" for k in range(3)))


def halves(path: Path) -> None:
    """Print BCubed of each half of the clusters grouped by itself."""
    rows = read(path)
    for half in (0, 1):
        part = [r for r in rows if hashlib.sha256(r["cluster"].encode()).digest()[0] % 2 == half]
        print(
            f"half {half}, {len(part)} articles:",
            *(f"{x:.4f}" for x in bcubed([r["cluster"] for r in part], labels(part))),
        )


def origins(path: Path) -> None:
    """Print how many origins the stories of a file have."""
    stories = [s for s in group_stories([article(r) for r in read(path)]) if len(s.articles) - len(s.duplicates) > 1]
    print(f"{len(stories)} stories of several articles; with one origin: {sum(len(s.origins) == 1 for s in stories)}")


def sampled(rows: list[dict[str, str]], size: int) -> list[Article]:
    """Return articles drawn with replacement, each without a tenth of its words."""
    draw, found = random.Random(SEED), []
    for _ in range(size):
        row = draw.choice(rows)
        lines = (" ".join(w for w in line.split(" ") if draw.random() >= DROPPED) for line in row["text"].split("\n"))
        found.append(article(row, "\n".join(lines)))
    return found


def speed(path: Path, sizes: tuple[int, ...]) -> None:
    """Print CPU seconds, beside those of finding the articles' words, and the process's peak memory, for each size."""
    rows, spent = read(path), []
    for size in sizes:
        articles = sampled(rows, size)
        words = sum(len(a.body.split()) for a in articles) // size
        start = time.process_time()
        stories = group_stories(articles)
        spent.append(time.process_time() - start)
        start = time.process_time()
        for one in articles:
            re.findall(r"\w+", one.body.lower())
        plain = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(
            f"{size:>6} articles of {words} words: {spent[-1]:6.2f} s CPU, {spent[-1] / plain:.1f} times what finding "
            f"their words takes, peak {peak:.2f} GiB, {len(stories)} stories"
        )
    print(f"growth: {spent[-1] / spent[0]:.1f} x")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("speed", "dominated", "halves", "origins"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=(1_000, 10_000))
    args = parser.parse_args()
    if args.what == "speed":
        speed(args.file, tuple(args.sizes))
    else:
        {"dominated": dominated, "halves": halves, "origins": origins}[args.what](args.file)


if __name__ == "__main__":
    main()
