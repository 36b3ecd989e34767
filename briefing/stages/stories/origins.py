"""Counts the independent reports of a story: reprints and rewrites of one text are one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from briefing.model import Article, Origin, OriginKind
from briefing.stages.stories.duplicates import linked
from briefing.stages.stories.rewrites import Sentences, Stems
from briefing.stages.stories.texts import Wordbook
from briefing.text.languages import Language

#: Characters a rewrite is looked for in: it shows itself early.
REACH = 8000

# What somebody said is everybody's to quote: two reporters in one room write it down alike.
_QUOTED = re.compile(r"“[^”]{0,600}”|\"[^\"]{0,600}\"|«[^»]{0,600}»|„[^“”]{0,600}[“”]")


class Reports:
    """Tells the independent reports behind the stories of one language."""

    def __init__(self, language: Language, book: Wordbook) -> None:
        self._stems = Stems(language, book)

    def origins(self, articles: Sequence[Article], copies: Mapping[str, str]) -> tuple[Origin, ...]:
        """Return the independent reports behind a story, in the order of their first articles.

        One origin are: articles of one agency, articles of one outlet, copies, and articles that share so many
        sentences, word order and single words aside, that one was made of the other. What stands in quotation marks
        does not count: who reports a speech quotes it.

        Args:
            articles: Of one story, in its order.
            copies: Article id of a copy → id of the article it copies.
        """
        places = {article.id: n for n, article in enumerate(articles)}
        joined = [(places[copy], places[kept]) for copy, kept in copies.items() if copy in places and kept in places]
        joined += _same(articles, lambda a: a.id) + _same(articles, lambda a: a.wire)
        joined += _same(articles, lambda a: "" if a.wire else a.outlet)
        joined += self._rewrites(articles, joined)
        groups = {group[0]: group for group in linked(len(articles), joined)}
        inside = {n for group in groups.values() for n in group}
        firsts = [n for n in range(len(articles)) if n in groups or n not in inside]
        return tuple(_origin([articles[n] for n in groups.get(first, [first])]) for first in firsts)

    def _rewrites(self, articles: Sequence[Article], joined: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return pairs of articles that share so many sentences that one was made of the other.

        Pairs that are one report already, by ``joined`` or by way of others, are not compared.
        """
        home = list(range(len(articles)))
        for group in linked(len(articles), joined):
            for n in group:
                home[n] = group[0]
        if len(set(home)) == 1:
            return []
        texts = Sentences.of([_QUOTED.sub(" ", article.text[:REACH]) for article in articles], self._stems)
        found = []
        for a, b in texts.likely():
            if home[a] != home[b] and texts.is_rewrite(a, b):
                found.append((a, b))
                old = home[b]
                home = [home[a] if h == old else h for h in home]
        return found


def _same(articles: Sequence[Article], key: Callable[[Article], str]) -> list[tuple[int, int]]:
    first: dict[str, int] = {}
    return [(first.setdefault(key(a), n), n) for n, a in enumerate(articles) if key(a)]


def _origin(articles: Sequence[Article]) -> Origin:
    ids = tuple(dict.fromkeys(article.id for article in articles))
    wires = Counter(article.wire for article in articles if article.wire)
    outlets = dict.fromkeys(article.outlet for article in articles if article.outlet)
    if wires:
        return Origin(min(wires, key=lambda name: (-wires[name], name)), "agency", ids)
    kind: OriginKind = (
        "own reporting" if len(ids) == 1 or (len(outlets) == 1 and all(a.outlet for a in articles)) else "shared text"
    )
    return Origin(next(iter(outlets), ""), kind, ids)
