"""Learns the weights by which a round-up is parted, and says by halves how good they are.

    python training/train_segments.py DATA_DIR           print the weights learnt of all texts, as boundaries.WEIGHTS
    python training/train_segments.py DATA_DIR --halves  print the scores of each half by the weights of the other

DATA_DIR holds roundups.dev.jsonl.gz, themes2.dev.jsonl.gz and ukraine_pool.dev.jsonl.gz. Beside the labelled round-ups
and the news articles, which hold no boundary, texts are learnt from that are put together of the openings of pool
articles: of many outlets' styles, so that no outlet's form is learnt. Halves follow the hashes of the texts' ids.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from briefing.model import Article
from briefing.stages.segments import boundaries
from briefing.stages.segments.blocks import blocks_of
from briefing.stages.segments.phrases import phrases_of
from briefing.stages.segments.signs import signs_of
from briefing.stages.segments.wording import WordingReader
from briefing.text.languages import language_of

Floats = npt.NDArray[np.float64]
NAMES = tuple(boundaries.WEIGHTS)
#: How often a paragraph counts: news articles and the texts put together must not drown the labelled ones.
COUNTED = {"round-up": 1.0, "news": 0.15, "put together": 0.2}
#: Strength of the ridge on the weights of standardised features.
RIDGE = 2.0
#: Log odds a paragraph must reach to begin an event; above even chances, so that one event is seldom parted.
CAUTION = 0.2
PUT_TOGETHER = 150


@dataclass(frozen=True)
class Text:
    """One text: of each block of news where an event can begin its features, and whether one does."""

    key: str
    kind: str  # a key of COUNTED
    is_roundup: bool
    gold: frozenset[int]  # paragraphs at which an event begins
    length: int  # paragraphs
    is_laid_out: bool
    places: tuple[int, ...]  # of the blocks of news
    features: tuple[dict[str, float], ...]  # of each; empty where none can begin


def halves(texts: Sequence[Text]) -> tuple[list[Text], list[Text]]:
    """Return texts in two halves, with as many of each kind: every other one by the hash of its id."""
    ordered = sorted(texts, key=lambda t: (t.kind, t.is_roundup, hashlib.sha256(t.key.encode()).hexdigest()))
    return ordered[::2], ordered[1::2]


def read(data: Path) -> list[Text]:
    """Return all texts."""
    rows = list(_rows(data / "roundups.dev.jsonl.gz"))
    news = [row for row in _rows(data / "themes2.dev.jsonl.gz") if row["type"] == "news"]
    pool = list(_rows(data / "ukraine_pool.dev.jsonl.gz"))
    texts = [
        _text(r["id"], "round-up", r["paras"], r["title"], frozenset(r["starts"]), is_roundup=r["roundup"])
        for r in rows
    ]
    texts += [
        _text(r["id"], "news", r["text"].split("\n"), r.get("title") or "", frozenset(), is_roundup=False) for r in news
    ]
    known = {row["id"] for row in rows}
    return texts + list(_put_together([row for row in pool if row["id"] not in known]))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _put_together(pool: Sequence[dict[str, Any]]) -> Iterator[Text]:
    """Yield texts of three to nine openings of one to four paragraphs, drawn by hashes."""
    openings = []
    for row in sorted(pool, key=lambda row: str(row["id"])):
        paragraphs = [p.strip() for p in row["text"].split("\n") if len(p.strip()) > 40]
        if paragraphs and len(paragraphs[0]) >= 90 and "what we know" not in row["title"].lower():
            openings.append(paragraphs)
    for n in range(PUT_TOGETHER):
        paragraphs, starts = [], []
        most = 1 + _drawn(f"{n} most", 4)
        for k in range(3 + _drawn(f"{n} parts", 7)):
            starts.append(len(paragraphs))
            opening = openings[_drawn(f"{n} {k}", len(openings))]
            paragraphs += opening[: 1 + _drawn(f"{n} {k} length", most)]
        yield _text(f"put together {n}", "put together", paragraphs, "", frozenset(starts), is_roundup=True)


def _drawn(key: str, most: int) -> int:
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % most


def _text(
    key: str, kind: str, paragraphs: Sequence[str], title: str, gold: frozenset[int], *, is_roundup: bool
) -> Text:
    article = Article.from_text("\n".join(paragraphs), title=title)
    language = language_of(article)
    phrases = phrases_of(language)
    reader = WordingReader(language, phrases.near)
    blocks = blocks_of(article, phrases)
    signs = signs_of(title, blocks, phrases, reader)
    found = list(boundaries.Scorer(blocks, signs, phrases).features(reader))
    return Text(
        key, kind, is_roundup, gold, len(blocks), bool(signs), tuple(n for n, _ in found), tuple(f for _, f in found)
    )


def learn(texts: Sequence[Text]) -> dict[str, float]:
    """Return the weights of a logistic regression with a ridge, rounded to a tenth."""
    rows = [(t, n, f) for t in texts for n, f in list(zip(t.places, t.features, strict=True))[1:] if f]
    x = np.array([[f.get(name, 0.0) for name in NAMES] for _, _, f in rows])
    y = np.array([float(t.is_roundup and n in t.gold) for t, n, _ in rows])
    counted = np.array([COUNTED[t.kind] for t, _, _ in rows])
    scale = np.where(x.std(0) > 0, x.std(0), 1.0)
    z = x / scale
    ridge = np.diag([0.0 if name == "always" else RIDGE for name in NAMES])
    weights = np.zeros(len(NAMES))
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(z @ weights, -30, 30)))
        slope = z.T @ (counted * (y - p)) - ridge @ weights
        weights += np.linalg.solve(
            (z * (counted * p * (1 - p))[:, None]).T @ z + ridge + 1e-6 * np.eye(len(NAMES)), slope
        )
    raw = dict(zip(NAMES, (weights / scale).tolist(), strict=True))
    raw["always"] -= CAUTION
    return {name: round(value, 1) for name, value in raw.items()}


def starts(text: Text, weights: dict[str, float]) -> frozenset[int]:
    """Return the paragraphs at which a text is parted; none when it is not."""
    if not text.is_laid_out:
        return frozenset()
    found = [
        n
        for n, f in list(zip(text.places, text.features, strict=True))[1:]
        if f and sum(weights[name] * value for name, value in f.items()) > 0
    ]
    return frozenset((*text.places[:1], *found)) if found else frozenset()


def scores(texts: Sequence[Text], weights: dict[str, float]) -> dict[str, float]:
    """Return what `quality.py roundups` does, of some texts."""
    each, longer = [], []
    for text in texts:
        if text.kind == "round-up" and text.is_roundup:
            got = starts(text, weights)
            each.append(2 * len(got & text.gold) / max(1, len(got) + len(text.gold)))
            if len(text.gold) < 0.8 * text.length:
                longer.append(each[-1])
    parted = [text for text in texts if not text.is_roundup and starts(text, weights)]
    return {
        "round-ups": len(each),
        "recognised": round(float(np.mean([value > 0 for value in each])), 3),
        "boundary F1 by text": round(float(np.mean(each)), 3),
        "of texts with longer events": round(float(np.mean(longer)), 3),
        "parted though one event": sum(text.kind == "round-up" for text in parted),
        "news parted": sum(text.kind == "news" for text in parted),
    }


def main() -> None:
    """Run as the module's first lines say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--halves", action="store_true")
    args = parser.parse_args()
    texts = read(args.data)
    if not args.halves:
        for name, value in learn(texts).items():
            print(f'    "{name}": {value},')
        return
    both = halves(texts)
    for half, unseen in enumerate(both):
        weights = learn(both[1 - half])
        print(f"half {half} by the other:", json.dumps(scores(unseen, weights)))
        print("   with the package's:", json.dumps(scores(unseen, dict(boundaries.WEIGHTS))))


if __name__ == "__main__":
    main()
