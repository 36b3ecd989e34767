"""An edition made of attempts."""

from __future__ import annotations

from dataclasses import replace

from briefing.model import Brand, CitedOrigin, Edition, Mailing
from tests.editions import imprinted, ordinary

BAD = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}\u202e'


def hostile() -> Edition:
    """An edition whose every field of an article is an attempt."""
    e = ordinary()
    first = e.stories[0]
    story = replace(
        first,
        headline=BAD,
        origins=(CitedOrigin(BAD, "agency", first.sources[:2]), CitedOrigin("x", "agency", first.sources[2:])),
        summary=(replace(first.summary[0], text=BAD),),
    )
    section = replace(e.sections[0], name=BAD, description=BAD, stories=(story,))
    fields = {"title": BAD, "outlet": BAD, "byline": BAD, "wire": BAD, "input": BAD, "url": "javascript:alert(1)"}
    return imprinted(
        e,
        title=BAD,
        organisation=BAD,
        brand=Brand(footer=BAD, mark=BAD),
        key_points=(replace(e.key_points[0], sentence=replace(e.key_points[0].sentence, text=BAD)),),
        sections=(section, *e.sections[1:]),
        sources=(replace(e.sources[0], **fields), *e.sources[1:]),
        ledger=tuple(replace(entry, reason=BAD, input=BAD) for entry in e.ledger),
        accounts=tuple(replace(a, about=BAD) for a in e.accounts),
        statements=tuple(replace(s, speaker=BAD, role=BAD) for s in e.statements),
        mailing=Mailing(list_unsubscribe=""),
    )
