"""The one numbering: items and sources of a whole edition, in reading order.

Every output, digest, mail, ledger and later edition prints these numbers. Whatever narrows an edition afterwards, a
digest or the length contract, leaves gaps and renumbers nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from briefing.model.edition import Edition, Section


def numbered(edition: Edition) -> Edition:
    """Return a whole edition with its items and sources numbered from 1, without the sources nothing is printed from.

    Items are numbered as they stand; sources as the items cite them, then the passages under the same theme, then
    everything else that is printed. What names an item that does not stand in the edition names none, 0.
    """
    items = {story.number: n for n, story in enumerate(edition.stories, 1)}
    listed = edition.by_article
    sources = tuple(replace(listed[key], number=n) for n, key in enumerate(cited_articles(edition), 1))

    def renumbered(see: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(items[n] for n in see if n in items))

    def section(part: Section) -> Section:
        return replace(
            part,
            stories=tuple(replace(s, number=items[s.number], see=renumbered(s.see)) for s in part.stories),
            see=renumbered(part.see),
            passages=tuple(replace(p, story=items.get(p.story, 0)) for p in part.passages),
        )

    return replace(
        edition,
        sections=tuple(map(section, edition.sections)),
        key_points=tuple(replace(p, story=items.get(p.story, 0)) for p in edition.key_points),
        accounts=tuple(
            replace(a, stories=tuple(sorted(items[n] for n in a.stories if n in items))) for a in edition.accounts
        ),
        statements=tuple(replace(s, story=items.get(s.story, 0)) for s in edition.statements),
        sources=sources,
    )


def in_reading_order(edition: Edition) -> bool:
    """Return whether the items stand in the order of their numbers, gaps aside."""
    numbers = [story.number for story in edition.stories]
    return numbers == sorted(numbers)


def cited_articles(edition: Edition) -> tuple[str, ...]:
    """Return the ids of the articles an edition cites, in reading order, each once."""
    found: dict[str, None] = {}
    for section in edition.sections:
        for story in section.stories:
            found |= dict.fromkeys((*story.sources, story.headline_receipt.article_id))
        found |= dict.fromkeys(passage.article_id for passage in section.passages)
    printed = [sentence for place, sentence in edition.walk() if place[0] != "sources"]
    found |= dict.fromkeys(key for sentence in printed for key in sentence.said_by)
    found |= dict.fromkeys(correction.article_id for correction in edition.corrections)
    return tuple(found)


def cited_only(edition: Edition) -> Edition:
    """Return the edition with only the sources it still cites; they keep their numbers."""
    cited = frozenset(cited_articles(edition))
    return replace(edition, sources=tuple(source for source in edition.sources if source.article_id in cited))
