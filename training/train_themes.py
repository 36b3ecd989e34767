#!/usr/bin/env python3
"""Learns what the shipped themes add to their terms from labelled texts, and says by folds what it is worth.

  python training/train_themes.py DATA.jsonl.gz... [--write]

Each line of DATA has `title`, `text`, `labels` (themes it is mainly about) and `mentions`; rows that share `doc` are
one document and in one fold. `--write` puts the weights into `briefing/data/themes`.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing.build.threads import in_one_thread
from briefing.model import Article, Sentence, Theme
from briefing.stages.themes import DEFAULT_THEMES, learn_theme, match_themes
from briefing.text.languages import language
from briefing.text.sentences import split_sentences

LABELS = {"diplomacy": "diplomacy", "arms": "arms-shipments", "sanctions": "sanctions"}
STRENGTH, KEPT, LEAST = 20.0, 100, 12  # words of few texts are of a week's events, not of a theme
LEAN = 0.7  # added to every text: with few articles of a theme among many, F1 is highest below an even chance
LEANS = (0.4, 0.7, 1.0)  # tried by folds
FOLDS = 2
FOLDER = Path(__file__).parents[1] / "briefing" / "data" / "themes"
MARK = "# Learnt beside the terms by training/train_themes.py: what each stem adds to the log odds of a text.\n"
Row = tuple[dict[str, Any], Article, Sequence[Sentence]]


def load(path: Path) -> list[Row]:
    """Return the rows of a file with their articles and sentences."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    articles = [Article.from_text(r["text"], title=r.get("title") or "", language="en") for r in rows]
    return [(r, a, split_sentences(a, language("en"))) for r, a in zip(rows, articles, strict=True)]


def fold(row: dict[str, Any]) -> int:
    """Return the fold of a row: that of its document."""
    return int(hashlib.md5(row.get("doc", row["id"]).encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def labels(row: dict[str, Any], key: str = "labels") -> set[str]:
    """Return the slugs of a row's themes."""
    return {LABELS[label] for label in row.get(key, ())}


def learn(theme: Theme, rows: Sequence[Row]) -> Theme:
    """Return a theme learnt from labelled rows."""
    inside = [(a, s) for r, a, s in rows if theme.slug in labels(r)]
    outside = [(a, s) for r, a, s in rows if theme.slug not in labels(r)]
    return leaning(learn_theme(theme, inside, outside, strength=STRENGTH, kept=KEPT, least=LEAST), LEAN)


def leaning(theme: Theme, lean: float) -> Theme:
    """Return a theme with something added to every text's log odds."""
    (name, base), *words = theme.learnt
    return replace(theme, learnt=((name, round(base + lean, 2)), *words))


def score(found: Sequence[tuple[dict[str, Any], set[str]]]) -> str:
    """Return the figures of some rows and the themes found for them."""
    right = sum(len(f & labels(r)) for r, f in found)
    wrong = sum(len(f - labels(r)) for r, f in found)
    soft = sum(len(f - labels(r) - labels(r, "mentions")) for r, f in found)
    missed = sum(len(labels(r) - f) for r, f in found)
    none = [f for r, f in found if not labels(r)]
    f1 = [2 * right / (2 * right + w + missed) for w in (wrong, soft)]
    return f"micro F1 {f1[0]:.3f}  mentions neutral {f1[1]:.3f}  false alarms {sum(map(bool, none)) / len(none):.3f}"


@in_one_thread
def main() -> None:
    """Print the figures by folds, or write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    sets = {path.name: load(path) for path in args.data}
    every = [row for rows in sets.values() for row in rows]
    bare = [replace(theme, learnt=()) for theme in DEFAULT_THEMES]
    if args.write:
        for theme in bare:
            write(learn(theme, every))
        return
    found: dict[tuple[str, float], list[tuple[dict[str, Any], set[str]]]] = {}
    for number in range(FOLDS):
        learnt = tuple(learn(theme, [row for row in every if fold(row[0]) != number]) for theme in bare)
        for name, rows in sets.items():
            here = [row for row in rows if fold(row[0]) == number]
            for lean in LEANS:
                themes = tuple(leaning(theme, lean - LEAN) for theme in learnt)
                rows_found = found.setdefault((name, lean), [])
                rows_found += [(r, {m.theme.slug for m in match_themes(a, s, themes) if m.is_main}) for r, a, s in here]
    for (name, lean), rows_found in sorted(found.items()):
        print(f"{name:32s} lean {lean:.1f} by folds: {score(rows_found)}")


def write(theme: Theme) -> None:
    """Put a theme's weights below its terms."""
    path = FOLDER / f"{theme.slug}.toml"
    text = path.read_text(encoding="utf-8").split(MARK)[0].rstrip("\n")
    rows = "\n".join(f"{json.dumps(stem)} = {weight}" for stem, weight in theme.learnt)
    path.write_text(f"{text}\n\n{MARK}[themes.learnt]\n{rows}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
