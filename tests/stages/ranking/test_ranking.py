"""Rankers: ours gives what sumy's gives, sumy is fed by place, and nothing depends on hashes or order."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys

import pytest

from briefing.model import Article
from briefing.stages.ranking import LIMITS, RANKERS, Material, gather, rank, ranked_places
from briefing.text.languages import language
from briefing.text.sentences import split_sentences
from tests.paths import ROOT, development
from tests.quality.samples import samples

SUMY = ("textrank", "lsa", "luhn", "edmundson", "kl", "sum-basic", "reduction")


def material(text: str, title: str = "") -> Material:
    article = Article.from_text(text, title=title, language="en")
    return gather([article], {article.id: split_sentences(article)})


def sample() -> list[Material]:
    return [material(body, title) for title, body, _ in samples()]


def labelled(count: int) -> list[Material]:
    found: list[Material] = []
    for name in ("inshorts", "cnndm"):
        with gzip.open(development("data") / f"summaries.{name}.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        found += [material(r["text"], r.get("title") or "") for r in rows[: count // 2]]
    return found


def order(scores: tuple[float, ...] | list[float]) -> list[int]:
    return sorted(range(len(scores)), key=lambda i: (-scores[i], i))


def sumy_order(name: str, given: Material) -> list[int]:
    from briefing.stages.ranking.by_sumy import _ranking

    return order(_ranking(name, given).scores)


def by_the_book(name: str, given: Material) -> set[int]:
    """Return the three sentences sumy's own class chooses, used as its manual says, on the same words."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    from briefing.stages.ranking import by_sumy

    class Tokenizer:
        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(words[text])

    words = {f"{i}": w for i, w in enumerate(given.words())}
    heads = {f"h{i}": by_sumy.tokens(t) for i, t in enumerate(given.titles)}
    paragraphs: dict[int, list[Sentence]] = {}
    for i, s in enumerate(given.sentences):
        paragraphs.setdefault(s.paragraph, []).append(Sentence(f"{i}", Tokenizer()))
    tops = [Paragraph([Sentence(h, Tokenizer(), is_heading=True) for h in heads])] if heads else []
    words |= heads
    document = ObjectDocumentModel([*tops, *(Paragraph(p) for p in paragraphs.values())])
    stock = by_sumy._classes()[name].__mro__[1]
    summarizer = stock(by_sumy._one_stem(given))
    if name == "edmundson":
        summarizer.null_words, summarizer.bonus_words = given.language.stop_words, by_sumy._cues(given)
        summarizer.stigma_words = ("",)
    else:
        summarizer.stop_words = given.language.stop_words
    return {int(str(s)) for s in summarizer(document, 3)}


@pytest.mark.parametrize("name", [*SUMY, "lexrank"])
def test_every_method_chooses_what_sumy_chooses(name: str) -> None:
    for given in sample()[:8]:
        assert set(sumy_order(name, given)[:3]) == by_the_book(name, given)


@pytest.mark.slow
@pytest.mark.development
@pytest.mark.parametrize("name", [*SUMY, "lexrank"])
def test_every_method_chooses_what_sumy_chooses_on_real_articles(name: str) -> None:
    for given in labelled(200):
        if 3 < len(given) <= 60:
            assert set(sumy_order(name, given)[:3]) == by_the_book(name, given)


def differing(materials: list[Material], threshold: float) -> int:
    from briefing.stages.ranking.lexrank import lexrank_scores

    pairs = ((order(lexrank_scores(m.content(), threshold)), sumy_order("lexrank", m)) for m in materials)
    return sum(ours != theirs for ours, theirs in pairs)


def test_our_lexrank_ranks_as_sumys_does() -> None:
    assert differing(sample(), 0.1) == 0


def test_another_threshold_would_rank_otherwise() -> None:
    assert differing(sample(), 0.12) > 0


@pytest.mark.slow
@pytest.mark.development
def test_our_lexrank_ranks_as_sumys_does_on_real_articles() -> None:
    materials = labelled(200)
    assert differing(materials, 0.1) == 0
    assert differing(materials, 0.11) > len(materials) // 4


