"""Finds what an editor taught about a theme: the articles kept under it in signed editions, and those thrown out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.build.desk_store import open_store
from briefing.build.persistence import memory_of
from briefing.build.single import match_themes
from briefing.model import Article, Edition, Theme
from briefing.settings import Settings
from briefing.stages.sheet import LEFT_OUT


@dataclass(frozen=True, slots=True)
class Taught:
    """What the signed editions of some days say of a theme."""

    editions: int  # that an editor signed
    kept: tuple[Article, ...]  # of the stories that stayed under it
    thrown_out: tuple[Article, ...]  # that it would lead, and that the editor left out or put elsewhere
    others: tuple[Article, ...]  # of the stories under other themes


def taught(theme: Theme, settings: Settings, *, last: date, days: int) -> Taught:
    """Return what the editor made of a theme in the last days; an edition that nobody signed says nothing.

    Args:
        theme: As configured now: an article that was left out is thrown out of the theme that it would lead.
        settings: Whose store.
        last: The last day.
        days: How many days, from 1.

    Raises:
        StoreError: The desk has no store file yet.
        SourceError: An edition in it is no sound issue file.
    """
    with open_store(settings, create=False) as store:
        issues = store.issues(since=last - timedelta(days - 1), before=last + timedelta(1))
        signed = [edition for edition in memory_of(issues).editions if edition.signed]
        kept = _under(signed, theme.slug)
        elsewhere = {key for edition in signed for key in _elsewhere(edition, theme.slug)} - kept
        left_out = {entry.article_id for edition in signed for entry in edition.ledger if entry.reason == LEFT_OUT}
        left_out -= kept | elsewhere
        found = {article.id: article for article in store.articles(sorted(kept | elsewhere | left_out))}
    moved = [found[key] for key in sorted(elsewhere & found.keys())]
    dropped = [found[key] for key in sorted(left_out & found.keys())]
    return Taught(
        len(signed),
        tuple(found[key] for key in sorted(kept & found.keys())),
        tuple(_led_by(theme, (*moved, *dropped))),
        tuple(article for article in moved if not any(_led_by(theme, (article,)))),
    )


def _under(editions: Sequence[Edition], slug: str) -> set[str]:
    """Return the ids of the articles of the stories that are printed under a theme."""
    sections = (section for edition in editions for section in edition.sections if section.theme == slug)
    return {key for section in sections for story in section.stories for key in story.sources}


def _elsewhere(edition: Edition, slug: str) -> Iterable[str]:
    for section in edition.sections:
        if section.theme != slug:
            yield from (key for story in section.stories for key in story.sources)


def _led_by(theme: Theme, articles: Sequence[Article]) -> Iterable[Article]:
    """Yield the articles that a theme leads by the words it has now."""
    return (article for article in articles if any(match.is_main for match in match_themes(article, (theme,))))
