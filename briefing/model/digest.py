"""An edition narrowed to one theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from briefing.model.edition import (
    CitedAccount,
    CitedSentence,
    Correction,
    Counts,
    Edition,
    EditionPassage,
    EditionStory,
    LedgerEntry,
    Section,
)


def narrow(edition: Edition, slug: str) -> Edition:
    """Return the digest of a theme, complete in itself.

    Its stories are told by the theme's view of them, its sources are the ones it cites, numbered from 1, its ledger
    is theirs, its counts are its own. Items keep the numbers of the whole edition, so that two readers of the two
    speak of the same item. A theme the edition does not have gives KeyError.
    """
    section = next((s for s in edition.sections if s.theme == slug), None)
    if section is None:
        raise KeyError(slug)
    section = replace(section, stories=tuple(_told_for(story, slug) for story in section.stories))
    digest = replace(
        edition,
        scope=slug,
        sections=(section,),
        key_points=tuple(point for point in edition.key_points if point.theme == slug),
        accounts=_accounts(edition, section),
        statements=tuple(said for said in edition.statements if said.theme == slug),
        quiet=tuple(story for story in edition.quiet if story.theme == slug),
        corrections=tuple(correction for correction in edition.corrections if correction.theme == slug),
    )
    narrowed = with_cited_sources(digest)
    return counted(replace(narrowed, ledger=_ledger_of(edition, {s.article_id for s in narrowed.sources})))


def with_cited_sources(edition: Edition) -> Edition:
    """Return the edition with only the sources it still cites, numbered afresh in the order of first printing."""
    return _renumbered(edition, {old: new for new, old in enumerate(_cited(edition), 1)})


def _told_for(story: EditionStory, slug: str) -> EditionStory:
    view = next((v.summary for v in story.views if v.theme == slug), story.summary)
    return replace(story, summary=view, views=())


def _accounts(edition: Edition, section: Section) -> tuple[CitedAccount, ...]:
    numbers = {story.number for story in section.stories}
    return tuple(account for account in edition.accounts if numbers & set(account.stories))


def _cited(edition: Edition) -> list[int]:
    """Return the numbers of the sources a digest cites, in order of first printing."""
    found: dict[int, None] = {}
    for section in edition.sections:
        for story in section.stories:
            found.update(dict.fromkeys((*story.sources, story.headline_source)))
            found.update(dict.fromkeys(n for origin in story.origins for n in origin.sources))
        found.update(dict.fromkeys(p.source for p in section.passages))
    for sentence in _sentences(edition):
        found.update(dict.fromkeys((sentence.source, *sentence.support)))
    found.update(dict.fromkeys(correction.source for correction in edition.corrections))
    return list(found)


def _sentences(edition: Edition) -> Iterator[CitedSentence]:
    for story in edition.stories:
        yield from (*story.summary, *(s for view in story.views for s in view.summary))
    for section in edition.sections:
        yield from (sentence for passage in section.passages for sentence in passage.sentences)
    yield from (point.sentence for point in edition.key_points)
    yield from (figure.sentence for account in edition.accounts for figure in account.figures)
    yield from (said.sentence for said in edition.statements)
    yield from (correction.new for correction in edition.corrections if correction.new)


def _renumbered(edition: Edition, new: Mapping[int, int]) -> Edition:
    def cite(sentence: CitedSentence) -> CitedSentence:
        support = tuple(sorted(new[n] for n in sentence.support))
        return replace(sentence, source=new[sentence.source], support=support)

    def cited(sentences: tuple[CitedSentence, ...]) -> tuple[CitedSentence, ...]:
        return tuple(cite(s) for s in sentences)

    def story(item: EditionStory) -> EditionStory:
        return replace(
            item,
            headline_source=new[item.headline_source],
            sources=tuple(new[n] for n in item.sources),
            origins=tuple(replace(o, sources=tuple(new[n] for n in o.sources)) for o in item.origins),
            summary=cited(item.summary),
            views=tuple(replace(view, summary=cited(view.summary)) for view in item.views),
        )

    def passage(item: EditionPassage) -> EditionPassage:
        return replace(item, source=new[item.source], sentences=cited(item.sentences))

    def account(item: CitedAccount) -> CitedAccount:
        return replace(item, figures=tuple(replace(f, sentence=cite(f.sentence)) for f in item.figures))

    def correction(item: Correction) -> Correction:
        return replace(item, source=new[item.source], new=cite(item.new) if item.new else None)

    # An article's own summary cites that article; what supports it may not be in the digest.
    sources = tuple(
        replace(
            edition.source(old),
            number=number,
            summary=tuple(
                replace(s, source=number, support=tuple(sorted(new[n] for n in s.support if n in new)))
                for s in edition.source(old).summary
            ),
        )
        for old, number in new.items()
    )
    return replace(
        edition,
        sections=tuple(
            replace(s, stories=tuple(story(i) for i in s.stories), passages=tuple(passage(p) for p in s.passages))
            for s in edition.sections
        ),
        key_points=tuple(replace(p, sentence=cite(p.sentence)) for p in edition.key_points),
        accounts=tuple(account(a) for a in edition.accounts),
        statements=tuple(replace(s, sentence=cite(s.sentence)) for s in edition.statements),
        corrections=tuple(correction(c) for c in edition.corrections),
        sources=sources,
    )


def _ledger_of(edition: Edition, articles: set[str]) -> tuple[LedgerEntry, ...]:
    kept = {entry.input for entry in edition.ledger if entry.article_id in articles}
    return tuple(entry for entry in edition.ledger if entry.input in kept or entry.into in kept)


def counted(edition: Edition) -> Edition:
    """Return the edition with the numbers of its cover counted afresh."""
    moments = [s.published for s in edition.sources if s.published]
    origin_of = {n: (s.number, i) for s in edition.stories for i, o in enumerate(s.origins) for n in o.sources}
    elsewhere = {s.wire or s.outlet or s.article_id for s in edition.sources if s.number not in origin_of}
    printed = [sentence for story in edition.stories for sentence in story.summary]
    several = [s for s in printed if len({origin_of.get(n) for n in (s.source, *s.support)}) > 1]
    counts = Counts(
        inputs=len(edition.ledger),
        articles=len(edition.sources),
        outlets=len({s.outlet for s in edition.sources if s.outlet}),
        origins=sum(len(s.origins) for s in edition.stories) + len(elsewhere),
        stories=len(edition.stories),
        undated=sum(not s.published for s in edition.sources),
        first=min(moments, default=None),
        last=max(moments, default=None),
        several_origins=round(len(several) / len(printed), 3) if printed else 0.0,
    )
    return replace(edition, counts=counts)
