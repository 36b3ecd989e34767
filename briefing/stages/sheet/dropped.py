"""Lists what the editor dropped from a draft, by the names the draft printed."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.model import Cut, CutWhy, Edition
from briefing.stages.sheet.edits import Edits
from briefing.stages.sheet.rows import CORRECTIONS, QUIET, SHORT, STATEMENTS, Place

BY_THE_EDITOR: CutWhy = "by the editor"


def cuts_of(draft: Edition, edits: Edits, edition: Edition) -> tuple[Cut, ...]:
    """Return the editor's cuts, in the order of the draft; of a dropped item only the item.

    Args:
        draft: The edition the sheet was written from.
        edits: What the sheet asks for.
        edition: What became of it: a key point goes with its sentence.
    """
    return tuple(Cut(what, BY_THE_EDITOR) for what in _dropped(draft, edits, edition))


def _dropped(draft: Edition, edits: Edits, edition: Edition) -> Iterator[str]:
    items = {item.number for section in edits.sections for item in section.items}
    kept = {point.sentence.receipt for point in edition.key_points}
    for point in draft.key_points:
        if point.sentence.receipt not in kept and (point.story in items or not point.story):
            yield f"the key point “{point.sentence.text}”"
    for n, section in enumerate(draft.sections):
        for story in section.stories:
            if story.number not in items:
                yield f"the item “{story.headline}”"
                continue
            for row in _missing(edits, ("item", story.number), len(story.summary)):
                yield f"sentence {row + 1} of “{story.headline}”"
        sources = [p.article_id for p in section.passages for _ in p.sentences]
        for row in _missing(edits, ("passages", n), len(sources)):
            yield f"a sentence on {section.name} from “{draft.source(sources[row]).title}”"
    for n, account in enumerate(draft.accounts, 1):
        if n not in edits.accounts:
            yield f"accounts that differ on {account.about}"
            continue
        for row in _missing(edits, ("account", n), len(account.figures)):
            yield f"{account.figures[row].printed} of the accounts that differ on {account.about}"
    for row in _missing(edits, (STATEMENTS, 0), len(draft.statements)):
        yield f"what {draft.statements[row].speaker} said"
    for row in _missing(edits, (CORRECTIONS, 0), len(draft.corrections)):
        yield f"the correction of “{draft.corrections[row].old.title}”"
    short = [source.title for source in draft.sources for _ in source.summary]
    for row in _missing(edits, (SHORT, 0), len(short)):
        yield f"a sentence in short of “{short[row]}”"
    for row in _missing(edits, (QUIET, 0), len(draft.quiet)):
        yield f"that “{draft.quiet[row].headline}” has gone quiet"


def _missing(edits: Edits, place: Place, count: int) -> Iterator[int]:
    kept = edits.kept.get(place, ())
    return (row for row in range(count) if row not in kept)
