#!/usr/bin/env python3
"""How many articles per CPU second get their themes, and how well they fit what readers said.

  python benchmarks/themes.py [--articles 1000] [POOL.jsonl.gz]
  python benchmarks/themes.py --labelled DATA.jsonl.gz...

Speed: sentences are split beforehand and not counted. Articles are made up of a news-like vocabulary, or sampled from
a file (one JSON object with `title` and `text` per line) with replacement and one word in twenty dropped.

Fit: each line of DATA has `title`, `text`, `labels` (themes it is mainly about) and `mentions`. Besides the shipped cut
(0.5), the cut is chosen anew for each document on all others; rows that share `doc` are one document. Nothing else is
fitted. The interval is a bootstrap over documents, 2,000 draws.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from briefing.model import Article
from briefing.stages.themes import DEFAULT_THEMES, explain_themes, find_passages, match_themes
from briefing.text.languages import language
from briefing.text.sentences import split_sentences

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


LABELS = {"diplomacy": "diplomacy", "arms": "arms-shipments", "sanctions": "sanctions"}
CUTS = np.arange(0.35, 0.66, 0.05)


@dataclass(frozen=True)
class Labelled:
    """A labelled set, one row per text, one column per theme."""

    scores: np.ndarray  # float
    main: np.ndarray  # bool: labelled as mainly about the theme
    mentioned: np.ndarray  # bool: labelled as touching on it
    documents: np.ndarray  # of what document each row is

    def f1(self, rows: Sequence[int], cut: float = 0.5) -> float:
        found, gold = self.scores[rows] >= cut, self.main[rows]
        return 2 * (found & gold).sum() / max(1, found.sum() + gold.sum())


def labelled(path: Path) -> Labelled:
    """Return a file's labels and our scores."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    scores, slugs = [], [theme.slug for theme in DEFAULT_THEMES]
    for row in rows:
        article = Article.from_text(row["text"], title=row.get("title") or "", language="en")
        explained = explain_themes(article, split_sentences(article, language("en")), DEFAULT_THEMES)
        scores.append([theme.score for theme in explained])
    main_themes = [{LABELS[label] for label in row["labels"]} for row in rows]
    mentions = [{LABELS[label] for label in row.get("mentions", ())} for row in rows]
    return Labelled(
        np.array(scores),
        np.array([[slug in themes for slug in slugs] for themes in main_themes]),
        np.array([[slug in themes for slug in slugs] for themes in mentions]),
        np.array([row.get("doc", row["id"]) for row in rows]),
    )


def fit(path: Path) -> None:
    data = labelled(path)
    every = range(len(data.scores))
    found, touched, main_or_not = data.scores >= 0.5, data.scores >= 0.2, data.main | data.mentioned
    groups = {document: np.flatnonzero(data.documents == document) for document in sorted(set(data.documents))}
    draw = np.random.default_rng(0)
    blocks = [*groups.values()]
    drawn = [
        data.f1(np.concatenate([blocks[n] for n in draw.integers(0, len(blocks), len(blocks))])) for _ in range(2000)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    held_out = np.zeros_like(found)
    for document, rows in groups.items():
        rest = np.flatnonzero(data.documents != document)
        held_out[rows] = data.scores[rows] >= max(CUTS, key=lambda cut: (data.f1(rest, cut), -abs(cut - 0.5)))
    none = ~data.main.any(axis=1)

    def f1(ours: np.ndarray, gold: np.ndarray) -> float:
        return 2 * (ours & gold).sum() / (ours.sum() + gold.sum())

    print(f"{path.name}: {len(data.scores)} texts of {len(groups)} documents")
    print(f"  main themes, strict          {data.f1(every):.3f}  (95 % {low:.3f} to {high:.3f})")
    print(f"  the same, cut chosen without {f1(held_out, data.main):.3f}")
    print(f"  mentions neutral             {f1(found & ~data.mentioned, data.main):.3f}")
    print(f"  present, main or mention     {f1(touched, main_or_not):.3f}")
    print(f"  false alarms on texts of no theme {(found.any(axis=1) & none).sum()} of {none.sum()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pool", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--labelled", nargs="+", type=Path, default=())
    args = parser.parse_args()
    for path in args.labelled:
        fit(path)
    if not args.labelled:
        speed(args.pool, args.articles)


def speed(pool: Path | None, number: int) -> None:
    english = language("en")
    source = sampled(pool, number) if pool else made_up(number)
    articles = [Article.from_text(text, title=title, language="en") for title, text in source]
    split = [split_sentences(a, english) for a in articles]
    words = sum(len(a.body.split()) for a in articles) / len(articles)

    match_themes(articles[0], split[0], DEFAULT_THEMES)  # compiles the terms, once per run
    began = time.process_time()
    matched = [match_themes(a, s, DEFAULT_THEMES) for a, s in zip(articles, split, strict=True)]
    matching = time.process_time() - began
    began = time.process_time()
    for article in articles:
        re.findall(r"\w+", article.body.lower())
    plain = time.process_time() - began
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
    beside = f"{matching / plain:.1f} times what finding their words takes"
    print(f"themes   {rate:6.0f} articles per CPU second ({verdict} {WANTED} wanted), {beside}")
    print(f"passages {len(articles) / finding:6.0f} articles per CPU second")
    print(f"{sum(all_of_them)} of {len(all_of_them)} themes are main, {sum(map(len, passages))} passages")


if __name__ == "__main__":
    main()
