"""The development pool replayed, one edition a day: what is printed twice, what states stories have, what it costs.

    python benchmarks/replay.py                        # $BRIEFING_DATA/data/ukraine_pool.dev.jsonl.gz, all its days
    python benchmarks/replay.py --days 30              # the first thirty
    python benchmarks/replay.py --links 40 --seed 1    # also print that many links between days, to be judged by eye

Every article is collected on its day into a store in a temporary folder; each day's edition is built from that store
beside what it remembers, and remembered. Beside it stands the edition that would have been built without a memory.
Times are CPU seconds of the process.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from briefing.build import build_edition, keep_built
from briefing.model import DateClue, Edition, Input, RawArticle
from briefing.settings import Settings
from briefing.stages.novelty.printed import PrintedIndex, printed_in
from briefing.store import Store
from briefing.text.languages import language
from tests.paths import development

LABELS = ROOT / "benchmarks" / "replay_links.tsv"  # links judged by reading both articles, by their ids
REACH = 7  # days in which nothing may be printed twice


@dataclass
class Series:
    """The editions of one way of building, and what was counted."""

    editions: list[Edition] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def repeats(self) -> tuple[int, int, int]:
        """Return how many sentences were printed, how many word for word again, and how many nearly so."""
        exact = near = printed = 0
        for n, edition in enumerate(self.editions):
            before = [e for e in self.editions[:n] if e.day >= edition.day - timedelta(days=REACH)]
            index, texts = PrintedIndex(before), {p.sentence.text for e in before for p in printed_in(e)}
            today = {p.sentence.receipt: p for p in printed_in(edition)}.values()
            printed += len(today)
            exact += sum(p.sentence.text in texts for p in today)
            near += sum(index.find(p.sentence.text, language("en")) is not None for p in today)
        return printed, exact, near


def articles(path: Path) -> dict[date, list[RawArticle]]:
    """Return the pool's articles by their day."""
    found: defaultdict[date, list[RawArticle]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            raw = RawArticle(
                f"pool/{row['id']}",
                row["text"],
                "jsonl",
                title=row["title"],
                outlet=row["source"],
                guid=row["id"],
                feed="pool",
                language="en",
                dates=(DateClue(row["date"], "given"),),
            )
            found[date.fromisoformat(row["date"][:10])].append(raw)
    return dict(sorted(found.items()))


def replay(pool: Mapping[date, Sequence[RawArticle]], *, fresh: bool) -> Series:
    """Return the editions of every day of the pool."""
    series, settings = Series(), Settings()
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "store.sqlite") as store:
        for day, raws in pool.items():
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            store.add("pool", [Input(raw.input, (raw,)) for raw in raws], seen=noon)
            start = process_time()
            built = build_edition(settings, (), store, day=day, now=noon, fresh=fresh)
            keep_built(store, settings, built, now=noon)
            series.seconds.append(process_time() - start)
            series.editions.append(built.edition)
    return series


def links(editions: Iterable[Edition]) -> list[tuple[str, str, str, str]]:
    """Return the links of stories to earlier days: state, ids of today's articles and of those before, headlines."""
    by_day = {edition.day: edition for edition in editions}
    found = []
    for edition in by_day.values():
        for story in edition.stories:
            if story.last_printed is None:
                continue
            then = by_day[story.last_printed.day]
            before = next(s for s in then.stories if s.number == story.last_printed.item)
            old = {then.source(n).article_id for n in before.sources}
            new = [edition.source(n) for n in story.sources if edition.source(n).article_id not in old]
            if new:
                ids = " ".join(source.input.removeprefix("pool/") for source in new)
                heads = " ".join(then.source(n).input.removeprefix("pool/") for n in before.sources)
                found.append((story.state, ids, heads, f"{story.headline}  <-  {before.headline}"))
    return found


def judged(editions: Iterable[Edition]) -> Counter[tuple[str, bool]]:
    """Return how many of the labelled links there are: label, whether the editions make it → how often."""
    made = {(one, other) for _, new, old, _ in links(editions) for one in new.split() for other in old.split()}
    rows = [row.split("\t") for row in LABELS.read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    return Counter((label, (later, earlier) in made) for later, earlier, label in rows)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pool", type=Path)
    parser.add_argument("--days", type=int, default=0, help="only the first so many")
    parser.add_argument("--links", type=int, default=0, help="print so many links between days")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    pool = articles(chosen.pool or development("data", "ukraine_pool.dev.jsonl.gz"))
    pool = dict(list(pool.items())[: chosen.days or None])
    print(f"{sum(map(len, pool.values()))} articles on {len(pool)} days")
    for name, fresh in (("beside its memory", False), ("without a memory", True)):
        series = replay(pool, fresh=fresh)
        printed, exact, near = series.repeats()
        print(f"{name}: {printed} sentences printed, {exact} of them word for word again within {REACH} days,", end=" ")
        print(f"{near} in nearly the same words; {sum(series.seconds):.1f} s CPU,", end=" ")
        print(f"{sum(series.seconds) / len(pool):.3f} s an edition, the longest {max(series.seconds):.2f} s")
        if not fresh:
            tell(series.editions, chosen.links, chosen.seed)


def tell(editions: Sequence[Edition], most: int, seed: int) -> None:
    """Print what the editions say of one another."""
    states = Counter(story.state for edition in editions for story in edition.stories)
    total = sum(states.values())
    print("states:", ", ".join(f"{n} {state} ({100 * n / total:.0f} %)" for state, n in sorted(states.items())))
    marked = sum(1 for e in editions for a in e.accounts for f in a.figures if f.sentence.before)
    print(f"{marked} figures marked as printed before;", end=" ")
    print(f"{sum(len(e.quiet) for e in editions)} stories gone quiet;", end=" ")
    print(f"{sum(len(e.corrections) for e in editions)} corrections (the pool has no changed article)")
    found = links(editions)
    print(f"{len(found)} links between days that new articles made")
    counts = judged(editions)
    for label in ("same", "different"):
        both = counts[label, True], counts[label, True] + counts[label, False]
        print(f"of {both[1]} links judged {label}, {both[0]} are made")
    for state, new, old, headlines in random.Random(seed).sample(found, min(most, len(found))):
        print(f"  {state}\t{new}\t{old}\n    {headlines}")


if __name__ == "__main__":
    main()
