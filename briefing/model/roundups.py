"""What is printed from a round-up: which of its events, and under which items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.model.article import Article, Receipt
from briefing.model.edition import Edition, EditionStory


def used_for(items: Iterable[int], parts: int) -> str:
    """Return the sentence that says which items an article is a source of, and of how many events it tells."""
    *others, last = [f"{item}" for item in sorted(items)]
    named = f"Items {', '.join(others)} and {last}" if others else f"Item {last}"
    return f"{named}: {len(others) + 1} of the {parts} events it tells." if parts else f"{named}."


def whereabouts(edition: Edition) -> dict[str, str]:
    """Return which items each source is one of, as `used_for` says it, by article id."""
    items: defaultdict[str, list[int]] = defaultdict(list)
    for story in edition.stories:
        for key in story.sources:
            items[key].append(story.number)
    listed = edition.by_article
    return {key: used_for(found, len(listed[key].parts)) for key, found in items.items()}


def receipts_of(story: EditionStory, article_id: str) -> Iterator[Receipt]:
    """Yield the receipts of what a story prints of an article's body."""
    printed = (*story.summary, *(sentence for view in story.views for sentence in view.summary))
    receipts = (story.headline_receipt, *(sentence.receipt for sentence in printed))
    return (r for r in receipts if r.article_id == article_id and r.of == "body")


@dataclass(frozen=True, slots=True)
class ToldPart:
    """An event of a round-up that an item told."""

    article_id: str
    start: int  # code points in the article's body, half-open
    end: int

    def overlaps(self, article: Article) -> bool:
        """Return whether a part of the same round-up, in this or a later version of its text, is the same."""
        return article.id == self.article_id and article.span is not None and self.meets(*article.span)

    def meets(self, start: int, end: int) -> bool:
        """Return whether a span of the round-up's body reaches into it."""
        return self.start < end and start < self.end


def parts_told(edition: Edition, story: EditionStory) -> tuple[ToldPart, ...]:
    """Return which events of round-ups an item told."""
    told = ((event.article_id, edition.source(event.article_id).parts[event.part]) for event in story.events)
    return tuple(ToldPart(key, part.start, part.end) for key, part in told)
