"""How often a quotation is given to its speaker, a box of accounts is right, and what finding them costs.

    python benchmarks/claims.py            the figures of docs/claims.md
    python benchmarks/claims.py --speed    milliseconds per article only

Needs the development data that BRIEFING_DATA names; labels are hashes in tests/stages/claims/.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from briefing.model import Account, Article, DateClue, RawArticle, Sentence, Statement, Story
from briefing.stages.claims import count_figures, find_accounts, find_statements, kinds_of
from briefing.stages.claims.voices import read_speech
from briefing.stages.clean import clean_all
from briefing.stages.stories import group_stories
from briefing.text.sentences import split_sentences
from tests.paths import development

LABELS = ROOT / "tests" / "stages" / "claims"
SAMPLE = 160  # statements with the smallest hashes: the sample stays nearly the same when rules change
FRESH = 160  # with the greatest: judged after the rules were made
WINDOWS = (1, 2, 4, 7)  # days of an edition
OUTLETS = {"nyt": "The New York Times", "guardian": "The Guardian"}  # the other rows do not name theirs


def rows(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(development("data", name), "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def articles_of(found: Iterable[dict[str, str]]) -> tuple[Article, ...]:
    raws = [
        RawArticle(
            input=f"pool#{n}",
            text=row["text"],
            kind="jsonl",
            title=row.get("title") or "",
            outlet=OUTLETS.get(row.get("source", ""), ""),
            dates=(DateClue(row.get("date") or "", "metadata"),),
        )
        for n, row in enumerate(found)
    ]
    kept = {c.article.id: c.article for c in clean_all(raws, today=date(2022, 12, 31), time_zone="UTC") if c.article}
    return tuple(kept.values())


@cache
def pool() -> tuple[tuple[Article, ...], dict[str, tuple[Sentence, ...]], tuple[Story, ...]]:
    articles = articles_of(rows("ukraine_pool.dev.jsonl.gz"))
    return articles, {a.id: split_sentences(a) for a in articles}, tuple(group_stories(articles))


def digest(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:16]


def statement_hash(said: Statement) -> str:
    return digest(said.sentence.article_id, said.speaker, said.quotation)


def quotation_hash(article_id: str, quotation: str) -> str:
    return digest(article_id, quotation.strip('“”‘’"').strip(" ,.?!"))


def box_hash(box: Account) -> str:
    return digest(*sorted((f.sentence.article_id, f.sentence.start, f.value) for f in box.figures))


def labels(name: str) -> dict[str, str]:
    lines = (LABELS / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t")[:2] for line in lines if line and not line.startswith("#"))


def statements() -> list[Statement]:
    articles, sentences, _ = pool()
    return [said for article in articles for said in find_statements(article, sentences[article.id])]


def sample(found: Sequence[Statement]) -> list[Statement]:
    return sorted(found, key=statement_hash)[:SAMPLE]


def fresh(found: Sequence[Statement]) -> list[Statement]:
    return sorted(found, key=statement_hash)[-FRESH:]


def groups() -> Iterator[tuple[str, tuple[Article, ...]]]:
    """Yield the articles on one event each, of the two collections that have such groups, with the group's name."""
    by_event: dict[str, list[dict[str, str]]] = {}
    for row in rows("clustering.dev.jsonl.gz"):
        by_event.setdefault(row["cluster"], []).append(row)
    for row in rows("summaries.multinews.dev.jsonl.gz"):
        by_event[row["id"]] = list(row["articles"])  # type: ignore[arg-type]  # the rows of this file hold a list
    for name, found in by_event.items():
        articles = articles_of(found)
        if len(articles) > 1:
            yield name, articles


def boxes_of_groups() -> Iterator[tuple[str, Account]]:
    """Yield every box of these groups with the group's name."""
    for name, articles in groups():
        figures = {a.id: count_figures(a, split_sentences(a)) for a in articles}
        yield from ((name, box) for box, _ in find_accounts(tuple(group_stories(articles)), figures))


