"""Measures rankers: CPU against sumy's LexRank in one run, memory of a long text, references left hanging.

    python benchmarks/ranking.py speed                     ratios at 30, 200 and 1,000 sentences, and 10,000 alone
    python benchmarks/ranking.py references DATA.jsonl.gz  share of summary sentences that point back to nothing

Times are CPU seconds of this process (`time.process_time`), methods in turn on the same text, the best of three,
with the numerical libraries held to one thread. The text is drawn from a vocabulary with a fixed seed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import time
from collections import Counter
from collections.abc import Callable

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as Line
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer

from briefing.model import Article, Sentence
from briefing.stages.ranking import gather, rank
from briefing.stages.summaries import summarise
from briefing.stages.summaries.fitness import NAMES
from briefing.text.datelines import without_datelines
from briefing.text.languages import language
from briefing.text.openings import bare_noun, leans_on_neighbour, openings, points_back
from briefing.text.sentences import split_sentences
from briefing.text.terms import tokens


def text_of(sentences: int, seed: int = 1) -> Article:
    """Return an article of so many sentences of about 20 words, their frequencies as in a language (1/rank)."""
    draw = random.Random(seed)
    size = 400 + 4 * sentences
    words = [
        ("".join(draw.choice("bdfgklmnprstv") + draw.choice("aeiou") for _ in range(2 + i % 3))) for i in range(size)
    ]
    words[:60] = sorted(language("en").stop_words)[:60]
    weights = [1 / (i + 1) for i in range(size)]
    lines = [
        " ".join(draw.choices(words, weights, k=draw.randint(12, 28))).capitalize() + "." for _ in range(sentences)
    ]
    return Article.from_text("\n".join(" ".join(lines[i : i + 3]) for i in range(0, sentences, 3)), language="en")


class _Tokens:
    def to_words(self, text: str) -> list[str]:
        return tokens(text)


def sumy_lexrank(article: Article, split: tuple[Sentence, ...]) -> None:
    """Rank as sumy's manual says, with its own English stemmer, on our words."""
    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = language("en").stop_words
    summarizer(ObjectDocumentModel([Paragraph([Line(s.text, _Tokens()) for s in split])]), 3)


METHODS: dict[str, Callable[[Article, tuple[Sentence, ...]], object]] = {
    "sumy LexRank": sumy_lexrank,
    "lexrank": lambda a, s: rank(gather([a], {a.id: s}), "lexrank"),
    "newswire": lambda a, s: summarise([a], {a.id: s}, count=3),
}


def speed() -> None:
    """Print milliseconds of CPU and ratios."""
    for method in METHODS.values():  # imports and caches are paid before anything is timed
        warm = text_of(5)
        method(warm, split_sentences(warm))
    print(f"{'sentences':>9}  " + "  ".join(f"{m:>22}" for m in METHODS))
    for size, repeats in ((30, 20), (200, 3), (1000, 1)):
        taken: Counter[str] = Counter()
        for seed in range(repeats):
            article = text_of(size, seed)
            split = split_sentences(article)
            for name, method in METHODS.items():
                taken[name] += best(
                    lambda m=method, a=article, s=split: m(a, s), 1 if name == "sumy LexRank" and size > 200 else 3
                )
        cells = [f"{1000 * taken[m] / repeats:>9.1f} ms {taken['sumy LexRank'] / taken[m]:>7.1f} x" for m in METHODS]
        print(f"{size:>9}  " + "  ".join(f"{c:>22}" for c in cells))
    article = text_of(10_000)
    split = split_sentences(article)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took = best(lambda: summarise([article], {article.id: split}, count=3), 1)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"   10,000  newswire {took:.2f} s, peak {after / 1024:.0f} MB ({before / 1024:.0f} MB before)")


def best(call: Callable[[], object], times: int) -> float:
    """Return the least CPU time of several runs, seconds."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return min(taken)


def hangs(sentence: Sentence, split: tuple[Sentence, ...], places: set[int]) -> bool:
    """Return whether a summary's sentence points back to what the summary does not hold."""
    known = openings("en")
    if not sentence.position or not points_back(sentence.text, known) or sentence.position - 1 in places:
        return False
    if leans_on_neighbour(sentence.text, known):
        return True
    noun = bare_noun(sentence.text, known)
    return not any(noun in s.text.lower() for s in split[:NAMES] if s.position in places)


def references(path: str, articles: int) -> None:
    """Print per method the share of summary sentences with an unresolved reference, by the rule of docs/methods.md."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(articles), lines, strict=False)]
    made = [Article.from_text(r["text"], title=r.get("title") or "", language="en") for r in rows]
    split = {a.id: without_datelines(split_sentences(a)) for a in made}
    for method in ("newswire", "lead", "lexrank", "textrank", "lsa", "luhn"):
        total = hanging = 0
        for article in made:
            chosen = summarise([article], split, count=3, method=method).sentences
            places = {s.position for s in chosen}
            total += len(chosen)
            hanging += sum(hangs(s, split[article.id], places) for s in chosen)
        print(f"{method:>9}  {hanging} of {total} sentences, {100 * hanging / max(1, total):.1f} %")


def main() -> None:
    """Run the measurement asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("speed", "references"))
    parser.add_argument("data", nargs="?")
    parser.add_argument("--articles", type=int, default=200)
    args = parser.parse_args()
    if args.what == "speed":
        speed()
    else:
        references(args.data, args.articles)


if __name__ == "__main__":
    main()
