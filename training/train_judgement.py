"""Learns the weights of the judge from labelled sentences, and says by cross-validation how good they are.

    python training/train_judgement.py [DATA_DIR]                    write briefing/data/languages/en/judge.json
    python training/train_judgement.py [DATA_DIR] --check            say whether the file is what the data gives
    python training/train_judgement.py [DATA_DIR] --cross-validate   every article by the fold that has not seen it

DATA_DIR holds sentences.dev, sentences2.dev (labelled sentences), and ukraine_pool.dev, importance.dev, themes2.dev
(articles with what they are: news, opinion …), each .jsonl.gz; by default it is the folder `data` of BRIEFING_DATA.
Nothing else is read. The same data gives the same bytes: no random numbers are drawn, folds follow an article's id,
and weights are rounded to four significant digits.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# Sums in another order end in another last digit: one thread, whatever library numpy was built with.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

import numpy as np

from briefing.model import Article, Sentence
from briefing.stages.judgement.features import Features, features
from briefing.stages.judgement.lexicon import Lexicon, looked_up
from briefing.stages.judgement.model import QUESTIONS, Model, read_model
from briefing.stages.judgement.reading import read
from briefing.text.languages import language
from briefing.text.openings import openings
from briefing.text.sentences import split_sentences

Floats = np.ndarray[Any, np.dtype[np.float64]]
WEIGHTS = Path(__file__).parents[1] / "briefing" / "data" / "languages" / "en" / "judge.json"
FOLDS = 10
#: Strength of the ridge on standardised columns, by question; half or twice as much changes no log loss by .002.
RIDGE = {
    "no prose": 30.0,
    "others": 100.0,
    "attributed": 100.0,
    "opinion": 100.0,
    "alone": 150.0,
    "previous": 60.0,
    "news": 500.0,
}
RIDGE_WHOLE = 10.0
#: Sentences that must hold a word for it to be weighed by itself; names and what is as often one are left out.
FREQUENT, A_NAME = 50, 0.5
#: What an article of opinion is labelled.
OPINION = frozenset(("opinion", "letters"))


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """An article, its sentences, and what they are labelled."""

    article: Article
    sentences: tuple[Sentence, ...]
    labels: dict[int, tuple[list[Any], list[Any]]]  # position → two labellings: prose, alone, voice, news
    opinion: float | None  # share of labellings that call the article opinion

    @property
    def fold(self) -> int:
        """Return the part of the data it belongs to."""
        return fold_of(self.article)


def fold_of(article: Article) -> int:
    """Return the part of the data an article belongs to."""
    return int(article.id[:8], 16) % FOLDS


def load(folder: Path) -> list[Labelled]:
    """Return every article with a label, in the order of the files."""
    kinds: dict[str, list[str]] = defaultdict(list)
    texts: dict[str, dict[str, Any]] = {row["id"]: row for row in _rows(folder, "ukraine_pool")}
    for row in _rows(folder, "importance"):
        kinds[row["id"]] += row["kinds"]
    for row in _rows(folder, "themes2"):
        kinds[row["id"]].append(row["type"])
        texts.setdefault(row["id"], row)
    for row in (*_rows(folder, "sentences"), *_rows(folder, "sentences2")):
        kinds[row["id"]] += row["types"]
        texts[row["id"]] = row
    return [_labelled(row, kinds[key]) for key, row in texts.items() if kinds[key]]


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(folder / f"{name}.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _labelled(row: dict[str, Any], kinds: Sequence[str]) -> Labelled:
    day = (row.get("date") or "")[:10]
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    article = Article.from_text(row["text"], title=row.get("title") or "", published=published)
    sentences = split_sentences(article)
    at = {(s.start, s.end): s.position for s in sentences}
    # The labels are of the sentences as they were split then; one that is split otherwise today has none.
    spans = {(s["start"], s["end"]): tuple(s["labels"]) for s in row.get("sentences", ())}
    labels = {at[span]: both for span, both in spans.items() if span in at}
    return Labelled(article, sentences, labels, float(np.mean([kind in OPINION for kind in kinds])))  # type: ignore[arg-type]


# ---- learning


@dataclass(slots=True)
class Learning:
    """All that is learned from, made ready once."""

    articles: list[Labelled]
    cues: tuple[str, ...]
    known: list[Features]

    @classmethod
    def of(cls, articles: list[Labelled]) -> Learning:
        """Return the features of every article."""
        cues = _cues(articles)
        lexicon, openers = Lexicon(language("en"), cues), openings("en")
        known = [
            features(a.article, read(a.article, a.sentences, lexicon, lexicon.verbs), lexicon, openers)
            for a in articles
        ]
        return cls(articles, cues, known)

    def learn(self, without: int = -1) -> dict[str, Any]:
        """Return the weights that all articles give but those of one fold."""
        seen = [n for n, a in enumerate(self.articles) if a.fold != without]
        whole = self._whole(seen)
        odds = self._odds_unseen(seen)
        told = [n for n in seen if self.articles[n].labels]
        labels = [self.articles[n].labels[position] for n in told for position in sorted(self.articles[n].labels)]
        tables = {n: self.known[n].with_opinion(odds[n]) for n in told}
        result: dict[str, Any] = {"words": list(self.cues), "article of opinion": whole}
        for question, groups in QUESTIONS.items():
            names = tables[told[0]].table(groups).names
            values = np.concatenate([tables[n].table(groups).values[sorted(self.articles[n].labels)] for n in told])
            wanted, of = _targets(question, labels)
            fit = _ridge if question == "news" else _logistic
            result[question] = _fitted(names, values[of], wanted[of], RIDGE[question], fit)
        return result

    def _whole(self, seen: Sequence[int]) -> dict[str, float]:
        values = np.array([self.known[n].whole.values[0] for n in seen])
        wanted = np.array([self.articles[n].opinion for n in seen], dtype=float)
        return _fitted(self.known[0].whole.names, values, wanted, RIDGE_WHOLE, _logistic)

    def _odds_unseen(self, seen: Sequence[int]) -> dict[int, float]:
        """Return how far each article is opinion by a model that has not seen it: how far one can be trusted."""
        odds: dict[int, float] = {}
        for fold in range(FOLDS):
            inside = [n for n in seen if self.articles[n].fold == fold]
            if inside:
                whole = self._whole([n for n in seen if self.articles[n].fold != fold])
                part = read_model(
                    {"words": (), "article of opinion": whole, **{key: {"bias": 0.0} for key in QUESTIONS}}, "en"
                )
                odds |= {n: part.log_odds(self.known[n].whole) for n in inside}
        return odds


def _cues(articles: Sequence[Labelled]) -> tuple[str, ...]:
    """Return the words that many labelled sentences hold, most often without a capital where no sentence begins."""
    lexicon = Lexicon(language("en"))
    holders: Counter[str] = Counter()
    written: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for a in articles:
        if not a.labels:
            continue
        for r in read(a.article, a.sentences, lexicon, lexicon.verbs):
            if r.sentence.position in a.labels:
                holders.update({word for word, _ in r.own})
                written.update(word for word, _ in r.own[1:])
                capital.update(word for word, bits in r.own[1:] if bits & lexicon.bit["capital"])
    return tuple(
        sorted(
            word
            for word, count in holders.items()
            if count >= FREQUENT
            and not word[0].isdigit()
            and (capital[word] < A_NAME * written[word] or word == looked_up("I"))
        )
    )


def _targets(
    question: str, labels: Sequence[tuple[list[Any], list[Any]]]
) -> tuple[Floats, np.ndarray[Any, np.dtype[np.bool_]]]:
    """Return what a question's answer is by the mean of two labellings, and which sentences it is asked of."""

    def share(which: int, of: str) -> Floats:
        return np.mean([[one[which] in of, two[which] in of] for one, two in labels], axis=1)

    prose = share(0, "y") == 1.0
    others, alone = share(2, "uo"), share(1, "y")
    return {
        "no prose": (share(0, "n"), np.ones(len(labels), dtype=bool)),
        "others": (others, prose),
        "attributed": (share(2, "a"), prose & (others == 0.0)),
        "opinion": (share(2, "o"), prose & (others > 0.0)),
        "alone": (alone, prose),
        "previous": (share(1, "p"), prose & (alone == 0.0)),
        "news": (np.mean([[float(one[3]), float(two[3])] for one, two in labels], axis=1), prose),
    }[question]


