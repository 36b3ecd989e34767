"""Indexes the memory for one edition: printed sentences, receipts, threads and kept articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from briefing.model import Article, Edition, Memory, Receipt
from briefing.model.roundups import ToldPart, parts_told
from briefing.stages.novelty.printed import PrintedIndex, printed_in
from briefing.stages.novelty.threads import Item, Threads

#: Days in which no sentence is printed twice, and in which a story is looked for by what its articles say: twelve days
#: apart even equal texts count as different events.
LATELY = 7


class Recollection:
    """The indexed memory, for an edition that begins on a day.

    Args:
        memory: Earlier editions; those of the day and later ones are no memory of it and are left out.
        first_day: The edition's day; of one of several days the first.
        parts_of: Returns the events that a kept article tells, each as a part of it; itself when it tells one.
    """

    def __init__(
        self,
        memory: Memory,
        first_day: date,
        parts_of: Callable[[Article], Sequence[Article]] = lambda article: (article,),
    ) -> None:
        self.digest = memory.digest
        self.editions: tuple[Edition, ...] = tuple(e for e in memory.editions if e.day < first_day)
        self.late = tuple(e for e in self.editions if e.day >= first_day - timedelta(days=LATELY))
        self.threads = Threads(self.editions)
        self.printed = PrintedIndex(self.late)
        self._kept = {article.id: article for article in memory.articles}
        self._parts_of = parts_of
        self._parts: dict[str, Sequence[Article]] = {}  # by article id, found when first asked for

    @cached_property
    def sources(self) -> frozenset[str]:
        """Return the ids of the articles that are sources of an edition."""
        return frozenset(source.article_id for edition in self.editions for source in edition.sources)

    @cached_property
    def receipts(self) -> Mapping[str, tuple[Receipt, ...]]:
        """Return the receipts of what was printed of each article, by its id."""
        found: dict[str, dict[Receipt, None]] = {}
        for edition in self.editions:
            for printed in printed_in(edition):
                receipt = printed.sentence.receipt
                found.setdefault(receipt.article_id, {})[receipt] = None
        return {key: tuple(receipts) for key, receipts in found.items()}

    def printed_from(self, article: Article) -> bool:
        """Return whether anything of an article was printed, of a part anything of its span."""
        start, end = article.span or (0, len(article.body))
        return any(r.start < end and start < r.end for r in self.receipts.get(article.id, ()))

    def as_printed(self, article_id: str) -> Article | None:
        """Return the text an article had when it was printed from; None when that version is not kept."""
        kept = self._kept.get(article_id)
        return kept if article_id in self.receipts and kept is not None and self.stands(kept) else None

    def stands(self, article: Article) -> bool:
        """Return whether all printed spans of an article are still in this text of it, at the same offsets."""
        return all(
            Receipt.made(article.id, r.start, r.end, article.body[r.start : r.end]) == r
            for r in self.receipts.get(article.id, ())
        )

    def reports(self) -> dict[Item, tuple[Article, ...]]:
        """Return the kept articles of each story of the last days, by where it was printed; of round-ups its parts."""
        found = {}
        for edition in self.late:
            for story in edition.stories:
                told = parts_told(edition, story)
                articles = tuple(a for key in story.sources if key in self._kept for a in self._told(key, told))
                if articles:
                    found[edition.day, story.number] = articles
        return found

    def _told(self, key: str, told: Sequence[ToldPart]) -> Sequence[Article]:
        """Return an article, of one that tells several events those that a story is."""
        if key not in self._parts:
            self._parts[key] = self._parts_of(self._kept[key])
        parts = self._parts[key]
        return parts if len(parts) == 1 else [part for part in parts if any(one.overlaps(part) for one in told)]
