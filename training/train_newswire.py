"""Learns the weights of `newswire` from human summaries, and says by cross-validation how good they are.

    python training/train_newswire.py DATA_DIR                 write briefing/data/ranking/newswire.json
    python training/train_newswire.py DATA_DIR --check         say whether the file is what the data gives
    python training/train_newswire.py DATA_DIR --cross-validate [--without second|headline|sentences]

DATA_DIR holds summaries.{inshorts,cnndm,freelance,multinews,multiling2011}.dev.jsonl.gz. Nothing else is read. The
same data gives the same bytes: no random numbers are drawn, folds follow the hash of a document's id, and weights are
rounded to four significant digits.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

# Sums in another order end in another last digit: one thread, whatever library numpy was built with.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

import numpy as np

from briefing.model import Article, Sentence
from briefing.stages.ranking import gather
from briefing.stages.ranking.newswire import MaterialCounts, candidates
from briefing.stages.ranking.newswire.features import SENTENCE_FEATURES, Named, Table
from briefing.stages.ranking.newswire.model import SALIENCE, Look, Model, Weights, chance, models, read_model
from briefing.stages.summaries import summarise
from briefing.stages.summaries.fitness import NONE, fitness
from briefing.stages.summaries.order import oldest_first
from briefing.text.datelines import without_datelines
from briefing.text.sentences import split_sentences
from briefing.text.terms import cased_runs, stems

SINGLE, SEVERAL = ("inshorts", "cnndm", "freelance"), ("multinews", "multiling2011")
WEIGHTS = Path(__file__).parents[1] / "briefing" / "data" / "ranking" / "newswire.json"
FOLDS = 5
#: Strength of the ridge on standardised weights; 1 is 0.05 points of ROUGE-1 worse, 100 equal.
RIDGE = 30.0
#: How often a set's documents are counted: six clean clusters beside 98 noisy ones would not be heard.
TIMES = {"multiling2011": 4}
#: Occurrences of a word that are units of their own.
OCCURRENCES = {"single": (1, 2, 3), "several": (1, 2, 3, 4, 6)}
#: Weight of pairs beside words in the expected score.
PAIR_SHARE = {"single": 0.4, "several": 0.3}
#: The length a summary is held against is the mean of the human ones times this: with 1 word pairs suffer.
LENGTHENED = {"single": 1.2, "several": 1.0}

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(slots=True)
class Document:
    """One article or cluster with its human summaries."""

    id: str
    set: str
    articles: tuple[Article, ...]
    sentences: dict[str, tuple[Sentence, ...]]
    references: list[str]
    rows: list[dict[str, str]]
    look: Look | None = None
    pairs: Any = None
    labels: Any = None

    @property
    def kind(self) -> str:
        """Return which model it is for."""
        return "single" if self.set in SINGLE else "several"


def load(folder: Path, names: Iterable[str]) -> list[Document]:
    """Return the documents of data sets, in the order of the files."""
    found = []
    for name in names:
        with gzip.open(folder / f"summaries.{name}.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            found += [_document(json.loads(line), name) for line in lines]
    return found


def _document(row: dict[str, Any], name: str) -> Document:
    rows = row.get("articles") or [{"title": row.get("title", ""), "text": row["text"]}]
    articles = tuple(Article.from_text(r["text"], title=r.get("title") or "") for r in rows)
    references = row["summary"] if isinstance(row["summary"], list) else [row["summary"]]
    articles = tuple({a.id: a for a in articles}.values())  # a copy is no second article
    return Document(
        row["id"], name, articles, {a.id: without_datelines(split_sentences(a)) for a in articles}, references, rows
    )


def prepare(document: Document) -> None:
    """Set what training needs of a document: features of the units in reach of a summary, and their labels."""
    material = gather(oldest_first(document.articles), document.sentences)
    fit = fitness(material, ())
    counts = MaterialCounts(material)
    allowed = np.flatnonzero(np.array(fit.fit, dtype=bool))
    places = candidates(counts, allowed if len(allowed) >= 3 else np.flatnonzero(counts.size >= 4))
    beside = {j for i in places.tolist() for j in (fit.before[i], fit.after[i]) if j != NONE}
    places = np.union1d(places, np.array(sorted(beside), dtype=np.int64))
    document.look = Look.at(counts, places)
    document.pairs = counts.pairs.within(places, counts.n)
    document.labels = _labels(document, counts)


def _labels(document: Document, counts: MaterialCounts) -> dict[Any, Floats]:
    """Return the share of references that hold each word so often (by occurrence), and each pair."""
    assert document.look is not None
    words = document.look.words.tolist()
    first, second = (part[document.pairs].tolist() for part in counts.pair_words)
    language = counts.material.language
    found: dict[Any, list[list[bool]]] = {times: [] for times in OCCURRENCES[document.kind]} | {"pairs": []}
    for reference in document.references:
        numbers = [counts.index.get(s, -1) for s in stems([w.lower() for w in cased_runs(reference)], language)]
        often, joined = Counter(numbers), set(pairwise(numbers))
        for times in OCCURRENCES[document.kind]:
            found[times].append([often[w] >= times for w in words])
        found["pairs"].append([(a, b) in joined for a, b in zip(first, second, strict=True)])
    return {key: np.mean(rows, axis=0) for key, rows in found.items()}


# ---- learning


def learn(documents: Sequence[Document], kind: str, without: str = "") -> dict[str, Any]:
    """Return the model that documents of one kind give, as it is written down."""
    documents = [d for d in documents if kind == "single" or len(d.articles) > 1]
    looks = [d.look for d in documents if d.look is not None]
    first = _fit([_units(d, look, kind, without) for d, look in zip(documents, looks, strict=True)], documents)
    chances = [_first_chances(_read(first), look, kind, without) for look in looks]
    again = [look.again(p) for look, p in zip(looks, chances, strict=True)]
    second = _fit([_units(d, look, kind, without) for d, look in zip(documents, again, strict=True)], documents)
    chances = [_first_chances(_read(second), look, kind, without) for look in again]
    pairs = _fit(
        [
            (_kept(look.pairs(d.pairs, p), without), d.labels["pairs"])
            for d, look, p in zip(documents, again, chances, strict=True)
            if len(d.pairs)
        ],
        [d for d in documents if len(d.pairs)],
    )
    tokens = np.mean([np.mean([len(cased_runs(r)) for r in d.references]) for d in documents])
    return {
        "first": first,
        "second": second,
        "pairs": pairs,
        "occurrences": list(OCCURRENCES[kind]),
        "reference_tokens": round(float(tokens) * LENGTHENED[kind], 1),
        "pair_share": PAIR_SHARE[kind],
    }


def _units(document: Document, look: Look, kind: str, without: str) -> tuple[Named, Floats]:
    """Return the features and labels of a document's words, every occurrence a row."""
    parts, labels = [], []
    for times in OCCURRENCES[kind]:
        at = look.occurring(times)
        parts.append(
            [(n, v[at]) for n, v in _kept(look.features, without)] + look.occurrence(times, OCCURRENCES[kind], at)
        )
        labels.append(document.labels[times][at])
    joined = [(part[0][0], np.concatenate([p[1] for p in part])) for part in zip(*parts, strict=True)]
    return joined, np.concatenate(labels)