def boxes_of_pool() -> list[Account]:
    """Return every box of the whole pool and of its editions of one to seven days."""
    articles, sentences, stories = pool()
    figures = {a.id: count_figures(a, sentences[a.id]) for a in articles}
    found = {box_hash(box): box for box, _ in find_accounts(stories, figures)}
    days = sorted({a.published.date() for s in stories for a in s.articles if a.published})
    for window in WINDOWS:
        for day in days:
            part = list(_between(stories, day - timedelta(days=window), day))
            found.update((box_hash(box), box) for box, _ in find_accounts(part, figures))
    return list(found.values())


def _between(stories: Sequence[Story], first: date, last: date) -> Iterator[Story]:
    for story in stories:
        inside = tuple(a for a in story.articles if a.published and first <= a.published.date() <= last)
        if inside:
            yield replace(story, articles=inside)


def share(judged: Sequence[str], right: str = "right") -> str:
    known = [label for label in judged if label]
    good = sum(label == right for label in known)
    return f"{good}/{len(known)} = {good / len(known):.3f}" if known else "none labelled"


def quality() -> None:
    found = statements()
    known = labels("statements.tsv")
    print(f"statements in the pool         {len(found)}")
    print(f"right speaker, rules made on   {share([known.get(statement_hash(s), '') for s in sample(found)])}")
    print(f"right speaker, never looked at {share([known.get(statement_hash(s), '') for s in fresh(found)])}")
    given = {quotation_hash(s.sentence.article_id, s.quotation) for s in found}
    wanted = labels("recall.tsv")
    print(
        f"attributed quotations found    {sum(h in given for h in wanted)}/{len(wanted)} "
        f"= {sum(h in given for h in wanted) / len(wanted):.3f}"
    )
    for name in ("unseen.tsv", "unseen-2.tsv"):
        unseen(found, name)
    accounts()


def unseen(found: Sequence[Statement], name: str) -> None:
    """Print how the quotations of a file fare whose speakers were written down before the program was asked."""
    given = {quotation_hash(s.sentence.article_id, s.quotation): s.speaker.lower() for s in found}
    wanted = {h: key.replace("_", " ") for h, key in labels(name).items()}
    told = {h: given[h] for h in wanted if h in given}
    right = sum(wanted[h] != "-" and any(k in who for k in wanted[h].split("|")) for h, who in told.items())
    named = sum(key != "-" for key in wanted.values())
    print(f"of {len(wanted):3} quotations, right       {right}/{len(told)} = {right / len(told):.3f}")
    print(f"of {len(wanted):3} quotations, found       {right}/{named} = {right / named:.3f}")


def accounts() -> None:
    judged = labels("accounts.tsv")
    found = [*(("pool", box) for box in boxes_of_pool()), *boxes_of_groups()]
    for name, wanted in (("of the pool", True), ("of other groups", False)):
        mine = [judged.get(box_hash(b), "not judged") for place, b in found if (place == "pool") is wanted]
        print(f"boxes {name:24} {share(mine)}")
    lines = (LABELS / "differences.tsv").read_text(encoding="utf-8").splitlines()
    rows_ = [line.split("\t") for line in lines if not line.startswith("#")]
    known = [(place, float(low), float(high)) for place, low, high in rows_]
    shown = [(place, {f.value for f in box.figures}) for place, box in found]
    hits = sum(any(place == p and {low, high} <= values for p, values in shown) for place, low, high in known)
    print(f"real differences in a box      {hits}/{len(known)} = {hits / len(known):.3f}")


def speed() -> None:
    articles, sentences, stories = pool()
    read_speech.cache_clear()
    start = time.process_time()
    for article in articles:
        find_statements(article, sentences[article.id])
        kinds_of(article, sentences[article.id])
    spoken = time.process_time()
    find_accounts(stories, {a.id: count_figures(a, sentences[a.id]) for a in articles})
    end = time.process_time()
    print(f"statements and kinds           {(spoken - start) / len(articles) * 1000:.2f} ms per article")
    print(f"accounts                       {(end - spoken) / len(articles) * 1000:.2f} ms per article")


if __name__ == "__main__":
    if "--speed" not in sys.argv:
        quality()
    speed()
