"""The work on articles and stories: what an earlier run did is looked up, the rest is done and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any, TypeVar

from briefing.cache import Cache, fingerprint
from briefing.model import Article
from briefing.pipeline.analysis import Analysis, Analyst
from briefing.pipeline.engine import Engine
from briefing.pipeline.packing import Packing, UnreadableError

T = TypeVar("T")


class Work:
    """Does each piece of work once, now or in an earlier run; what comes of it is the same.

    Args:
        engine: What works on single articles.
        analyst: What articles are read for.
        cache: What earlier runs did; None to do everything now.
    """

    def __init__(self, engine: Engine, analyst: Analyst, cache: Cache | None = None) -> None:
        self.analyst = analyst
        self._engine = engine
        self._cache = cache
        # All that the work depends on besides the articles: the program itself, and what it reads them for.
        self._root = fingerprint() + repr(analyst).encode("utf-8", "surrogatepass") if cache else b""
        self._digests: dict[str, bytes] = {}  # article id → of everything in it

    def analyse(self, articles: Sequence[Article], told: Callable[[int], None]) -> dict[str, Analysis]:
        """Return what is made of each article on its own, by article id, in the order of the articles.

        Errors as `Engine.analyse`; ``told`` hears how many are done.
        """
        found = self._known(articles)
        known = len(found)
        told(known)
        by_id = {article.id: article for article in articles}
        missing = [article for article in articles if article.id not in found]
        for key, analysis in self._engine.analyse(missing, self.analyst, lambda done: told(known + done)):
            found[key] = analysis
            if self._cache:
                article = (by_id[key],)
                self._cache.keep(self._key(Analysis, article), self._packing(Analysis).pack(analysis, article))
        return {article.id: found[article.id] for article in articles}

    def once(self, kind: Any, articles: Sequence[Article], about: object, work: Callable[[], T]) -> T:
        """Return what ``work`` returns, or returned in an earlier run.

        Args:
            kind: Of what it returns; `Packing` has a form for it.
            articles: All those it looks at, their analyses included.
            about: All else it looks at, of values whose `repr` says everything, in an order of their own.
            work: What is done.
        """
        if self._cache is None:
            return work()
        key, packing = self._key(kind, articles, about), self._packing(kind)
        for _, data in self._cache.find([key]):
            with suppress(UnreadableError):
                found: T = packing.unpack(data, articles)
                return found
        made = work()
        self._cache.keep(key, packing.pack(made, articles))
        return made

    def _known(self, articles: Sequence[Article]) -> dict[str, Analysis]:
        """Return what earlier runs made of articles, by article id."""
        found: dict[str, Analysis] = {}
        if self._cache is None:
            return found
        keys = {self._key(Analysis, (article,)): article for article in articles}
        packing = self._packing(Analysis)
        for key, data in self._cache.find(list(keys)):
            article = keys[key]
            with suppress(UnreadableError):
                found[article.id] = packing.unpack(data, (article,))
        return found

    def _packing(self, kind: Any) -> Packing[Any]:
        return Packing(kind, self.analyst.themes)

    def _key(self, kind: Any, articles: Sequence[Article], about: object = None) -> bytes:
        digest = sha256(self._root)
        digest.update(f"{kind}\0{about!r}\0".encode("utf-8", "surrogatepass"))
        for article in articles:
            digest.update(self._digest(article))
        return digest.digest()

    def _digest(self, article: Article) -> bytes:
        known = self._digests.get(article.id)
        if known is None:
            known = self._digests[article.id] = sha256(repr(article).encode("utf-8", "surrogatepass")).digest()
        return known
