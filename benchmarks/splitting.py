"""Sentence splitting measured: boundary F1 beside five libraries, speed beside pysbd, and time against length.

    python benchmarks/splitting.py               # three tables; libraries that are not installed are named and left out
    python benchmarks/splitting.py --rounds 500  # more text for the speed table

The libraries are no dependencies of the project: install any of nupunkt, syntok, pysbd, sentencex and blingfire (with
numpy) beside it. Times are CPU seconds of this process.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from briefing.model import Article
from briefing.text.languages import language
from briefing.text.sentences import split_sentences, split_spans

SETS = ("en.txt", "en_second.txt")
Splitter = Callable[[str], list[str]]


def cases(name: str) -> Iterator[tuple[str, list[str]]]:
    text, expected = "", list[str]()
    for line in (ROOT / "tests" / "sentences" / name).read_text(encoding="utf-8").split("\n"):
        if line.startswith("| "):
            expected.append(line[2:])
        elif line.strip() and not line.startswith("#"):
            if text:
                yield text, expected
            text, expected = line, []
    yield text, expected


# ---- the splitters


def ours() -> Splitter:
    english = language("en")
    return lambda text: [text[start:end] for start, end in split_spans(text, english)]


def nupunkt() -> Splitter:
    tokenize = importlib.import_module("nupunkt").sent_tokenize
    return lambda text: list(tokenize(text))


def syntok() -> Splitter:
    analyze = importlib.import_module("syntok.segmenter").analyze

    def split(text: str) -> list[str]:
        starts = [sentence[0].offset for paragraph in analyze(text) for sentence in paragraph]
        return [text[a:b] for a, b in zip([0, *starts[1:]], [*starts[1:], len(text)], strict=True)]

    return split


def pysbd() -> Splitter:
    segment = importlib.import_module("pysbd").Segmenter(language="en", clean=False).segment
    return lambda text: list(segment(text))


def sentencex() -> Splitter:
    segment = importlib.import_module("sentencex").segment
    return lambda text: list(segment("en", text))


def blingfire() -> Splitter:
    split = importlib.import_module("blingfire").text_to_sentences
    return lambda text: list(split(text).split("\n"))


LIBRARIES: dict[str, Callable[[], Splitter]] = {
    "nupunkt": nupunkt,
    "syntok": syntok,
    "pysbd": pysbd,
    "sentencex": sentencex,
    "blingfire": blingfire,
}


def installed() -> dict[str, Splitter]:
    found = {"briefing": ours()}
    for name, make in LIBRARIES.items():
        try:
            found[f"{name} {metadata.version(name)}"] = make()
        except ImportError:
            print(f"{name} is not installed here and is left out", file=sys.stderr)
    return found


# ---- boundaries


def ends(sentences: list[str]) -> set[int]:
    """Return where sentences end, in characters that are no white space, the last end left out."""
    reached, found = 0, set[int]()
    for sentence in sentences:
        reached += len("".join(sentence.split()))
        found.add(reached)
    return found - {reached}


def score(split: Splitter, name: str) -> tuple[float, float, float, int, int]:
    """Return precision, recall, F1, cases wholly right, cases."""
    right = wrong = missed = whole = count = 0
    for text, expected in cases(name):
        gold, found = ends(expected), ends(split(text))
        right, wrong, missed = right + len(gold & found), wrong + len(found - gold), missed + len(gold - found)
        whole, count = whole + (gold == found), count + 1
    return right / (right + wrong), right / (right + missed), 2 * right / (2 * right + wrong + missed), whole, count


# ---- speed


def cpu(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began


def paragraphs(rounds: int) -> list[str]:
    once = [text for name in SETS for text, _ in cases(name)]
    return [f"{text} ({turn}) {once[n - 1]}" for turn in range(rounds) for n, text in enumerate(once)]


def speeds(splitters: dict[str, Splitter], rounds: int) -> Iterator[tuple[str, int, float]]:
    """Yield (splitter, sentences, CPU seconds) on one text; slow splitters get less of it, rates stay comparable."""
    texts = paragraphs(rounds)
    articles = [Article.from_text("\n".join(texts[n : n + 20]), language="en") for n in range(0, len(texts), 20)]
    split_sentences(articles[0])
    gc.collect()
    gc.freeze()  # else every splitter also pays for walking through the models the libraries hold in memory
    yield "briefing, split_sentences", *timed(lambda: sum(len(split_sentences(article)) for article in articles))
    for name, split in splitters.items():
        part = texts[: len(texts) // 20] if name.startswith(("pysbd", "syntok")) else texts
        split(texts[0])
        yield name, *timed(lambda split=split, part=part: sum(len(split(text)) for text in part))  # type: ignore[misc]


def timed(work: Callable[[], int]) -> tuple[int, float]:
    best, count = float("inf"), 0
    for _ in range(9):
        began = process_time()
        count = work()
        best = min(best, process_time() - began)
    return count, best


# ---- time against length

ATTACKS = {
    "dots": ".",
    "dot, space": ". ",
    "spaces": " ",
    "stop, 50 spaces": "a." + " " * 50,
    "opening brackets": "(",
    "straight quotes": "\"'",
    "stop, curly quote": ".”",
    "stop, straight quote": '."A',
    "initials": "A.",
    "initials, spaced": "A. ",
    "decimals": "1.",
    "hyphens": "a-",
    "at signs": "a@",
    "mail addresses": "a@b.c",
    "urls": "http://",
    "www": "www.",
    "angles": "<",
    "ampersands": "&",
    "abbreviations": "Mr. Dr. e.g. ",
    "marks": "?!",
    "quoted questions": "Who?” Kask ",
    "bullets": "• ",
    "dashes": ". — ",
    "ellipses": "… A",
    "full-width stops": "。",
    "underscores": "_*",
    "commas": "1,",
    "one word": "a",
    "words, no stop": "word ",
    "prose": "It rained on Monday. Dogs ran home. ",
    "newlines": "\t\n",
}
MEGABYTE = 1_000_000


def growth(piece: str) -> tuple[float, float]:
    """Return the time for one megabyte in CPU seconds, and time(2n) / time(n) from half of it; best of four."""
    english, half = language("en"), piece * (MEGABYTE // 2 // len(piece))
    times = {n: min(cpu(lambda n=n: split_spans(half * n, english)) for _ in range(4)) for n in (1, 2)}  # type: ignore[misc]
    return times[2], times[2] / max(times[1], 1e-6)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=20, help="how often the cases are repeated for the speed table")
    options.add_argument("--tables", nargs="+", choices=TABLES, default=TABLES, help="which tables to print")
    chosen = options.parse_args()
    if {"boundaries", "speed"} & set(chosen.tables):
        splitters = installed()
    if "boundaries" in chosen.tables:
        print_boundaries(splitters)
    if "speed" in chosen.tables:
        print_speeds(splitters, chosen.rounds)
    if "growth" in chosen.tables:
        print_growth()


TABLES = ("boundaries", "speed", "growth")


def print_boundaries(splitters: dict[str, Splitter]) -> None:
    print("| splitter | " + " | ".join(f"{s}: precision | recall | F1 | cases right" for s in SETS) + " |")
    print("|---|" + "--:|" * 4 * len(SETS))
    for name, split in splitters.items():
        cells = [
            f"{p:.3f} | {r:.3f} | {f1:.3f} | {whole} of {n}" for p, r, f1, whole, n in (score(split, s) for s in SETS)
        ]
        print(f"| {name} | " + " | ".join(cells) + " |")
    print()


def print_speeds(splitters: dict[str, Splitter], rounds: int) -> None:
    rates = [(name, count / seconds) for name, count, seconds in speeds(splitters, rounds)]
    slow = next((rate for name, rate in rates if name.startswith("pysbd")), None)
    print("| splitter | sentences per CPU second | times pysbd |\n|---|--:|--:|")
    for name, rate in rates:
        print(f"| {name} | {rate:,.0f} | {f'{rate / slow:.1f}' if slow else '–'} |")
    print()


def print_growth() -> None:
    print("| text, 1 MB | CPU seconds | time(2n) / time(n) |\n|---|--:|--:|")
    for name, piece in ATTACKS.items():
        seconds, ratio = growth(piece)
        print(f"| {name} | {seconds:.3f} | {ratio:.2f} |", flush=True)


if __name__ == "__main__":
    main()
