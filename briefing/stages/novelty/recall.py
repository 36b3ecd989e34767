"""Indexes the memory for one edition: printed sentences, receipts, threads and kept articles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

from briefing.model import Article, Edition, Memory, Receipt
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
    """

    def __init__(self, memory: Memory, first_day: date) -> None:
        self.digest = memory.digest
        self.editions: tuple[Edition, ...] = tuple(e for e in memory.editions if e.day < first_day)
        self.late = tuple(e for e in self.editions if e.day >= first_day - timedelta(days=LATELY))
        self.threads = Threads(self.editions)
        self.printed = PrintedIndex(self.late)
        self._kept = {article.id: article for article in memory.articles}

    @cached_property
    def receipts(self) -> Mapping[str, tuple[Receipt, ...]]:
        """Return the receipts of what was printed of each article, by its id."""
        found: dict[str, dict[Receipt, None]] = {}
        for edition in self.editions:
            for printed in printed_in(edition):
                receipt = printed.sentence.receipt
                found.setdefault(receipt.article_id, {})[receipt] = None
        return {key: tuple(receipts) for key, receipts in found.items()}

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
        """Return the kept articles of each recent story, by where the story was printed."""
        found = {}
        for edition in self.late:
            for story in edition.stories:
                articles = tuple(self._kept[key] for key in story.sources if key in self._kept)
                if articles:
                    found[edition.day, story.number] = articles
        return found
