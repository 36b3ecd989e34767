"""Summaries never get worse unnoticed: ROUGE floors on articles and summaries written for this project.

The floors are in floors.json. `pytest tests/quality --lower-floors` pins what is measured now, lower or not; nothing
else lowers them. With BRIEFING_DATA set, the floors of the development data are held too.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path

import pytest
from rouge_score import rouge_scorer

from briefing.model import Article
from briefing.stages.ranking import RANKERS
from briefing.stages.summaries import summarise
from briefing.text.datelines import without_datelines
from briefing.text.sentences import split_sentences
from tests.paths import development
from tests.quality.samples import samples

FLOORS = Path(__file__).parent / "floors.json"
SCORER = rouge_scorer.RougeScorer(["rouge1", "rouge2"], use_stemmer=True)

Scores = tuple[float, float]
Sample = list[tuple[tuple[Article, ...], list[str]]]


@cache
def sample() -> Sample:
    return [((Article.from_text(body, title=title, language="en"),), summaries) for title, body, summaries in samples()]


def labelled(name: str) -> Sample:
    found = []
    with gzip.open(development("data") / f"summaries.{name}.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            texts = row.get("articles") or [{"title": row.get("title", ""), "text": row["text"]}]
            articles = tuple(Article.from_text(t["text"], title=t.get("title") or "") for t in texts)
            found.append((articles, row["summary"] if isinstance(row["summary"], list) else [row["summary"]]))
    return found


def mean_score(documents: Sample, method: str, **budget: int) -> Scores:
    """Return mean ROUGE-1 and ROUGE-2, F times 100."""
    rows = []
    for articles, references in documents:
        split = {a.id: without_datelines(split_sentences(a)) for a in articles}
        text = "\n".join(s.text for s in summarise(articles, split, method=method, **budget).sentences)  # type: ignore[arg-type]
        marks = [SCORER.score(r, text) for r in references]
        rows.append([sum(m[k].fmeasure for m in marks) / len(marks) for k in ("rouge1", "rouge2")])
    return 100 * sum(r[0] for r in rows) / len(rows), 100 * sum(r[1] for r in rows) / len(rows)


@cache
def on_sample(method: str) -> Scores:
    return mean_score(sample(), method, count=3)


def hold(name: str, found: Scores, request: pytest.FixtureRequest) -> None:
    """Check a score against its floor, or pin it when that was asked for."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    if request.config.getoption("--lower-floors"):
        floors[name] = [int(x * 100) / 100 for x in found]
        FLOORS.write_text(json.dumps(dict(sorted(floors.items())), indent=1) + "\n", encoding="utf-8")
    assert name in floors, f"no floor is pinned for {name}: run with --lower-floors"
    assert found[0] >= floors[name][0]
    assert found[1] >= floors[name][1]


def test_the_sample_is_large_and_varied_enough() -> None:
    assert len(sample()) >= 20
    assert all(len(references) >= 2 for _, references in sample())
    assert all(140 <= len(a.body.split()) <= 350 for (a,), _ in sample())


@pytest.mark.parametrize("method", RANKERS)
def test_no_method_falls_below_its_floor(method: str, request: pytest.FixtureRequest) -> None:
    hold(f"sample {method}", on_sample(method), request)


@pytest.mark.parametrize("method", [m for m in RANKERS if m != "random"])
def test_every_method_beats_random(method: str) -> None:
    assert on_sample(method)[0] > on_sample("random")[0]


def test_newswire_does_not_lose_to_the_opening_sentences() -> None:
    assert on_sample("newswire")[0] >= on_sample("lead")[0]
    assert on_sample("newswire")[1] >= on_sample("lead")[1]


def test_a_floor_catches_a_worse_ranker(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--lower-floors"):
        pytest.skip("floors are being pinned")
    monkeypatch.setitem(RANKERS, "lead", RANKERS["random"])
    with pytest.raises(AssertionError):
        hold("sample lead", mean_score(sample(), "lead", count=3), request)


@pytest.mark.slow
@pytest.mark.development
@pytest.mark.parametrize("name", ["inshorts", "cnndm", "freelance", "multinews", "multiling2011"])
def test_newswire_holds_its_floor_on_the_development_data(name: str, request: pytest.FixtureRequest) -> None:
    """These are scores on what the weights were fitted to: a gate against breakage, not a measure of quality."""
    budget = {"words": 100} if name.startswith("multi") else {"count": 3}
    documents = labelled(name)
    found, opening = mean_score(documents, "newswire", **budget), mean_score(documents, "lead", **budget)
    hold(f"development {name}", found, request)
    assert found[0] > opening[0]
