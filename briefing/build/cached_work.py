"""Memoises the work on articles and stories: looked up in the cache, else done and stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import blake2b
from typing import Any, TypeVar

from briefing.build.analysis import Analysis, Analyst, names_of
from briefing.build.cached_articles import Traces, put_together, traces_of
from briefing.build.engine import Engine
from briefing.build.progress import Progress, silent
from briefing.build.serialising import Packing, UnreadableError, written_out
from briefing.model import Article, Cleaned, Origin, RawArticle, Story, Strictness
from briefing.stages.clean import Uncleaned, clean_one, with_repetitions
from briefing.stages.stories import OriginFinder, group_events
from briefing.system.cache import Cache, fingerprint

T = TypeVar("T")


class Work:
    """Does each piece of work once, now or in an earlier run; the result is the same.

    Args:
        engine: What works on single articles.
        analyst: What articles are read for.
        cache: What earlier runs did; None to do everything now.
        progress: Called with the stage's name, how many of its parts are done, and how many there are.
    """

    def __init__(
        self, engine: Engine, analyst: Analyst, cache: Cache | None = None, progress: Progress = silent
    ) -> None:
        self.analyst = analyst
        self._progress = progress
        self._engine = engine
        self._cache = cache
        # All that the work depends on besides the articles: the program itself, and what it reads them for.
        self._root = _hash(fingerprint() if cache else b"", repr(analyst))
        self._packings: dict[Any, Packing[Any]] = {}
        self._digests: dict[str, bytes] = {}  # article key → of everything in it

    def clean(self, raws: Sequence[RawArticle], *, today: date, time_zone: str) -> tuple[Cleaned, ...]:
        """Return every raw article cleaned, in order; arguments as `clean_all`."""
        articles = self.counted("cleaning", with_repetitions(raws))
        return tuple(self._cleaned(article, today, time_zone) for article in articles)

    def counted(self, stage: str, things: Sequence[T]) -> Iterator[T]:
        """Yield things one by one, and report how many are done."""
        for done, thing in enumerate(things):
            self._progress(stage, done, len(things))
            yield thing
        self._progress(stage, len(things), len(things))

    def _cleaned(self, article: Uncleaned, today: date, time_zone: str) -> Cleaned:
        if self._cache is None:
            return clean_one(article, today=today, time_zone=time_zone)
        key = self._key(Traces, (today, time_zone, sorted(article.repeated), written_out(article.raw)))
        known: Traces | None = self._look_up(key, Traces, ())
        if known is not None:
            return put_together(article.raw, known)
        cleaned = clean_one(article, today=today, time_zone=time_zone)
        self._keep(key, Traces, traces_of(cleaned), ())
        return cleaned

    def analyse(self, articles: Sequence[Article]) -> dict[str, Analysis]:
        """Return the analysis of each article by its key, in their order; errors as `Engine.analyse`."""

        def progress(done: int) -> None:
            self._progress("articles", done, len(articles))

        keys = {article.key: self._key(Analysis, (), (article,)) for article in articles} if self._cache else {}
        by_key = {keys[article.key]: article for article in articles if keys}
        found: dict[str, Analysis] = {}
        for key, data in self._cache.find(list(by_key)) if self._cache else ():
            with suppress(UnreadableError):
                found[by_key[key].key] = self._packing(Analysis).unpack(data, (by_key[key],))
        known = len(found)
        progress(known)
        missing = {article.key: article for article in articles if article.key not in found}
        for name, analysis in self._engine.analyse(
            [*missing.values()], self.analyst, lambda done: progress(known + done)
        ):
            found[name] = analysis
            if self._cache:
                self._keep(keys[name], Analysis, analysis, (missing[name],))
        return {article.key: found[article.key] for article in articles}

    def origin_finder(self, articles: Sequence[Article]) -> Callable[[Story], tuple[Origin, ...]]:
        """Return what finds the origins of stories of these articles."""
        finder = cache(lambda: OriginFinder(articles, names_of(self.analyst.spellings)))
        return lambda story: self._origins(story, finder())

    def group(
        self, articles: Sequence[Article], analyses: Mapping[str, Analysis], strictness: Strictness
    ) -> list[Story]:
        """Return the stories of articles; arguments and order as `group_stories`."""
        self._progress("stories", 0, len(articles))
        names = names_of(self.analyst.spellings)
        facts = {key: analysis.facts for key, analysis in analyses.items()}
        events = group_events(articles, strictness=strictness, names=names, facts=facts)
        finder = OriginFinder(articles, names)
        stories = [replace(story, origins=self._origins(story, finder)) for story in events]
        self._progress("stories", len(articles), len(articles))
        return stories

    def _origins(self, story: Story, finder: OriginFinder) -> tuple[Origin, ...]:
        if len(story.articles) == 1:
            return finder.origins(story)
        copies = sorted(story.duplicates)
        return self.once(tuple[Origin, ...], story.articles, copies, lambda: finder.origins(story))

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
            if article.key not in self._digests:
                self._digests[article.key] = _hash(self._root, written_out(article))
        return _hash(self._root, f"{kind}\0{about!r}\0", *(self._digests[article.key] for article in articles))


def _hash(key: bytes, *parts: str | bytes) -> bytes:
    """Return a keyed hash of some parts, 32 bytes. BLAKE2b: starting a SHA-256 costs as much as hashing a paragraph."""
    whole = b"".join(p if isinstance(p, bytes) else p.encode("utf-8", "surrogatepass") for p in parts)
    return blake2b(whole, digest_size=32, key=key).digest()
