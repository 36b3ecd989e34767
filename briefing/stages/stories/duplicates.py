"""Finds near-duplicates: the same page twice, a mirror, two states of one article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

from briefing.model import Article
from briefing.stages.stories.ragged import Indices, Ragged, spread
from briefing.stages.stories.texts import Texts

#: Words in a row that are compared as one.
RUN_WORDS = 4
#: A run that more texts have than this is a fixed phrase and shows no copy.
COMMON_RUN = 50
#: Share of the shorter text's runs that the longer one must have too. A mirror with a changed line keeps .9;
#: a rewritten wire story keeps .1 to .3, an update that tells something new .5 to .8.
COPY = 0.8
#: Fewer sampled runs than this prove nothing: only the whole text does.
LEAST_RUNS = 4

_AT_ONCE = 1 << 20  # words whose runs are hashed at once
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2⁶⁴ divided by the golden ratio


def find_copies(articles: Sequence[Article], texts: Texts, apart: Callable[[int, int], bool]) -> dict[int, int]:
    """Return for each copy, by its place in ``articles``, the place of the article that is kept.

    Kept is the newest state of one article, and of the kept ones with one text the fullest; then the oldest. An address
    alone makes no copy: anybody can write another's into a feed, and what stands there may be another statement today.

    Args:
        articles: In an order that does not depend on the input's.
        texts: Theirs.
        apart: Tells whether two articles, by their places, report two events, however much of their text is the same.
    """
    kept: dict[int, int] = {}
    for group in linked(len(articles), _same_article(articles)):
        newest = max(
            group, key=lambda n: (articles[n].date is not None, _moment(articles[n]), len(articles[n].text), -n)
        )
        kept.update({n: newest for n in group if n != newest})
    left = [n for n in range(len(articles)) if n not in kept]
    for linked_by_text in linked(len(articles), _same_text(texts, left, apart)):
        group = _one_part_each(articles, linked_by_text)
        fullest = max(group, key=lambda n: (len(articles[n].text), -n))
        kept.update({n: fullest for n in group if n != fullest})
    return {copy: kept.get(first, first) for copy, first in kept.items()}


def _one_part_each(articles: Sequence[Article], group: Sequence[int]) -> list[int]:
    """Return a group without all but the first part of each round-up: two parts of one are never copies."""
    seen: set[str] = set()
    kept = []
    for n in group:
        if articles[n].span is None or articles[n].id not in seen:
            kept.append(n)
        if articles[n].span is not None:
            seen.add(articles[n].id)
    return kept


def _same_article(articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    seen: dict[str, int] = {}
    for n, article in enumerate(articles):
        if seen.setdefault(article.key, n) != n:
            yield seen[article.key], n


def _same_text(texts: Texts, places: Sequence[int], apart: Callable[[int, int], bool]) -> Iterator[tuple[int, int]]:
    whole: dict[bytes, int] = {}
    for n in places:
        first = whole.setdefault(texts.bodies[n].tobytes(), n)
        if first != n:
            yield first, n
    different = np.array(list(whole.values()), np.int64)
    for a, b in _mostly_shared(*_sampled_runs(texts.bodies.only(different), texts.words), len(different)):
        one, other = int(different[a]), int(different[b])
        if not apart(one, other):
            yield one, other


def _sampled_runs(bodies: Ragged, words: Sequence[str]) -> tuple[npt.NDArray[np.uint64], Indices]:
    """Return checksums of one run of words in eight, by what the run says, and the row of each: no row has one twice.

    A polynomial hash, mixed by Fibonacci hashing; both wrap at 64 bits.
    """
    sums = np.array([crc32(word.encode("utf-8", "surrogatepass")) for word in words], np.uint64)
    parts = [_sampled(bodies, sums, rows) for rows in _blocks(bodies)]
    runs = np.concatenate([np.zeros(0, np.uint64), *(runs for runs, _ in parts)])
    rows = np.concatenate([np.zeros(0, np.int64), *(rows for _, rows in parts)])
    order = np.lexsort((rows, runs))
    runs, rows = runs[order], rows[order]
    new = np.ones(len(runs), bool)
    new[1:] = (runs[1:] != runs[:-1]) | (rows[1:] != rows[:-1])
    return runs[new], rows[new]


def _sampled(bodies: Ragged, sums: npt.NDArray[np.uint64], rows: slice) -> tuple[npt.NDArray[np.uint64], Indices]:
    """Return the checksums of one run in eight of some rows, and the row of each."""
    lengths = bodies.lengths[rows]
    sums = sums[bodies.values[bodies.starts[rows.start] : bodies.starts[rows.stop]]]
    last = max(0, len(sums) - RUN_WORDS + 1)
    mixed = np.zeros(last, np.uint64)
    for n in range(RUN_WORDS):
        mixed += sums[n : n + last]
        mixed *= _MIX
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX
    owners = np.repeat(np.arange(rows.start, rows.stop), lengths)
    sampled = np.flatnonzero((mixed >> np.uint64(61) == 0) & (owners[:last] == owners[len(owners) - last :]))
    return mixed[sampled], owners[sampled]


def _blocks(bodies: Ragged) -> Iterator[slice]:
    """Yield rows that are read at once: about a million words, for each of which three arrays hold eight bytes."""
    first = 0
    for row in range(len(bodies)):
        if bodies.starts[row + 1] - bodies.starts[first] >= _AT_ONCE:
            yield slice(first, row + 1)
            first = row + 1
    if first < len(bodies):
        yield slice(first, len(bodies))


def _mostly_shared(runs: npt.NDArray[np.uint64], rows: Indices, size: int) -> Iterator[tuple[int, int]]:
    """Yield pairs of rows of which one has most of the other's runs; runs are sorted, each with its rows in order."""
    ends = np.searchsorted(runs, runs, side="right")
    rare = ends - np.searchsorted(runs, runs) <= COMMON_RUN
    firsts = np.arange(1, len(runs) + 1)[rare]
    second, _ = spread(firsts, ends[rare])
    first = np.repeat(firsts - 1, ends[rare] - firsts)
    pairs, shared = np.unique(rows[first] * size + rows[second], return_counts=True)
    a, b = np.divmod(pairs, size or 1)
    lengths = np.bincount(rows, minlength=size)
    shorter, longer = np.minimum(lengths[a], lengths[b]), np.maximum(lengths[a], lengths[b])
    copies = (shorter >= LEAST_RUNS) & (shared >= COPY * shorter) & (2 * shorter >= longer)
    return zip(a[copies].tolist(), b[copies].tolist(), strict=True)


def linked(size: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the groups that pairs join, of two members and more, each in order."""
    root = list(range(size))

    def find(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    for a, b in pairs:
        low, high = sorted((find(a), find(b)))
        root[high] = low
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for n in range(size):
        groups[find(n)].append(n)
    return [group for group in groups.values() if len(group) > 1]


def _moment(article: Article) -> float:
    return article.published.timestamp() if article.published else 0.0