@pytest.mark.parametrize("method", RANKERS)
def test_equal_sentences_keep_a_score_each(method: str) -> None:
    given = material("The port was closed by the storm.\nShips waited outside.\nThe port was closed by the storm.")
    assert len(rank(given, method).scores) == 3


@pytest.mark.parametrize("method", RANKERS)
@pytest.mark.parametrize(
    "text", ["", "Rain fell.", "To be or not to be.", "THE MINISTER RESIGNED.\nTHE MINISTER RESIGNED."]
)
def test_little_text_is_ranked_without_complaint(method: str, text: str) -> None:
    given = material(text)
    assert len(rank(given, method).scores) == len(given)


@pytest.mark.parametrize("method", RANKERS)
def test_scores_are_finite(method: str) -> None:
    assert all(abs(s) < 1e9 for s in rank(sample()[0], method).scores)


def test_a_line_in_capitals_is_a_sentence_for_sumy_too() -> None:
    given = material("THE PRIME MINISTER RESIGNED.\nThe prime minister named no successor.\nRain is expected.")
    assert rank(given, "luhn").scores[0] > 0


def test_no_method_is_given_more_than_its_limit() -> None:
    long = material("\n".join(f"Ship number {i} left the harbour with {i} tons of grain." for i in range(900)))
    assert len(ranked_places(long, "kl")) == LIMITS["kl"]
    assert ranked_places(long, "textrank")[:300] == tuple(range(300))
    assert len(ranked_places(long, "textrank")) == 400
    assert ranked_places(long, "textrank")[-1] > 890
    assert len(ranked_places(long, "newswire")) == 900


def test_what_a_limit_leaves_out_is_ranked_last() -> None:
    long = material("\n".join(f"Ship number {i} left the harbour with {i} tons of grain." for i in range(500)))
    ranking = rank(long, "luhn")
    outside = set(range(500)) - set(ranked_places(long, "luhn"))
    assert outside == set(order(ranking.scores)[400:])


def test_random_is_not_the_order_of_the_text_and_is_the_same_every_time() -> None:
    given = sample()[0]
    assert order(rank(given, "random").scores) == order(rank(given, "random").scores)
    assert order(rank(given, "random").scores) != list(range(len(given)))


def test_lead_takes_one_sentence_of_each_article_in_turn() -> None:
    a = Article.from_text("A one. A two.", language="en")
    b = Article.from_text("B one. B two.", language="en")
    given = gather([a, b], {x.id: split_sentences(x) for x in (a, b)})
    assert [given.sentences[i].text for i in order(rank(given, "lead").scores)] == [
        "A one.",
        "B one.",
        "A two.",
        "B two.",
    ]


def test_newswire_tells_what_a_sentence_is_worth() -> None:
    ranking = rank(sample()[0], "newswire")
    assert [p.name for p in ranking.parts[0]] == [
        "words a summary would share",
        "word pairs a summary would share",
        "words",
    ]


def test_the_language_of_most_articles_holds() -> None:
    articles = [Article.from_text(t, language=c) for t, c in (("Eins.", "de"), ("One.", "en"), ("Two.", "en"))]
    assert gather(articles, {}).language is language("en")


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "77"])
def test_no_ranking_depends_on_the_hash_seed(seed: str) -> None:
    code = (
        "from tests.stages.ranking import test_ranking as t; "
        "print([[round(s, 9) for s in t.rank(m, n).scores] for m in t.sample()[:6] for n in t.RANKERS])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": s},
            capture_output=True,
            check=True,
        ).stdout
        for s in ("0", seed)
    ]
    assert runs[0] == runs[1]


@pytest.mark.slow
@pytest.mark.development
def test_the_weights_are_what_the_data_gives() -> None:
    script = ROOT / "training" / "train_newswire.py"
    done = subprocess.run(
        [sys.executable, str(script), str(development("data")), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_weights_are_small_data() -> None:
    from importlib import resources

    assert len((resources.files("briefing") / "data" / "ranking" / "newswire.json").read_bytes()) <= 100_000
