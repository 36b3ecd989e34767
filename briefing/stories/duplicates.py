"""Copies of one text: the same page twice, a mirror, an update of one address."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

from briefing.model import Article
from briefing.stories.texts import Texts

#: Words in a row that are compared as one.
RUN_WORDS = 4
#: A run that more texts have than this is a fixed phrase and shows no copy.
COMMON_RUN = 50
#: Share of the shorter text's runs that the longer one must have too. A mirror with a changed line keeps .9;
#: a rewritten wire story keeps .1 to .3, an update that tells something new .5 to .8.
COPY = 0.8
#: Fewer sampled runs than this prove nothing: only the whole text does.
LEAST_RUNS = 4


def find_copies(articles: Sequence[Article], texts: Texts) -> dict[int, int]:
    """Return for each copy, by its place in ``articles``, the place of the article that is kept.

    Kept is the newest version of one address, and of the kept versions with one text the fullest; then the oldest.
    The order of ``articles`` must not depend on the input's; ``texts`` are theirs.
    """
    kept: dict[int, int] = {}
    for group in linked(len(articles), _same_address(articles)):
        newest = max(
            group, key=lambda n: (articles[n].date is not None, _moment(articles[n]), len(articles[n].body), -n)
        )
        kept.update({n: newest for n in group if n != newest})
    left = [n for n in range(len(articles)) if n not in kept]
    for group in linked(len(articles), _same_text(texts, left)):
        fullest = max(group, key=lambda n: (len(articles[n].body), -n))
        kept.update({n: fullest for n in group if n != fullest})
    return {copy: kept.get(first, first) for copy, first in kept.items()}


def _same_address(articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    seen: dict[str, int] = {}
    for n, article in enumerate(articles):
        for key in {article.id, article.url} - {""}:
            if seen.setdefault(key, n) != n:
                yield seen[key], n


def _same_text(texts: Texts, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    sums = np.array([crc32(word.encode("utf-8", "surrogatepass")) for word in texts.words], np.uint64)
    whole: dict[bytes, int] = {}
    runs: dict[int, frozenset[int]] = {}
    for n in places:
        body = texts.bodies[n]
        first = whole.setdefault(body.tobytes(), n)
        if first != n:
            yield first, n
        else:
            runs[n] = _sampled_runs(sums[body])
    for (a, b), shared in _shared_counts(runs).items():
        shorter, longer = sorted((len(runs[a]), len(runs[b])))
        if shorter >= LEAST_RUNS and shared >= COPY * shorter and 2 * shorter >= longer:
            yield a, b


def _sampled_runs(sums: npt.NDArray[np.uint64]) -> frozenset[int]:
    """Return checksums of one run of words in eight, by what the run says: the same ones in every text.

    A polynomial hash, mixed by Fibonacci hashing; both wrap at 64 bits.
    """
    if len(sums) < RUN_WORDS:
        return frozenset()
    last = len(sums) - RUN_WORDS + 1
    mixed = np.zeros(last, np.uint64)
    for n in range(RUN_WORDS):
        mixed = (mixed + sums[n : n + last]) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    return frozenset(mixed[mixed >> np.uint64(61) == 0].tolist())


def _shared_counts(runs: Mapping[int, frozenset[int]]) -> Counter[tuple[int, int]]:
    having: defaultdict[int, list[int]] = defaultdict(list)
    for n, sums in runs.items():
        for s in sums:
            having[s].append(n)
    shared: Counter[tuple[int, int]] = Counter()
    for places in having.values():
        if len(places) <= COMMON_RUN:
            shared.update((a, b) for i, a in enumerate(places) for b in places[i + 1 :])
    return shared


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
