"""How well and how fast cleaning works: `python benchmarks/cleaning.py`.

Prints precision and recall of removal on labelled lines (tests/stages/clean/pool_lines.tsv; the texts are
development data that does not ship, so this part is left out unless BRIEFING_DATA names its folder), the time an
article takes, and how time grows.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from briefing.model import Cleaned, RawArticle
from briefing.stages.clean import clean, clean_all
from tests.paths import DEVELOPMENT, development

LABELS = ROOT / "tests" / "stages" / "clean" / "pool_lines.tsv"
HALVES = ("development", "final")
OUTLETS = {"guardian": "The Guardian", "nyt": "The New York Times"}  # the other sources are many outlets each
TODAY = date(2023, 1, 1)
WORDS = 600
ROUNDS = 5
GROWTH = 500_000  # code points, and twice as many
ATTACKS = {
    "dots": ".",
    "dots and spaces": ". ",
    "spaces": " ",
    "tabs and newlines": "\t\n",
    "brackets": "(",
    "quotes": "\"'",
    "initials": "A.",
    "decimals": "1.",
    "hyphens": "a-",
    "at signs": "a@",
    "addresses": "http://",
    "angle brackets": "<",
    "ampersands": "&",
    "abbreviations": "Mr. Dr. e.g. ",
    "www": "www.",
    "underscores": "_*",
    "combining marks": "w\u0301ord ",
    "invisible": "a\u200b\u00ad\u2060",
    "overrides": "\u2067",
    "mojibake": "â€™",
    "escapes": "\x1b]0",
    "joiners": "👨\u200d👩",
    "ligatures": "\ufdfa",
    "headings": "Head line here\n",
    "bylines": "By Anna Berg\n",
    "pleas": "Read more\n",
    "prose": "It rained all day. ",
}


def pool() -> list[RawArticle]:
    """Return the development articles as a reader of text files would hand them over."""
    with gzip.open(development("data", "ukraine_pool.dev.jsonl.gz"), "rt", encoding="utf-8") as file:
        entries = [json.loads(line) for line in file]
    return [
        RawArticle(input=e["id"], text=e["text"], kind="text", title=e["title"], outlet=OUTLETS.get(e["source"], ""))
        for e in entries
    ]


def labels(half: str) -> dict[tuple[str, str], str]:
    """Return the label of each labelled line of one half, by article and hash."""
    rows = [line.split("\t") for line in LABELS.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return {(article, line): label for of, article, line, label in rows if of == half}


def fingerprint(line: str) -> str:
    """Return the hash a line is known by in the labels."""
    return hashlib.sha256(line.strip().encode()).hexdigest()[:16]


def removal(results: tuple[Cleaned, ...], half: str) -> Counter[str]:
    """Return how many labelled lines were rightly removed (tp), wrongly removed (fp) and wrongly kept (fn)."""
    wanted = labels(half)
    seen: Counter[str] = Counter()
    for result in results:
        text = result.raw.text
        gone = {fingerprint(text[r.start : r.end]) for r in result.removals}
        for line in filter(str.strip, text.split("\n")):
            label = wanted.get((result.raw.input, fingerprint(line)))
            if label is not None:
                removed = fingerprint(line) in gone
                seen[
                    {(True, True): "tp", (True, False): "fp", (False, True): "fn"}.get(
                        (removed, label == "boilerplate"), "tn"
                    )
                ] += 1
    return seen


def captions(results: tuple[Cleaned, ...], half: str) -> Counter[str]:
    """Return how many labelled lines are rightly (tp) and wrongly (fp) known as captions, and how many are not (fn)."""
    wanted = labels(half)
    seen: Counter[str] = Counter()
    for result in results:
        article = result.article
        kinds = {article.body[p.start : p.end]: p.kind for p in article.paragraphs} if article else {}
        for line in filter(str.strip, result.raw.text.split("\n")):
            label = wanted.get((result.raw.input, fingerprint(line)))
            known = kinds.get(" ".join(line.split())) == "caption"
            if label is not None and (known or label == "caption"):
                seen["fn" if not known else "tp" if label == "caption" else "fp"] += 1
    return seen


def shares(seen: Counter[str]) -> tuple[float, float]:
    """Return precision and recall, 0.0 to 1.0."""
    return (
        seen["tp"] / max(1, seen["tp"] + seen["fp"]),
        seen["tp"] / max(1, seen["tp"] + seen["fn"]),
    )


def milliseconds() -> float:
    """Return the CPU time of one written article of 600 words, the best of several rounds."""
    sentence = "The minister said on Monday that the ferry line to the islands would stay open through the winter. "
    paragraphs = [sentence * 2] * (WORDS // (2 * len(sentence.split())))
    text = "\n\n".join(
        ["Ferry line stays open", *paragraphs, "Photo: harbour office", "Read more", "Comments are closed."]
    )
    article = RawArticle(input="a.txt", text=text, kind="text")
    return min(_time(article) for _ in range(ROUNDS * 20)) * 1000


def growth() -> Iterator[tuple[str, float]]:
    """Yield each attack with how much longer twice its length takes."""
    for name, unit in ATTACKS.items():
        times = []
        for size in (GROWTH, 2 * GROWTH):
            text = f"Title\n\n{unit * (size // len(unit))} x. Nobody was hurt."
            times.append(min(_time(RawArticle(input="a.txt", text=text, kind="text")) for _ in range(ROUNDS)))
        yield name, times[1] / times[0]


def _time(article: RawArticle) -> float:
    started = time.process_time()
    clean(article, today=TODAY, time_zone="UTC")
    return time.process_time() - started


def main() -> None:
    """Print every figure."""
    if os.environ.get(DEVELOPMENT):
        raws = pool()
        results = clean_all(raws, today=TODAY, time_zone="UTC")
        for what, count in (("removal", removal), ("captions", captions)):
            for half in HALVES:
                seen = count(results, half)
                precision, recall = shares(seen)
                counts = f"{seen['tp']} right, {seen['fp']} wrong, {seen['fn']} missed"
                print(f"{what}, {half} half: precision {precision:.3f}, recall {recall:.3f} ({counts})")
        words = sum(len(article.text.split()) for article in raws)
        spent = min(sum(map(_time, raws)) for _ in range(ROUNDS))
        print(f"real articles: {spent / words * WORDS * 1000:.2f} ms CPU per {WORDS} words ({len(raws)} articles)")
    else:
        print(f"real articles: {DEVELOPMENT} does not name their folder")
    print(f"a written article of {WORDS} words: {milliseconds():.2f} ms CPU")
    for name, ratio in growth():
        print(f"time({2 * GROWTH:,}) / time({GROWTH:,}), {name}: {ratio:.2f}")


if __name__ == "__main__":
    main()
