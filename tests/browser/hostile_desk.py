"""An edition whose every text is hostile, for the desk to show."""

from __future__ import annotations

from dataclasses import replace

from briefing.model import Edition
from tests.editions import sound
from tests.outputs.hostile_edition import BAD


def hostile() -> Edition:
    """An edition with a hostile text in every field that the desk shows, receipts kept."""
    e = sound()
    long = "W" * 10_000
    story = replace(
        e.sections[0].stories[0],
        headline=BAD,
        summary=tuple(replace(s, text=BAD) for s in e.sections[0].stories[0].summary),
    )
    other = replace(e.sections[0].stories[1], headline=long)
    section = replace(e.sections[0], name=BAD, description=BAD, stories=(story, other, *e.sections[0].stories[2:]))
    sources = tuple(
        replace(s, title=BAD, outlet=BAD, byline=BAD, input=BAD, url="javascript:alert(1)") for s in e.sources
    )
    return replace(
        e,
        sections=(section, *e.sections[1:]),
        sources=sources,
        ledger=tuple(replace(entry, title=BAD, input=BAD, reason=BAD, fate="left out") for entry in e.ledger),
        statements=tuple(replace(s, speaker=BAD, role=BAD) for s in e.statements),
        accounts=tuple(replace(a, about=BAD) for a in e.accounts),
    )
