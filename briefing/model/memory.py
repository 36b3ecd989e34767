"""The memory of earlier editions, and how today's stories compare with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from briefing.model.article import Article, Sentence
from briefing.model.cited import PrintedSentence
from briefing.model.closed_sets import StoryState
from briefing.model.edition import Edition, Printing, QuietStory


@dataclass(frozen=True, slots=True)
class Memory:
    """The editions of earlier days, and their articles as far as they are still stored."""

    editions: tuple[Edition, ...] = ()  # oldest first, all of days before the one that is built
    articles: tuple[Article, ...] = ()  # that these editions print from, in any order
    digest: str = ""  # SHA-256 over the issue files in their order, hex; empty for no memory

    @property
    def days(self) -> tuple[date, ...]:
        """Return its days, oldest first."""
        return tuple(edition.day for edition in self.editions)


@dataclass(frozen=True, slots=True)
class Development:
    """How a story of today compares with those of earlier days."""

    state: StoryState = "new"
    since: date | None = None  # the first day it was printed
    last_printed: Printing | None = None  # the last time
    known: tuple[PrintedSentence, ...] = ()  # what was known, for a developing story
    headline_article: str = ""  # id of the newest article not printed from before; empty when there is none


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A printed sentence that its article no longer has."""

    old: PrintedSentence
    theme: str  # slug of the section it was printed under
    article_id: str
    new: Sentence | None = None  # the sentence most like it that the article has now


@dataclass(frozen=True, slots=True)
class Delta:
    """The comparison with earlier days; empty without a memory."""

    digest: str = ""  # of the memory
    developments: Mapping[str, Development] = field(default_factory=dict)  # story id →
    printed: Mapping[tuple[str, int], date] = field(default_factory=dict)  # (article id, position) → last printed on
    again: Mapping[str, Printing] = field(
        default_factory=dict
    )  # id of a story of which no article is new → last printed
    quiet: tuple[QuietStory, ...] = ()
    usual: Mapping[str, tuple[float, int]] = field(default_factory=dict)  # slug → stories a day, over how many days
    withdrawals: tuple[Withdrawal, ...] = ()