Fit = Callable[[Floats, Floats, float], Floats]


def _fitted(names: Sequence[str], values: Floats, wanted: Floats, ridge: float, fit: Fit) -> dict[str, float]:
    """Return weights by column, the bias last, for raw (not standardised) columns; those of no weight are left out."""
    assert len(set(names)) == len(names), "two columns have one name"
    mean, spread = values.mean(axis=0), values.std(axis=0)
    spread[spread < 1e-9] = np.inf
    found = fit((values - mean) / spread, wanted, ridge)
    raw = found[:-1] / spread
    bias = found[-1] - float(raw @ mean)
    return {name: _rounded(v) for name, v in zip([*names, "bias"], [*raw, bias], strict=True) if v or name == "bias"}


def _rounded(value: float) -> float:
    return float(f"{value:.4g}") + 0.0


def _logistic(values: Floats, wanted: Floats, ridge: float) -> Floats:
    """Return the weights of a logistic model by Newton's method, the bias last; only the bias is not held back."""
    rows = np.concatenate([values, np.ones((len(values), 1))], axis=1)
    held_back = np.full(rows.shape[1], ridge)
    held_back[-1] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1.0 / (1.0 + np.exp(-np.clip(rows @ weights, -30.0, 30.0)))
        slope = rows.T @ (chance - wanted) + held_back * weights
        curve = (rows * (chance * (1.0 - chance))[:, None]).T @ rows + np.diag(held_back)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if abs(step).max() < 1e-8:
            break
    return weights


