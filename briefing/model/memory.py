"""What the desk printed on earlier days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from briefing.model.article import Article
from briefing.model.edition import Edition


@dataclass(frozen=True, slots=True)
class Memory:
    """The editions of earlier days, and the articles they were made of as far as they are still kept."""

    editions: tuple[Edition, ...] = ()  # oldest first, all of days before the one that is built
    articles: tuple[Article, ...] = ()  # that these editions print from, in any order
    digest: str = ""  # SHA-256 over the issue files in their order, hex; empty for no memory

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days it reaches over, oldest first."""
        return tuple(edition.day for edition in self.editions)
