"""Memoises the work on articles and stories: looked up in the cache, else done and stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from typing import Any, TypeVar

from briefing.build.analysis import Analysis, Analyst
from briefing.build.cached_articles import Traces, put_together, traces_of
from briefing.build.engine import Engine
from briefing.build.serialising import Packing, UnreadableError, written_out
from briefing.model import Article, Cleaned, Origin, RawArticle
from briefing.stages.clean import clean_all
from briefing.system.cache import Cache, fingerprint

T = TypeVar("T")


class Work:
    """Does each piece of work once, now or in an earlier run; the result is the same.

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
        self._root = _hash(fingerprint() if cache else b"", repr(analyst))
        self._packings: dict[Any, Packing[Any]] = {}
        self._digests: dict[str, bytes] = {}  # article id → of everything in it

    def clean(
        self, raws: Sequence[RawArticle], progress: Callable[[int], None], *, today: date, time_zone: str
    ) -> tuple[Cleaned, ...]:
        """Return every raw article cleaned, in order; ``progress`` counts them. Other arguments as `clean_all`."""
        done = 0

        def once(raw: RawArticle, repeated: frozenset[str], work: Callable[[], Cleaned]) -> Cleaned:
            nonlocal done
            progress(done)
            done += 1
            if self._cache is None:
                return work()
            key = self._key(Traces, (today, time_zone, sorted(repeated), written_out(raw)))
            known: Traces | None = self._look_up(key, Traces, ())
            if known is not None:
                return put_together(raw, known)
            cleaned = work()
            self._keep(key, Traces, traces_of(cleaned), ())
            return cleaned

        return clean_all(raws, today=today, time_zone=time_zone, once=once)

    def analyse(self, articles: Sequence[Article], progress: Callable[[int], None]) -> dict[str, Analysis]:
        """Return the analysis of each article by its id, in the order of the articles.

        Errors as `Engine.analyse`; ``progress`` is called with how many are done.
        """
        keys = {article.id: self._key(Analysis, (), (article,)) for article in articles} if self._cache else {}
        by_key = {keys[article.id]: article for article in articles if keys}
        found: dict[str, Analysis] = {}
        for key, data in self._cache.find(list(by_key)) if self._cache else ():
            with suppress(UnreadableError):
                found[by_key[key].id] = self._packing(Analysis).unpack(data, (by_key[key],))
        known = len(found)
        progress(known)
        missing = {article.id: article for article in articles if article.id not in found}
        for name, analysis in self._engine.analyse(
            [*missing.values()], self.analyst, lambda done: progress(known + done)
        ):
            found[name] = analysis
            if self._cache:
                self._keep(keys[name], Analysis, analysis, (missing[name],))
        return {article.id: found[article.id] for article in articles}

    def origins(
        self, articles: Sequence[Article], copies: Mapping[str, str], work: Callable[[], tuple[Origin, ...]]
    ) -> tuple[Origin, ...]:
        """Return the origins of a story, by ``work`` or from the cache."""
        if len(articles) == 1:
            return work()
        return self.once(tuple[Origin, ...], articles, sorted(copies.items()), work)

    def once(self, kind: Any, articles: Sequence[Article], about: object, work: Callable[[], T]) -> T:
        """Return the result of ``work``, from the cache where it is there.

        Args:
            kind: Of what it returns; `Packing` has a form for it.
            articles: All those it looks at, their analyses included.
            about: All else it looks at, of values whose `repr` says everything, in an order of their own.
            work: What is done.
        """
        if self._cache is None:
            return work()
        key = self._key(kind, about, articles)
        known: T | None = self._look_up(key, kind, articles)
        if known is not None:
            return known
        made = work()
        self._keep(key, kind, made, articles)
        return made

    def _look_up(self, key: bytes, kind: Any, articles: Sequence[Article]) -> Any:
        """Return a value from the cache; None when it is not there."""
        assert self._cache is not None
        for _, data in self._cache.find([key]):
            with suppress(UnreadableError):
                return self._packing(kind).unpack(data, articles)
        return None

    def _keep(self, key: bytes, kind: Any, value: object, articles: Sequence[Article]) -> None:
        assert self._cache is not None
        self._cache.keep(key, self._packing(kind).pack(value, articles))

    def _packing(self, kind: Any) -> Packing[Any]:
        found = self._packings.get(kind)
        if found is None:
            found = self._packings[kind] = Packing(kind, self.analyst.themes)
        return found

    def _key(self, kind: Any, about: object, articles: Sequence[Article] = ()) -> bytes:
        """Return the cache key of a value: a hash of all it depends on."""
        for article in articles:
            if article.id not in self._digests:
                self._digests[article.id] = _hash(self._root, written_out(article))
        return _hash(self._root, f"{kind}\0{about!r}\0", *(self._digests[article.id] for article in articles))


def _hash(key: bytes, *parts: str | bytes) -> bytes:
    """Return a keyed hash of some parts, 32 bytes. BLAKE2b: starting a SHA-256 costs as much as hashing a paragraph."""
    whole = b"".join(p if isinstance(p, bytes) else p.encode("utf-8", "surrogatepass") for p in parts)
    return blake2b(whole, digest_size=32, key=key).digest()
