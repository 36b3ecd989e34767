"""The lists at the end: sources and ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal
from urllib.parse import urlsplit

from briefing.model import Code, DateEvidence, LedgerEntry, Note, Source
from briefing.outputs.links import link
from briefing.outputs.view.clock import Clock
from briefing.outputs.view.direction import apart, direction_of
from briefing.outputs.view.heading import source_title
from briefing.outputs.view.lists import LedgerView
from briefing.outputs.view.types import Back, SourceView
from briefing.text.issue_phrases import in_words_of
from briefing.text.labels import Words

#: Warnings that nearly every web page earns: they stay in the issue file and the report, the page says "accepted".
ROUTINE: tuple[Code, ...] = ("W_MARKUP_REMOVED", "W_IMAGE_REFUSED")
#: How a date is known that a reader need not be told.
_PLAIN_EVIDENCE: tuple[Literal[DateEvidence, ""], ...] = ("given", "header", "metadata", "feed", "")


def source_view(source: Source, clock: Clock, language: str) -> SourceView:
    """Return a source as it is listed; ``language`` is its language, empty when it is the page's own."""
    w = clock.words
    url = link(source.url)
    dated = source.published is not None
    evidence = source.evidence if dated and source.evidence not in _PLAIN_EVIDENCE else ""
    return SourceView(
        number=source.number,
        anchor=f"source-{source.number}",
        title=source_title(source),
        untitled=source.untitled,
        outlet=apart(source.outlet) or w.say("outlet_unknown"),
        has_outlet=bool(source.outlet),
        when=clock.when(source.published, source.precision, "long"),
        when_short=clock.when(source.published, source.precision, "short"),
        iso=clock.iso(source.published, source.precision),
        evidence=w.say(f"evidence_{evidence.replace(' ', '_')}") if evidence else "",
        byline=apart(source.byline),
        wire=source.wire,
        url=url,
        host=(urlsplit(url).hostname or "").removeprefix("www.") if url else "",
        file=source.input,
        language=language,
        direction=direction_of(source.title),
    )


def with_ways_back(source: SourceView, places: Mapping[str, str]) -> SourceView:
    """Return a source with back-links to the places that cite it: label → id of its first sentence."""
    return replace(source, back=tuple(Back(label, place_id) for label, place_id in places.items()))


def note_shown(note: Note, words: Words) -> str:
    """Return what a note says in the language of the page: its own words in English, else what its code means."""
    return words.codes.get(note.code, note.message)


def reason_shown(entry: LedgerEntry, words: Words) -> str:
    """Return what became of an input and why, in the language of the page."""
    note = next((note for note in entry.notes if note.message == entry.reason), None)
    return note_shown(note, words) if note else in_words_of(words, entry.reason)


def ledger_view(entry: LedgerEntry, words: Words) -> LedgerView:
    """Return the ledger line of one input."""
    routine = entry.outcome == "accept-with-warning" and all(note.code in ROUTINE for note in entry.notes)
    telling = [note for note in entry.notes if note.code not in ROUTINE and note.message != entry.reason]
    reason = reason_shown(entry, words)
    notes = dict.fromkeys(note_shown(note, words) for note in telling)
    return LedgerView(
        input=entry.input,
        title=entry.title,
        outcome=words.say(f"outcome_{('accept' if routine else entry.outcome).replace('-', '_')}"),
        fate=words.say(f"fate_{entry.fate.replace(' ', '_')}"),
        reason=reason,
        notes=tuple(note for note in notes if note != reason),
        removed=words.count("removed", len(entry.removals)) if entry.removals else "",
        plain=entry.fate in ("used", "told in a line") and not telling,
    )
