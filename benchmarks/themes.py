#!/usr/bin/env python3
"""How many articles per CPU second get their themes; sentences are split beforehand and not counted.

  python benchmarks/themes.py [--articles 1000] [POOL.jsonl.gz]

Articles are made up of a news-like vocabulary, or sampled from a file (one JSON object with `title` and `text` per
line) with replacement and one word in twenty dropped.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

from briefing.languages import language
from briefing.model import Article
from briefing.sentences import split_sentences
from briefing.themes import DEFAULT_THEMES, find_passages, match_themes

WANTED = 900  # articles per CPU second
PARAGRAPHS, SENTENCES, WORDS = (6, 14), (1, 3), (14, 32)  # per article, paragraph, sentence: about 450 words
NAMES = ["Ukraine", "Russia", "Washington", "Moscow", "NATO", "Berlin", "Iran", "Smith", "Kowalski", "Lagos", "Merton"]
SUBJECT = ["talks", "sanctions", "weapons", "minister", "ambassador", "summit", "deliver", "embargo", "missile", "aid"]


def made_up(number: int) -> Iterator[tuple[str, str]]:
    """Yield titles and texts of Zipf-like words, one word in fifteen a name, one in twenty-five a theme's."""
    draw = random.Random(7)
    words = ["".join(draw.choice("aeioubcdfglmnprst") for _ in range(draw.randint(2, 9))) for _ in range(20_000)]
    weights = [1 / (n + 10) for n in range(len(words))]

    def sentence() -> str:
        chosen = draw.choices(words, weights, k=draw.randint(*WORDS))
        for n in range(len(chosen)):
            kind = draw.random()
            chosen[n] = draw.choice(NAMES) if kind < 1 / 15 else draw.choice(SUBJECT) if kind < 0.107 else chosen[n]
        return " ".join(chosen).capitalize() + "."

    for _ in range(number):
        paragraphs = range(draw.randint(*PARAGRAPHS))
        yield (
            " ".join(draw.choices(words, weights, k=9)),
            "\n".join(" ".join(sentence() for _ in range(draw.randint(*SENTENCES))) for _ in paragraphs),
        )


def sampled(path: Path, number: int) -> Iterator[tuple[str, str]]:
    """Yield titles and texts drawn from a file, each a little different."""
    draw = random.Random(7)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for _ in range(number):
        row = draw.choice(rows)
        text = "\n".join(" ".join(w for w in p.split(" ") if draw.random() > 0.05) for p in row["text"].split("\n"))
        yield row.get("title", ""), text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pool", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    args = parser.parse_args()
    english = language("en")
    source = sampled(args.pool, args.articles) if args.pool else made_up(args.articles)
    articles = [Article.from_text(text, title=title, language="en") for title, text in source]
    split = [split_sentences(a, english) for a in articles]
    words = sum(len(a.body.split()) for a in articles) / len(articles)

    match_themes(articles[0], split[0], DEFAULT_THEMES)  # compiles the terms, once per run
    began = time.process_time()
    matched = [match_themes(a, s, DEFAULT_THEMES) for a, s in zip(articles, split, strict=True)]
    matching = time.process_time() - began
    began = time.process_time()
    passages = [
        find_passages(a, s, DEFAULT_THEMES, leading=[m.theme.slug for m in found[:1]])
        for a, s, found in zip(articles, split, matched, strict=True)
    ]
    finding = time.process_time() - began
    rate = len(articles) / matching
    verdict = "at least" if rate >= WANTED else "BELOW"
    all_of_them = [m.is_main for found in matched for m in found]
    print(f"{len(articles)} articles of {words:.0f} words, {sum(map(len, split)) / len(split):.0f} sentences")
    print(f"themes   {rate:6.0f} articles per CPU second ({verdict} {WANTED} wanted)")
    print(f"passages {len(articles) / finding:6.0f} articles per CPU second")
    print(f"{sum(all_of_them)} of {len(all_of_them)} themes are main, {sum(map(len, passages))} passages")


if __name__ == "__main__":
    main()
