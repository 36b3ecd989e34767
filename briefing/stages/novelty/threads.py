"""Links the items of earlier editions into threads: one story over several days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from briefing.model import Article, Edition, EditionStory, PrintedSentence, Printing, Source
from briefing.model.roundups import ToldPart, parts_told
from briefing.stages.novelty.printed import as_printed

#: An item of an earlier edition.
Item = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Appearance:
    """One printing of a story, in one edition."""

    at: Printing
    theme: str  # slug of its section
    story: EditionStory
    articles: tuple[str, ...]  # ids of its sources
    lead: PrintedSentence | None  # the sentence that printed it best; None where it printed nothing
    told: tuple[ToldPart, ...] = ()  # the events of round-ups that it is

    @property
    def is_news(self) -> bool:
        """Return whether it was printed as news, not as unchanged."""
        return self.story.state != "unchanged"


@dataclass(frozen=True, slots=True)
class Thread:
    """One story over its days."""

    began: date  # as its first appearance in the memory says
    appearances: list[Appearance] = field(default_factory=list)  # oldest first, never empty once it is built

    @property
    def last(self) -> Appearance:
        """Return its last appearance."""
        return self.appearances[-1]

    @property
    def since(self) -> date:
        """Return the first day it was printed, as its last appearance says.

        The items that lead from one to the other may lie before the memory: then only the later one knows the day.
        """
        return self.last.story.since or self.began

    @property
    def last_news(self) -> Appearance:
        """Return its last appearance as news."""
        return next((one for one in reversed(self.appearances) if one.is_news), self.appearances[0])

    @property
    def articles(self) -> tuple[str, ...]:
        """Return the ids of all articles it was printed from, in the order of their first printing."""
        return tuple(dict.fromkeys(key for one in self.appearances for key in one.articles))

    @property
    def days(self) -> int:
        """Return the number of days on which it was news."""
        return len({one.at.day for one in self.appearances if one.is_news})


class Threads:
    """The threads of some editions, oldest first; a thread is known by its place in ``all``."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self.all: list[Thread] = []  # in the order they began
        self._of_item: dict[Item, int] = {}
        self._of_article: dict[str, int] = {}  # the thread that printed from it last
        self._of_parts: dict[str, list[tuple[ToldPart, int]]] = {}  # id of a round-up → the threads that told its parts
        for edition in editions:
            listed = edition.by_article
            for section in edition.sections:
                for story in section.stories:
                    at = Printing(edition.day, story.number)
                    lead, told = _lead(edition, story, listed), parts_told(edition, story)
                    self._add(Appearance(at, section.theme, story, story.sources, lead, told))

    def _add(self, appearance: Appearance) -> None:
        story, at, articles = appearance.story, appearance.at, appearance.articles
        before = story.last_printed
        place = self._of_item.get((before.day, before.item)) if before else None
        place = self._sharing(articles, appearance.told) if place is None else place
        if place is None:
            place = len(self.all)
            self.all.append(Thread(story.since or at.day))
        self.all[place].appearances.append(appearance)
        self._of_item[at.day, at.item] = place
        parted = {part.article_id for part in appearance.told}
        self._of_article.update(dict.fromkeys((a for a in articles if a not in parted), place))
        for part in appearance.told:
            self._of_parts.setdefault(part.article_id, []).append((part, place))

    def of_item(self, day: date, item: int) -> int | None:
        """Return the thread of an item of an earlier edition."""
        return self._of_item.get((day, item))

    def sharing(self, articles: Collection[Article]) -> int | None:
        """Return the thread that printed from most of some articles; of equal ones the earliest.

        Of a part of a round-up only what told that part counts.
        """
        whole = [self._of_article[a.id] for a in articles if a.span is None and a.id in self._of_article]
        return _most([*whole, *(place for a in articles if a.span for place in self._within(a.id, *a.span))])

    def _sharing(self, ids: Collection[str], told: Collection[ToldPart]) -> int | None:
        whole = [self._of_article[key] for key in ids if key in self._of_article]
        return _most([*whole, *(p for part in told for p in self._within(part.article_id, part.start, part.end))])

    def _within(self, article_id: str, start: int, end: int) -> set[int]:
        """Return the threads that told a span of a round-up."""
        return {place for part, place in self._of_parts.get(article_id, ()) if part.meets(start, end)}


def _most(places: Collection[int]) -> int | None:
    shared = Counter(places)
    return max(shared, key=lambda place: (shared[place], -place), default=None)


def _lead(edition: Edition, story: EditionStory, listed: Mapping[str, Source]) -> PrintedSentence | None:
    """Return the sentence of a story that was a key point, else its first."""
    points = [p.sentence for p in edition.key_points if p.story == story.number and p.sentence.receipt.of == "body"]
    printed = [s for s in points if s.article_id in story.sources] or list(story.summary)
    return as_printed(listed[printed[0].article_id], edition.day, printed[0], story.number) if printed else None
