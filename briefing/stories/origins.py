"""How many independent reports a story has: reprints and rewrites of one text are one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, islice

from briefing.languages import Language
from briefing.model import Article, Origin
from briefing.names import Names
from briefing.stories.duplicates import linked
from briefing.terms import stems, tokens

#: Share of their different content words that two sentences have in common when one is a rewrite of the other.
REWRITTEN = 0.5
#: Sentences of fewer content words are too easily alike.
LEAST_WORDS = 6
#: Rewritten sentences two articles must share to be one report, and their share of the shorter one's.
#: docs/stories.md says what they were measured on.
LEAST_SENTENCES = 3
LEAST_SHARE = 0.15
#: Sentences that are read of each article, and characters they are looked for in: a rewrite shows itself early.
MOST_SENTENCES = 40
REACH = 8000

_STOP = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+|\n+")
# What somebody said is everybody's to quote: two reporters in one room write it down alike.
_QUOTED = re.compile(r"“[^”]{0,600}”|\"[^\"]{0,600}\"|«[^»]{0,600}»|„[^“”]{0,600}[“”]")

Sentences = Sequence[frozenset[str]]
Index = Mapping[str, Sequence[int]]


def find_origins(
    articles: Sequence[Article], copies: Mapping[str, str], language: Language, names: Names
) -> tuple[Origin, ...]:
    """Return the independent reports behind a story, in the order of their first articles.

    One origin are: articles of one agency, articles of one outlet, copies, and articles that share so many
    sentences, word order and single words aside, that one was made of the other. What stands in quotation marks
    does not count: who reports a speech quotes it.

    Args:
        articles: Of one story, in its order.
        copies: Article id of a copy → id of the article it copies.
        language: Of the articles.
        names: Their spellings.
    """
    places = {article.id: n for n, article in enumerate(articles)}
    joined = [(places[copy], places[kept]) for copy, kept in copies.items() if copy in places and kept in places]
    joined += _same(articles, lambda a: a.id) + _same(articles, lambda a: a.wire)
    joined += _same(articles, lambda a: "" if a.wire else a.outlet)
    joined += _rewrites(articles, joined, language, names)
    groups = {group[0]: group for group in linked(len(articles), joined)}
    inside = {n for group in groups.values() for n in group}
    firsts = [n for n in range(len(articles)) if n in groups or n not in inside]
    return tuple(_origin([articles[n] for n in groups.get(first, [first])]) for first in firsts)


def _same(articles: Sequence[Article], key: Callable[[Article], str]) -> list[tuple[int, int]]:
    first: dict[str, int] = {}
    return [(first.setdefault(key(a), n), n) for n, a in enumerate(articles) if key(a)]


def _rewrites(
    articles: Sequence[Article], joined: Sequence[tuple[int, int]], language: Language, names: Names
) -> list[tuple[int, int]]:
    """Return pairs of articles that share so many sentences that one was made of the other.

    Pairs that are one report already, by ``joined`` or by way of others, are not compared.
    """
    home = list(range(len(articles)))
    for group in linked(len(articles), joined):
        for n in group:
            home[n] = group[0]
    texts = [_sentences(article, language, names) for article in articles] if len(set(home)) > 1 else []
    indexes = [_index(text) for text in texts]
    found = []
    for b in range(len(texts)):
        for a in range(b):
            if home[a] != home[b] and _is_rewrite(texts, indexes, a, b):
                found.append((a, b))
                home = [home[a] if h == home[b] else h for h in home]
    return found


def _is_rewrite(texts: Sequence[Sentences], indexes: Sequence[Index], a: int, b: int) -> bool:
    shorter, longer = sorted((a, b), key=lambda n: len(texts[n]))
    return rewritten(texts[shorter], texts[longer], indexes[longer]) >= _enough(len(texts[shorter]))


def _enough(sentences: int) -> float:
    return max(LEAST_SENTENCES, LEAST_SHARE * sentences)


def _sentences(article: Article, language: Language, names: Names) -> Sentences:
    """Return the content words of each sentence long enough to tell; where exactly it ends does not matter here."""
    rows: list[list[str]] = []
    for sentence in _STOP.split(_QUOTED.sub(" ", article.body[:REACH])):
        row = [word for word in names.canonical(tokens(sentence)) if word not in language.stop_words]
        if len(row) >= LEAST_WORDS:
            rows.append(row)
        if len(rows) == MOST_SENTENCES:
            break
    stemmed = iter(stems([word for row in rows for word in row], language))
    sets = [frozenset(islice(stemmed, len(row))) for row in rows]
    return [words for words in sets if len(words) >= LEAST_WORDS]


def _index(text: Sentences) -> Index:
    """Return for each word the sentences that have it."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for n, words in enumerate(text):
        for word in words:
            having[word].append(n)
    return having


def rewritten(one: Sentences, other: Sentences, having: Index) -> int:
    """Return how many sentences of a text have a rewrite in another, whose words ``having`` lists."""
    return sum(_has_rewrite(words, other, having) for words in one)


def _has_rewrite(words: frozenset[str], other: Sentences, having: Index) -> bool:
    shared = Counter(chain.from_iterable(having[word] for word in words if word in having))
    return any(both >= REWRITTEN * (len(words) + len(other[n]) - both) for n, both in shared.items())


def _origin(articles: Sequence[Article]) -> Origin:
    ids = tuple(dict.fromkeys(article.id for article in articles))
    wires = Counter(article.wire for article in articles if article.wire)
    outlets = dict.fromkeys(article.outlet for article in articles if article.outlet)
    if wires:
        return Origin(min(wires, key=lambda name: (-wires[name], name)), "agency", ids)
    kind = (
        "own reporting" if len(ids) == 1 or (len(outlets) == 1 and all(a.outlet for a in articles)) else "shared text"
    )
    return Origin(next(iter(outlets), ""), kind, ids)
