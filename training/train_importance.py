"""Learns the weights of importance from rated articles, and says by folds of runs how good they are.

    python training/train_importance.py DATA_DIR            write briefing/data/languages/en/importance_weights.json
    python training/train_importance.py DATA_DIR --check    say whether the file is what the data gives
    python training/train_importance.py DATA_DIR --folds    print the scores of runs by weights learnt of the others

DATA_DIR holds importance.dev.jsonl.gz (two ratings an article) and ukraine_pool.dev.jsonl.gz (the texts). A run is
twelve rated articles or more of neighbouring days, as `quality.py importance` has it. For that scorer this module has
a `rate_stories` of its own, which judges each article by weights that saw none of its run, told by its text:

    BRIEFING_DATA=… PYTHONPATH=training quality.py importance RATINGS POOL --api train_importance

The same data gives the same bytes: nothing is drawn, and weights are rounded.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

# Sums in another order end in another last digit: one thread, whatever library numpy was built with.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import numpy.typing as npt

from briefing.model import Article, Story
from briefing.stages import importance
from briefing.stages.importance.features import Reading, read
from briefing.stages.importance.weights import LearntWeights, weights_of
from briefing.stages.stories import group_stories
from briefing.text.languages import language

Floats = npt.NDArray[np.float64]
WEIGHTS = Path(__file__).parents[1] / "briefing" / "data" / "languages" / "en" / "importance_weights.json"
LEAST_OF_A_RUN = 12
FOLDS = 19
#: How much each block of features may weigh: the ridge's inverse, on standardised features and vectors of length one.
FORM, OPENING, TITLE = 0.03, 1.0, 2.0
#: Articles that hold a stem, from which it has a weight of its own.
LEAST_OF_A_STEM, LEAST_OF_A_TITLE_STEM = 4, 3
#: Rating from which an article is news for the page: the words of these count for reports whose words are not weighed.
NEWS = 2.0
#: Points more for what a front page is made of: the scale's steps are not of one size to a reader.
FRONT_PAGE, FRONT_PAGE_BONUS = 3.5, 1.0


@dataclass(frozen=True)
class Rated:
    """One rated article, dated as the last day of its run."""

    key: str
    run: int
    day: date
    worth: float  # mean of the two ratings
    article: Article
    reading: Reading


def rated(data: Path) -> list[Rated]:
    """Return the rated articles of full runs."""
    worth = {r["id"]: sum(r["ratings"]) / 2 for r in _rows(data / "importance.dev.jsonl.gz")}
    pool = {r["id"]: r for r in _rows(data / "ukraine_pool.dev.jsonl.gz")}
    runs: list[list[str]] = [[]]
    for key in sorted((k for k in worth if k in pool), key=lambda k: (pool[k]["date"], k)):
        if len(runs[-1]) >= LEAST_OF_A_RUN and pool[key]["date"][:10] != pool[runs[-1][-1]]["date"][:10]:
            runs.append([])
        runs[-1].append(key)
    full = [keys for keys in runs if len(keys) >= LEAST_OF_A_RUN]
    return [
        _rated(pool[key], n, pool[keys[-1]]["date"][:10], worth[key]) for n, keys in enumerate(full) for key in keys
    ]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _rated(row: dict[str, Any], run: int, day: str, worth: float) -> Rated:
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
    article = Article.from_text(row["text"], title=row["title"] or "", published=moment)
    return Rated(row["id"], run, moment.date(), worth, article, read(article, language("en")))


def learn(articles: Sequence[Rated]) -> LearntWeights:
    """Return the weights of a ridge regression, three decimals each."""
    names = sorted({name for a in articles for name in a.reading.features})
    form = np.array([[a.reading.features[name] for name in names] for a in articles])
    scale = form.std(0) + 1e-9
    opening = _counted([a.reading.opening for a in articles], LEAST_OF_A_STEM)
    title = _counted([a.reading.title for a in articles], LEAST_OF_A_TITLE_STEM)
    blocks = (
        (form - form.mean(0)) / scale * math.sqrt(FORM),
        _vectors([a.reading.opening for a in articles], opening) * math.sqrt(OPENING),
        _vectors([a.reading.title for a in articles], title) * math.sqrt(TITLE),
    )
    x = np.concatenate(blocks, axis=1)
    centre = x.mean(0)
    centre[: len(names)] = 0.0
    z = x - centre
    aim = np.array([a.worth + FRONT_PAGE_BONUS * (a.worth >= FRONT_PAGE) for a in articles])
    dual = np.linalg.solve(z @ z.T + np.eye(len(articles)), aim - aim.mean())
    w = z.T @ dual
    parts = np.split(w, np.cumsum([block.shape[1] for block in blocks])[:-1])
    words, news = slice(len(names), None), np.array([a.worth >= NEWS for a in articles])
    return LearntWeights(
        mean=round(float(aim.mean() - centre @ w), 3),
        words=round(float(x[news, words].mean(0) @ w[words]), 3),
        means=_named(names, form.mean(0)),
        features=_named(names, parts[0] * math.sqrt(FORM) / scale),
        opening=_named(opening, parts[1] * math.sqrt(OPENING)),
        title=_named(title, parts[2] * math.sqrt(TITLE)),
    )


def _counted(texts: Sequence[Sequence[str]], least: int) -> list[str]:
    counts = Counter(stem for stems in texts for stem in set(stems))
    return sorted(stem for stem, count in counts.items() if count >= least)


def _vectors(texts: Sequence[Sequence[str]], known: Sequence[str]) -> Floats:
    place = {stem: n for n, stem in enumerate(known)}
    rows = np.zeros((len(texts), len(known)))
    for row, stems in zip(rows, texts, strict=True):
        row[[place[stem] for stem in stems if stem in place]] = 1.0
    return rows / np.maximum(1.0, np.linalg.norm(rows, axis=1))[:, None]


def _named(names: Sequence[str], values: Floats) -> dict[str, float]:
    return {name: round(float(value), 3) for name, value in zip(names, values, strict=True)}


def json_of(weights: LearntWeights) -> str:
    """Return weights as the package keeps them; stems that weigh nothing are left out."""
    data = {name: getattr(weights, name) for name in ("mean", "words", "means", "features", "opening", "title")}
    data |= {name: {stem: value for stem, value in data[name].items() if value} for name in ("opening", "title")}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def by_folds(articles: Sequence[Rated], folds: int = FOLDS) -> dict[int, LearntWeights]:
    """Return for each run weights that saw none of its articles."""
    learnt = {f: learn([a for a in articles if a.run % folds != f]) for f in range(folds)}
    return {run: learnt[run % folds] for run in {a.run for a in articles}}


@cache
def _unseen() -> dict[str, LearntWeights]:
    articles = rated(Path(os.environ["BRIEFING_DATA"]) / "data")
    weights = by_folds(articles)
    return {a.article.body: weights[a.run] for a in articles}


def rate_stories(stories: Sequence[Story], *, day: date) -> tuple[float, ...]:
    """Return the importance of stories, each article judged by weights that saw none of its run."""
    known = _unseen()
    found = importance.rate_stories(stories, day=day, weights_for=lambda article: known[article.body])
    return tuple(rating.value for rating in found)


def scores(articles: Sequence[Rated], folds: int) -> dict[str, float]:
    """Return what `quality.py importance` does, by weights of other runs."""
    weights = by_folds(articles, folds)
    worth = {a.article.body: a.worth for a in articles}
    precision, no_news, first = [], [], []
    for run in sorted(weights):
        own = [a for a in articles if a.run == run]
        stories = group_stories([a.article for a in own])
        values = [max(worth[a.body] for a in story.articles) for story in stories]
        n = max(2, min(8, len(values) // 3))
        cut = sorted(values, reverse=True)[n - 1]
        found = importance.rate_stories(stories, day=own[0].day, weights_for=lambda _, run=run: weights[run])  # type: ignore[misc]
        order = sorted(range(len(values)), key=lambda i: -found[i].value)
        precision.append(sum(values[i] >= cut for i in order[:n]) / n)
        no_news.append(sum(values[i] < 1.5 for i in order[:n]) / n)
        first.append(float(values[order[0]] >= min(4, max(values))))
    return {
        "precision in the best third": round(float(np.mean(precision)), 3),
        "no news among them": round(float(np.mean(no_news)), 3),
        "first is front-page": round(float(np.mean(first)), 3),
    }


def main() -> int:
    """Run as the module's first lines say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--folds", action="store_true")
    args = parser.parse_args()
    articles = rated(args.data)
    if args.folds:
        for folds in (10, FOLDS, 38):
            print(f"{folds} folds:", json.dumps(scores(articles, folds)))
        return 0
    text = json_of(learn(articles))
    if args.check:
        same = WEIGHTS.is_file() and WEIGHTS.read_text(encoding="utf-8") == text
        print(f"{WEIGHTS.name} is {'' if same else 'not '}what the data gives")
        return int(not same)
    weights_of(json.loads(text))
    WEIGHTS.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