def _ridge(values: Floats, wanted: Floats, ridge: float) -> Floats:
    """Return the weights of a linear model, the bias last."""
    weights = np.linalg.solve(values.T @ values + ridge * np.eye(values.shape[1]), values.T @ (wanted - wanted.mean()))
    return np.concatenate([weights, [wanted.mean()]])


# ---- the file, and what it is worth


def weights_file(folder: Path) -> str:
    """Return the text of the weights file that the data gives."""
    learning = Learning.of(load(folder))
    result = {
        "about": "Weights of the judge; made by training/train_judgement.py, explained in docs/judgement.md.",
        "articles": sum(bool(a.labels) for a in learning.articles),
        "sentences": sum(len(a.labels) for a in learning.articles),
        "articles of a known kind": len(learning.articles),
    }
    return json.dumps(result | learning.learn(), indent=1, ensure_ascii=False) + "\n"


def models_by_fold(folder: Path) -> list[Model]:
    """Return for each fold the model that has not seen it."""
    learning = Learning.of(load(folder))
    return [read_model(learning.learn(without=fold), "en") for fold in range(FOLDS)]


def data_folder(given: Path | None) -> Path:
    """Return the folder asked for, else that of BRIEFING_DATA."""
    if given is None and "BRIEFING_DATA" not in os.environ:
        raise SystemExit("Name the data's folder, or set BRIEFING_DATA.")
    return given or Path(os.environ["BRIEFING_DATA"]) / "data"


def cross_validate(folder: Path) -> dict[str, Any]:
    """Return the log loss of every question over articles that the model answering has not seen."""
    articles = [a for a in load(folder) if a.labels]
    models = models_by_fold(folder)
    found: dict[str, list[Floats]] = defaultdict(list)
    for a in articles:
        answers = _answers(models[a.fold], a)
        positions = sorted(a.labels)
        for question in QUESTIONS:
            wanted, of = _targets(question, [a.labels[p] for p in positions])
            found[question].append(np.stack([wanted, answers[question][positions]])[:, of])
    return {question: _loss(question, np.concatenate(parts, axis=1)) for question, parts in found.items()}


def _answers(model: Model, labelled: Labelled) -> Mapping[str, Floats]:
    return model.answers(model.features(labelled.article, model.read(labelled.article, labelled.sentences))).of


def _loss(question: str, both: Floats) -> dict[str, float]:
    wanted, given = both
    if question == "news":
        return {"n": len(wanted), "correlation": round(float(np.corrcoef(wanted, given)[0, 1]), 3)}
    given = np.clip(given, 1e-4, 1.0 - 1e-4)
    loss = -(wanted * np.log(given) + (1.0 - wanted) * np.log(1.0 - given)).mean()
    base = wanted.mean()
    return {
        "n": len(wanted),
        "log loss": round(float(loss), 4),
        "of the mean": round(float(-(base * np.log(base) + (1 - base) * np.log(1 - base))), 4),
    }


def main() -> int:
    """Train, check or cross-validate, as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--check", action="store_true", help="compare the file with what the data gives")
    parser.add_argument("--cross-validate", action="store_true")
    args = parser.parse_args()
    folder = data_folder(args.data)
    if args.cross_validate:
        print(json.dumps(cross_validate(folder), indent=1))
        return 0
    text = weights_file(folder)
    if args.check:
        same = WEIGHTS.read_text(encoding="utf-8") == text
        print("the weights are what the data gives" if same else "the weights are not what the data gives")
        return 0 if same else 1
    WEIGHTS.write_text(text, encoding="utf-8")
    print(WEIGHTS, file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
