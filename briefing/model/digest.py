"""Narrows an edition to the digest of one theme or of several."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from briefing.model.cited import CitedAccount, CitedSentence
from briefing.model.edition import Counts, Edition, EditionStory, LedgerEntry, Section
from briefing.model.numbering import cited_only


def narrow(edition: Edition, slug: str) -> Edition:
    """Return the digest of a theme, or of several with + between, complete in itself.

    Its stories have the theme's summary of them, its sources are the ones it cites, its ledger is theirs, its counts
    are its own. Items and sources keep the numbers of the whole edition, so that two readers of the two speak of the
    same. A theme the edition does not have gives KeyError.
    """
    wanted = frozenset(slug.split("+"))
    if missing := wanted - {section.theme for section in edition.sections}:
        raise KeyError(min(missing))
    sections = tuple(
        replace(section, stories=tuple(_as_viewed(story, section.theme) for story in section.stories))
        for section in edition.sections
        if section.theme in wanted
    )
    digest = replace(
        edition,
        scope=slug,
        sections=sections,
        key_points=tuple(point for point in edition.key_points if point.theme in wanted),
        accounts=_accounts(edition, sections),
        statements=tuple(said for said in edition.statements if said.theme in wanted),
        quiet=tuple(story for story in edition.quiet if story.theme in wanted),
        corrections=tuple(correction for correction in edition.corrections if correction.theme in wanted),
    )
    narrowed = cited_only(digest)
    return counted(replace(narrowed, ledger=_ledger_of(edition, {s.article_id for s in narrowed.sources})))


def _as_viewed(story: EditionStory, slug: str) -> EditionStory:
    view = next((v.summary for v in story.views if v.theme == slug), story.summary)
    return replace(story, summary=view, views=())


def _accounts(edition: Edition, sections: Sequence[Section]) -> tuple[CitedAccount, ...]:
    numbers = {story.number for section in sections for story in section.stories}
    return tuple(account for account in edition.accounts if numbers & set(account.stories))


def _ledger_of(edition: Edition, articles: set[str]) -> tuple[LedgerEntry, ...]:
    kept = {entry.input for entry in edition.ledger if entry.article_id in articles}
    return tuple(entry for entry in edition.ledger if entry.input in kept or entry.into in kept)


def _told_by_several(story: EditionStory, sentence: CitedSentence) -> bool:
    """Return whether a sentence of a story is told by more than one of its origins."""
    origin_of = {key: n for n, origin in enumerate(story.origins) for key in origin.sources}
    return len({origin_of.get(key) for key in sentence.said_by}) > 1


def counted(edition: Edition) -> Edition:
    """Return the edition with the counts of its cover, and what its ledger says is told in a line, worked out anew."""
    moments = [s.published for s in edition.sources if s.published]
    named = {origin.name for story in edition.stories for origin in story.origins if origin.name}
    within = {key for story in edition.stories for origin in story.origins for key in origin.sources}
    named |= {s.wire or s.outlet for s in edition.sources if s.article_id not in within and (s.wire or s.outlet)}
    printed = [(story, sentence) for story in edition.stories for sentence in story.summary]
    several = [sentence for story, sentence in printed if _told_by_several(story, sentence)]
    counts = Counts(
        inputs=len(edition.ledger),
        articles=len(edition.sources),
        outlets=len({s.outlet for s in edition.sources if s.outlet}),
        origins=len(named),
        stories=len(edition.stories),
        undated=sum(not s.published for s in edition.sources),
        first=min(moments, default=None),
        last=max(moments, default=None),
        several_origins=round(len(several) / len(printed), 3) if printed else 0.0,
    )
    lines = told_in_a_line(edition)
    return replace(edition, counts=counts, ledger=tuple(_placed(entry, lines) for entry in edition.ledger))


def told_in_a_line(edition: Edition) -> frozenset[str]:
    """Return the ids of the articles of which an edition prints no more than a headline."""
    lines = {key for story in edition.stories if story.in_a_line for key in story.sources}
    told = {key for story in edition.stories if not story.in_a_line for key in story.sources}
    told |= {
        sentence.article_id for place, sentence in edition.walk() if place[0] != "sources" and "views" not in place
    }
    return frozenset(lines - told - {correction.article_id for correction in edition.corrections})


def _placed(entry: LedgerEntry, lines: Collection[str]) -> LedgerEntry:
    if entry.fate not in ("used", "told in a line"):
        return entry
    return replace(entry, fate="told in a line" if entry.article_id in lines else "used")