def _kept(named: Named, without: str) -> Named:
    """Return features with those of an ablation set to nothing."""
    return [(n, np.zeros(len(v)) if _is_of(n, without) else v) for n, v in named]


def _is_of(name: str, group: str) -> bool:
    of_second = name == "ln p" or name.endswith(SALIENCE)
    return {
        "second": of_second,
        "headline": "headline" in name,
        "sentences": name.endswith(SENTENCE_FEATURES) and not of_second,
    }.get(group, False)


def _first_chances(weights: Weights, look: Look, kind: str, without: str) -> Floats:
    everything = np.arange(len(look.words))
    occurrence = look.occurrence(1, OCCURRENCES[kind], everything)
    return chance(weights.logits(Table.of([*_kept(look.features, without), *occurrence])))


def _read(named: dict[str, float]) -> Weights:
    return Weights(tuple(named)[:-1], np.array(list(named.values())))


def _fit(parts: Sequence[tuple[Named, Floats]], documents: Sequence[Document]) -> dict[str, float]:
    """Return logistic weights by feature, the bias last, for raw (not standardised) features."""
    names = [name for name, _ in parts[0][0]]
    rows = np.concatenate([Table.of(named).values for named, _ in parts])
    labels = np.concatenate([found for _, found in parts])
    often = np.concatenate([np.full(len(p[1]), TIMES.get(d.set, 1.0)) for p, d in zip(parts, documents, strict=True)])
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread < 1e-9] = np.inf
    values = _newton((rows - mean) / spread, labels, often)
    raw = values[:-1] / spread
    bias = values[-1] - float(raw @ mean)
    return {name: _rounded(v) for name, v in zip([*names, "bias"], [*raw, bias], strict=True)}


def _rounded(value: float) -> float:
    return float(f"{value:.4g}") + 0.0


