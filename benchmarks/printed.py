#!/usr/bin/env python3
"""What fresh readers said of printed sentences, counted from the marks they left.

  python benchmarks/printed.py marks [--unseen]
  python benchmarks/printed.py places POOL.jsonl.gz [--sets first second]
  python benchmarks/printed.py words DAY PATH

`marks` counts `printed_marks.tsv` by set and place: in 100, first reader / second / both. The fifth and sixth set are
what a later version printed of the editions of the third and fourth: a sentence that both print keeps its marks, the
others were marked by two more readers. A heading that the page cuts, with "…" behind it, was shown without the sign, so
that readers called some of them cut. With --unseen, from the third set on only the mornings that nobody had looked at.

`places` says how many were wrong by where they stand in their articles, which are looked up in POOL by the sentences'
hashes. `words` says how many words the edition of DAY (YYYY-MM-DD) made of PATH quotes at standard length, over those
of the first three sentences of its articles.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import briefing
from briefing.build.flow import edition_of
from briefing.model import Judgement
from briefing.model.verdicts import follows
from briefing.settings import Settings
from briefing.sources import read_inputs
from briefing.stages.edition.lengths import lead_words, quoted_words
from briefing.text.languages import language_of
from briefing.text.sentences import split_sentences
from briefing.text.terms import content_set

MARKS = Path(__file__).with_name("printed_marks.tsv")
WRONG = frozenset(("cut", "hang", "attr", "stale"))
WIDER = WRONG | {"event", "mark"}
#: Sets that one reader marked.
BY_ONE = ("second",)


@dataclass(frozen=True, slots=True)
class Row:
    """A printed sentence, and what one reader or two said of it."""

    set: str
    edition: str
    place: str
    item: str
    digest: str
    kinds: tuple[frozenset[str], ...]  # a reader each
    extras: tuple[str, ...]

    @property
    def wrong(self) -> float:
        """Return the share of its readers who found it wrong."""
        return sum(bool(kinds & WRONG) for kinds in self.kinds) / len(self.kinds)


def read_rows() -> list[Row]:
    with MARKS.open(encoding="utf-8", newline="") as file:
        return [_row(row) for row in csv.DictReader(file, delimiter="\t")]


def _row(row: dict[str, str]) -> Row:
    readers = ("reader 1",) if row["set"] in BY_ONE else ("reader 1", "reader 2")
    kinds = tuple(frozenset(filter(None, row[reader].split(","))) for reader in readers)
    extras = tuple(row["key point, statement"].split(" / ")) if row["key point, statement"] else ()
    return Row(row["set"], row["edition"], row["place"], row["item"], row["sha256"], kinds, extras)


def marks(rows: Sequence[Row], *, unseen: bool) -> Iterator[str]:
    for name in dict.fromkeys(row.set for row in rows):
        own = [row for row in rows if row.set == name]
        if unseen and name not in ("first", "second"):
            own = [row for row in own if row.edition.startswith("2022")]
        yield f"{name} set, {len(own)} sentences"
        for place in (*dict.fromkeys(row.place for row in own), "all"):
            yield _line(place, [row for row in own if place in (row.place, "all")])
        points = [row for row in own if row.place == "key point" and row.extras]
        taken = [sum("yes" in row.extras[n] for row in points) / len(points) for n in range(len(own[0].kinds))]
        yield f"  key points to be taken {' / '.join(f'{share:.2f}' for share in taken)} of {len(points)}"


def _line(place: str, rows: Sequence[Row]) -> str:
    def shares(kinds: frozenset[str]) -> str:
        found = [[bool(said & kinds) for said in row.kinds] for row in rows]
        columns = [*zip(*found, strict=True), *([[all(row) for row in found]] if len(found[0]) > 1 else [])]
        return " / ".join(f"{100 * sum(column) / len(rows):4.1f}" for column in columns)

    twice = " / ".join(
        str(sum("twice" in said for said in column)) for column in zip(*(r.kinds for r in rows), strict=True)
    )
    return f"  {place:10} {len(rows):4}  wrong {shares(WRONG)}   with marks, events {shares(WIDER)}   twice {twice}"


def places(rows: Sequence[Row], pool: Path) -> Iterator[str]:
    judged, shares = _looked_up({row.digest for row in rows}, pool)
    counts: defaultdict[str, list[float]] = defaultdict(list)
    last: tuple[object, Judgement] | None = None
    for row in rows:
        if row.digest not in judged:
            continue
        found, home = judged[row.digest], (row.set, row.edition, row.place, row.item)
        behind = last is not None and last[0] == home and follows(last[1].sentence.receipt, found.sentence.receipt)
        last = home, found
        where = "behind the one before it" if behind else "opening" if found.in_opening else "later, by itself"
        counts[f"{row.place}: {where}"].append(row.wrong)
        if row.place in ("summary", "key point", "heading") and row.digest in shares:
            share = shares[row.digest]
            counts[
                f"first sentence: headline {'< .15' if share < 0.15 else '< .3' if share < 0.3 else '>= .3'}"
            ].append(row.wrong)
    for name, found in sorted(counts.items()):
        yield f"{name:45} {len(found):4}  wrong {sum(found) / len(found):.2f}"


def _looked_up(wanted: set[str], pool: Path) -> tuple[dict[str, Judgement], dict[str, float]]:
    """Return each sentence's judgement by its hash, and what a first one and the next share of their headline."""
    judged: dict[str, Judgement] = {}
    shares: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        unpacked = Path(folder, "pool.jsonl")
        unpacked.write_bytes(gzip.decompress(pool.read_bytes()))
        articles = briefing.read_articles([unpacked])
    for article in articles:
        found = briefing.judge(article)
        for one in found:
            judged.setdefault(_digest(one.sentence.text), one)
        headline = frozenset[str]() if article.span else content_set(article.title, language_of(article))
        prose = [one.sentence.text for one in found if one.is_prose]
        if headline and prose:
            told = content_set(" ".join(prose[:2]), language_of(article))
            shares.setdefault(_digest(prose[0]), len(headline & told) / len(headline))
    return {key: one for key, one in judged.items() if key in wanted}, shares


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def words(day: date, path: Path) -> Iterator[str]:
    edition = edition_of(read_inputs(path), day=day, settings=Settings())
    articles = briefing.read_articles([path])
    lead = lead_words(edition, {article.id: split_sentences(article) for article in articles})
    yield f"{quoted_words(edition)} of {lead} words, {quoted_words(edition) / max(1, lead):.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = parser.add_subparsers(dest="task", required=True)
    tasks.add_parser("marks").add_argument("--unseen", action="store_true")
    placed = tasks.add_parser("places")
    placed.add_argument("pool", type=Path)
    placed.add_argument("--sets", nargs="+", default=["first", "second", "third", "fourth"])
    counted = tasks.add_parser("words")
    counted.add_argument("day", type=date.fromisoformat)
    counted.add_argument("path", type=Path)
    args = parser.parse_args()
    told: dict[str, Callable[[], Iterator[str]]] = {
        "marks": lambda: marks(read_rows(), unseen=args.unseen),
        "places": lambda: places([row for row in read_rows() if row.set in args.sets], args.pool),
        "words": lambda: words(args.day, args.path),
    }
    print("\n".join(told[args.task]()))


if __name__ == "__main__":
    main()