def _newton(rows: Floats, labels: Floats, often: Floats) -> Floats:
    """Return ridge-penalised logistic weights for fractional labels, the bias last, by Newton's method."""
    rows = np.concatenate([rows, np.ones((len(rows), 1))], axis=1)
    ridge = np.full(rows.shape[1], RIDGE)
    ridge[-1] = 1e-6
    share = float((often * labels).sum() / often.sum())
    values = np.zeros(rows.shape[1])
    values[-1] = np.log(share / (1 - share))
    loss = _loss(rows, labels, often, ridge, values)
    for _ in range(50):
        found = chance(rows @ values)
        slope = rows.T @ (often * (found - labels)) + ridge * values
        curve = (rows * (often * found * (1 - found))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        following = _loss(rows, labels, often, ridge, values - step)
        while following > loss and np.abs(step).max() > 1e-6:  # a full step overshoots where few labels are true
            step /= 2
            following = _loss(rows, labels, often, ridge, values - step)
        values, gained, loss = values - step, loss - following, following
        if gained < 1e-4:
            break
    return values


def _loss(rows: Floats, labels: Floats, often: Floats, ridge: Floats, values: Floats) -> float:
    """Return the cross entropy of fractional labels and the penalty."""
    logits = rows @ values
    return float((often * (np.logaddexp(0, logits) - labels * logits)).sum() + (ridge * values * values).sum() / 2)


# ---- judging

_STOP = re.compile(r'(?<=[.!?])["”’\')\]]*\s+(?=["“‘(\[]?[A-Z0-9])')


def lead(document: Document, *, count: int | None = None, words: int | None = None) -> str:
    """Return the opening sentences, one of each article in turn, by a splitter that is not ours."""
    split = [_plain(row["text"]) for row in document.rows]
    turns = [s[i] for i in range(max(map(len, split), default=0)) for s in split if i < len(s)]
    if count is not None:
        return "\n".join(turns[:count])
    kept, used = [], 0
    for sentence in turns:
        size = len(sentence.split())
        if not kept or used + size <= (words or 0):
            kept.append(sentence)
            used += size
    return "\n".join(kept)


def _plain(text: str) -> list[str]:
    return [s.strip() for p in text.split("\n") if p.strip() for s in _STOP.split(p.strip()) if len(s.split()) > 3]


def fold(document: Document) -> int:
    """Return the fold a document is judged in, from its id alone."""
    return int(hashlib.sha256(document.id.encode()).hexdigest(), 16) % FOLDS


def cross_validate(documents: Sequence[Document], kind: str, without: str = "") -> dict[str, Any]:
    """Return mean ROUGE differences from LEAD, every document judged by weights that never saw it."""
    from rouge_score import rouge_scorer

    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2"], use_stemmer=True)
    rows: list[tuple[str, Floats, Floats]] = []
    for number in range(FOLDS):
        model = read_model(learn([d for d in documents if fold(d) != number], kind, without))
        rows += [_judged(d, model, scorer) for d in documents if fold(d) == number]
    return _table(rows)


def _judged(d: Document, model: Model, scorer: Any) -> tuple[str, Floats, Floats]:
    models().update({d.kind: model})  # type: ignore[attr-defined]  the shipped weights have seen this document
    budget: dict[str, int] = {"count": 3} if d.kind == "single" else {"words": 100}
    opening = lead(d, **budget)
    same = {"words": round(1.1 * len(opening.split()))} if d.kind == "single" else budget
    ours = "\n".join(s.text for s in summarise(d.articles, d.sentences, **budget).sentences)
    fitted = "\n".join(s.text for s in summarise(d.articles, d.sentences, **same).sentences)
    base = _rouge(scorer, d.references, opening)
    return d.set, _rouge(scorer, d.references, ours) - base, _rouge(scorer, d.references, fitted) - base


def _rouge(scorer: Any, references: Sequence[str], text: str) -> Floats:
    marks = [scorer.score(r, text) for r in references]
    return np.array([100 * np.mean([m[k].fmeasure for m in marks]) for k in ("rouge1", "rouge2")])


def _table(rows: Sequence[tuple[str, Floats, Floats]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for at, name in ((1, "budget"), (2, "at lead's length")):
        every = np.array([row[at] for row in rows])
        result[name] = {"pooled": _interval(every)} | {
            s: _interval(every[[row[0] == s for row in rows]]) for s in dict.fromkeys(row[0] for row in rows)
        }
    return result


def _interval(values: Floats) -> dict[str, Any]:
    draws = np.random.default_rng(0).integers(0, len(values), (2000, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5], axis=0)
    return {
        "n": len(values),
        **{
            name: [round(float(x), 2) for x in (values.mean(axis=0)[i], low[i], high[i])]
            for i, name in enumerate(("rouge1", "rouge2"))
        },
    }


# ---- the file


def weights_file(folder: Path) -> str:
    """Return the text of the weights file that the data gives."""
    result: dict[str, Any] = {
        "about": "Weights of the newswire ranker; made by training/train_newswire.py, explained in docs/methods.md.",
        "ridge": RIDGE,
    }
    for kind, names in (("single", SINGLE), ("several", SEVERAL)):
        documents = load(folder, names)
        for document in documents:
            prepare(document)
        result[kind] = {"documents": dict(Counter(d.set for d in documents))} | learn(documents, kind)
    return json.dumps(result, indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """Train, check or cross-validate, as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true", help="compare the file with what the data gives")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--kind", choices=("single", "several"), help="cross-validate that kind alone")
    parser.add_argument("--without", default="", help="leave a group of features out: second, headline, sentences")
    args = parser.parse_args()
    if args.cross_validate:
        for kind, names in (("single", SINGLE), ("several", SEVERAL)):
            if args.kind in (None, kind):
                documents = load(args.data, names)
                for document in documents:
                    prepare(document)
                print(json.dumps({kind: cross_validate(documents, kind, args.without)}, indent=1))
        return 0
    text = weights_file(args.data)
    if args.check:
        same = WEIGHTS.read_text(encoding="utf-8") == text
        print("the weights are what the data gives" if same else "the weights are not what the data gives")
        return 0 if same else 1
    WEIGHTS.write_text(text, encoding="utf-8")
    print(WEIGHTS, file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
